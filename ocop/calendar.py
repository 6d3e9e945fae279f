"""Legal days: which are working days in Vietnam, how many to count, and how a date is written to people.

The shipped days off (data/holidays.csv, 2023 to 2045) are those of the well-kept `holidays` package; a test compares
them. Reading a table takes under a millisecond where the package takes most of a second to load. Days that the
government moves or announces later are passed in as `Corrections`; outside the table only weekends are known.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache

from ocop.tables import read_table

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SATURDAY = 5
_NOON = 12
_PARTS_OF_THE_DAY = ((11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which offices are closed, and what says so."""

    day: date
    name: str
    source: str
    is_yearly_decision: bool  # the Prime Minister fixes it each year; until then it is an estimate


@dataclass(frozen=True, slots=True)
class Corrections:
    """What officials know better than the shipped table: days off, and days worked all the same."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


NO_CORRECTIONS = Corrections()


def day_off(day: date) -> DayOff | None:
    """The public holiday on this day, weekends not counted; None when there is none in the table."""
    return _table()[0].get(day)


def is_working_day(day: date, corrections: Corrections = NO_CORRECTIONS) -> bool:
    """Whether offices work: Monday to Friday save holidays, and the Saturdays that make up for a day moved."""
    if day in corrections.worked or day in corrections.off:
        return day in corrections.worked
    days_off, made_up = _table()
    if day in made_up:
        return True
    return day.weekday() < _SATURDAY and day not in days_off


def add_working_days(day: date, count: int, corrections: Corrections = NO_CORRECTIONS) -> date:
    """The last of `count` working days that follow a day; the day itself is not counted.

    So a time limit in days is counted (Điều 147 khoản 2 Bộ luật Dân sự 2015): a dossier received on thứ Sáu
    13/11/2026 has 15 working days until thứ Hai 07/12/2026, thứ Ba 24/11 being a holiday.
    """
    if count < 0:
        raise ValueError("count at least 0 working days")
    while count:
        day += _ONE_DAY
        count -= is_working_day(day, corrections)
    return day


def subtract_working_days(day: date, count: int, corrections: Corrections = NO_CORRECTIONS) -> date:
    """The latest working day from which `count` working days still end no later than a day."""
    if count < 0:
        raise ValueError("count at least 0 working days")
    while not is_working_day(day, corrections):
        day -= _ONE_DAY
    while count:
        day -= _ONE_DAY
        count -= is_working_day(day, corrections)
    return day


def weekday(day: date) -> str:
    """The name of the day: "thứ Tư", "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def date_words(day: date) -> str:
    """The date as offices write it: "07/4/2027", "20/01/2027". A zero stands before days below 10 and months 1, 2."""
    return f"{_day_and_month(day)}/{day.year}"


def weekday_words(day: date, with_year: bool = True) -> str:
    """The date with its weekday: "thứ Tư 07/4/2027"; without the year, "thứ Hai 07/12"."""
    return f"{weekday(day)} {date_words(day) if with_year else _day_and_month(day)}"


def hour_words(at: time) -> str:
    """The time of day as people say it: "9 giờ 12 sáng", "2 giờ chiều"."""
    part = next(name for until, name in _PARTS_OF_THE_DAY if at.hour < until)
    hour = at.hour if at.hour <= _NOON else at.hour - _NOON
    return f"{hour} giờ {at.minute} {part}" if at.minute else f"{hour} giờ {part}"


def _day_and_month(day: date) -> str:
    return f"{day.day:02}/{day.month:02}" if day.month <= 2 else f"{day.day:02}/{day.month}"


@cache
def _table() -> tuple[dict[date, DayOff], frozenset[date]]:
    days_off: dict[date, DayOff] = {}
    made_up: set[date] = set()
    for row in read_table("holidays"):
        day = date.fromisoformat(row["day"])
        if row["works"] == "yes":
            made_up.add(day)
        else:
            days_off[day] = DayOff(day, row["name"], row["source"], row["yearly"] == "yes")
    return days_off, frozenset(made_up)
