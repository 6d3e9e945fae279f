"""Finds the products of the catalogue that a person means by name or maker, with or without marks, slips forgiven.

    mien dong tai hoan      → Miến dong Tài Hoan
    htx kim ngân            → Mật ong rừng Bắc Kạn, which that maker makes
    miến dong               → each of them
    miến dong Bản Mẫu       → nothing: two words of its name belong to no such product

Each typed word weighs the more, the fewer products have it; a word that no product has weighs most, so a name of the
person's own is not mistaken for its neighbour.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log

from rapidfuzz.distance import OSA

from ocop.catalogue import Product, all_products
from talk.vietnamese import fold

_ENOUGH = 0.75  # of the weight of what was typed
_RIVAL = 0.9  # of the best
_MISTYPED, _MAKER = 0.75, 0.85  # how much a word says that was mistyped, or stands in the maker's name only
_LONGEST_TEXT = 120
# What people say around a name, and what makes a maker's name no more than a kind of maker.
_ASIDE = frozenset(
    [
        *("htx", "hop", "tac", "xa", "tht", "to", "cong", "ty", "cty", "tnhh", "cp", "mtv", "co", "so", "ho"),
        *("san", "pham", "sp", "ocop", "mua", "ban", "cua", "gia", "tim", "cho", "xem", "va"),
    ]
)


def find_products(words: str, limit: int = 5, around: Collection[str] = ()) -> tuple[Product, ...]:
    """The products these words may name, best first; one when it is clear, none when nothing fits well.

    `around`: words that count where a name has them, and are no loss where it does not.
    """
    said = fold(words[:_LONGEST_TEXT]).split()
    typed = [word for word in said if word not in _ASIDE] or said
    if not typed:
        return ()
    found: list[_Found] = []
    for entry in _entries():
        fits = {word: fit for word in typed if (fit := entry.fits(word)) or word not in around}
        weight = sum(map(_weight, fits))
        told = sum(fit * _weight(word) for word, fit in fits.items())
        if told and told >= _ENOUGH * weight:
            found.append(_Found(entry.product, told, told / weight, entry.share_said(typed)))
    best = max((one.told for one in found), default=0)
    near = [one for one in found if one.told >= _RIVAL * best]
    if any(one.name_said == 1 and one.told == best for one in near):
        near = [one for one in near if one.told == best and one.name_said == 1]  # a whole name, word for word
    near.sort(key=lambda one: (one.product.name.casefold() == words.casefold(), one.share, one.name_said), reverse=True)
    return tuple(one.product for one in near[:limit])


@dataclass(frozen=True, slots=True)
class _Found:
    product: Product
    told: float  # how much the words say of it
    share: float  # of all they say
    name_said: float  # how much of its name they say


@dataclass(frozen=True, slots=True)
class _Entry:
    product: Product
    name: frozenset[str]
    maker: frozenset[str]
    run_together: frozenset[str]  # "taihoan"

    def fits(self, word: str) -> float:
        """How well a typed word fits this product, from 0 to 1."""
        if word in self.name or word in self.run_together:
            return 1
        if word in self.maker:
            return _MAKER
        return _MISTYPED if any(_is_near(word, known) for known in self.name | self.maker) else 0

    def share_said(self, typed: list[str]) -> float:
        """How much of the name was typed, from 0 to 1."""
        said = [word for word in self.name if word in typed or any(_is_near(one, word) for one in typed)]
        return sum(map(_weight, said)) / sum(map(_weight, self.name))


def _is_near(typed: str, known: str) -> bool:
    shorter, longer = sorted((len(typed), len(known)))
    slips = 0 if shorter < 3 or longer < 4 else 1 if longer < 8 else 2
    return slips > 0 and OSA.distance(typed, known, score_cutoff=slips) <= slips


def _weight(word: str) -> float:
    """How much a word tells: 1 for one that every product has, more for a rarer one."""
    entries = _entries()
    return 1 + log((1 + len(entries)) / (1 + _frequencies().get(word, 0)))


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(_entry(one) for one in all_products())


def _entry(product: Product) -> _Entry:
    name, maker = fold(product.name).split(), fold(product.producer).split()
    pairs = (a + b for words in (name, maker) for a, b in pairwise(words))
    return _Entry(product, frozenset(name), frozenset(maker) - _ASIDE, frozenset(pairs))


@cache
def _frequencies() -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in _entries():
        for word in entry.name | entry.maker:
            counts[word] = counts.get(word, 0) + 1
    return counts
