"""Finds the set a product belongs to by the words people use for it, and what to ask when two sets fit.

    chuối sấy dẻo        → set 7 (fruit is set 1, dried makes it 7)
    mien dong            → set 7 or 6: "Miến làm từ gì?"
    Lan's Homestay       → set 26

The bank of words (data/product_words.csv) is our own reading of Phụ lục I, so what is found is a guess for an official
to confirm. The text is cut into the longest phrases the bank knows; the first says most, for a Vietnamese name begins
with what the thing is. Slips are forgiven only there.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ocop.product_sets import ProductSet, all_sets
from ocop.tables import read_table
from talk.vietnamese import fold, has_marks, tidy

# How far from the likeliest set another still counts as a rival, and how much less a phrase says for its second set.
_RIVAL = 0.7
_SECOND = 0.85

# A Vietnamese name begins with what the thing is ("trà bí thơm" is a tea); one short word in mid-name may be anybody's.
_HEAD = 1.6
_PHRASE, _WORD, _SHORT_WORD, _DECIDING = 1.0, 0.8, 0.3, 2.5
_OTHER_MARKS, _MISTYPED = 0.5, 0.7
_SHORT = 3  # letters
_ENOUGH = 0.5  # "không biết na" is not about na

_LONGEST_PHRASE = 5  # words
_LONGEST_TEXT = 120  # letters


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """What to ask when one name fits several sets: "Miến làm từ gì?", with each set's answer, the likelier first."""

    words: str
    answers: tuple[tuple[ProductSet, str], ...]


# A talk asks for the same product at each of its turns, twice over: it walks its script again.
REMEMBERED = 1024


@lru_cache(REMEMBERED)
def find_sets(words: str, limit: int = 5) -> tuple[ProductSet, ...]:
    """The sets a product may belong to, best first: one when it is clear, several when only the maker can tell.

    "chuối sấy" finds set 7 alone; "miến dong" finds 7 and 6, and `question_for` what to ask; "xe máy" nothing.
    """
    weights = _weigh(words)
    best = max(weights.values(), default=0)
    likely = sorted((number for number in weights if weights[number] >= _RIVAL * best), key=lambda n: -weights[n])
    return tuple(_numbered(number) for number in likely[:limit])


@lru_cache(REMEMBERED)
def question_for(words: str) -> SetQuestion | None:
    """The question that decides between the sets found for a product; None when nothing is to decide or none fits."""
    found = [product.number for product in find_sets(words)]
    if len(found) < 2:
        return None
    for match in _matches(words):
        question = _questions().get(match.phrases[0].question)
        if question and {product.number for product, _ in question.answers} >= set(found):
            kept = [(product, answer) for product, answer in question.answers if product.number in found]
            return SetQuestion(question.words, tuple(sorted(kept, key=lambda kept: found.index(kept[0].number))))
    return None


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words people use for a product. Kinds: name; decides (wherever it stands); aside (says nothing); made, fresh."""

    words: str
    kind: str
    sets: tuple[int, ...]
    question: str


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    length: int  # words of the text
    phrases: list[_Phrase]  # equally well matched; without marks "dua" is dưa, dứa and dừa
    trust: float


def _weigh(words: str) -> dict[int, float]:
    """How much speaks for each set."""
    matches = _matches(words)
    kinds = {phrase.kind for match in matches for phrase in match.phrases}
    names = [match for match in matches if match.phrases[0].kind in ("name", "decides")]
    weights: dict[int, float] = {}
    for match in names:
        weight = _weight(match) * (_HEAD if match is names[0] else 1)
        for phrase in match.phrases:
            for rank, number in enumerate(_treated(phrase.sets, kinds)):
                weights[number] = weights.get(number, 0) + weight * _SECOND**rank
    if max(weights.values(), default=0) < _ENOUGH:
        return {}
    return weights


def _weight(match: _Match) -> float:
    phrase = match.phrases[0]
    if phrase.kind == "decides":
        return _DECIDING * match.trust
    if " " in phrase.words:
        return _PHRASE * match.trust
    return (_WORD if _letters(match) > _SHORT or match.start == 0 else _SHORT_WORD) * match.trust


def _letters(match: _Match) -> int:
    return len(match.phrases[0].words.replace(" ", ""))


def _treated(sets: tuple[int, ...], kinds: set[str]) -> tuple[int, ...]:
    """Fresh things that were dried or smoked belong to what is made of them, and the other way about."""
    if "made" in kinds:
        sets = tuple(dict.fromkeys({1: 7, 2: 8}.get(number, number) for number in sets))
    elif "fresh" in kinds:
        sets = tuple(n for n in sets if (n, 1 in sets) != (7, True) and (n, 2 in sets) != (8, True))
    return sets


def _matches(words: str) -> list[_Match]:
    """The text cut into the longest known phrases, from the left."""
    typed = _split(words)
    exact = _scan(typed, 0, has_marks(words))
    near = _mistyped_beginning(typed, exact)
    return [near, *_scan(typed, near.length, has_marks(words))] if near else exact


def _split(text: str) -> list[str]:
    """The words of a product's name, which is far shorter than what is cut off."""
    words = "".join(c if c.isalnum() else " " for c in tidy(text[:_LONGEST_TEXT]).lower()).split()
    return [word for word in words if fold(word)]


