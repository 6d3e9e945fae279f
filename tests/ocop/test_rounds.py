"""A producer who misses a round waits half a year: the day to hand in is counted on the safe side."""

from datetime import date

import pytest

from ocop.calendar import Corrections, weekday_words
from ocop.rounds import Level, Round, hand_in_by, next_round, rounds_of
from talk.lunar import lunar_words

ROUNDS = rounds_of(2026) + rounds_of(2027) + rounds_of(2028)


def round_after(day: date, level: Level = "province") -> Round:
    found = next_round(ROUNDS, day, level)
    assert found
    return found


def test_in_november_2026_the_next_round_is_that_of_april():
    coming = round_after(date(2026, 11, 21))

    assert weekday_words(coming.files_before) == "thứ Sáu 30/4/2027"
    assert weekday_words(hand_in_by(coming)) == "thứ Tư 07/4/2027"
    assert lunar_words(hand_in_by(coming)) == "mùng 1 tháng Ba ÂL"
    assert coming.source == "Điều 5 khoản 1 QĐ 26/2026/QĐ-TTg"


def test_the_round_of_october_2026_wanted_files_by_early_october():
    october = round_after(date(2026, 10, 1))

    assert october.last_day == date(2026, 10, 29)
    assert weekday_words(hand_in_by(october)) == "thứ Năm 08/10/2026"


def test_before_a_day_means_that_the_day_itself_is_too_late():
    assert round_after(date(2027, 4, 29)).files_before == date(2027, 4, 30)
    assert round_after(date(2027, 4, 30)).files_before == date(2027, 10, 30)


def test_when_the_last_day_is_a_saturday_the_commune_has_to_be_done_on_friday():
    april = round_after(date(2028, 1, 1))

    assert april.last_day == date(2028, 4, 29)
    assert hand_in_by(april) == date(2028, 4, 7)


def test_a_holiday_that_officials_add_moves_the_day_forward():
    coming = round_after(date(2026, 11, 21))

    assert hand_in_by(coming, Corrections(off=frozenset({date(2027, 4, 20)}))) == date(2027, 4, 6)


def test_no_round_of_the_old_law_is_shipped_and_none_is_invented():
    assert [round.files_before for round in rounds_of(2026)] == [date(2026, 7, 30), date(2026, 10, 30)]
    assert rounds_of(2025) == ()
    assert next_round(ROUNDS, date(2028, 12, 1)) is None


def test_the_centre_has_rounds_of_its_own_for_which_no_producer_hands_in():
    coming = round_after(date(2026, 11, 21), "centre")

    assert (coming.files_before, coming.held_before) == (date(2027, 1, 30), date(2027, 3, 30))
    with pytest.raises(ValueError, match="province"):
        hand_in_by(coming)
