"""A conversation together with what it begins from and what is done once a person has finished it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers import menu
from handlers.visit import Visit
from talk.attachments import PAPERS
from talk.conversation import Conversation
from talk.message import Attachment, Document, Message
from talk.progress import Offer, Progress
from talk.script import Walk


@dataclass(frozen=True, slots=True)
class Open:
    """Go on with a talk that was begun before."""

    progress_id: int
    lead: str = ""  # said above what then lies open
    was_left: bool = True  # False: the person only stepped aside, so nothing is said of opening it again


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a talk afresh."""

    conversation: str
    lead: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)  # facts it begins from besides its own; JSON
    page: int = 0  # of the first question's choices
    documents: tuple[Document, ...] = ()  # that come with its first words


@dataclass(frozen=True, slots=True)
class Put:
    """Have questions of a talk that was begun before answered; one that was confirmed is confirmed again with them."""

    progress_id: int
    answers: Mapping[str, Any]  # JSON, by question


@dataclass(frozen=True, slots=True)
class Room:
    """A question that has no photo or file yet."""

    label: str
    is_product: bool  # a photo of the product itself, and no paper
    key: str
    others: Mapping[str, Any]  # what else is answered by putting something there; JSON, by question

    def takes(self, file: Attachment) -> bool:
        """Whether this kind of file can be what is asked for there."""
        return file.is_photo or (not self.is_product and file.type in PAPERS)


Next = Message | Open | Start | Put
CAME_FROM = "came_from"  # the fact that names the talk a person stepped aside from

Finish = Callable[[Visit, Progress, Mapping[str, Any]], Next]


@dataclass(frozen=True, slots=True)
class Form:
    """A conversation as the assistant offers it."""

    conversation: Conversation
    facts: Callable[[Visit], Mapping[str, Any]]  # what is known when it begins; JSON, frozen in the progress
    finish: Finish  # its effects join the turn's transaction
    keeps: bool = True  # whether the answers stay, to be looked at and corrected later
    drop: Callable[[Visit, int], None] | None = None  # takes back what `finish` did for the progress of this id
    # Why it may not go on, given the facts: a right that ended, a thing that is gone. None: it always may.
    closed: Callable[[Visit, Mapping[str, Any]], str | None] | None = None
    purpose: str = ""  # what the person must have agreed to first (handlers.consent); "" where nothing is asked of them
    # Whether it came to the person unasked, and waits for as long as it takes; words that do not answer it pass it by.
    waits: bool = False
    # What comes after it was given up, given the facts. None: the menu.
    given_up: Callable[[Visit, Mapping[str, Any]], Next] | None = None
    # Where a photo or file may go that comes when nothing asks for it.
    rooms: Callable[[Progress, Walk], Sequence[Room]] = lambda progress, way: ()
    # What lies before it when it is opened again once it was finished, under which words; None: it lies there itself.
    again: Sequence[Offer] = ()
    lies_open: Callable[[Visit, Progress, Walk], str | None] = lambda visit, progress, way: None
    # What is said, and sent, once one of those that name something to do was taken.
    done: Callable[[Visit, Progress, Walk, str], tuple[str, tuple[Document, ...]]] = lambda *_: ("", ())
    # What somebody else said about the question of this key, said above it when it is opened to be corrected.
    said_of: Callable[[Visit, Progress, str], str] = lambda visit, progress, key: ""
    # What is still to be done for somebody else, said below the review once an answer was corrected, given the titles.
    still_to_do: Callable[[Visit, Progress, Mapping[str, str]], str] = lambda visit, progress, titles: ""
    # What is replied, given the facts, to words that ask instead of answering; None where the words ask nothing.
    # Without it, whoever answers questions elsewhere answers them here (handlers.answerers).
    reply: Callable[[Mapping[str, Any], str], str | None] | None = None
    # Whether words that take none of its choices may ask about the programme, without sounding like a question.
    may_be_asked: bool = False


def back_to(facts: Mapping[str, Any], lead: str) -> Next:
    """Say something, and go back to the talk the person stepped aside from, if there is one."""
    came_from = facts.get(CAME_FROM)
    if came_from:
        return Open(came_from, lead, was_left=False)
    return Message(lead) if lead else menu.menu()
