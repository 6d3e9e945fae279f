"""Invite codes: four groups that notice a slip each, and are far too many to guess."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.invite_codes import INVITES, WrongInvite, new_invite, read_invite

numbers = st.integers(0, INVITES - 1)


def test_there_are_too_many_to_guess():
    assert math.log2(INVITES) > 60


@given(numbers, st.sampled_from([" ", "-", "", "\n", " – "]))
def test_every_code_is_read_back_however_it_is_spaced(number, between):
    code = new_invite(number)

    assert read_invite(code) == code
    assert read_invite(between.join(code.lower().replace("-", " ").split())) == code


@given(numbers, numbers)
def test_different_numbers_give_different_codes(one, other):
    assert (new_invite(one) == new_invite(other)) is (one == other)


@pytest.mark.parametrize(
    "words",
    ["HK-394-27", "alo", "", "0912 345 678", "HK-394-27 KX-638-42", "Hợp tác xã Tài Hoan", "x" * 28, "9" * 28],
)
def test_nothing_else_looks_like_one(words):
    assert read_invite(words) is None


@pytest.mark.parametrize("group", ["HK-394-72", "HK-O94-27", "HK-001-27", "AB-394-27"])
def test_a_slip_is_told_by_its_group(group):
    with pytest.raises(WrongInvite, match=group):
        read_invite(f"KX-638-42 {group} VX-936-48 KX-638-42")
