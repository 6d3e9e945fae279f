"""What a query asks for: stars, a year, places, kinds, a present; and the words that only a name explains."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

from ocop.catalogue import Product, all_products
from ocop.finding.bank import PROVINCES, Kind, Vocabulary, bank, plain
from ocop.finding.words import Word, known_words, pairs, plain_of
from ocop.place_names import local_names
from ocop.places import bare
from talk.vietnamese import fold

_LONGEST_NAME = 5  # words, of a kind or a place

_GAP = Word("", "")
_STARS = re.compile(r"\b(3|4|5|ba|bon|nam|three|four|five) ?(?:sao|stars?)\b")
_STAR_NAMES = {"ba": 3, "bon": 4, "nam": 5, "three": 3, "four": 4, "five": 5}
_AND_ABOVE = re.compile(r"\b(?:tro len|it nhat|or more|and up)\b")
_YEAR = re.compile(r"\b(?:nam )?(20[12]\d)\b")
_AMOUNT = re.compile(r"\b(?:\d{1,4}|mot|hai|vai|may|chuc) ?(?:hop|goi|tui|chai|lo|lit|kg|g|can|ky|ki|lang|ta)\b")
_ABROAD = re.compile(r"\b(?:xuat khau|xuat ngoai|ban ra nuoc ngoai|exported|exports?)\b")
_EITHER = re.compile(r"\b(?:va|voi|hoac|hay|and|or)\b")
# Beside others they say nothing, whatever name they stand in.
_NEVER_A_NAME = frozenset({"cho", "nguoi", "va", "cua", "co"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks for."""

    stars: int | None
    or_more: bool
    year: int | None
    places: tuple[str, ...]  # provinces, districts, communes; without marks
    kinds: tuple[Kind, ...]
    is_either: bool  # any of the kinds will do
    is_present: bool
    is_exported: bool
    named: str  # the words that may name a product or its maker, those of kinds included
    rest: tuple[Word, ...]  # of them those that nothing but a name explains

    @property
    def is_a_list(self) -> bool:
        """Whether it asks for all that fit."""
        return bool(self.stars or self.year or self.places or self.kinds or self.is_present or self.is_exported)

    def fits(self, one: Product) -> bool:
        """Whether a product has the stars, the year and the place that are asked for."""
        return (
            (not self.stars or any(self._has_stars(each.stars) for each in one.recognitions))
            and (not self.year or any(each.year == self.year for each in one.recognitions))
            and (not self.is_exported or any(channel.startswith("Export") for channel in one.channels))
            and (not self.is_present or one.group != "tourism" or any(kind.holds(one) for kind in self.kinds))
            and all(_is_from(one, place) for place in self.places)
        )

    def _has_stars(self, stars: int) -> bool:
        return stars == self.stars or (self.or_more and stars > (self.stars or 0))


def read(words: Sequence[Word]) -> Wanted:
    """What the words of a query ask for."""
    said = plain_of(words)
    stars, year = _STARS.search(said), _YEAR.search(said)
    typed = words
    for pattern in (_STARS, _YEAR, _AMOUNT, _ABROAD):
        typed = _without(typed, pattern)
    without_present = [word for at, word in enumerate(typed) if not _is_a_present(typed, at)]
    is_present = len(without_present) < len(typed)
    around = bank().around_presents if is_present else bank().around
    places, kinds, named, rest = _sorted_out(without_present, around)
    return Wanted(
        stars=(_STAR_NAMES.get(stars[1]) or int(stars[1])) if stars else None,
        or_more=bool(_AND_ABOVE.search(said)),
        year=int(year[1]) if year else None,
        places=tuple(places),
        kinds=tuple(dict.fromkeys(kinds)),
        is_either=bool(_EITHER.search(said)),
        is_present=is_present,
        is_exported=bool(_ABROAD.search(said)),
        named=" ".join(named),
        rest=tuple(rest),
    )


def before_purpose(words: Sequence[Word]) -> Sequence[Word]:
    """The words up to where it is said what the thing is for: "gạo nếp" of "gạo nếp để gói bánh"."""
    begins = (at for at, word in enumerate(words) if word.is_in(bank().purpose) and not _is_in_a_name(words, at))
    return words[: next(begins, len(words))]


