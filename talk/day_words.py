"""Which day people mean: a date, or mai, thứ sáu tới, 3 ngày nữa, cuối tháng, rằm tháng 8, mùng 1 Tết."""

import re
from calendar import monthrange
from datetime import date, timedelta

from talk.dates import MONTHS, WEEKDAY, Meant, count_of, dated, guesses, months, weekday_number
from talk.keyboard import retyped
from talk.nearest import ONE_DAY, Nearest
from talk.vietnamese import blunt, has_marks, tidy, unmarked

_LONGEST = 60  # characters; nobody names a day in more

_FROM_TODAY = {
    **{"hom nay": 0, "nay": 0, "hnay": 0, "bua nay": 0, "mai": 1, "ngay mai": 1, "mot": 2, "ngay mot": 2},
    **{"ngay kia": 2, "hom qua": -1, "qua": -1, "hqua": -1, "hom wa": -1, "hom kia": -2},
}
_SOLAR_FEASTS = {
    **{"quoc khanh": (2, 9), "tet duong lich": (1, 1), "tet duong": (1, 1), "tet tay": (1, 1), "noel": (25, 12)},
    **{"giang sinh": (25, 12)},
}
_LUNAR_FEASTS = {
    **{"tet": (1, 1), "tet nguyen dan": (1, 1), "tet am": (1, 1), "tet am lich": (1, 1), "tet ta": (1, 1)},
    **{"trung thu": (15, 8), "tet trung thu": (15, 8), "gio to": (10, 3), "gio to hung vuong": (10, 3)},
}
_NEW_YEARS_EVE = frozenset({"30 tet", "ba muoi tet", "giao thua"})

_PART_OF_DAY = re.compile(
    r"(?:(?:luc|vao) )?(?:\d{1,2} ?(?:h|g|gio|:)(?: ?(?:\d{2}|ruoi)(?: ?phut)?)?(?= ) ?)?"
    r"(?:(?:sang|trua|chieu|toi|dem) )?"
)
_COUNTED = re.compile(r"(?P<count>.+ )?(?P<unit>ngay|hom|tuan) (?P<way>nua|sau|truoc)")
_WEEKDAY_ALONE = re.compile(rf"(?:(?:ngay|hom) )?(?P<weekday>{WEEKDAY})(?: (?P<which>[a-z ]+))?")
_END = re.compile(r"(?:ngay )?cuoi (?:nam(?: (?P<year>nay|sau|toi|ngoai|truoc))?|thang(?: (?P<month>.+))?)")
_TET = re.compile(r"(?P<early>(?:mung|mong) )?(?P<day>.+) tet(?: nguyen dan)?")
_RAM = re.compile(r"(?:(?:hom|ngay) )?ram(?: (?:nay|toi|thang nay)| thang (?P<month>.+?)(?: (?:am lich|am|al))?)?")
_ONE_OF_TWO = re.compile(
    r"(?:tu )?(?P<first>\d.*?)(?: ?[-–—] ?| (?:den|toi|hoac|hay) )(?P<last>\d{1,2} ?[/.] ?\d{1,2}(?:[/.]\d{2,4})?)"
)


def days_meant(words: str, near: Nearest) -> list[Meant]:
    """The days these words may mean, the likeliest first; none when they name no day. Raises NoSuchDay."""
    if len(words) > _LONGEST:
        return []
    for form in (words, *retyped(words)):
        plain = blunt(unmarked(tidy(form))).rstrip(" .!")
        # «8h sáng 4/12», «chiều mai»: the day is asked, not the hour.
        for said in dict.fromkeys((plain, _PART_OF_DAY.sub("", plain, count=1))):
            for read in (_from_today, _counted, _weekday, _end, _feast, _one_of_two, dated):
                if found := read(said, form, near):
                    return found
    return []


def _from_today(plain: str, words: str, near: Nearest) -> list[Meant]:
    if plain not in _FROM_TODAY:
        return []
    is_mot = plain == "mot"  # mốt is the day after tomorrow, một is one
    if is_mot and "một" in tidy(words).lower():
        return []
    return [Meant(near.today + _FROM_TODAY[plain] * ONE_DAY, is_sure=not is_mot or has_marks(words))]


def _counted(plain: str, words: str, near: Nearest) -> list[Meant]:
    found = _COUNTED.fullmatch(plain)
    if not found:
        return []
    is_a_week = not found["count"] and found["unit"] == "tuan" and found["way"] == "nua"
    count = 1 if is_a_week else count_of((found["count"] or "").strip())
    if not count or count > 366:
        return []
    days = timedelta(days=count * (7 if found["unit"] == "tuan" else 1))
    return [Meant(near.today - days if found["way"] == "truoc" else near.today + days)]


