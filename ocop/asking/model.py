"""What was learned from the wordings, and how it weighs a question; `learning` makes it, data/asking.npz keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from ocop.asking.features import count, weighed

OTHER = "other:"
"""Stands before the name of what the assistant does not answer, a list in data/out_of_scope.toml."""


@dataclass(frozen=True)
class Model:
    """Weights of each feature for each label. A feature that too few wordings have is not among them."""

    labels: tuple[str, ...]
    numbers: NDArray[np.int32]  # of the features
    rarities: NDArray[np.float32]  # of each of them
    weights: NDArray[np.int8]  # of each of them by labels, in steps of `step`
    step: float
    sharpness: float  # how much a lead in scores says
    learned_from: str  # the digest of what it was learned from

    @cached_property
    def rarity(self) -> Mapping[int, float]:
        """How rare each feature is, by its number."""
        return dict(zip(self.numbers.tolist(), self.rarities.tolist(), strict=True))

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {number: place for place, number in enumerate(self.numbers.tolist())}

    def shares(self, text: str) -> NDArray[np.float64]:
        """How likely each label is; together 1."""
        features = weighed(count(text), self.rarity)
        if not features:
            return np.full(len(self.labels), 1 / len(self.labels))
        rows = self.weights[[self._places[number] for number in features]].astype(np.float64)
        scores = np.array(list(features.values())) @ rows * self.step
        return likely(scores, self.sharpness)


def likely(scores: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Scores as shares of 1."""
    raised = np.exp((scores - scores.max(axis=-1, keepdims=True)) * sharpness)
    shares: NDArray[np.float64] = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def weigh(text: str) -> list[tuple[str, float]]:
    """Every label with its share, the likeliest first."""
    model = shipped()
    shares = zip(model.labels, model.shares(text).tolist(), strict=True)
    return sorted(shares, key=lambda one: -one[1])


def dump(model: Model) -> bytes:
    """The model as its file keeps it; the same model gives the same bytes."""
    file = BytesIO()
    np.savez_compressed(
        file,
        labels=np.array(model.labels),
        numbers=model.numbers,
        rarities=model.rarities,
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
        kept["numbers"],
        kept["rarities"],
        kept["weights"],
        float(kept["step"]),
        float(kept["sharpness"]),
        str(kept["learned_from"]),
    )