def _scan(typed: list[str], start: int, with_marks: bool) -> list[_Match]:
    matches = []
    while start < len(typed):
        found = [
            match
            for length in range(min(_LONGEST_PHRASE, len(typed) - start), 0, -1)
            if (match := _look_up(" ".join(typed[start : start + length]), start, length, with_marks))
        ]
        # The longest, but before it one with the same marks.
        best = max(found, key=lambda match: match.trust, default=None)
        if best:
            matches.append(best)
        start += best.length if best else 1
    return matches


def _look_up(typed: str, start: int, length: int, with_marks: bool) -> _Match | None:
    phrases = _phrases().get(fold(typed))
    if not phrases:
        return None
    same = [phrase for phrase in phrases if _same_marks(phrase.words, typed)] if with_marks else phrases
    return _Match(start, length, same, 1.0) if same else _Match(start, length, phrases, _OTHER_MARKS)


def _mistyped_beginning(typed: list[str], exact: list[_Match]) -> _Match | None:
    """A name that the text begins with but for a slip or two, before any two words that are understood together."""
    understood = exact[0].length if exact and exact[0].start == 0 else 0
    end = min([match.start for match in exact if match.length > 1] + [_LONGEST_PHRASE, len(typed)])
    for length in range(end, understood, -1):
        key = fold(" ".join(typed[:length]))
        slips = 0 if len(key) < 5 else 1 if len(key) < 12 else 2
        near = slips and process.extractOne(key, _names(), scorer=OSA.distance, score_cutoff=slips)
        # One understood word stays what it is: "dao minh" is a knife, not a slip in the name of something else.
        if near and (not understood or near[0].split()[0] == fold(typed[0])):
            return _Match(0, length, _phrases()[near[0]], _MISTYPED)
    return None


def _same_marks(one: str, other: str) -> bool:
    """Whether two spellings differ at most in where a tone stands: hòa, hoà."""
    return one == other or sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", other))


def _numbered(number: int) -> ProductSet:
    return all_sets()[number - 1]


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """Every phrase by its letters without marks, and once more with its words run together."""
    phrases: dict[str, list[_Phrase]] = {}
    for row in read_table("product_words"):
        phrase = _Phrase(row["words"], row["kind"], tuple(map(int, row["sets"].split())), row["question"])
        phrases.setdefault(fold(phrase.words), []).append(phrase)
    for key in [key for key in phrases if " " in key]:
        phrases.setdefault(key.replace(" ", ""), phrases[key])
    return phrases


@cache
def _names() -> list[str]:
    return [key for key, phrases in _phrases().items() if phrases[0].kind in ("name", "decides")]


@cache
def _questions() -> dict[str, SetQuestion]:
    answers: dict[tuple[str, str], list[tuple[ProductSet, str]]] = {}
    for row in read_table("product_questions"):
        answers.setdefault((row["question"], row["words"]), []).append((_numbered(int(row["set"])), row["answer"]))
    return {question: SetQuestion(words, tuple(given)) for (question, words), given in answers.items()}
