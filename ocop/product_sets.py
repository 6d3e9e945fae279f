"""The 26 sets of products (bộ sản phẩm), each with its own scoring table, and the words that lead people to them.

Source: Điều 2 and Phụ lục I of QĐ 26/2026/QĐ-TTg (data/product_sets.csv: names and ministries as the decision has
them, the plain words ours). The bank of words (data/product_words.csv) is our own reading, so a set that was found
is a guess for an official to confirm.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product as every_choice
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from talk.vietnamese import fold, has_marks, tidy

SOURCE = "Phụ lục I QĐ 26/2026/QĐ-TTg"

Group = Literal["food", "beverage", "herbal", "handicraft", "ornamental", "tourism"]


@dataclass(frozen=True, slots=True)
class ProductSet:
    """A set of products that are scored by the same table."""

    number: int
    group: Group
    group_name: str  # "Sản phẩm thực phẩm", as Mẫu 01 wants it (ngành)
    subgroup: str  # "Thực phẩm chế biến"
    name: str  # as in the decision
    plain: str  # as people would say it, within a sentence
    ministries: tuple[str, ...]

    @property
    def id(self) -> str:
        """The set as the scoring tables know it: "set07"."""
        return f"set{self.number:02}"

    @property
    def label(self) -> str:
        """The set as a choice: "Bộ 7, chế biến từ rau, củ, quả, hạt"."""
        return f"Bộ {self.number}, {self.plain}"


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """What to ask when one name fits several sets: "Miến làm từ gì?", with each set's answer, the likelier first."""

    words: str
    answers: tuple[tuple[ProductSet, str], ...]


def all_sets() -> tuple[ProductSet, ...]:
    """The 26 sets in the order of the decision."""
    return tuple(_sets().values())


def product_set_of(id: str) -> ProductSet | None:
    """The set with this id; None when there is none."""
    return next((found for found in all_sets() if found.id == id), None)


def find_sets(words: str, limit: int = 5) -> list[ProductSet]:
    """The sets a product may belong to, best first: one when it is clear, several when only the maker can tell.

    "chuối sấy" finds set 7 alone; "miến dong" finds 7 and 6, and `question_for` what to ask; "xe máy" nothing.
    """
    weights = _weigh(words)
    best = max(weights.values(), default=0)
    likely = sorted((number for number in weights if weights[number] >= _RIVAL * best), key=lambda n: -weights[n])
    return [_sets()[number] for number in likely[:limit]]


def question_for(words: str) -> SetQuestion | None:
    """The question that decides between the sets found for a product; None when one or none was found, or no question fits."""
    found = [product.number for product in find_sets(words)]
    if len(found) < 2:
        return None
    for match in _matches(words):
        question = _questions().get(match.phrases[0].question)
        if question and {product.number for product, _ in question.answers} >= set(found):
            kept = [(product, answer) for product, answer in question.answers if product.number in found]
            return SetQuestion(question.words, tuple(sorted(kept, key=lambda kept: found.index(kept[0].number))))
    return None


# How far from the likeliest set another still counts as a rival, and how much less a phrase says for its second set.
_RIVAL = 0.7
_SECOND = 0.85

# A Vietnamese name begins with what the thing is ("trà bí thơm" is a tea); one short word in mid-name may be anybody's.
_HEAD = 1.6
_PHRASE, _WORD, _SHORT_WORD, _DECIDING = 1.0, 0.8, 0.3, 2.5
_OTHER_MARKS, _MISTYPED = 0.5, 0.7
_SHORT = 3  # letters
_LEAST_SHARE = 0.25  # of the letters, when all that was understood is one short word: "toi muon dang ky" is no garlic

_LONGEST_PHRASE = 6  # words
_LONGEST_TEXT = 16  # words; a product's name is far shorter


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
    if len(names) == 1 and _letters(names[0]) <= _SHORT and _letters(names[0]) < _LEAST_SHARE * len(fold(words)):
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
        sets = tuple(n for n in sets if not (n == 7 and 1 in sets or n == 8 and 2 in sets))
    return sets


