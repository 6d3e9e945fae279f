"""What is promised to whoever asks an office: when it works again, and by when an answer is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.calendar import Corrections, is_working_day
from ocop.office_hours import ANSWER_WORKING_DAYS, HOURS, next_opening, promise

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
days, times = st.dates(date(2023, 1, 1), date(2045, 6, 1)), st.times()
moments = st.builds(datetime.combine, days, times, st.just(HANOI))


def at(words: str) -> datetime:
    return datetime.strptime(words, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("asked", "opens", "due"),
    [
        pytest.param("21/11/2026 09:12", "23/11/2026 07:30", "25/11/2026 17:00", id="a Saturday"),
        pytest.param("20/11/2026 09:00", None, "25/11/2026 17:00", id="a Friday morning: the weekend and the 24th"),
        pytest.param("16/11/2026 07:29", "16/11/2026 07:30", "18/11/2026 17:00", id="a minute too early"),
        pytest.param("16/11/2026 07:30", None, "18/11/2026 17:00", id="at the stroke of the hour"),
        pytest.param("16/11/2026 12:00", "16/11/2026 13:30", "18/11/2026 17:00", id="at noon"),
        pytest.param("16/11/2026 17:00", "17/11/2026 07:30", "18/11/2026 17:00", id="when the doors close"),
        pytest.param("16/11/2026 23:59", "17/11/2026 07:30", "18/11/2026 17:00", id="late in the evening"),
        pytest.param("05/02/2027 10:00", "11/02/2027 07:30", "12/02/2027 17:00", id="Tết"),
    ],
)
def test_two_working_days_are_promised_and_when_the_office_opens_is_known(asked: str, opens: str | None, due: str):
    found = promise(at(asked))

    assert found.opens == (at(opens) if opens else None)
    assert found.due == at(due)


def test_the_holidays_on_the_way_are_named_and_weekends_are_not():
    found = promise(at("21/11/2026 09:12"))

    assert [day.day for day in found.holidays] == [date(2026, 11, 24)]


@given(moments)
def test_an_office_opens_on_a_working_day_within_its_hours_and_never_in_the_past(asked: datetime):
    opens = next_opening(asked)

    assert opens >= asked
    assert is_working_day(opens.date())
    assert any(start <= opens.time() < end for start, end in HOURS)
    assert next_opening(opens) == opens


@given(moments)
def test_an_answer_is_due_when_the_doors_close_after_two_working_days(asked: datetime):
    due = promise(asked).due

    days = (asked.date() + timedelta(days=n) for n in range(1, (due.date() - asked.date()).days + 1))
    assert sum(map(is_working_day, days)) == ANSWER_WORKING_DAYS
    assert due.time() == time(17, 0)
    assert due.tzinfo is asked.tzinfo


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_who_asks_later_is_never_promised_an_earlier_answer(asked: datetime, later: timedelta):
    assert promise(asked).due.astimezone(UTC) <= promise(asked + later).due.astimezone(UTC)


def test_days_that_officials_correct_count_as_they_say():
    moved = Corrections(off=frozenset({date(2026, 11, 23)}), worked=frozenset({date(2026, 11, 28)}))

    assert promise(at("21/11/2026 09:00"), moved).due == at("26/11/2026 17:00")
    assert next_opening(at("28/11/2026 08:00"), moved) == at("28/11/2026 08:00")
