"""The words of a query as the catalogue has them: without marks, short forms and Telex undone, slips mended."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from ocop.asking.words import meant
from ocop.catalogue import all_products
from ocop.finding.bank import PROVINCES, Vocabulary, bank
from talk.vietnamese import fold, has_marks, tidy

# What those who write by ear take for one another; the second stands for both.
_HEARD = (("gi", "d"), ("r", "d"), ("x", "s"), ("tr", "ch"), ("l", "n"), ("y", "i"))
_TYPED = re.compile(r"\w+")
_STAR_SIGN = re.compile(r"(?<=[345]) ?[*★⭐]+")
_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=\d{2})")  # "CP999"; a single digit may be a mark as VNI has them
_SHORT = 3  # letters; of fewer any other word is near


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query."""

    plain: str  # without marks
    typed: str  # as it is spelled; "" where nobody knows which marks it should have

    def is_in(self, words: Vocabulary) -> bool:
        """Whether it is one of these words."""
        return words.has(self.plain, self.typed)


def words_of(text: str) -> tuple[Word, ...]:
    """The words that were meant."""
    text = _RUN_TOGETHER.sub(" ", _STAR_SIGN.sub(" sao", tidy(text).lower()))
    typed = _TYPED.findall(text)
    # Where most words have marks, one without is spelled so: "rượu vang" says no "vâng".
    is_marked = 2 * sum(map(has_marks, typed)) >= len(typed)
    words = [
        Word(plain, word if plain == fold(word) and (is_marked or has_marks(word)) else "")
        for word in typed
        for plain in _meant(fold(word))
    ]
    for others, name in bank().same:
        words = _replaced(words, others, name)
    return tuple(_mended(words))


def plain_of(words: Sequence[Word]) -> str:
    """The words without marks, as one text."""
    return " ".join(word.plain for word in words)


def pairs_of(words: str) -> frozenset[str]:
    """Words that stand beside each other."""
    return frozenset(f"{one} {other}" for one, other in pairwise(words.split()))


@cache
def pairs() -> frozenset[str]:
    """Words that stand beside each other in the name of a product."""
    return frozenset[str]().union(*(pairs_of(fold(one.name)) for one in all_products()))


@cache
def known_words() -> frozenset[str]:
    """The words of all names of products and makers."""
    return frozenset(word for one in all_products() for word in fold(f"{one.name} {one.producer}").split())


def _meant(typed: str) -> tuple[str, ...]:
    """What a word stands for; one that is known here is what it is, and one that says nothing undone stays: "asuca"."""
    if typed.isdecimal() or _is_of_ours(typed):
        return (typed,)
    words = meant(typed)
    return words if all(map(_is_of_ours, words)) else (typed,)


def _is_of_ours(plain: str) -> bool:
    return plain in known_words() or plain in bank().known or plain in PROVINCES


def _replaced(words: list[Word], others: tuple[str, ...], name: tuple[str, ...]) -> list[Word]:
    """The words with what is called otherwise elsewhere as the catalogue calls it."""
    for at in range(len(words) - len(others), -1, -1):
        if tuple(word.plain for word in words[at : at + len(others)]) == others:
            words = [*words[:at], *(Word(part, "") for part in name), *words[at + len(others) :]]
    return words


def _mended(words: list[Word]) -> list[Word]:
    """The words with a slip undone where those beside it say what was meant: "khẩu lua lếch", "trà dảo cổ lam"."""
    mended = list(words)
    for at, word in enumerate(words):
        before, after = mended[at - 1].plain if at else "", words[at + 1].plain if at + 1 < len(words) else ""
        if f"{before} {word.plain}" in pairs() or f"{word.plain} {after}" in pairs():
            continue
        near = next((one for one in _between(before, after, word) if _is_near(one, word.plain)), None)
        if near:
            mended[at] = replace(word, plain=near, typed="")
    return mended


def _between(before: str, after: str, word: Word) -> list[str]:
    """The words that names have there; with one neighbour only for a word that nobody knows."""
    following, leading = _following().get(before, frozenset()), _leading().get(after, frozenset())
    if following and leading:
        return sorted(following & leading)
    return [] if _is_known(word) else sorted(following or leading)


def _is_known(word: Word) -> bool:
    """Whether a word stands for itself: "xin" asks, and "xìn" may be "sìn"."""
    if word.plain in known_words():
        return True
    return word.is_in(bank().around_presents) if word.typed else word.plain in bank().known


def _is_near(one: str, typed: str) -> bool:
    if _heard(one) == _heard(typed):
        return True
    return min(len(one), len(typed)) >= _SHORT and OSA.distance(one, typed, score_cutoff=1) <= 1


def _heard(word: str) -> str:
    for heard, as_one in _HEARD:
        word = word.replace(heard, as_one)
    return word


@cache
def _following() -> Mapping[str, frozenset[str]]:
    return _by_first(pair.split() for pair in pairs())


@cache
def _leading() -> Mapping[str, frozenset[str]]:
    return _by_first(pair.split()[::-1] for pair in pairs())


def _by_first(found: Iterable[list[str]]) -> Mapping[str, frozenset[str]]:
    by_first: dict[str, set[str]] = defaultdict(set)
    for one, other in found:
        by_first[one].add(other)
    return {word: frozenset(others) for word, others in by_first.items()}
