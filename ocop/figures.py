"""Published numbers of the programme: what was counted, where, as of when, reached or only aimed at, and who says so.

Source: data/figures.toml, as public pages told until 21/11/2026; each names its own.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from ocop.asking.period import Period

CHECKED = date(2026, 11, 21)

Kind = Literal["result", "target", "plan"]
Confidence = Literal["certain", "probable"]

# The places numbers are told of, as people are told them; Bắc Kạn is the province it was until 30/6/2025.
PLACES: Mapping[str, str] = {
    "bac-kan": "Bắc Kạn",
    "cao-bang": "Cao Bằng",
    "thai-nguyen": "Thái Nguyên",
    "ca-nuoc": "cả nước",
    "cho-don": "huyện Chợ Đồn cũ",
    "cho-moi": "huyện Chợ Mới cũ",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was published."""

    id: str  # at most 30 letters, digits and strokes: it travels in buttons
    counts: str  # what is counted: "products"
    place: str
    value: float
    at: str  # "ít nhất", "hơn"; "" where it is exact
    unit: str
    kind: Kind
    first: date  # the time it tells of
    last: date  # the day as of which it was so
    said: str  # that time in words: "tháng 7/2023"
    text: str  # the whole sentence, without its end
    parts: tuple[Mapping[str, int], ...]  # ways to divide it; each adds up to it
    also: Mapping[str, int]  # parts of which the rest is not known
    shares: Mapping[str, float]  # parts in hundredths
    note: str
    part_notes: Mapping[str, str]  # said only of a part
    note_numbers: tuple[int, ...]  # numbers of other figures that the note names
    source: str
    link: str
    confidence: Confidence

    def part(self, name: str) -> int | None:
        """How much of it is of a part: "4 sao", "hợp tác xã"; None where the source does not say."""
        return next((parts[name] for parts in (*self.parts, self.also) if name in parts), None)

    def divided_by(self, name: str) -> Mapping[str, int] | None:
        """The way to divide it that has this part."""
        return next((parts for parts in self.parts if name in parts), None)

    def tells_of(self, period: Period) -> bool:
        """Whether it is as of this time."""
        return period.first <= self.last <= period.last


@dataclass(frozen=True, slots=True)
class Counted:
    """Something numbers are told of."""

    id: str
    unit: str
    asked: tuple[str, ...]  # how people call it, without marks


def all_figures() -> tuple[Figure, ...]:
    """Every figure, in the order of the data."""
    return _figures()[0]


def counted() -> tuple[Counted, ...]:
    """Everything that numbers are told of."""
    return _figures()[1]


def figure(id: str) -> Figure | None:
    """The figure of this id; None when there is none."""
    return next((one for one in all_figures() if one.id == id), None)


def figures_of(counts: str, place: str = "", kinds: Sequence[Kind] = ("result",)) -> list[Figure]:
    """The figures of something at a place ("" anywhere), the newest first."""
    found = [one for one in all_figures() if one.counts == counts and place in ("", one.place) and one.kind in kinds]
    return sorted(found, key=lambda one: one.last, reverse=True)


def best(found: Sequence[Figure], period: Period | None, part: str = "") -> Figure:
    """Of figures of one place the one as of a time, else the nearest; of several the newest, and one that has the part.

    `found`: at least one, the newest first.
    """
    having = [one for one in found if not part or one.part(part) is not None or part in one.shares] or list(found)
    if period is None:
        return having[0]
    fitting = [one for one in having if one.tells_of(period)] or [one for one in found if one.tells_of(period)]
    return fitting[0] if fitting else min(having, key=lambda one: abs((one.last - period.last).days))


@cache
def _figures() -> tuple[tuple[Figure, ...], tuple[Counted, ...]]:
    told = tomllib.loads(files("ocop").joinpath("data/figures.toml").read_text(encoding="utf-8"))
    counts = {id: Counted(id, one["unit"], tuple(one["asked"])) for id, one in told["counts"].items()}
    figures = tuple(
        Figure(
            id=one["id"],
            counts=one["counts"],
            place=one["place"],
            value=one["value"],
            at=one.get("at", ""),
            unit=counts[one["counts"]].unit,
            kind=one["kind"],
            first=one["first"],
            last=one["last"],
            said=one["said"],
            text=one["text"],
            parts=tuple(one.get("parts", ())),
            also=one.get("also", {}),
            shares=one.get("shares", {}),
            note=one.get("note", ""),
            part_notes=one.get("part_notes", {}),
            note_numbers=tuple(one.get("note_numbers", ())),
            source=one["source"],
            link=one.get("link", ""),
            confidence=one["confidence"],
        )
        for one in told["figure"]
    )
    return figures, tuple(counts.values())
