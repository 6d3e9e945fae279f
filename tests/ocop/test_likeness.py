"""Which questions ask the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.asking.likeness import SAME, alike, grouped


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
