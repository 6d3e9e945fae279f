"""Answers that are a number, a phone number or a day."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from talk.answers import Answer, NoLongerFits, Unclear, shortened
from talk.vietnamese import blunt, fold, grouped, unmarked

# A point before three digits parts thousands; before one or two it can only mean decimals, as phones write them.
_NUMBER = re.compile(
    r"(?:(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?|(\d+)\.(\d{1,2}))"
    r"[,.]?\s*((?:[^\d\s,.].*)?)"
)
_RAISED = str.maketrans("²³", "23")
_DAY = re.compile(
    r"(?:(thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn),? )?(?:ngay )?(\d{1,2})"
    r"(?: ?[/\-.] ?| | ?thang ?)(\d{1,2})(?:(?: ?[/\-.] ?| |,? ?nam ?)(\d{4}|\d{2}))?"
)
_SPELLED_DAYS = {"hom nay": 0, "nay": 0, "mai": 1, "ngay mai": 1, "hom qua": -1, "qua": -1, "ngay kia": 2}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_TYPED = {fold(name): number for number, name in enumerate(_WEEKDAYS)} | {"cn": 6}
_WEEKDAYS_TYPED |= {f"thu {number + 2}": number for number in range(6)}
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Number(Answer[Decimal]):
    """A number as people here write it: a point between thousands, a comma before decimals."""

    takes_numbers = True

    def __init__(self, at_least: Decimal, at_most: Decimal, unit: str, whole: bool):
        self.at_least, self.at_most, self.unit, self.whole = at_least, at_most, unit, whole
        self.sample = at_least

    def read_words(self, words: str) -> Decimal:
        found = _NUMBER.fullmatch(words)
        if not found or _unit(found[5]) not in ("", _unit(self.unit)):
            raise Unclear(f"«{shortened(words, 40)}» chưa phải là số. {self.hint()}")
        whole, rest = (found[1].replace(".", ""), found[2]) if found[1] else (found[3], found[4])
        value = Decimal(f"{whole}.{rest or 0}").normalize()
        if self.whole and value != value.to_integral_value():
            raise Unclear(f"Câu này cần số tròn, không có phần lẻ. {self.hint()}")
        if not self.at_least <= value <= self.at_most:
            raise Unclear(f"Số này phải từ {self._words(self.at_least)} đến {self._words(self.at_most)}. {self.hint()}")
        return value

    def _words(self, value: Decimal) -> str:
        whole, _, rest = f"{value:f}".partition(".")
        return grouped(int(whole)) + (f",{rest}" if rest.rstrip("0") else "")

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ: {self.say(max(self.at_least, min(self.at_most, Decimal(12))))}."

    def say(self, value: Decimal) -> str:
        return f"{self._words(value)} {self.unit}".strip()

    def dump(self, value: Decimal) -> Any:
        return str(value)

    def load(self, raw: Any) -> Decimal:
        value = Decimal(raw)
        if self.whole and value != value.to_integral_value():
            raise NoLongerFits("Câu này nay cần số tròn, không có phần lẻ.")
        if not self.at_least <= value <= self.at_most:
            raise NoLongerFits(f"Số này nay phải từ {self._words(self.at_least)} đến {self._words(self.at_most)}.")
        return value


class Phone(Answer[str]):
    """A Vietnamese phone number, kept as its national digits: `0900000000`."""

    wants = "phone"
    sample = "0900000000"

    def read_words(self, words: str) -> str:
        digits = re.sub(r"[^0-9]", "", words).removeprefix("00")
        if digits.startswith("84") and len(digits) > 10:
            digits = "0" + digits[2:].removeprefix("0")
        if not digits or len(re.sub(r"[0-9\s.+()-]", "", words)) > 12:
            raise Unclear(f"Chưa thấy số điện thoại. {self.hint()}")
        if len(digits) < 9 or (len(digits) == 9 and not digits.startswith("0")):
            raise Unclear(f"Số {words[:20]} ngắn quá, số di động có 10 chữ số. {self.hint()}")
        wanted = 11 if digits.startswith("02") else 10
        if len(digits) < wanted:
            raise Unclear(f"Số {words[:20]} mới có {len(digits)} chữ số, số di động có 10. {self.hint()}")
        if len(digits) > wanted:
            raise Unclear(f"Số này có {len(digits)} chữ số, số di động chỉ có 10. {self.hint()}")
        if not _is_vietnamese(digits):
            raise Unclear(f"Đầu số {digits[:3]} chưa thấy nơi nào dùng. {self.hint()}")
        return digits

    def hint(self) -> str:
        return "Xem và gõ lại giúp, ví dụ 0900 000 000."

    def say(self, value: str) -> str:
        return f"{value[:4]} {value[4:7]} {value[7:]}"

    def load(self, raw: Any) -> str:
        if not isinstance(raw, str) or not raw.isdecimal() or len(raw) not in (10, 11):
            raise NoLongerFits("Câu này nay cần số điện thoại.")
        return raw


class Day(Answer[date]):
    """A calendar day. A day without a year is the nearest one to come, or to have been (`past`)."""

    def __init__(self, today: date, past: bool):
        self.today, self.past = today, past
        self.sample = today

    def read_words(self, words: str) -> date:
        plain = blunt(unmarked(words))
        if fold(plain) in _SPELLED_DAYS:
            return self.today + timedelta(days=_SPELLED_DAYS[fold(plain)])
        found = _DAY.fullmatch(plain.rstrip(" ."))
        if not found:
            raise Unclear(f"Chưa rõ là ngày nào. {self.hint()}")
        weekday, year = found[1], found[4]
        value = self._with_year(*self._day_and_month(int(found[2]), int(found[3])), year)
        if weekday and _WEEKDAYS_TYPED[weekday] != value.weekday():
            raise Unclear(f"Ngày {_digits(value)} là {_WEEKDAYS[value.weekday()]}. {self.hint()}")
        return value

    def _day_and_month(self, day: int, month: int) -> tuple[int, int]:
        if not 1 <= month <= 12:
            raise Unclear(f"Một năm chỉ có 12 tháng, không có tháng {month}. {self.hint()}")
        days = _MONTH_DAYS[month - 1]
        if not 1 <= day <= days:
            raise Unclear(f"Ngày {day}/{month} không có, tháng {month} chỉ có {days} ngày. {self.hint()}")
        return day, month

    def _with_year(self, day: int, month: int, year: str | None) -> date:
        if year:
            return self._exact(day, month, int(year) if len(year) == 4 else self._century(int(year)))
        step = -1 if self.past else 1
        # 29/2 without a year may lie up to eight years away.
        for number in range(self.today.year, self.today.year + 9 * step, step):
            if month == 2 and day == 29 and not _is_leap(number):
                continue
            found = date(number, month, day)
            if (found <= self.today) if self.past else (found >= self.today):
                return found
        raise AssertionError("a leap year lies within nine years")

    def _century(self, year: int) -> int:
        """98 is 1998 where a day has been, 2098 where it is to come."""
        return 1900 + year if self.past and 2000 + year > self.today.year else 2000 + year

    def _exact(self, day: int, month: int, year: int) -> date:
        if not 1900 <= year <= 2200:
            raise Unclear(f"Năm {year} chắc không phải. {self.hint()}")
        try:
            return date(year, month, day)
        except ValueError:
            raise Unclear(f"Năm {year}, tháng {month} chỉ có {day - 1} ngày. {self.hint()}") from None

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ {self.today.day}/{self.today.month}/{self.today.year}."

    def say(self, value: date) -> str:
        return f"{_WEEKDAYS[value.weekday()]} {_digits(value)}"

    def dump(self, value: date) -> Any:
        return value.isoformat()

    def load(self, raw: Any) -> date:
        return date.fromisoformat(raw)


def number(at_least: int, at_most: int, *, unit: str = "", whole: bool = False) -> Number:
    """A number between two bounds, both allowed."""
    return Number(Decimal(at_least), Decimal(at_most), unit, whole)


def phone() -> Phone:
    """A phone number; a channel that can share the sender's own contact offers that too."""
    return Phone()


def day(today: date, *, past: bool = False) -> Day:
    """A day; `today` comes from the facts, so that "mai" stays the day it meant."""
    return Day(today, past)


def _is_vietnamese(digits: str) -> bool:
    import phonenumbers  # 60 ms: only talks that ask for a phone pay for it

    return phonenumbers.is_valid_number(phonenumbers.parse(digits, "VN"))


def _unit(words: str) -> str:
    return fold(words).translate(_RAISED)


def _digits(value: date) -> str:
    # A nought stands before the months that would otherwise read as 11 and 12 once a stroke is added by hand.
    month = f"{value.month:02}" if value.month <= 2 else value.month
    return f"{value.day:02}/{month}/{value.year}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