def _sorted_out(typed: Sequence[Word], around: Vocabulary) -> tuple[list[str], list[Kind], list[str], list[Word]]:
    """The places, the kinds, the words of a name, and of these what nothing but a name explains."""
    places: list[str] = []
    kinds: list[Kind] = []
    named: list[str] = []
    rest: list[Word] = []
    at = 0
    while at < len(typed):
        place, kind = _place_at(typed, at), _longest(typed, at, bank().kinds)
        if kind and " " not in kind and not (typed[at].is_in(bank().kinds_of_a_word) and not typed[at].is_in(around)):
            kind = ""
        if kind and len(kind.split()) >= len(place.split()):
            kinds.append(bank().kinds[kind])
            named.append(kind if known_words().issuperset(kind.split()) else bank().kinds[kind].in_names)
        elif place:
            places.append(place)
        elif typed[at] is not _GAP:
            named.append(typed[at].plain)
            rest += [] if _says_nothing(typed, at, around) else [typed[at]]
        at += max(1, len(place.split()), len(kind.split()))
    return places, kinds, named, rest


def _says_nothing(typed: Sequence[Word], at: int, around: Vocabulary) -> bool:
    """Whether a word is only said around what is wanted, as a number is that no name has."""
    word = typed[at]
    if word.plain.isdecimal() and word.plain not in known_words():
        return True
    return word.is_in(around) and not _is_in_a_name(typed, at)


def _is_a_present(typed: Sequence[Word], at: int) -> bool:
    """Whether a word says that a present is wanted: "quà", and not the "quả" of "hoa quả"."""
    before = typed[at - 1].plain if at else ""
    return typed[at].is_in(bank().presents) and before not in ("hoa", "trai")


def _without(words: Sequence[Word], pattern: re.Pattern[str]) -> list[Word]:
    """The words with gaps for what a pattern finds, lest those around it be taken for neighbours: "trà 3 sao ở …"."""
    said = plain_of(words)
    found = [(match.start(), match.end()) for match in pattern.finditer(said)]
    kept, start = [], 0
    for word in words:
        kept.append(_GAP if any(first <= start < last for first, last in found) else word)
        start += len(word.plain) + 1
    return kept


def _longest(typed: Sequence[Word], at: int, known: Container[str]) -> str:
    """The longest known phrase that begins here; "" where none does."""
    lengths = range(min(_LONGEST_NAME, len(typed) - at), 0, -1)
    phrases = (plain_of(typed[at : at + length]) for length in lengths)
    return next((phrase for phrase in phrases if phrase in known), "")


def _place_at(typed: Sequence[Word], at: int) -> str:
    """The place that is named here; "" where none is, or where a name goes on: "trà Lĩnh" of "trà linh chi"."""
    place = _longest(typed, at, _place_names())
    after = at + len(place.split())
    goes_on = after < len(typed) and _is_a_pair(typed[after - 1 : after + 1])
    return "" if place and goes_on else place


def _is_in_a_name(typed: Sequence[Word], at: int) -> bool:
    """Whether a word that says nothing by itself stands beside another as in a name: "cơm lam", "Dung Dinh"."""
    if not _spelled_in_names().has(typed[at].plain, typed[at].typed):
        return False
    beside = (typed[start : start + 2] for start in (at - 1, at) if start >= 0)
    return any(map(_is_a_pair, beside))


def _is_a_pair(two: Sequence[Word]) -> bool:
    """Whether two words stand beside each other in a name."""
    return plain_of(two) in pairs() and not any(word.plain in _NEVER_A_NAME for word in two)


def _is_from(one: Product, place: str) -> bool:
    """Whether it is made there, or called after it."""
    if place in PROVINCES:
        return one.province_id == PROVINCES[place]
    communes = (one.commune, one.place.name if one.place else "")
    # A district goes before a commune of the same name, and "thành phố Bắc Kạn" is no province.
    names = (one.district,) if place in _districts() else communes
    where = {plain(part) for name in names for part in (name, bare(name))}
    return place in where or f" {place} " in f" {plain(one.name)} {plain(one.producer)} "


@cache
def _spelled_in_names() -> Vocabulary:
    """The words of the names of products."""
    return Vocabulary(word for one in all_products() for word in one.name.split())


@cache
def _districts() -> frozenset[str]:
    """The districts and cities that products are from."""
    return frozenset(fold(part) for one in all_products() for part in (one.district, bare(one.district)) if part)


@cache
def _place_names() -> frozenset[str]:
    """Every place by name; one of a single word may be any word."""
    return frozenset(name for name in (*local_names(), *_districts()) if " " in name) | PROVINCES.keys()
