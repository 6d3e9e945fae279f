"""What two questions can have in common, counted: words and pairs of them, runs of letters, concepts and their pairs.

Runs of letters forgive slips of the keyboard; concepts bridge words. Each is numbered by a hash, so nothing has to be
looked up and what was never seen before has a number too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise
from math import log, sqrt
from zlib import crc32

from ocop.asking.concepts import concepts_in
from ocop.asking.words import words_of

NUMBERS = 1 << 18
_RUNS = (3, 4)  # letters
_MOST_CONCEPTS = 10  # in a long story every pair would be found
_SHARES = (1.0, 1.0, 0.5)  # of words, runs of letters, concepts

Counts = tuple[Counter[int], Counter[int], Counter[int]]


def count(text: str) -> Counts:
    """How often each feature occurs: of words, of letters, of concepts."""
    words = words_of(text)
    letters = f" {' '.join(words)} "
    runs = (letters[start : start + length] for length in _RUNS for start in range(len(letters) - length + 1))
    return _numbered("w", _phrases(words)), _numbered("c", runs), _numbered("k", _meanings(words))


def weighed(counts: Counts, rarity: Mapping[int, float]) -> dict[int, float]:
    """The features of a text that have a rarity, with their weights: the rarer, the more; a long text says no more."""
    weights: dict[int, float] = {}
    for block, share in zip(counts, _SHARES, strict=True):
        raw = {number: (1 + log(times)) * rarity[number] for number, times in block.items() if number in rarity}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        for number, weight in raw.items():
            weights[number] = weights.get(number, 0.0) + share * weight / length
    return weights


def unit(weights: Mapping[int, float]) -> dict[int, float]:
    """Weights as a direction of length 1."""
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {feature: weight / length for feature, weight in weights.items()}


def _phrases(words: list[str]) -> Iterable[str]:
    """Words, neighbours, and those with one word between them."""
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(["<", *words, ">"]))
    yield from (f"{one} . {other}" for one, other in zip(words, words[2:], strict=False))


def _meanings(words: list[str]) -> Iterable[str]:
    found = concepts_in(words)
    yield from found
    different = sorted(set(found))
    if len(different) <= _MOST_CONCEPTS:
        yield from (f"{one}+{other}" for one, other in combinations(different, 2))


def _numbered(block: str, features: Iterable[str]) -> Counter[int]:
    return Counter(crc32(f"{block}:{feature}".encode()) % NUMBERS for feature in features)
