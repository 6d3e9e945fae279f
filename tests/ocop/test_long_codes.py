"""Long codes: groups that notice a slip each, and too many of them to guess."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.codes import CODES, WrongCode, new_code
from ocop.long_codes import INVITE, JOIN, REFERENCE, WrongGroup, groups_of, new_long_code, read_long_code

codes = st.lists(st.integers(0, CODES - 1).map(new_code), min_size=1, max_size=INVITE).map(" ".join)


@pytest.mark.parametrize(("kind", "bits"), [(JOIN, 34), (INVITE, 68)])
def test_there_are_too_many_to_guess_in_the_time_they_live(kind: int, bits: int):
    assert kind * math.log2(CODES) > bits


def test_each_group_is_drawn_by_itself():
    drawn = iter(["HK-394-27", "KX-638-42", "VX-936-48"])

    assert new_long_code(lambda: next(drawn), JOIN) == "HK-394-27 KX-638-42"


@given(codes, st.sampled_from([" ", "-", "", "\n", " – "]), st.sampled_from(["", "mã ", "Mã số: ", "ma "]))
def test_every_code_is_read_back_however_it_is_spaced(code, between, before):
    assert read_long_code(code) == code
    assert read_long_code(before + between.join(code.lower().replace("-", " ").split())) == code


@pytest.mark.parametrize(
    "words",
    [
        *("alo", "", "0912 345 678", "Hợp tác xã Tài Hoan", "x" * 28, "9" * 28, "mã", "Mã Pí Lèng"),
        *("xóa hết HK-394-27", "HK-394-27 là tờ nào", "HK-394", "HK-394-27 KX"),
    ],
)
def test_nothing_else_looks_like_one(words):
    assert read_long_code(words) is None


@pytest.mark.parametrize("group", ["HK-394-72", "HK-O94-27", "HK-001-27", "HK-L94-27", "AB-394-27"])
@pytest.mark.parametrize("others", [["KX-638-42"], ["KX-638-42", "VX-936-48", "KX-638-42"]])
def test_a_slip_is_told_by_its_group(group: str, others: list[str]):
    with pytest.raises(WrongGroup, match=f"Nhóm {group}.*gõ cả {len(others) + 1} nhóm giúp"):
        read_long_code(" ".join([*others, group]))


def test_a_slip_in_a_code_of_one_group_is_told_as_of_any_reference_code():
    with pytest.raises(WrongCode, match="Mã HK-394-72 không khớp"):
        read_long_code("hk 394 72")


def test_how_many_groups_there_are_says_of_what_kind_it_is():
    assert groups_of("HK-394-27") == REFERENCE
    assert groups_of("HK-394-27 KX-638-42") == JOIN
