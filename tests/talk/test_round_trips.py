"""What is said, in words or in figures, reads back as what was meant - for whatever number, sum or day."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talk.agreement import NO, YES, verdict
from talk.answers import Answer, Several
from talk.days import day
from talk.keyboard import retyped
from talk.lunar import lunar_date, lunar_words
from talk.message import Update
from talk.money import money
from talk.numerals import Numeral, numerals, tokens
from talk.quantities import Quantity, quantity
from talk.units import AREA, WEIGHT, Unit
from talk.vietnamese import decimal_words, unmarked
from tests.talk.typing_hands import in_words, telex, vni

some = settings(max_examples=150, deadline=None, database=None)

WORDS = st.sampled_from(
    [
        *("không", "đúng", "được", "chưa", "vâng", "người", "nghìn", "triệu", "rưỡi", "nghiêng", "thứ", "tháng"),
        *("giường", "đương", "Côn", "Phặc", "miến", "gạo", "rượu", "khuỷu", "ngoằn", "quỳnh", "đặc", "hộ", "Chạp"),
    ]
)


def meant(answer: Answer[Any], words: str) -> list[Any]:
    """The values these words may mean, one when they are read at once."""
    try:
        return [answer.read(Update(text=words))]
    except Several as several:
        return [answer.load(reading.raw) for reading in several.readings]


def letters(word: str) -> list[str]:
    """A word's letters and marks in no order: where a tone stands is a matter of taste."""
    return sorted(unicodedata.normalize("NFD", word.lower()))


@given(st.integers(1, 10**12 - 1))
@some
def test_a_number_read_out_in_words_is_that_number(number):
    assert numerals(tokens(in_words(number))) == [Numeral(Decimal(number))]
    assert numerals(tokens(unmarked(in_words(number)))) == [Numeral(Decimal(number))]


@given(st.decimals(0, 10**9, places=2), st.booleans())
@some
def test_a_number_in_figures_is_that_number_and_never_taken_for_another_without_asking(value, is_english):
    text = f"{value:,.2f}" if is_english else decimal_words(value)

    readings = numerals(tokens(text))

    assert value in [reading.value for reading in readings]
    assert len(readings) == 1 or not any(reading.is_plain for reading in readings)


@given(st.integers(1, 10**9 - 1))
@some
def test_a_sum_reads_back_in_figures_in_words_and_in_short(thousands):
    answer, value = money(), thousands * 1_000

    assert meant(answer, in_words(value) + " đồng") == [value]
    assert meant(answer, f"{thousands}k") == [value]
    if value >= 10_000:
        assert meant(answer, answer.say(value)) == [value]
        assert meant(answer, str(value)) == [value]


@given(st.integers(1, 99), st.integers(1, 9))
@some
def test_a_tenth_left_unsaid_is_asked_about_whatever_the_scale(whole, tenth):
    for name, size in (("tr", 10**6), (" triệu ", 10**6), (" tỷ ", 10**9), ("k", 1_000)):
        with pytest.raises(Several) as asked:
            money().read(Update(text=f"{whole}{name}{tenth}"))
        assert [reading.raw for reading in asked.value.readings] == [whole * size + tenth * size // 10]


@given(st.integers(1, 999))
@some
def test_a_number_too_small_to_be_a_sum_is_never_kept_without_asking(number):
    assert meant(money(), str(number)) == [number * 1_000, number * 10**6]


@given(st.decimals("0.01", 10**6, places=2), st.sampled_from([*WEIGHT, *AREA]))
@some
def test_a_quantity_reads_back_in_its_own_unit(amount, unit: Unit):
    answer = quantity(WEIGHT if unit in WEIGHT else AREA)
    value = Quantity(amount.normalize(), unit.name)

    assert meant(answer, answer.say(value)) == [value]
    assert meant(answer, unmarked(answer.say(value))) == [value]
    assert answer.load(answer.dump(value)) == value


@given(st.dates(date(1930, 1, 1), date(2150, 1, 1)), st.booleans())
@some
def test_a_lunar_day_named_before_it_comes_or_after_it_went_is_that_day(value, past):
    today = value + timedelta(days=30 if past else -30)
    said = lunar_words(value).replace(" nhuận", "")
    answer = day(today, past=past)

    found = meant(answer, said)

    assert value in found
    assert all(lunar_date(one).day == lunar_date(value).day for one in found)
    with pytest.raises(Several):
        answer.read(Update(text=said))


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 300))
@some
def test_days_counted_from_today_are_those_days(today, count):
    assert meant(day(today), f"{count} ngày nữa") == [today + timedelta(days=count)]
    assert meant(day(today, past=True), f"{count} ngày trước") == [today - timedelta(days=count)]


@given(WORDS)
@some
def test_a_word_typed_with_the_keyboard_off_is_put_right(word):
    for keys in (telex(word), vni(word)):
        assert keys == word.lower() or letters(word) in [letters(form) for form in retyped(keys)]


@pytest.mark.parametrize(("said", "meaning"), [*((word, True) for word in YES), *((word, False) for word in NO)])
def test_yes_and_no_stay_yes_and_no_however_they_are_typed(said, meaning):
    by_telex = " ".join(map(telex, said.split()))
    by_vni = " ".join(map(vni, said.split()))

    for typed in (said, said.upper(), unmarked(said), by_telex, by_vni, f"dạ {said} ạ"):
        assert verdict(typed) is meaning, typed
