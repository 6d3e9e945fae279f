"""What people ask for without naming a product: kinds and how they are called, and what is said around them."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ocop.catalogue import Product
from talk.vietnamese import fold

# As people write them in short; elsewhere these mean other things. Bắc Kạn is a part of Thái Nguyên since 1/7/2025.
PROVINCES: Mapping[str, str] = {
    "bac kan": "thai-nguyen",
    "bac can": "thai-nguyen",
    "backan": "thai-nguyen",
    "bk": "thai-nguyen",
    "thai nguyen": "thai-nguyen",
    "cao bang": "cao-bang",
    "caobang": "cao-bang",
    "cb": "cao-bang",
}


@cache
def plain(name: str) -> str:
    """A name of the catalogue without marks; kept, for each query compares them all."""
    return fold(name)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of products, by how their names begin, what stands in them, or their group."""

    id: str
    said: tuple[str, ...]  # how people call it
    heads: tuple[str, ...]
    has: tuple[str, ...]
    without: tuple[str, ...]  # names with one of these are of another kind
    only: str  # the one group it keeps to; "" any
    group: str  # the whole of a group; ""

    def holds(self, one: Product) -> bool:
        """Whether a product is of this kind."""
        name = f" {plain(one.name)} "
        if (self.only and one.group != self.only) or any(f" {words} " in name for words in self.without):
            return False
        begins = any(name.startswith(f" {head} ") for head in self.heads)
        return begins or one.group == self.group or any(f" {words} " in name for words in self.has)

    @property
    def in_names(self) -> str:
        """How names have it."""
        return next(iter((*self.has, *self.heads)), "")


class Vocabulary:
    """Words as they are spelled. Typed without marks any of the same letters is meant, with marks only those."""

    def __init__(self, words: Iterable[str]):
        spelled = list(words)
        self.plain = frozenset(map(fold, spelled))
        self._marked = frozenset(map(_spelling, spelled))

    def has(self, plain: str, typed: str) -> bool:
        """Whether a word is one of these. `typed`: as it was typed with marks; "" where nobody knows."""
        return _spelling(typed) in self._marked if typed else plain in self.plain


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that was collected."""

    kinds: Mapping[str, Kind]  # by how people call them, without marks
    kinds_of_a_word: Vocabulary  # those called by a single word
    same: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # other words, and what the catalogue has for them
    around: Vocabulary  # words that say nothing of what is wanted
    presents: Vocabulary  # words that ask for a present
    around_presents: Vocabulary  # what says nothing then
    purpose: Vocabulary  # words that begin what something is for
    known: frozenset[str]  # every word of all these, without marks
    elsewhere: tuple[str, ...]  # places that the catalogue has nothing from, and what others are known for


@cache
def bank() -> Bank:
    """What data/product_kinds.toml has."""
    told = tomllib.loads(files("ocop").joinpath("data/product_kinds.toml").read_text(encoding="utf-8"))
    all_kinds = [_kind(id, rule) for id, rule in told["kinds"].items()]
    kinds = {fold(said): kind for kind in all_kinds for said in kind.said}
    around, presents, of_a_present, purpose = (
        told["around"][key].split() for key in ("words", "presents", "of_a_present", "purpose")
    )
    return Bank(
        kinds,
        Vocabulary(said for kind in all_kinds for said in kind.said if " " not in said),
        tuple((tuple(other.split()), tuple(name.split())) for name, others in told["same"].items() for other in others),
        Vocabulary(around),
        Vocabulary(presents),
        Vocabulary([*around, *of_a_present]),
        Vocabulary(purpose),
        frozenset(word for said in kinds for word in said.split())
        | frozenset(map(fold, (*around, *presents, *of_a_present))),
        tuple(" ".join(name.split()) for names in told["elsewhere"].values() for name in names.split(",")),
    )


def _kind(id: str, rule: Mapping[str, Any]) -> Kind:
    said, heads, has, without = (tuple(rule.get(key, ())) for key in ("said", "heads", "has", "not"))
    return Kind(id, said, heads, has, without, rule.get("only", ""), rule.get("group", ""))


def _spelling(word: str) -> str:
    """A word with its marks at the end, for "hoà" and "hòa" are the same."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(sorted(letters, key=lambda letter: unicodedata.combining(letter) and ord(letter)))
