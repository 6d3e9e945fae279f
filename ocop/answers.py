"""Answers that are looked up in the programme's own lists: a commune of today, a product set."""

import re
from collections.abc import Sequence

from ocop.finding.names import find_products
from ocop.place_search import find_places
from ocop.places import place, provinces
from ocop.product_sets import ProductSet
from ocop.product_sets import product_set as known_set
from ocop.set_search import find_sets, question_for
from talk.agreement import NO, YES
from talk.answers import Found, Lookup, Reading, Several, Text, lookup, shortened
from talk.matching import says
from talk.vietnamese import capital, has_marks

OFFICIAL_CHOOSES = Found("unsure", "nhờ cán bộ chọn", label="Không chắc, nhờ cán bộ chọn")
"""A maker need not know the tables: the commune's official helps to choose one (Điều 10 khoản 4 QĐ 26/2026)."""


def commune(province: str = "") -> Lookup:
    """A commune of today, found by its new name or by an old one. The value's key is the place's id.

    `province`: the id of the only one whose communes are looked for.
    """
    return lookup(
        lambda words: [one for one in _communes(words) if one.key.startswith(province)],
        lambda key: place(key) is not None and key.startswith(province),
        which=lambda words: "Có mấy nơi tên gần như vậy. Cơ sở ở đâu?",
        nothing="Chưa thấy xã, phường nào tên như vậy " + ("trong tỉnh." if province else "ở Cao Bằng và Thái Nguyên."),
        example=Found("thai-nguyen/con-minh", "xã Côn Minh, tỉnh Thái Nguyên"),
    )


def commune_or_province() -> Lookup:
    """The same, or a province alone, for somebody who cannot tell the commune; the key then has no "/"."""
    known = dict(provinces())
    return lookup(
        _communes,
        lambda key: key in known or place(key) is not None,
        which=lambda words: "Có mấy nơi tên gần như vậy. Nơi nào ạ?",
        nothing="Chưa thấy xã, phường nào tên như vậy ở Cao Bằng và Thái Nguyên.",
        example=Found("thai-nguyen/con-minh", "xã Côn Minh, tỉnh Thái Nguyên"),
        suggested=[Found(id, f"tỉnh {name}", label=f"Chỉ biết là tỉnh {name}") for id, name in known.items()],
    )


def address() -> Lookup:
    """A commune of today as `commune` finds it, with what was said of the place within it: `beside`, "thôn Nà Mẫu".

    The words stand on paper, so they are part of the name only where they have their marks.
    """
    return lookup(
        _addresses,
        lambda key: place(key) is not None,
        which=lambda words: "Có mấy nơi tên gần như vậy. Cơ sở ở đâu?",
        nothing="Chưa thấy xã, phường nào tên như vậy ở Cao Bằng và Thái Nguyên.",
        example=Found("thai-nguyen/con-minh", "thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên", beside="thôn Nà Mẫu"),
    )


def product_set(product: str) -> Lookup:
    """One of the 26 sets, the likely ones for this product suggested. The value's key is the set's id."""
    return lookup(
        _sets,
        lambda key: key == OFFICIAL_CHOOSES.key or known_set(key) is not None,
        which=set_question,
        nothing="Trợ lý chưa rõ hàng này thuộc loại nào. Nói hàng làm từ gì, làm thế nào.",
        example=Found("set07", "miến làm từ củ dong"),
        suggested=[*_sets(product), OFFICIAL_CHOOSES],
    )


class ProductName(Text):
    """A product's name, as `text` reads it; one of the catalogue is said back with its maker before it is kept."""

    def __init__(self, own: Sequence[str]):
        super().__init__(at_most=120, at_least=2, as_printed=True, example="Miến dong Bản Mẫu", offered=own)

    def read_words(self, words: str) -> str:
        line = words.replace("\n", " ")
        found = find_products(line, OFFERED) if len(line) <= self.at_most else ()
        if not found or any(says((line,), one) for one in self.offered):
            return super().read_words(words)
        if len(found) == 1:
            text = f"«{shortened(line, 40)}» là {found[0].words}, phải không ạ?"
            readings = [Reading(found[0].name, f"Đúng, {found[0].name}", YES)]
        else:
            text = "Là sản phẩm nào trong danh mục?"
            readings = [Reading(one.name, one.words) for one in found]
        if not is_printable(line):
            raise Several(text, readings, "Không phải, gõ tên khác có dấu")
        readings.append(Reading(line, f"Không phải, ghi «{shortened(line, 35)}»", NO))
        raise Several(text, readings, neither="")


OFFERED = 4
"""As many products of the catalogue stand before the person's own words."""


def product_name(own: Sequence[str] = ()) -> ProductName:
    """The name of a product that was recognised before; `own`: those of the person that are known to have been."""
    return ProductName(own)


def set_question(product: str) -> str:
    """What to ask to tell which set a product is in: "Miến làm từ gì?"."""
    question = question_for(product)
    return question.words if question else "Hàng này gần với loại nào nhất?"


def _communes(words: str) -> Sequence[Found]:
    found = []
    for one in find_places(words):
        was = f" (trước là {one.was})" if one.was else ""
        found.append(Found(one.place.id, one.place.words, label=one.label, echo=f"{capital(one.place.words)}{was}"))
    return found


def _addresses(words: str) -> Sequence[Found]:
    found = []
    for one in find_places(words):
        name = f"{one.within}, {one.place.words}" if is_printable(one.within) else one.place.words
        was = f" (trước là {one.was})" if one.was else ""
        found.append(Found(one.place.id, name, one.label, f"{capital(name)}{was}", one.within))
    return found


def is_printable(words: str) -> bool:
    """Whether words about a place may stand on paper as they are: "Tổ 5" and "thôn Nà Mẫu", not "thon na mau"."""
    return bool(words) and (has_marks(words) or len(re.findall(r"[^\W\d_]+", words)) < 2)


def _sets(words: str) -> Sequence[Found]:
    question = question_for(words)
    if question:
        return [_found(one, f"{answer} (bộ {one.number})") for one, answer in question.answers]
    return [_found(one, one.label) for one in find_sets(words)]


def _found(one: ProductSet, label: str) -> Found:
    return Found(one.id, f"bộ {one.number}, {one.plain}", label, f"{one.label}. Trợ lý đoán, cán bộ xem lại.")
