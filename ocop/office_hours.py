"""When offices work, and by when an official answers a question: what is promised to whoever asks.

The hours are those most offices of the two provinces keep; no document binds them, so nothing counts on a minute.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ocop.calendar import NO_CORRECTIONS, Corrections, DayOff, add_working_days, day_off, is_working_day

HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
ANSWER_WORKING_DAYS = 2
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Promise:
    """By when a question asked at a moment is answered."""

    due: datetime
    opens: datetime | None  # when the office works again; None where it is open at that moment
    holidays: tuple[DayOff, ...]  # the public holidays on the way that are no weekend


def promise(asked: datetime, corrections: Corrections = NO_CORRECTIONS) -> Promise:
    """The promise to somebody who asks at this moment, which is told in the time of the office.

    The day of asking is not counted, as in every time limit in days (`add_working_days`).
    """
    last_day = add_working_days(asked.date(), ANSWER_WORKING_DAYS, corrections)
    due = datetime.combine(last_day, HOURS[-1][1], asked.tzinfo)
    days = (asked.date() + _ONE_DAY * n for n in range((last_day - asked.date()).days))
    holidays = tuple(found for day in days if (found := _holiday_in_the_week(day, corrections)))
    opens = next_opening(asked, corrections)
    return Promise(due, None if opens == asked else opens, holidays)


def next_opening(at: datetime, corrections: Corrections = NO_CORRECTIONS) -> datetime:
    """The first moment from `at` on when the office is open: `at` itself where it is."""
    day = at.date()
    if is_working_day(day, corrections):
        for opens, closes in HOURS:
            if at.time() < closes:
                return at if at.time() >= opens else datetime.combine(day, opens, at.tzinfo)
    return datetime.combine(add_working_days(day, 1, corrections), HOURS[0][0], at.tzinfo)


def _holiday_in_the_week(day: date, corrections: Corrections) -> DayOff | None:
    if day.weekday() >= _SATURDAY or is_working_day(day, corrections):
        return None
    return day_off(day)