def _weekday(plain: str, words: str, near: Nearest) -> list[Meant]:
    found = _WEEKDAY_ALONE.fullmatch(plain)
    if not found:
        return []
    number = weekday_number(found["weekday"])
    this_week = near.today + (number - near.today.weekday()) * ONE_DAY
    coming = Nearest(near.today, past=False).weekday(number)
    gone = Nearest(near.today, past=True).weekday(number)
    match found["which"]:
        case None if number == near.today.weekday():
            return guesses(near.today, near.weekday(number))
        case None:
            return [Meant(near.weekday(number))]
        case "toi" | "sap toi":
            # «Chủ nhật tới», said on a Saturday, is tomorrow to some and a week later to others.
            next_week = this_week + 7 * ONE_DAY
            return [Meant(coming)] if coming == next_week else guesses(coming, next_week)
        case "nay":
            return [Meant(this_week if number == near.today.weekday() else near.weekday(number))]
        case "tuan nay":
            return [Meant(this_week)]
        case "tuan sau" | "tuan toi":
            return [Meant(this_week + 7 * ONE_DAY)]
        case "tuan sau nua":
            return [Meant(this_week + 14 * ONE_DAY)]
        case "tuan truoc" | "tuan roi":
            return [Meant(this_week - 7 * ONE_DAY)]
        case "vua roi" | "vua qua" | "roi":
            return [Meant(gone)]
    return []


def _end(plain: str, words: str, near: Nearest) -> list[Meant]:
    """«Cuối tháng» is some day near its end; the last one is offered."""
    found = _END.fullmatch(plain)
    if not found:
        return []
    if " nam" in plain:
        offset = {"sau": 1, "toi": 1, "ngoai": -1, "truoc": -1}.get(found["year"], 0)
        days = [date(near.today.year + offset, 12, 31)]
    else:
        name = found["month"] or "nay"
        by_moon = name in ("gieng", "chap")
        days = [] if by_moon else [_last_day(month, near) for month in months(name, words, near) if 1 <= month <= 12]
        if not found["month"]:
            days = [day for day in days if not near.past]
    return guesses(*days)


def _last_day(month: int, near: Nearest) -> date:
    """The last day of the nearest month of this number."""
    step = -1 if near.past else 1
    years = (near.today.year + offset * step for offset in (0, 1))
    ends = [date(year, month, monthrange(year, month)[1]) for year in years]
    return next((end for end in ends if (end <= near.today if near.past else end >= near.today)), ends[-1])


def _feast(plain: str, words: str, near: Nearest) -> list[Meant]:
    if feast := _SOLAR_FEASTS.get(plain):
        return guesses(near.solar(*feast))
    if feast := _LUNAR_FEASTS.get(plain):
        return guesses(*near.lunar(*feast), is_lunar=True)
    if plain in _NEW_YEARS_EVE:
        # The last month has 29 days in some years, and people call its last day the thirtieth all the same.
        after = Nearest(near.today + ONE_DAY, near.past).lunar(1, 1)
        return guesses(*(day - ONE_DAY for day in after), is_lunar=True)
    if (found := _TET.fullmatch(plain)) and (day := count_of(found["day"])):
        is_new_year = bool(found["early"])
        if is_new_year or 20 <= day <= 29:
            return guesses(*near.lunar(day, 1 if is_new_year else 12), is_lunar=True)
    if found := _RAM.fullmatch(plain):
        if not found["month"]:
            return guesses(near.lunar_day_of_month(15), is_lunar=True)
        days = [day for month in _lunar_months(found["month"], words) for day in near.lunar(15, month)]
        return guesses(*days, is_lunar=True)
    return []


def _lunar_months(name: str, words: str) -> list[int]:
    if name.isdecimal() or name == "mot":
        return [11 if name == "mot" else int(name)]
    is_next = name == "sau" and has_marks(words) and "sáu" not in tidy(words).lower()  # «rằm tháng sau»
    return [MONTHS.index(name) + 1] if name in MONTHS and not is_next else []


def _one_of_two(plain: str, words: str, near: Nearest) -> list[Meant]:
    """«20-25/12» is never guessed: both ends are offered."""
    found = _ONE_OF_TWO.fullmatch(plain)
    if not found:
        return []
    first, last = found["first"], found["last"]
    if first.isdecimal():
        first += last.lstrip("0123456789")
    days = [one.day for said in (first, last) for one in dated(said, words, near)]
    return guesses(*days) if len(days) > 1 else []
