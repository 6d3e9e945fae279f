"""Learns from the wordings which features speak for which topic: python -m ocop.asking.learning, `make train`.

Least squares with a penalty (ridge regression), solved exactly: no chance, no steps, the same wordings give the same
model. It is solved over the wordings rather than the features, of which there are more; so what each wording would
have scored had it not been learned from comes for free, and that says how far a lead in scores may be trusted.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocop.asking.examples import digest, examples
from ocop.asking.features import NUMBERS, Counts, count, weighed
from ocop.asking.model import Model, dump, likely

_PENALTY = 0.5
_SEEN_IN = 2  # wordings; a feature of one alone is chance
_COLUMNS = 4096  # features at a time, for memory
_SHARPNESSES = np.arange(4.0, 20.0, 0.5)

Matrix = NDArray[np.float64]


def learn(texts: Sequence[tuple[str, str]], learned_from: str = "") -> Model:
    """The model of these texts and labels."""
    counted = [count(text) for text, _ in texts]
    numbers, rarities = _rarities(counted)
    rarity = dict(zip(numbers.tolist(), rarities.tolist(), strict=True))
    places = {number: place for place, number in enumerate(rarity)}
    rows = [{places[number]: weight for number, weight in weighed(counts, rarity).items()} for counts in counted]
    labels = tuple(sorted({label for _, label in texts}))
    wanted = np.array([[label == one for one in labels] for _, label in texts], float)
    inverse = np.linalg.inv(_likenesses(rows, len(places)) + _PENALTY * np.eye(len(rows)))
    duals = inverse @ wanted
    left_out = wanted - duals / inverse.diagonal()[:, None]
    weights = np.vstack([block.T @ duals for block in _blocks(rows, len(places))])
    step = float(np.float32(np.abs(weights).max() / 127))  # so that no machine's last digits show in the file
    steps = np.round(weights / step).astype(np.int8)
    return Model(labels, numbers, rarities, steps, step, _sharpness(left_out, wanted), learned_from)


def _rarities(counted: Sequence[Counts]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The numbers of the features that enough wordings have, and how rare each is."""
    seen = np.zeros(NUMBERS)
    for counts in counted:
        seen[list(set().union(*counts))] += 1
    (numbers,) = np.nonzero(seen >= _SEEN_IN)
    rarities = np.log((1 + len(counted)) / (1 + seen[numbers])) + 1
    return numbers.astype(np.int32), rarities.astype(np.float32)


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
