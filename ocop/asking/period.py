"""The time a question is about: "năm 2023", "8/2025", "hồi 2019", "trước 1/7/2025", "năm ngoái", "bây giờ".

Not every date in a question is one: "giấy cấp tháng 12/2022 bao giờ hết" asks of today.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from talk.vietnamese import unmarked

ONE_DAY = timedelta(days=1)
BEGINNING = 2018  # the programme began on 7/5/2018 (QĐ 490/QĐ-TTg)


@dataclass(frozen=True, slots=True)
class Period:
    """A time asked about, both days included, as it is said: "tháng 8/2023"."""

    first: date
    last: date
    said: str


_YEAR = r"(?P<year>20[12]\d)"
_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})\s*(?:[/.-]|\s*thang\s+))?(?P<month>\d{1,2})\s*(?:[/.-]|\s*nam\s+)"
    + _YEAR
    + r"(?![\d/.-]*\d|/)"
    r"|(?<![\d/.-])" + _YEAR.replace("year", "alone") + r"(?![\d/.-]*\d|/)"
    r"|\bnam (?P<ago>ngoai|truoc|kia)\b"
)
_INTO = re.compile(r"(?:\b(?:ngay|thang|nam|hoi|luc|vao|trong|dau|giua|cuoi)\s+)*$")
_BEFORE = re.compile(r"\btruoc\s+(?:khi\s+)?(?:(?:ngay|thang|nam)\s+)*$")
# A date after one of these is when something was made or ends.
_OF_A_THING = re.compile(
    r"\b(?:cap|tu|den|toi|han|het|ky|so|qd|duoc|in|lam|cong nhan)\s+(?:(?:ngay|thang|nam|tu|hoi)\s+)*$"
)
_NOW = re.compile(r"\b(?:bay gio|bjo|bgio|bay h|hien nay|hien tai|hien gio|luc nay|nay)\b")


def period_in(words: str, today: date) -> Period | None:
    """The time before today that these words ask about; None where they ask of today, or of no time at all."""
    found = _found(unmarked(words).lower(), today)
    return found[0] if found else None


def without_period(words: str, today: date) -> str:
    """The words without the time, without marks and in small letters; where they name none, without "bây giờ"."""
    plain = unmarked(words).lower()
    if found := _found(plain, today):
        _, start, end = found
        return f"{plain[:start]} {plain[end:]}"
    return _NOW.sub(" ", plain)


def names_today(words: str) -> bool:
    """Whether the words say that they ask of today."""
    return _NOW.search(unmarked(words).lower()) is not None


def _found(plain: str, today: date) -> tuple[Period, int, int] | None:
    for match in _DATE.finditer(plain):
        lead = plain[: match.start()]
        if _OF_A_THING.search(lead):
            continue
        period = _period(match, today)
        into = _INTO.search(lead)
        start = into.start() if into else match.start()
        if period and (before := _BEFORE.search(lead)):
            last = period.first - ONE_DAY
            period, start = Period(last, last, f"trước {period.said}"), before.start()
        if period and period.first.year >= BEGINNING and period.last < today:
            return period, start, match.end()
    return None


def _period(match: re.Match[str], today: date) -> Period | None:
    if ago := match["ago"]:
        year = today.year - (2 if ago == "kia" else 1)
        return Period(date(year, 1, 1), date(year, 12, 31), f"năm {year}")
    year = int(match["year"] or match["alone"])
    if not match["month"]:
        return Period(date(year, 1, 1), date(year, 12, 31), f"năm {year}")
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    if not match["day"]:
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), f"tháng {month}/{year}")
    try:
        day = date(year, month, int(match["day"]))
    except ValueError:
        return None
    return Period(day, day, f"ngày {day:%d/%m/%Y}")
