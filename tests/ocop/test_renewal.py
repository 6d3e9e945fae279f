"""When to hand in for another scoring: a day too late is a product without its stars."""

import random
from datetime import date, timedelta

import pytest

from ocop.calendar import Corrections, is_working_day, weekday_words
from ocop.renewal import State, certificate_end, window
from talk.lunar import lunar_words

DAY = timedelta(days=1)
SOME_DAYS = random.Random(7).sample([date(2019, 1, 1) + DAY * n for n in range(60_000)], 10_000)
AWKWARD = [
    *(date(year, 2, 29) for year in range(2020, 2041, 4)),
    *(date(year, month, 1) - DAY for year in range(2019, 2042) for month in range(1, 13)),
    *(date(year, month, 1) for year in range(2019, 2042) for month in range(1, 13)),
    # every certificate whose last day to hand in falls near Tết
    *(date(year, 5, 1) + DAY * n for year in range(2021, 2042) for n in range(170)),
]


@pytest.mark.parametrize(
    ("issued", "ends"),
    [
        pytest.param(date(2024, 5, 20), date(2027, 5, 20), id="the same day three years on"),
        pytest.param(date(2023, 2, 20), date(2026, 2, 20), id="20/02/2023"),
        pytest.param(date(2024, 2, 29), date(2027, 2, 28), id="a leap day: February has no such day"),
        pytest.param(date(2021, 2, 28), date(2024, 2, 28), id="into a leap year: the same day, not the month's last"),
        pytest.param(date(2023, 12, 31), date(2026, 12, 31), id="the last day of a year"),
        pytest.param(date(2023, 1, 31), date(2026, 1, 31), id="the last day of a month"),
    ],
)
def test_a_certificate_holds_for_36_months(issued: date, ends: date):
    assert certificate_end(issued) == ends


def test_the_window_is_that_of_the_samples_in_the_style_guide():
    found = window(date(2027, 5, 20))

    assert weekday_words(found.opens) == "thứ Bảy 21/11/2026"
    assert weekday_words(found.last_day) == "thứ Tư 20/01/2027"
    assert lunar_words(found.last_day) == "13 tháng Chạp"
    assert (found.last_day - date(2026, 11, 21)).days == 60
    assert weekday_words(window(date(2027, 3, 15)).last_day) == "Chủ nhật 15/11/2026"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 20), "not_yet"),
        (date(2026, 11, 21), "open"),
        (date(2027, 1, 20), "open"),
        (date(2027, 1, 21), "closed"),
        (date(2027, 5, 20), "closed"),
        (date(2027, 5, 21), "over"),
    ],
)
def test_first_and_last_days_count(day: date, state: State):
    assert window(date(2027, 5, 20)).state(day) == state


def test_when_the_last_day_falls_into_tet_one_hands_in_before_it():
    ends = date(2027, 2, 8) + timedelta(days=120)  # mùng 3 Tết Đinh Mùi

    found = window(ends)

    assert lunar_words(found.last_day) == "mùng 3 tháng Giêng"
    assert found.hand_in_by() < date(2027, 2, 6)
    assert is_working_day(found.hand_in_by())


def test_a_day_off_that_officials_know_of_is_heeded():
    found = window(date(2027, 5, 20))

    assert found.hand_in_by() == date(2027, 1, 20)
    assert found.hand_in_by(Corrections(off=frozenset({date(2027, 1, 20)}))) == date(2027, 1, 19)


def test_more_than_ten_thousand_days_keep_the_rules():
    days = {*SOME_DAYS, *AWKWARD}
    assert len(days) > 10_000
    for issued in days:
        ends = certificate_end(issued)
        assert ends.year == issued.year + 3
        assert ends.month == issued.month
        assert ends.day == issued.day or (issued.month, issued.day, ends.day) == (2, 29, 28)

        found = window(ends)
        assert (ends - found.opens).days == 180
        assert (ends - found.last_day).days == 120
        states = [found.state(day) for day in (found.opens - DAY, found.opens, found.last_day, found.last_day + DAY)]
        assert states == ["not_yet", "open", "open", "closed"]
        assert (found.state(ends), found.state(ends + DAY)) == ("closed", "over")
        by = found.hand_in_by()
        assert by <= found.last_day
        assert is_working_day(by)
        assert not any(is_working_day(by + DAY * n) for n in range(1, (found.last_day - by).days + 1))
        assert (found.last_day - by).days <= 10, "no holiday is as long as that"


def test_a_later_issue_never_ends_earlier():
    days = sorted({*SOME_DAYS, *AWKWARD})

    assert [certificate_end(day) for day in days] == sorted(certificate_end(day) for day in days)
