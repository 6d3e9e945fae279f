"""Answers that are looked up in the programme's own lists: a commune of today, a product set."""

from collections.abc import Sequence

from ocop.place_search import find_places
from ocop.places import place
from ocop.product_sets import all_sets
from ocop.product_sets import product_set as set_with_id
from talk.answers import Found, Lookup, lookup
from talk.vietnamese import capital, fold


def commune() -> Lookup:
    """A commune of today, found by its new name or by an old one. The value's key is the place's id."""
    return lookup(
        _communes,
        lambda key: place(key) is not None,
        which="Có mấy nơi tên gần như vậy. Cơ sở ở đâu?",
        nothing="Chưa thấy xã, phường nào tên như vậy ở Thái Nguyên (phần Bắc Kạn cũ) và Cao Bằng.",
        example=Found("thai-nguyen/con-minh", "xã Côn Minh, tỉnh Thái Nguyên"),
    )


def product_set() -> Lookup:
    return lookup(
        lambda w: [Found(s.id, s.label) for s in all_sets() if fold(w) in fold(s.label)],
        lambda key: set_with_id(key) is not None,
        which="Loại nào?",
        nothing="Trợ lý chưa rõ hàng này thuộc loại nào.",
        example=Found("set07", "Bộ 7, chế biến từ rau, củ, quả, hạt"),
    )


def _communes(words: str) -> Sequence[Found]:
    found = []
    for one in find_places(words):
        was = f" (trước là {one.was})" if one.was else ""
        found.append(
            Found(one.place.id, one.place.words, label=one.label, echo=f"{capital(one.place.words)}{was}")
        )
    return found
