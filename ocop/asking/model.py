"""What was learned from the wordings, and how it weighs a question; `learning` makes it, data/asking.npz keeps it.

A question is compared with every wording. What a wording says of the labels counts as much as the two have in common,
and more than that where they have much: so close neighbours outweigh many far ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ocop.asking.features import count, unit, weighed

OTHER = "other:"
"""Stands before the name of what the assistant does not answer, a list in data/out_of_scope.toml."""

_MUCH = 2.0  # how much more than in proportion much in common counts

Likeness = TypeVar("Likeness", bound=NDArray[np.floating])  # of texts: 1 the same, 0 nothing in common


@dataclass(frozen=True)
class Model:
    """The wordings by their features, and what each says of the labels.

    A feature of too few wordings is not kept; those of too many are the `common` ones, which tell nothing.
    Feature i, of the number `numbers[i]`, stands in the wordings `having[starts[i]:starts[i + 1]]`, with as many
    `weights`; those of one wording are a direction of length 1.
    """

    labels: tuple[str, ...]
    numbers: NDArray[np.int32]  # in ascending order
    rarities: NDArray[np.float32]
    common: NDArray[np.int32]  # the numbers of those
    starts: NDArray[np.int32]
    having: NDArray[np.intp]
    weights: NDArray[np.float32]
    says: NDArray[np.int16]  # wordings by labels, in steps of `step`
    step: float
    sharpness: float  # how much a lead in scores says
    learned_from: str  # the digest of what it was learned from

    @cached_property
    def rarity(self) -> Mapping[int, float]:
        """How rare each feature is, by its number."""
        return dict(zip(self.numbers.tolist(), self.rarities.tolist(), strict=True))

    @cached_property
    def _said(self) -> NDArray[np.float32]:
        return self.says.astype(np.float32) * np.float32(self.step)

    def shares(self, text: str) -> NDArray[np.float64]:
        """How likely each label is; together 1."""
        features = unit(weighed(count(text), self.rarity))
        if not features:
            return np.full(len(self.labels), 1 / len(self.labels))
        # Not by a product of matrices: for one so small the threads of that cost more than they save.
        scores = np.einsum("i,ij->j", in_common(self._likeness(features)), self._said)
        return likely(scores.astype(np.float64), self.sharpness)

    def _likeness(self, features: Mapping[int, float]) -> NDArray[np.float32]:
        """How alike a text of this direction is to each wording."""
        likeness = np.zeros(len(self.says), np.float32)
        places = np.searchsorted(self.numbers, list(features))
        spans = zip(self.starts[places].tolist(), self.starts[places + 1].tolist(), features.values(), strict=True)
        for start, end, weight in spans:
            likeness[self.having[start:end]] += self.weights[start:end] * np.float32(weight)
        return likeness


def in_common(likeness: Likeness) -> Likeness:
    """What two texts have in common, by how alike they are."""
    return likeness + _MUCH * likeness * likeness  # type: ignore[return-value]


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
    """The model as its file keeps it, in small numbers; the same model gives the same bytes."""
    file = BytesIO()
    kept = {name: np.array(getattr(model, name)) for name in (*_ARRAYS, *_OTHERS)}
    kept |= {"having": kept["having"].astype(np.uint16), "weights": kept["weights"].astype(np.float16)}
    np.savez_compressed(file, allow_pickle=False, **kept)
    return file.getvalue()


@cache
def shipped() -> Model:
    """The model that ships."""
    with files("ocop").joinpath("data/asking.npz").open("rb") as file:
        kept = np.load(BytesIO(file.read()), allow_pickle=False)
    # Read into the kinds that are quickest to reckon with.
    quick = {"having": kept["having"].astype(np.intp), "weights": kept["weights"].astype(np.float32)}
    return Model(
        labels=tuple(map(str, kept["labels"])),
        step=float(kept["step"]),
        sharpness=float(kept["sharpness"]),
        learned_from=str(kept["learned_from"]),
        **{name: kept[name] for name in _ARRAYS} | quick,
    )


_ARRAYS = ("numbers", "rarities", "common", "starts", "having", "weights", "says")
_OTHERS = ("labels", "step", "sharpness", "learned_from")
