"""Dates in figures and in words: 30/4, ngày 30 tháng tư, 5 tháng sau, 23 tháng Chạp, 22/10 ÂL, mùng 5."""

import re
from dataclasses import dataclass, replace
from datetime import date

from talk.lunar import lunar_date
from talk.nearest import Nearest, NoSuchDay
from talk.numerals import numerals, tokens
from talk.vietnamese import fold, has_marks, tidy

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAY = r"(?:(?:thu|th) ?(?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)"

_HEAD = rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:(?:ngay|hom) )?(?P<early>(?:mung|mong) )?"
_DAY = r"(?P<day>\d{1,2}|[a-z]+(?: [a-z]+){0,2}?)"
_MONTH = r"(?P<month>\d{1,2}|muoi mot|muoi hai|[a-z]+)"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FIGURES = r"(?P<day>\d{1,2})(?: ?[/\-.] ?| )(?P<month>\d{1,2})"
_FORMS = (
    re.compile(rf"{_HEAD}{_FIGURES}(?:(?: ?[/\-.] ?| |,? ?nam ?){_YEAR})?"),
    re.compile(rf"{_HEAD}{_DAY} ?(?:thang|thg|t(?=\d)) ?{_MONTH}(?:(?: ?[/\-.] ?|,? ?nam ?| ){_YEAR})?"),
    re.compile(rf"(?P<weekday>)(?P<early>)thang {_MONTH},? ngay {_DAY}(?P<year>)"),
    re.compile(r"(?P<weekday>)(?P<early>)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
)
_RUN_TOGETHER = re.compile(rf"(?P<weekday>)(?P<early>)(?P<day>\d\d)(?P<month>\d\d){_YEAR}")
_DAY_ALONE = re.compile(rf"(?:(?:ngay|hom) |(?P<early>(?:mung|mong) )){_DAY}(?: nay)?")
_LUNAR_SIGN = re.compile(r"(?:^| )\(?(?:am lich|am|al)\)?(?= |$)")
_SOLAR_SIGN = re.compile(r"(?:^| )\(?(?:duong lich|duong|dl|tay)\)?(?= |$)")
_YEAR_SAID = re.compile(r",? (?:(?P<this>nam nay)|(?P<next>nam sau|nam toi|sang nam)|(?P<last>nam ngoai|nam truoc))$")

MONTHS = ("gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "chap")
_FROM_THIS_MONTH = {"nay": 0, "toi": 1, "truoc": -1}


@dataclass(frozen=True, slots=True)
class Meant:
    """A day the words may mean."""

    day: date
    is_sure: bool = True  # nothing was left unsaid or computed
    is_lunar: bool = False  # named by the lunar calendar


def guesses(*days: date, is_lunar: bool = False) -> list[Meant]:
    """Days that are computed, and so said back."""
    return [Meant(day, is_sure=False, is_lunar=is_lunar) for day in days]


def dated(plain: str, words: str, near: Nearest) -> list[Meant]:
    """The days that words naming a day and a month may mean. `plain`: the words without marks. Raises NoSuchDay."""
    is_lunar = bool(_LUNAR_SIGN.search(plain))
    is_solar = bool(_SOLAR_SIGN.search(plain))
    plain = _SOLAR_SIGN.sub("", _LUNAR_SIGN.sub("", plain)).strip()
    said = _YEAR_SAID.search(plain)
    if said:
        plain = plain[: said.start()]
    if found := next((match for form in _FORMS if (match := form.fullmatch(plain))), None):
        count = said and near.today.year + (1 if said["next"] else -1 if said["last"] else 0)
        return _in_full(found, words, near, is_lunar, is_solar, count)
    if found := _RUN_TOGETHER.fullmatch(plain):
        try:
            return guesses(near.solar(int(found["day"]), int(found["month"]), near.year(found["year"])))
        except NoSuchDay:
            return []
    if said:
        return []
    return _day_alone(plain, near, is_lunar, is_solar)


def months(name: str, words: str, near: Nearest) -> list[int]:
    """The months a name may mean: «sau» without its mark is tháng sáu, or next month."""
    coming = near.today.month % 12 + 1
    if name in _FROM_THIS_MONTH:
        return [(near.today.month - 1 + _FROM_THIS_MONTH[name]) % 12 + 1]
    if name == "sau" and "sáu" not in tidy(words).lower():
        return [coming] if has_marks(words) else [coming, 6]
    if name.isdecimal():
        return [int(name)]
    if name in ("mot", "muoi hai"):
        return [1 if name == "mot" else 12]
    return [MONTHS.index(name) + 1] if name in MONTHS else []


def count_of(words: str) -> int | None:
    """A small number, in figures or in words."""
    if words.isdecimal():
        return int(words) if len(words) < 4 else None
    found = numerals(tokens(words))
    # «hai ba tháng Chạp» is the 23rd: nobody says two days as one.
    return int(found[-1].value) if found and found[-1].value == found[-1].value.to_integral_value() else None


def _in_full(
    found: re.Match[str], words: str, near: Nearest, is_lunar: bool, is_solar: bool, year_said: int | None
) -> list[Meant]:
    day, name = count_of(found["day"]), found["month"]
    if day is None:
        return []
    year = near.year(found["year"]) if found["year"] else year_said
    is_lunar = is_lunar or name in ("gieng", "chap")
    is_either = bool(found["early"] or name == "mot") and not (is_lunar or is_solar)
    meant: list[Meant] = []
    for month in months(name, words, near):
        if not is_lunar:
            value = near.solar(day, month, year)
            _check_weekday(found["weekday"], value)
            meant.append(Meant(value))
        if is_lunar or is_either:
            meant += guesses(*near.lunar(day, _lunar_month(name, month, near), year), is_lunar=True)
    is_sure = len(meant) == 1 and meant[0].is_sure and _is_plain(found["day"])
    return meant if is_sure else [replace(one, is_sure=False) for one in meant]


def _lunar_month(name: str, month: int, near: Nearest) -> int:
    if name == "mot":
        return 11  # tháng Một, where it is said at all, is the eleventh of the lunar year
    if name in _FROM_THIS_MONTH or (name == "sau" and month != 6):
        return (lunar_date(near.today).month - 1 + month - near.today.month) % 12 + 1
    return month


def _is_plain(day: str) -> bool:
    return day.isdecimal() or all(number.is_plain for number in numerals(tokens(day)))


def _day_alone(plain: str, near: Nearest, is_lunar: bool, is_solar: bool) -> list[Meant]:
    found = _DAY_ALONE.fullmatch(plain)
    if not found and not ((is_solar or is_lunar) and plain.isdecimal()):
        return []
    day = count_of(found["day"] if found else plain)
    if day is None:
        return []
    is_early = bool(found and found["early"])
    solar = [] if is_lunar else guesses(near.day_of_month(day))
    if is_lunar or (is_early and not is_solar):
        return [*solar, *guesses(near.lunar_day_of_month(day), is_lunar=True)]
    return solar


def weekday_number(name: str) -> int:
    """The number of a weekday as typed without marks: «thu sau», «t6» and «thu6» are 4."""
    if name in ("chu nhat", "cn"):
        return 6
    last = name.split()[-1] if " " in name else name[-1] if name[-1].isdecimal() else name.removeprefix("thu")
    return int(last) - 2 if last.isdecimal() else [fold(day).split()[-1] for day in WEEKDAYS].index(last)


def _check_weekday(name: str | None, day: date) -> None:
    if name and weekday_number(name) != day.weekday():
        raise NoSuchDay(f"Ngày {day_words(day)} là {WEEKDAYS[day.weekday()]}.")


def day_words(day: date) -> str:
    """The date as offices write it: 07/4/2027, 20/01/2027."""
    # A nought stands before the months that would otherwise read as 11 and 12 once a stroke is added by hand.
    month = f"{day.month:02}" if day.month <= 2 else day.month
    return f"{day.day:02}/{month}/{day.year}"
