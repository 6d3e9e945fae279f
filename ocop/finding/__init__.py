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
from ocop.finding.bank import PROVINCES, Vocabulary, bank, plain
from ocop.finding.names import find_products
from ocop.finding.wanted import Wanted, before_purpose, read
from ocop.finding.words import Word, pairs_of, plain_of, words_of
from talk.vietnamese import fold

LONGEST_TEXT = 200  # characters
LETTERS_OF_A_NAME = 5

_WORD = re.compile(r"\w+")
_MAKER = re.compile(r"\b(?:hop tac xa|htx|to hop tac|tht|cong ty(?: (?:cp|tnhh|co phan|mtv))*|co so|ho kinh doanh)\b")


def find(query: str, limit: int = 5) -> tuple[Product, ...]:
    """The products a query asks for, best first; none when nothing fits."""
    return find_all(query)[:limit]


def find_all(query: str) -> tuple[Product, ...]:
    """Every product a query asks for, best first."""
    words = words_of(query[:LONGEST_TEXT])
    said = f" {plain_of(words)}  {fold(query)} "
    if any(f" {name} " in said for name in bank().elsewhere):
        return ()
    wanted = read(words)
    if found := _called(words, query) or _made_by(words) or _wanted(wanted):
        return found
    asked = read(before_purpose(words))
    return tuple(one for one in _wanted(asked) if wanted.fits(one)) if asked.kinds else ()


def narrower(query: str) -> str:
    """What a query does not say yet and would find fewer with: "kinds", "places" or "stars"; "" when it says all."""
    wanted = read(words_of(query[:LONGEST_TEXT]))
    return next((part for part in ("kinds", "places", "stars") if not getattr(wanted, part)), "")


def _wanted(wanted: Wanted) -> tuple[Product, ...]:
    """The products that have what is wanted, best first."""
    if wanted.rest:
        return tuple(one for one in _named(wanted) if wanted.fits(one))
    if not wanted.is_a_list:
        return ()
    found = tuple(one for one in all_products() if wanted.fits(one))
    return _of_kinds(found, wanted) or (() if wanted.places else tuple(one for one in _named(wanted) if one in found))


def _called(words: Sequence[Word], query: str) -> tuple[Product, ...]:
    """The product whose whole name is said, and then those whose names only say more."""
    said = plain_of(words)
    names = [name for name in (plain(one.name) for one in all_products()) if f" {name} " in f" {said} "]
    name = max(names, key=len, default="")
    around = [word for word in words if word.plain not in name.split()]
    if not name or not all(word.is_in(bank().around) for word in around):
        return ()
    found = [one for one in all_products() if set(name.split()) <= set(plain(one.name).split())]
    return tuple(sorted(found, key=lambda one: (one.name.casefold() not in query.casefold(), plain(one.name) != name)))


def _made_by(words: Sequence[Word]) -> tuple[Product, ...]:
    """All that a maker makes who is named as one: "htx hoàng huynh làm gì"."""
    maker = _MAKER.search(plain_of(words))
    if not maker:
        return ()
    begins, ends = (len(maker.string[:at].split()) for at in maker.span())
    before, named = words[:begins], words[ends:]
    around = bank().around
    for length in range(len(named), 0, -1):
        name = named[:length]
        says_more = not all(word.is_in(around) for word in (*before, *named[length:]))
        if says_more or (length == 1 and name[0].is_in(around)):
            continue
        if found := [one for one in all_products() if f" {plain_of(name)} " in f" {plain(one.producer)} "]:
            return tuple(found)
    return ()


def _named(wanted: Wanted) -> tuple[Product, ...]:
    """The products that the words name, and all of a maker's where they name nobody else's."""
    rest = {word.plain for word in wanted.rest}
    found = find_products(wanted.named, len(all_products()), bank().around.plain - rest)
    if not found and wanted.kinds:
        # What is called a kind here need not be in its name: "bánh khẩu sli".
        by_rest = find_products(plain_of(wanted.rest), len(all_products()))
        found = tuple(one for one in by_rest if all(kind.holds(one) for kind in wanted.kinds))
    if len(wanted.rest) > 1:
        # Words picked from all over a long name name nothing: "hải sản khô" is no "bánh phở khô … Hoàng Hải".
        typed = pairs_of(wanted.named)
        found = tuple(one for one in found if typed & (pairs_of(plain(one.name)) | pairs_of(plain(one.producer))))
    elif wanted.rest:
        found = tuple(one for one in found if _has_word(one, wanted.rest[0]))
    if found and rest and rest <= set(plain(found[0].producer).split()):
        same = [one for one in all_products() if one.producer == found[0].producer and one not in found]
        found += tuple(one for one in same if all(kind.holds(one) for kind in wanted.kinds))
    return found


def _has_word(one: Product, word: Word) -> bool:
    """Whether a single word is surely meant of a product: it stands there, or is a name and no Vietnamese word."""
    stands_there = Vocabulary(_WORD.findall(f"{one.name} {one.producer}")).has(word.plain, word.typed)
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
    name = f" {plain(one.name)} "
    said = _trimmed(wanted.named.split())
    is_from = any(f" {place} " in name for place in wanted.places if place not in PROVINCES)
    return f" {said} " not in name, not is_from, -max((each.stars for each in one.recognitions), default=0)


def _trimmed(words: list[str]) -> str:
    """The words without what is only said before and after them."""
    kept = [at for at, word in enumerate(words) if word not in bank().around.plain]
    return " ".join(words[kept[0] : kept[-1] + 1]) if kept else ""
