"""What there is to ask for help with, by who makes what, what for, and where; as documents say, not as a promise.

Source: data/support.toml, as public pages told until 21/11/2026. What a document gives is told with its document and
the day from which it holds. A policy whose last day has passed is over by the clock; one that nobody could confirm to
hold still is `not_known`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ocop.calendar import date_words
from ocop.kinds import KindId
from ocop.product_sets import Group

CHECKED = date(2026, 11, 21)

Purpose = Literal["loan", "machines", "packaging", "testing", "selling", "training", "linkage", "labour", "reward"]
Standing = Literal["in_force", "not_known", "over"]


@dataclass(frozen=True, slots=True)
class Policy:
    """A document under which somebody may be helped with something."""

    id: str
    title: str
    helps: str  # with what, and how much where the document says so: {amount}
    amounts: Mapping[str, str]  # by kind of producer
    kinds: frozenset[KindId]  # of producers; none: all
    groups: frozenset[Group]  # of products; none: all
    purposes: tuple[Purpose, ...]  # the main one first; none: any
    provinces: frozenset[str]  # none: everywhere
    document: str
    valid_from: date | None  # None: no source says
    valid_to: date | None
    is_confirmed: bool  # whether a source says that it holds still
    ask: str  # where: "ủy ban xã, Sở Công Thương"
    link: str
    is_a_frame: bool  # it gives nobody anything by itself

    def helps_a(self, kind: KindId) -> str:
        """With what it helps a kind of producer."""
        return self.helps.replace("{amount}", self.amounts.get(kind, ""))

    def standing(self, day: date) -> Standing:
        """Whether it holds on a day."""
        if self.valid_to and self.valid_to < day:
            return "over"
        return "in_force" if self.is_confirmed and (not self.valid_from or self.valid_from <= day) else "not_known"

    @property
    def since(self) -> str:
        """From when until when, in words."""
        begins = f"từ {date_words(self.valid_from)}" if self.valid_from else ""
        ends = f"đến hết {date_words(self.valid_to)}" if self.valid_to else ""
        return " ".join(filter(None, (begins, ends))) or "không rõ từ ngày nào"

    def fits(self, kind: KindId, group: Group | None, purpose: Purpose | None, province: str) -> bool:
        """Whether it may be for these. `group`, `purpose`: None where the person does not know, or wants all."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.groups or group is None or group in self.groups)
            and (not self.purposes or purpose is None or purpose in self.purposes)
            and (not self.provinces or province in self.provinces)
        )


def policy(id: str) -> Policy | None:
    """The policy of this id; None when there is none."""
    return next((one for one in all_policies() if one.id == id), None)


def all_policies() -> tuple[Policy, ...]:
    """Every policy, in the order of the data."""
    return _policies()


def policies_for(
    kind: KindId, group: Group | None, purpose: Purpose | None, province: str, day: date
) -> dict[Standing, list[Policy]]:
    """The policies that may be for these on a day, by how they stand; first those that are mainly for it."""
    fitting = [one for one in all_policies() if one.fits(kind, group, purpose, province)]
    fitting.sort(key=lambda one: (one.purposes.index(purpose) if purpose in one.purposes else 0, not one.provinces))
    by_standing: dict[Standing, list[Policy]] = {"in_force": [], "not_known": [], "over": []}
    for one in fitting:
        by_standing[one.standing(day)].append(one)
    return by_standing


@cache
def _policies() -> tuple[Policy, ...]:
    told = tomllib.loads(files("ocop").joinpath("data/support.toml").read_text(encoding="utf-8"))
    return tuple(map(_policy, told["policy"]))


def _policy(told: dict[str, Any]) -> Policy:
    return Policy(
        id=told["id"],
        title=told["title"],
        helps=told["helps"],
        amounts=told.get("amounts", {}),
        kinds=frozenset(told.get("for", ())),
        groups=frozenset(told.get("groups", ())),
        purposes=tuple(told.get("purposes", ())),
        provinces=frozenset(told.get("provinces", ())),
        document=told["document"],
        valid_from=told.get("valid_from"),
        valid_to=told.get("valid_to"),
        is_confirmed=told["status"] == "in_force",
        ask=told["ask"],
        link=told["link"],
        is_a_frame=told.get("is_a_frame", False),
    )
