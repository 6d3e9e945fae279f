"""How alike two questions are, and which of many ask the same."""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from ocop.asking.features import count, unit, weighed
from ocop.asking.model import shipped
from talk.vietnamese import fold

SAME = 0.55
"""From this likeness on two questions ask the same."""

COMPARED = 120  # different questions, those asked most


def alike(one: str, other: str) -> float:
    """How alike two texts are: 0 where they share nothing, 1 where they are the same."""
    asked, known = direction(one), direction(other)
    return sum(weight * known.get(number, 0.0) for number, weight in asked.items())


@lru_cache(maxsize=4096)  # what waits for officials is compared again at each look at it
def direction(text: str) -> dict[int, float]:
    """The features of a text, those that the model has never seen included, as a direction of length 1."""
    known, rarest, common = shipped().rarity, _rarest(), _common()
    counts = count(text)
    seen = {number: known.get(number, rarest) for block in counts for number in block if number not in common}
    return unit(weighed(counts, seen))


@cache
def _common() -> frozenset[int]:
    return frozenset(shipped().common.tolist())


@cache
def _rarest() -> float:
    return max(shipped().rarity.values())


def grouped(texts: Sequence[str]) -> list[list[int]]:
    """The places of the texts in groups that ask the same, the biggest group first and in each the oldest text.

    The same words stand together always, others that ask the same where they are among the COMPARED.
    """
    same: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        same.setdefault(fold(text), []).append(place)
    by_count = sorted(same.values(), key=len, reverse=True)
    compared = by_count[:COMPARED]
    alikeness = _each_with_each([texts[places[0]] for places in compared])
    groups: dict[int, list[int]] = {}  # by the number of the question that began it
    for number, (places, likeness) in enumerate(zip(compared, alikeness, strict=True)):
        nearest = max(groups, key=likeness.__getitem__, default=number)
        is_same = nearest in groups and likeness[nearest] >= SAME
        groups.setdefault(nearest if is_same else number, []).extend(places)
    return sorted(map(sorted, (*groups.values(), *by_count[COMPARED:])), key=len, reverse=True)


def _each_with_each(texts: Sequence[str]) -> list[list[float]]:
    """How alike each text is to each, as `alike` says it."""
    directions = [direction(text) for text in texts]
    columns = {number: column for column, number in enumerate(set().union(*directions))}
    table = np.zeros((len(texts), len(columns)), np.float32)
    for row, weights in enumerate(directions):
        table[row, [columns[number] for number in weights]] = list(weights.values())
    alikeness: list[list[float]] = (table @ table.T).tolist()
    return alikeness
