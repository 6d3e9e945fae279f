"""Learns from the wordings what each of them says of the topics: python -m ocop.asking.learning, `make train`.

Least squares with a penalty (kernel ridge regression), solved exactly: no chance, no steps, the same wordings give the
same model. What each wording would have scored had it not been learned from comes for free, and that says how far a
lead in scores may be trusted.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocop.asking.examples import digest, examples
from ocop.asking.features import NUMBERS, Counts, count, unit, weighed
from ocop.asking.model import Model, dump, in_common, likely

_PENALTY = 0.3
_SEEN_IN = 2  # wordings; a feature of one alone is chance
_COMMON = 0.15  # of the wordings; a feature of more tells nothing, and to compare by it takes long
_COLUMNS = 4096  # features at a time, for memory
_SHARPNESSES = np.arange(4.0, 40.0, 0.5)

Matrix = NDArray[np.float64]


def learn(texts: Sequence[tuple[str, str]], learned_from: str = "") -> Model:
    """The model of these texts and labels."""
    counted = [count(text) for text, _ in texts]
    numbers, rarities, common = _rarities(counted)
    rarity = dict(zip(numbers.tolist(), rarities.tolist(), strict=True))
    places = {number: place for place, number in enumerate(rarity)}
    rows = [unit({places[number]: weight for number, weight in weighed(c, rarity).items()}) for c in counted]
    labels = tuple(sorted({label for _, label in texts}))
    wanted = np.array([[label == one for one in labels] for _, label in texts], float)
    inverse = np.linalg.inv(in_common(_likenesses(rows, len(places))) + _PENALTY * np.eye(len(rows)))
    duals = inverse @ wanted
    left_out = wanted - duals / inverse.diagonal()[:, None]
    step = float(np.float32(np.abs(duals).max() / np.iinfo(np.int16).max))
    starts, having, weights = _by_feature(rows, len(places))
    return Model(
        labels,
        numbers,
        rarities,
        common,
        starts,
        having,
        weights,
        says=np.round(duals / step).astype(np.int16),
        step=step,
        sharpness=_sharpness(left_out, wanted),
        learned_from=learned_from,
    )


def _by_feature(
    rows: Sequence[dict[int, float]], features: int
) -> tuple[NDArray[np.int32], NDArray[np.intp], NDArray[np.float32]]:
    """Where each feature begins, the rows that have it, and its weight in each."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(features)]
    for row, weights in enumerate(rows):
        for place, weight in weights.items():
            found[place].append((row, weight))
    starts = np.cumsum([0, *map(len, found)]).astype(np.int32)
    having = np.array([row for those in found for row, _ in those], np.intp)
    return starts, having, np.array([weight for those in found for _, weight in those], np.float32)


def _rarities(counted: Sequence[Counts]) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
    """The numbers of the features that enough wordings have and not too many, how rare each is, and the common ones."""
    seen = np.zeros(NUMBERS)
    for counts in counted:
        seen[list(set().union(*counts))] += 1
    is_common = seen > _COMMON * len(counted)
    (common,) = np.nonzero(is_common)
    (numbers,) = np.nonzero((seen >= _SEEN_IN) & ~is_common)
    rarities = np.log((1 + len(counted)) / (1 + seen[numbers])) + 1
    return numbers.astype(np.int32), rarities.astype(np.float32), common.astype(np.int32)


def _likenesses(rows: Sequence[dict[int, float]], features: int) -> Matrix:
    """How alike each two texts are."""
    total = np.zeros((len(rows), len(rows)))
    for block in _blocks(rows, features):
        total += block @ block.T
    return total


def _blocks(rows: Sequence[dict[int, float]], features: int) -> Iterator[Matrix]:
    """The texts by their features, some columns at a time."""
    for first in range(0, features, _COLUMNS):
        block = np.zeros((len(rows), min(_COLUMNS, features - first)))
        for row, weights in enumerate(rows):
            for place, weight in weights.items():
                if first <= place < first + _COLUMNS:
                    block[row, place - first] = weight
        yield block


def _sharpness(scores: Matrix, wanted: Matrix) -> float:
    """The sharpness at which shares come true: the likelihood of the labels is the greatest."""
    truth = wanted.astype(bool)
    return float(max(_SHARPNESSES, key=lambda sharpness: np.log(likely(scores, sharpness)[truth] + 1e-12).sum()))


if __name__ == "__main__":
    made = dump(learn(examples(), digest()))
    Path(__file__).parents[1].joinpath("data/asking.npz").write_bytes(made)
