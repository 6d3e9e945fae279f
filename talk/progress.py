"""How far a person has come in a conversation: the facts it began with, and the answers kept so far.

Where a person stands is never stored. It follows from walking the script over these answers (talk.script).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

State = Literal["given", "skipped", "none_yet"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, as typed and as read."""

    typed: str
    raw: Any  # the value as JSON; None when skipped or not there yet
    state: State = "given"
    native_id: str = ""  # the person's message it came with, so that editing that message can change it


@dataclass(frozen=True, slots=True)
class Act:
    """What a person means to do, once understood. `arg` is JSON."""

    name: str
    arg: Any = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice and what taking it does."""

    number: str
    key: str
    label: str
    act: Act
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A small question in between: which of two readings is meant, or whether to cancel for good."""

    id: int  # the turn it was asked in, so that a button of an older one is not taken for this one
    text: str
    offers: tuple[Offer, ...]
    firm: bool = False  # words that take none of its offers answer nothing; else they answer the question behind it


@dataclass(frozen=True, slots=True)
class Progress:
    """Facts, answers, and the little that cannot be derived from them."""

    id: str  # names this progress in taps
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Kept] = field(default_factory=dict)
    at: str = ""  # the step gone back to or being corrected; "" is the first one still open
    latest: str = ""  # the step answered last
    unclear: str = ""  # native id of the last message that could not be read
    tries: int = 0
    page: int = 0
    picked: tuple[str, ...] = ()  # choices touched so far at a question that takes several
    side: Side | None = None
    turns: int = 0

    def keep(self, key: str, kept: Kept) -> "Progress":
        """Keep one answer; whatever was pending for the question is over. No other answer is touched."""
        return replace(self.moved(), answers={**self.answers, key: kept}, latest=key)

    def moved(self, at: str = "") -> "Progress":
        """Stand at another question, with no half-done business of the last one."""
        return replace(self, at=at, tries=0, page=0, picked=(), side=None, unclear="")

    def dumps(self) -> str:
        """As stored. The id is not in it: the row has it."""
        return json.dumps(
            {
                "facts": dict(self.facts),
                "answers": {key: [k.typed, k.raw, k.state, k.native_id] for key, k in self.answers.items()},
                "at": self.at,
                "latest": self.latest,
                "unclear": self.unclear,
                "tries": self.tries,
                "page": self.page,
                "picked": self.picked,
                "side": asdict(self.side) if self.side else None,
                "turns": self.turns,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def loads(cls, id: str, text: str) -> "Progress":
        """As it was stored, by this release or an earlier one."""
        body = json.loads(text)
        return cls(
            id=id,
            facts=body["facts"],
            answers={key: Kept(*kept) for key, kept in body["answers"].items()},
            at=body["at"],
            latest=body["latest"],
            unclear=body["unclear"],
            tries=body["tries"],
            page=body["page"],
            picked=tuple(body["picked"]),
            side=_side(body["side"]),
            turns=body["turns"],
        )


def _side(body: dict[str, Any] | None) -> Side | None:
    if body is None:
        return None
    offers = tuple(Offer(o["number"], o["key"], o["label"], Act(**o["act"]), tuple(o["also"])) for o in body["offers"])
    return Side(body["id"], body["text"], offers, body["firm"])
