"""A code is read out, scribbled down and typed again: whatever slips on the way must be noticed."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.codes import CODES, DIGITS, LETTERS, WrongCode, new_code, read_code, spoken

codes = st.integers(0, CODES - 1).map(new_code)


def signs(code: str) -> str:
    return code.replace("-", "")


def alphabet(place: int) -> str:
    return LETTERS if place < 2 else DIGITS


def is_noticed(typed: str) -> bool:
    try:
        return read_code(typed) is None
    except WrongCode:
        return True


def test_the_codes_in_our_printed_samples_fit():
    for code in ("HK-394-27", "KX-638-42", "VX-936-48"):
        assert read_code(code) == code


def test_a_wrong_code_is_answered_with_what_would_be_right():
    with pytest.raises(WrongCode) as error:
        read_code("HK-394-72")

    assert str(error.value) == "Mã HK-394-72 không khớp, có thể nhầm một số. Xem lại trên tờ in giúp, ví dụ HK-394-27."


@pytest.mark.parametrize(
    "typed",
    ["hk39427", "HK 394 27", "hk-39427", "H K 3 9 4 2 7", " hk.394.27 ", "xoa het hk39427", "«hủy HK-394-27»"],
)
def test_capitals_dashes_and_spaces_never_matter(typed):
    assert read_code(typed) == "HK-394-27"


def test_letters_that_look_like_digits_are_read_as_those():
    assert read_code("HK-394-Z7") == "HK-394-27"
    assert read_code("kx-G38-42") == "KX-638-42"
    assert read_code("VX-936-4B") == "VX-936-48"


@pytest.mark.parametrize(
    "typed", ["", "chưa có", "50 kg", "0900000000", "kg 50000", "26/2026", "HK", "394 27", "QĐ 2026"]
)
def test_what_does_not_look_like_a_code_is_none(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize("typed", ["HK-O94-27", "HK-304-27", "HB-394-27"])
def test_one_sign_that_stands_in_no_code_still_looks_like_a_code(typed):
    with pytest.raises(WrongCode):
        read_code(typed)


def test_a_code_reads_well_aloud():
    assert spoken("HK-394-27") == "hát ca, ba chín bốn, hai bảy"


@given(codes)
def test_every_code_is_read_back(code):
    assert read_code(code) == code
    assert read_code(signs(code).lower()) == code


@given(codes, st.integers(0, 6), st.data())
def test_one_wrong_sign_is_noticed(code, place, data):
    right = signs(code)
    wrong = data.draw(st.sampled_from([sign for sign in alphabet(place) if sign != right[place]]))

    assert is_noticed(right[:place] + wrong + right[place + 1 :])


@given(codes, st.integers(0, 6), st.integers(0, 6))
def test_two_signs_swapped_are_noticed_neighbours_or_not(code, one, other):
    swapped = list(signs(code))
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert "".join(swapped) == signs(code) or is_noticed("".join(swapped))


def test_every_single_slip_and_swap_is_noticed_on_a_thousand_codes():
    for number in random.Random(7).sample(range(CODES), 1_000):
        right = signs(new_code(number))
        slips = {
            right[:place] + sign + right[place + 1 :]
            for place in range(7)
            for sign in alphabet(place)
            if sign != right[place]
        }
        for a, b in itertools.combinations(range(7), 2):
            if (a < 2) == (b < 2) and right[a] != right[b]:
                slips.add(right[:a] + right[b] + right[a + 1 : b] + right[a] + right[b + 1 :])
        assert all(is_noticed(slip) for slip in slips)


def test_different_numbers_give_different_codes():
    numbers = random.Random(3).sample(range(CODES), 2_000)

    assert len({new_code(number) for number in numbers}) == 2_000
    with pytest.raises(ValueError, match="below"):
        new_code(CODES)


@given(st.text(max_size=60))
def test_no_text_makes_reading_fail(text):
    try:
        code = read_code(text)
    except WrongCode:
        return
    assert code is None or read_code(code) == code
