"""Dates decide whether a year's work is in time, so they are counted as offices count them and said as people say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.calendar import (
    Corrections,
    add_working_days,
    date_words,
    day_off,
    is_working_day,
    subtract_working_days,
    weekday_words,
)
from tests.ocop.holiday_table import TABLE, YEARS, expected_table

shipped_days = st.dates(date(2023, 1, 1), date(2045, 6, 30))


def test_the_shipped_table_is_that_of_the_holidays_package():
    """When the package has learned new days, run tests/ocop/holiday_table.py and read what changed."""
    assert TABLE.read_text(encoding="utf-8") == expected_table()


def test_the_culture_day_is_a_holiday_from_2026_on_and_says_to_ask_the_office():
    culture_day = day_off(date(2026, 11, 24))

    assert culture_day
    assert culture_day.name == "Ngày Văn hóa Việt Nam"
    assert "hỏi lại cơ quan" in culture_day.source
    assert day_off(date(2025, 11, 24)) is None


@pytest.mark.parametrize(
    ("received", "count", "until"),
    [
        pytest.param(date(2026, 11, 13), 15, date(2026, 12, 7), id="a commune's 15 days over the culture day"),
        pytest.param(date(2026, 11, 21), 2, date(2026, 11, 25), id="asked on a Saturday, before the culture day"),
        pytest.param(date(2027, 4, 7), 15, date(2027, 4, 29), id="over Giỗ Tổ"),
        pytest.param(date(2026, 8, 21), 1, date(2026, 8, 22), id="a Saturday worked for a Monday off"),
    ],
)
def test_time_limits_end_where_an_office_says_they_do(received, count, until):
    assert add_working_days(received, count) == until


def test_officials_can_correct_the_table():
    moved = Corrections(off=frozenset({date(2026, 12, 7)}), worked=frozenset({date(2026, 12, 5)}))

    assert add_working_days(date(2026, 12, 4), 1) == date(2026, 12, 7)
    assert add_working_days(date(2026, 12, 4), 1, moved) == date(2026, 12, 5)
    assert add_working_days(date(2026, 12, 4), 2, moved) == date(2026, 12, 8)


@given(shipped_days, st.integers(1, 40))
def test_counting_back_finds_the_latest_day_that_is_still_in_time(last_day, count):
    latest = subtract_working_days(last_day, count)
    later = add_working_days(latest, 1)

    assert is_working_day(latest)
    assert add_working_days(latest, count) <= last_day < add_working_days(later, count)


@given(shipped_days, st.integers(1, 40), st.integers(1, 40))
def test_counting_in_two_goes_ends_on_the_same_day(day, one, other):
    assert add_working_days(add_working_days(day, one), other) == add_working_days(day, one + other)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 4, 7), "thứ Tư 07/4/2027"),
        (date(2027, 1, 20), "thứ Tư 20/01/2027"),
        (date(2026, 11, 24), "thứ Ba 24/11/2026"),
        (date(2026, 12, 4), "thứ Sáu 04/12/2026"),
        (date(2026, 11, 15), "Chủ nhật 15/11/2026"),
    ],
)
def test_dates_are_written_as_offices_write_them(day, words):
    assert weekday_words(day) == words


def test_a_date_of_this_year_may_go_without_it():
    assert weekday_words(date(2026, 12, 7), with_year=False) == "thứ Hai 07/12"
    assert date_words(date(2023, 2, 20)) == "20/02/2023"


def test_the_table_reaches_past_every_certificate_given_today():
    assert YEARS[-1] >= 2040