def _matches(words: str) -> list[_Match]:
    typed = [word for word in _split(tidy(words)) if fold(word)][:_LONGEST_TEXT]
    folded = [fold(word) for word in typed]
    exact = list(_scan(typed, [[word] for word in folded], has_marks(words)))
    if any(_weight(match) >= _PHRASE * _OTHER_MARKS for match in exact if match.phrases[0].kind in ("name", "decides")):
        return exact
    near = list(_scan(typed, [_near(word) for word in folded], has_marks(words)))
    return near or exact


def _split(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


def _scan(typed: list[str], spellings: list[list[str]], with_marks: bool) -> Iterator[_Match]:
    """Cut the text into the longest known phrases from the left, those with the same marks first."""
    start = 0
    while start < len(typed):
        best: _Match | None = None
        for length in range(min(_LONGEST_PHRASE, len(typed) - start), 0, -1):
            match = _look_up(typed, spellings, start, length, with_marks)
            if match and (best is None or match.trust > best.trust):
                best = match
        if best:
            yield best
        start += best.length if best else 1


def _look_up(typed: list[str], spellings: list[list[str]], start: int, length: int, with_marks: bool) -> _Match | None:
    as_typed = " ".join(typed[start : start + length])
    as_folded = fold(as_typed)
    for words in every_choice(*spellings[start : start + length]):
        key = " ".join(words)
        phrases = _phrases().get(key)
        if not phrases:
            continue
        mistyped = key != as_folded
        if mistyped and len(key.replace(" ", "")) < 5:
            continue
        same = [phrase for phrase in phrases if _same_marks(phrase.words, as_typed)]
        trust = _MISTYPED if mistyped else _OTHER_MARKS if with_marks and not same else 1.0
        return _Match(start, length, same if with_marks and same else phrases, trust)
    return None


def _same_marks(one: str, other: str) -> bool:
    """Whether two spellings differ at most in where a tone stands: hòa, hoà."""
    return one == other or sorted(_decomposed(one)) == sorted(_decomposed(other))


def _near(word: str) -> list[str]:
    """The word itself when some phrase has it, else the known words a slip or two away, else the word."""
    known = _vocabulary()
    if word in known or len(word) < 3:
        return [word]
    slips = 1 if len(word) < 8 else 2
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=3)
    return [near for near, _, _ in found] or [word]


def _decomposed(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFD", text)


@cache
def _sets() -> dict[int, ProductSet]:
    return {
        int(row["number"]): ProductSet(
            int(row["number"]),
            row["group"],  # type: ignore[arg-type]  # a test holds the data to the six groups
            row["group_name"],
            row["subgroup"],
            row["name"],
            row["plain"],
            tuple(row["ministries"].split(";")),
        )
        for row in _rows("product_sets")
    }


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """Every phrase by its letters without marks, and once more with its words run together."""
    phrases: dict[str, list[_Phrase]] = {}
    for row in _rows("product_words"):
        phrase = _Phrase(row["words"], row["kind"], tuple(map(int, row["sets"].split())), row["question"])
        phrases.setdefault(fold(phrase.words), []).append(phrase)
    for key in [key for key in phrases if " " in key]:
        phrases.setdefault(key.replace(" ", ""), phrases[key])
    return phrases


@cache
def _vocabulary() -> dict[str, str]:
    return {word: word for key in _phrases() for word in key.split() if len(word) > 1}


@cache
def _questions() -> dict[str, SetQuestion]:
    answers: dict[tuple[str, str], list[tuple[ProductSet, str]]] = {}
    for row in _rows("product_questions"):
        answers.setdefault((row["question"], row["words"]), []).append((_sets()[int(row["set"])], row["answer"]))
    return {question: SetQuestion(words, tuple(given)) for (question, words), given in answers.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with files("ocop").joinpath(f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
