"""What was learned from the wordings, and how it weighs a question; `learning` makes it, data/asking.npz keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from ocop.asking.features import count, weighed

OTHER = "other:"
"""Stands before the name of what the assistant does not answer, a list in data/out_of_scope.toml."""

# An official's new wording: from how alike on it pulls a question to its topic, and when they are as good as the same.
_ALIKE, _SAME = 0.3, 0.75


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of each feature for each label."""

    labels: tuple[str, ...]
    rarity: list[float]  # of each feature; 0 where too few wordings have it
    weights: NDArray[np.int8]  # features by labels, in steps of `step`
    step: float
    sharpness: float  # how much a lead in scores says
    learned_from: str  # the digest of what it was learned from

    def shares(self, text: str) -> NDArray[np.float64]:
        """How likely each label is; together 1."""
        features = weighed(count(text), self.rarity)
        if not features:
            return np.full(len(self.labels), 1 / len(self.labels))
        rows = self.weights[list(features)].astype(np.float64)
        scores = np.array(list(features.values())) @ rows * self.step
        return likely(scores, self.sharpness)


def likely(scores: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Scores as shares of 1."""
    raised = np.exp((scores - scores.max(axis=-1, keepdims=True)) * sharpness)
    shares: NDArray[np.float64] = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def weigh(text: str, extra: Sequence[tuple[str, str]] = ()) -> list[tuple[str, float]]:
    """Every label with its share, the likeliest first. `extra`: topics with wordings that the model did not learn."""
    model = shipped()
    shares = dict(zip(model.labels, model.shares(text).tolist(), strict=True))
    if extra:
        nearest, topic = max((alike(text, wording), topic) for topic, wording in extra)
        pull = min(1.0, max(0.0, (nearest - _ALIKE) / (_SAME - _ALIKE)))
        shares = {label: share * (1 - pull) for label, share in shares.items()}
        shares[topic] = shares.get(topic, 0.0) + pull
    return sorted(shares.items(), key=lambda one: -one[1])


def alike(one: str, other: str) -> float:
    """How alike two texts are: 0 where they share nothing, 1 where they are the same."""
    asked, known = _direction(one), _direction(other)
    return sum(weight * known.get(number, 0.0) for number, weight in asked.items())


def dump(model: Model) -> bytes:
    """The model as its file keeps it; the same model gives the same bytes."""
    file = BytesIO()
    np.savez_compressed(
        file,
        labels=np.array(model.labels),
        rarity=np.array(model.rarity, np.float32),
        weights=model.weights,
        step=np.array(model.step),
        sharpness=np.array(model.sharpness),
        learned_from=np.array(model.learned_from),
    )
    return file.getvalue()


@cache
def shipped() -> Model:
    """The model that ships."""
    with files("ocop").joinpath("data/asking.npz").open("rb") as file:
        kept = np.load(BytesIO(file.read()), allow_pickle=False)
    return Model(
        tuple(map(str, kept["labels"])),
        kept["rarity"].tolist(),
        kept["weights"],
        float(kept["step"]),
        float(kept["sharpness"]),
        str(kept["learned_from"]),
    )


@cache
def _rarest() -> float:
    return max(shipped().rarity)


@lru_cache(maxsize=4096)  # an official's wordings are compared with every question
def _direction(text: str) -> dict[int, float]:
    """The features of a text, those that the model has never seen included, as a direction of length 1."""
    known, rarest = shipped().rarity, _rarest()
    counts = count(text)
    seen = {number: known[number] or rarest for block in counts for number in block}
    weights = weighed(counts, seen)
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {number: weight / length for number, weight in weights.items()}
