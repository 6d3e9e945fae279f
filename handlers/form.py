"""A conversation together with what it begins from and what is done once a person has finished it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.visit import Visit
from talk.conversation import Conversation
from talk.message import Message
from talk.progress import Progress


@dataclass(frozen=True, slots=True)
class Open:
    """Go on with a talk that was begun before."""

    progress_id: int


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a talk afresh."""

    conversation: str


Next = Message | Open | Start


@dataclass(frozen=True, slots=True)
class Form:
    """A conversation as the assistant offers it."""

    conversation: Conversation
    facts: Callable[[Visit], Mapping[str, Any]]  # what is known when it begins; JSON, frozen in the progress
    finish: Callable[[Visit, Progress, Mapping[str, Any]], Next]  # its effects join the turn's transaction
    keeps: bool = True  # whether the answers stay, to be looked at and corrected later
    drop: Callable[[Visit, int], None] | None = None  # takes back what `finish` did for the progress of this id
