"""What may help is told with its document and the days it holds, to those it is for, and never as a promise."""

import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from handlers.support import GROUPS, PURPOSES, told
from ocop.kinds import OFFERED_KINDS, KindId
from ocop.places import provinces
from ocop.support import Policy, all_policies, policies_for

TODAY = date(2026, 11, 21)
EACH = pytest.mark.parametrize("one", all_policies(), ids=lambda one: one.id)
GROUP_IDS = [option.key for option in GROUPS if option.key != "all"]
PURPOSE_IDS = [option.key for option in PURPOSES if option.key != "all"]
ALL_WISHES: list[Any] = list(product([None, *GROUP_IDS], [None, *PURPOSE_IDS], [id for id, _ in provinces()]))


@EACH
def test_a_policy_names_its_document_where_to_ask_and_whom_it_is_for(one: Policy):
    assert re.search(r"\d", one.document)
    assert one.ask
    assert one.link.startswith("http")
    assert one.kinds <= {kind.id for kind in OFFERED_KINDS}
    assert one.groups <= set(GROUP_IDS)
    assert set(one.purposes) <= set(PURPOSE_IDS)
    assert one.provinces <= {id for id, _ in provinces()}
    assert one.valid_to is None or (one.valid_from and one.valid_from <= one.valid_to)


@EACH
def test_an_amount_is_told_only_with_its_document_and_since_when(one: Policy):
    if re.search(r"\d+ (triệu|tỷ) đồng|\d%", one.helps) or one.amounts:
        assert one.valid_from
    assert set(one.amounts) in (set(), set(one.kinds))
    assert ("{amount}" in one.helps) == bool(one.amounts)


def test_ids_are_told_apart():
    assert len({one.id for one in all_policies()}) == len(all_policies())


@pytest.mark.parametrize("kind", [one.id for one in OFFERED_KINDS])
def test_everybody_is_told_what_is_for_them_where_they_are_and_as_it_stands(kind: KindId):
    for wish in ALL_WISHES:
        check_what_is_told(kind, *wish)


def check_what_is_told(kind: KindId, group: Any, purpose: Any, province: str) -> None:
    found = policies_for(kind, group, purpose, province, TODAY)
    text, left = told(found, kind)

    assert len(text) + sum(len(one.title) + 5 for one in left[:3]) + 60 <= 900
    assert "{" not in text
    for one in all_policies():
        is_told = f"– {one.title}. " in text
        if is_told:
            assert one.document in text
            assert one.fits(kind, group, purpose, province)
        assert not (is_told and one in left)
        if one in (*found["in_force"], *found["not_known"]):
            assert is_told or one in left
    gives = [one for one in (*found["in_force"], *found["not_known"]) if not one.is_a_frame]
    assert text.startswith("Trợ lý chưa thấy văn bản nào đang dùng cho việc này.") == (not gives)
    assert "Được hay không là do nơi ấy xét." in text
    assert text.splitlines()[-1].startswith("Nguồn: ")


def test_what_ends_is_over_the_day_after_by_the_clock():
    one = next(one for one in all_policies() if one.id == "industry-235")
    assert one.valid_to

    assert one.standing(one.valid_to) == "in_force"
    assert one.standing(one.valid_to + timedelta(days=1)) == "over"


def test_what_nobody_could_confirm_never_stands_among_what_is_in_force():
    for kind, (group, purpose, province) in product([one.id for one in OFFERED_KINDS], ALL_WISHES):
        found = policies_for(kind, group, purpose, province, TODAY)
        assert all(one.is_confirmed for one in found["in_force"])
        assert all(one.valid_to and one.valid_to < TODAY for one in found["over"])


def test_what_is_mainly_for_it_stands_first():
    assert policies_for("cooperative", "food", "machines", "cao-bang", TODAY)["in_force"][0].id == "industry-235"
    assert policies_for("cooperative", "food", "loan", "cao-bang", TODAY)["in_force"][0].id == "credit-156"


def test_no_amount_of_another_province_is_anywhere():
    assert not any(re.search("Bắc Giang|Bắc Ninh", one.helps + one.document) for one in all_policies())
