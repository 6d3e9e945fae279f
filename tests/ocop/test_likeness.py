"""Which questions ask the same."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.asking.examples import wordings
from ocop.asking.likeness import SAME, alike, grouped
from talk.vietnamese import fold

ROUNDING = 1e-4


def test_the_same_in_other_spellings_stands_together_and_the_biggest_group_first():
    texts = [
        "trời hôm nay thế nào",
        "đóng hộp giấy đựng miến ở đâu",
        "dong hop giay dung mien o dau",
        "đóng hộp giấy đựng miến ở đâu vậy",
    ]

    assert grouped(texts) == [[1, 2, 3], [0]]


def test_something_else_is_not_near():
    assert alike("vay tiền mua lò sấy", "đóng hộp giấy đựng miến ở đâu") < SAME


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_every_text_is_in_exactly_one_group(texts: list[str]):
    assert sorted(place for group in grouped(texts) for place in group) == list(range(len(texts)))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([words for words, _ in wordings()]), min_size=2, max_size=12, unique_by=fold))
def test_no_group_asks_what_another_began_with(texts: list[str]):
    groups = grouped(texts)

    for one, other in combinations((texts[group[0]] for group in groups), 2):
        assert alike(one, other) < SAME + ROUNDING
    for first, *others in groups:
        assert all(alike(texts[first], texts[other]) > SAME - ROUNDING for other in others)
