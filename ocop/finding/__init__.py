"""Finds products by whatever people say of them: a name, a maker, stars, a place, a kind, a present for somebody.

    find("trà như cố")             → Trà Như Cố
    find("4 sao cao bang")         → what Cao Bằng has that was recognised with 4 stars, whether that still holds or not
    find("quà cho bạn thích rượu") → spirits, the highest stars first
    find("thịt bò khô Đà Nẵng")    → nothing: Đà Nẵng is elsewhere, and no beef is known

What is said around (data/product_kinds.toml) counts for nothing; what is left over and fits no name means that nothing
fits. "N sao" is a recognition with N stars at any time.
"""

import re
from collections.abc import Sequence

from ocop.asking.words import is_syllable
from ocop.catalogue import Product, all_products
from ocop.finding.bank import PROVINCES, Vocabulary, bank
from ocop.finding.names import find_products
from ocop.finding.wanted import Wanted, read
from ocop.finding.words import Word, pairs_of, plain_of, words_of
from talk.vietnamese import fold

LONGEST_TEXT = 200  # characters
LETTERS_OF_A_NAME = 5

_MAKER = re.compile(r"\b(?:hop tac xa|htx|to hop tac|tht|cong ty(?: (?:cp|tnhh|co phan|mtv))*|co so|ho kinh doanh)\b")


def find(query: str, limit: int = 5) -> tuple[Product, ...]:
    """The products a query asks for, best first; none when nothing fits."""
    return find_all(query)[:limit]


def find_all(query: str) -> tuple[Product, ...]:
    """Every product a query asks for, best first."""
    words = words_of(query[:LONGEST_TEXT])
    if any(f" {place} " in f" {plain_of(words)} " for place in bank().elsewhere):
        return ()
    if found := _called(words, query) or _made_by(words):
        return found
    wanted = read(words)
    if wanted.rest:
        return tuple(one for one in _named(wanted) if wanted.fits(one))
    if not wanted.is_a_list:
        return ()
    found = tuple(one for one in all_products() if wanted.fits(one))
    return _of_kinds(found, wanted) or (() if wanted.places else tuple(one for one in _named(wanted) if one in found))


def _called(words: Sequence[Word], query: str) -> tuple[Product, ...]:
    """The product whose whole name is said, and then those whose names only say more."""
    said = plain_of(words)
    names = [name for name in map(_name, all_products()) if f" {name} " in f" {said} "]
    name = max(names, key=len, default="")
    around = [word for word in words if word.plain not in name.split()]
    if not name or not all(word.is_in(bank().around) for word in around):
        return ()
    found = [one for one in all_products() if set(name.split()) <= set(_name(one).split())]
    return tuple(sorted(found, key=lambda one: (one.name.casefold() not in query.casefold(), _name(one) != name)))


def _name(one: Product) -> str:
    return fold(one.name)


def _made_by(words: Sequence[Word]) -> tuple[Product, ...]:
    """All that a maker makes who is named as one: "htx hoàng huynh làm gì"."""
    said = plain_of(words)
    if not _MAKER.search(said):
        return ()
    around = {word.plain for word in words if word.is_in(bank().around)}
    named = set(_MAKER.sub(" ", said).split()) - around
    return tuple(one for one in all_products() if named <= set(fold(one.producer).split())) if named else ()


def _named(wanted: Wanted) -> tuple[Product, ...]:
    """The products that the words name, and all of a maker's where they name nobody else's."""
    rest = {word.plain for word in wanted.rest}
    found = find_products(wanted.named, len(all_products()), bank().around.plain - rest)
    if len(wanted.rest) > 1:
        # Words picked from all over a long name name nothing: "hải sản khô" is no "bánh phở khô … Hoàng Hải".
        typed = pairs_of(wanted.named)
        found = tuple(one for one in found if typed & (pairs_of(fold(one.name)) | pairs_of(fold(one.producer))))
    elif wanted.rest:
        found = tuple(one for one in found if _has_word(one, wanted.rest[0]))
    if found and rest and rest <= set(fold(found[0].producer).split()):
        found += tuple(one for one in all_products() if one.producer == found[0].producer and one not in found)
    return found


def _has_word(one: Product, word: Word) -> bool:
    """Whether a single word is surely meant of a product: it stands there, or is a name and no Vietnamese word."""
    stands_there = Vocabulary(f"{one.name} {one.producer}".split()).has(word.plain, word.typed)
    return stands_there or (len(word.plain) >= LETTERS_OF_A_NAME and not is_syllable(word.plain))


def _of_kinds(found: Sequence[Product], wanted: Wanted) -> tuple[Product, ...]:
    """Those of all kinds asked for, then the rest of the first kind; of any of them where any will do."""
    in_order = sorted(found, key=lambda one: _order(one, wanted))
    if wanted.is_either and wanted.kinds:
        return tuple(one for one in in_order if any(kind.holds(one) for kind in wanted.kinds))
    every = [one for one in in_order if all(kind.holds(one) for kind in wanted.kinds)]
    others = [one for one in in_order if wanted.kinds[0].holds(one)] if every and wanted.kinds else []
    return tuple(dict.fromkeys((*every, *others)))


def _order(one: Product, wanted: Wanted) -> tuple[bool, bool, int]:
    """What is called just so first, then what is called after the place, then the highest stars."""
    name = f" {fold(one.name)} "
    said = " ".join(word for word in wanted.named.split() if word not in bank().around.plain)
    is_from = any(f" {place} " in name for place in wanted.places if place not in PROVINCES)
    return f" {said} " not in name, not is_from, -max((each.stars for each in one.recognitions), default=0)
