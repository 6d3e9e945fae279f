"""The lunar calendar, against the holidays that follow it and against itself."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.lunar import LunarDate, lunar_date, lunar_words, solar_date

all_lunar_days = st.dates(date(1900, 3, 1), date(2198, 12, 31))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 2, 10), "mùng 1 tháng Giêng"),
        (date(2025, 1, 29), "mùng 1 tháng Giêng"),
        (date(2026, 2, 17), "mùng 1 tháng Giêng"),
        (date(2027, 2, 6), "mùng 1 tháng Giêng"),
        (date(2007, 2, 17), "mùng 1 tháng Giêng"),  # a day before China's
        (date(2026, 11, 23), "rằm tháng Mười ÂL"),
        (date(2026, 11, 30), "22 tháng Mười ÂL"),
        (date(2026, 12, 4), "26 tháng Mười ÂL"),
        (date(2027, 1, 20), "13 tháng Chạp"),
        (date(2027, 4, 7), "mùng 1 tháng Ba ÂL"),
        (date(2025, 7, 25), "mùng 1 tháng Sáu nhuận ÂL"),
        (date(2028, 6, 23), "mùng 1 tháng Năm nhuận ÂL"),
        (date(2026, 12, 10), "mùng 2 tháng Mười Một ÂL"),
    ],
)
def test_lunar_days_are_said_as_people_say_them(day, words):
    assert lunar_words(day) == words


def test_every_tet_and_gio_to_of_two_centuries_agrees_with_the_holidays_package():
    for day, name in holidays.country_holidays("VN", years=range(1950, 2100), language="vi", observed=False).items():
        lunar = lunar_date(day)
        if name == "Tết Nguyên Đán":
            assert (lunar.month, lunar.day) == (1, 1), day
        if "Giỗ Tổ" in name:
            assert (lunar.month, lunar.day, lunar.is_leap) == (3, 10, False), day


def test_leap_months_are_those_of_the_vietnamese_calendar():
    days = (date(2001, 1, 1) + timedelta(days=9 * step) for step in range(2_000))
    leaps = {lunar.year: lunar.month for lunar in map(lunar_date, days) if lunar.is_leap}

    assert {year: leaps[year] for year in (2020, 2023, 2025, 2028, 2031, 2033)} == {
        2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11,
    }  # fmt: skip


@given(all_lunar_days)
def test_lunar_days_follow_one_another_and_lead_back_to_their_date(day):
    today, tomorrow = lunar_date(day), lunar_date(day + timedelta(days=1))

    assert solar_date(today) == day
    assert today < tomorrow
    assert tomorrow.day == today.day + 1 or (tomorrow.day == 1 and today.day in (29, 30))


@pytest.mark.parametrize(
    "lunar", [LunarDate(2026, 6, True, 1), LunarDate(2026, 13, False, 1), LunarDate(2026, 1, False, 31)]
)
def test_a_lunar_day_that_does_not_exist_is_refused(lunar):
    with pytest.raises(ValueError, match="no such lunar day"):
        solar_date(lunar)
