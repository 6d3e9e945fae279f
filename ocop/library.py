"""The topics as people are given them: those that ship and, on top of them, what officials wrote for their province."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ocop import topics
from ocop.asking.bank import Bank
from ocop.topics import Topic, Version

TITLE_LENGTH = 60


@dataclass(frozen=True)
class Written:
    """A version that an official wrote, with how people ask for it."""

    topic: str  # a shipped topic's id, or one that no shipped topic has
    parent: str  # of the latter: the shipped topic that it is a part of; "" where none is near
    version: Version
    wordings: tuple[str, ...]


def official_version(
    province: str,
    answer: str,
    source: str,
    valid_from: date,
    valid_to: date | None,
    *,
    more: str = "",
    steps: Iterable[str] = (),
    simpler: str = "",
    english: str = "",
) -> Version:
    """A version for the people of a province, as one of its officials writes it."""
    return Version(
        valid_from=valid_from,
        valid_to=valid_to,
        place=province,
        answer=answer,
        more=more,
        steps=tuple(steps),
        simpler=simpler,
        english=english,
        document=source,
        article="",
        link="",
        checked=valid_from,
        confidence="certain",
        confirmed=True,
    )


def shipped_digest(id: str) -> str:
    """The digest of the shipped topic of this id; "" where none has it."""
    return topics.topic(id).digest if id in topics.topic_ids() else ""


@dataclass(frozen=True)
class Library:
    """Every topic, as it stands on a day."""

    written: Mapping[str, Topic]  # those that officials wrote or wrote over
    day: date

    def topic(self, id: str) -> Topic:
        """The topic of this id. Raises KeyError when there is none."""
        return self.written.get(id) or topics.topic(id)

    def has(self, id: str) -> bool:
        """Whether there is a topic of this id."""
        return id in self.written or id in topics.topic_ids()

    @cached_property
    def bank(self) -> Bank:
        """How people ask for what officials wrote, as far as there is an answer to it today."""
        answered = {
            id: topic for id, topic in self.written.items() if shipped_digest(id) or topic.elsewhere_on(self.day)
        }
        return Bank([(text, id) for id, topic in answered.items() for text in topic.wordings.get(BY_OFFICIALS, ())])


BY_OFFICIALS = "officials"  # the style of the wordings that came with officials' versions


def library_of(written: Iterable[Written], day: date) -> Library:
    """The library on a day, with these versions in use, the oldest first: of a province the newest goes first."""
    over: dict[str, Topic] = {}
    for one in written:
        below = over.get(one.topic) or (topics.topic(one.topic) if one.topic in topics.topic_ids() else _own(one))
        asked = tuple(dict.fromkeys((*below.wordings.get(BY_OFFICIALS, ()), *one.wordings)))
        over[one.topic] = replace(
            below, versions=(one.version, *below.versions), wordings={**below.wordings, BY_OFFICIALS: asked}
        )
    return Library(over, day)


SHIPPED = Library({}, date.max)


def _own(one: Written) -> Topic:
    """A topic that officials began; it is called as it was asked for first."""
    asked = next(iter(one.wordings), one.version.answer)
    title = asked if len(asked) <= TITLE_LENGTH else f"{asked[: TITLE_LENGTH - 1].rstrip()}…"
    return Topic(one.topic, title, title, (one.parent,) if one.parent else (), (), {}, one.parent)
