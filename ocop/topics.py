"""What people ask about OCOP, and the answers, each with its source and the time in which it held.

One file per topic in data/topics/. The rules changed three times in three years, so an answer is a `Version` with the
days between which it is true; earlier rules are versions of their own. Its `wordings` are how people ask for it: the
understanding (ocop/asking/) learns from them.

    topic("evaluation-levels").on(date(2023, 8, 1)).answer     → "Lúc đó ba cấp: huyện công nhận 3 sao, …"
    topic("submission-deadlines").on(today).told_on(today)     → the dates of the coming round stand in its words
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal

from ocop.calendar import NO_CORRECTIONS, Corrections, date_words, weekday_words
from ocop.rounds import IN_FORCE, Round, hand_in_by, rounds_of
from talk.lunar import lunar_words

DOUBT = " · chưa được cán bộ tỉnh xác nhận"

# Since when documents hold, for those whose day is known.
_IN_FORCE_SINCE = {
    "QĐ 26/2026/QĐ-TTg": IN_FORCE,
    "NĐ 37/2026/NĐ-CP": date(2026, 1, 23),
    "Luật 91/2025/QH15": date(2026, 1, 1),
    "NĐ 156/2025/NĐ-CP": date(2025, 7, 1),
    "NĐ 98/2018/NĐ-CP": date(2018, 8, 20),
}

Confidence = Literal["certain", "probable", "unsure"]


@dataclass(frozen=True, slots=True)
class Version:
    """An answer as it holds from one day to another, both included."""

    valid_from: date
    valid_to: date | None  # None: it holds to this day
    place: str  # the province that it holds in; "" everywhere
    answer: str
    more: str
    steps: tuple[str, ...]
    simpler: str
    english: str
    document: str
    article: str
    link: str
    checked: date
    confidence: Confidence
    confirmed: bool  # False: no official of the province has confirmed it, and people are told so
    confirmed_by: str = ""  # "cán bộ tỉnh Cao Bằng xác nhận 20/11/2026", of a version that an official wrote

    @property
    def stands(self) -> str:
        """Where the answer stands: "Điều 5, 7 QĐ 26/2026/QĐ-TTg"."""
        return " ".join(filter(None, (self.article, self.document)))

    @property
    def source(self) -> str:
        """The same, since when it holds, and when that was checked or who says so, as a line under the answer."""
        doubt = "" if self.confirmed else DOUBT
        known = self.confirmed_by or f"kiểm tra {date_words(self.checked)}{doubt}"
        since = f" · áp dụng từ {date_words(self.since)}" if self.since else ""
        return f"Nguồn: {self.stands}{since} · {known}"

    @property
    def since(self) -> date | None:
        """Since when it holds, where a document says so, or an official did who named another day than that one."""
        documents = (since for name, since in _IN_FORCE_SINCE.items() if name in self.document)
        is_said = self.valid_from != self.checked if self.confirmed_by else self.valid_from in documents
        return self.valid_from if is_said else None

    def holds_on(self, day: date) -> bool:
        """Whether it is true on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def told_on(self, day: date, added: Iterable[Round] = (), corrections: Corrections = NO_CORRECTIONS) -> "Version":
        """The version as told on a day: the dates of the round still within reach stand in its {places}.

        `added`: rounds of a province beside those of Điều 5.
        """
        dates = _round_dates(day, added, corrections)
        return replace(
            self,
            answer=_filled(self.answer, dates),
            more=_filled(self.more, dates),
            steps=tuple(_filled(step, dates) for step in self.steps),
            simpler=_filled(self.simpler, dates),
            english=_filled(self.english, dates),
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that has a prepared answer (chủ đề hỏi đáp)."""

    id: str
    title: str
    question: str  # the topic as a choice: "Hạn nộp hồ sơ là ngày nào?"
    related: tuple[str, ...]  # what people go on to ask
    versions: tuple[Version, ...]  # the newest first
    wordings: Mapping[str, tuple[str, ...]]  # by style: plain, short, nodiac, abbr, typo, telex, long, english
    parent: str = ""  # of a topic added later: the shipped topic it is a part of

    def on(self, day: date, place: str = "") -> Version | None:
        """What was true on a day in a province; its own rule goes before one for everywhere. None: not known.

        Without a province only what held everywhere: nobody is told the rule of another place. Of several the one
        that stands first: an official's.
        """
        held = [one for one in self.versions if one.holds_on(day) and one.place in ("", place)]
        return max(held, key=lambda one: one.place, default=None)

    def elsewhere_on(self, day: date) -> Version | None:
        """What is true on a day in some province, where nothing is known of all."""
        return next((one for one in self.versions if one.holds_on(day)), None)

    @property
    def digest(self) -> str:
        """What differs as soon as any of its versions does."""
        return sha256(repr(self.versions).encode()).hexdigest()[:16]


def all_topics() -> tuple[Topic, ...]:
    """Every shipped topic, in the order of their ids."""
    return tuple(topic(id) for id in topic_ids())


@cache
def topic_ids() -> tuple[str, ...]:
    """The ids of the shipped topics. Others know topics by them (`ask --file`), so they are never renamed."""
    names = (file.name for file in files("ocop").joinpath("data/topics").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def topic(id: str) -> Topic:
    """The shipped topic of this id. Raises KeyError when there is none."""
    if id not in topic_ids():
        raise KeyError(id)
    return read_topic(id, files("ocop").joinpath(f"data/topics/{id}.toml").read_text(encoding="utf-8"))


def read_topic(id: str, toml: str) -> Topic:
    """A topic as its file tells it. Raises ValueError or KeyError where the file is not as it should be."""
    told = tomllib.loads(toml)
    return Topic(
        id,
        told["title"],
        told["question"],
        tuple(told["related"]),
        tuple(sorted(map(_version, told["version"]), key=lambda one: one.valid_from, reverse=True)),
        {style: tuple(texts) for style, texts in told["wordings"].items()},
        told.get("parent", ""),
    )


def _version(told: dict[str, Any]) -> Version:
    return Version(
        told["valid_from"],
        told.get("valid_to"),
        told.get("place", ""),
        told["answer"],
        told.get("more", ""),
        tuple(told.get("steps", ())),
        told.get("simpler", ""),
        told.get("english", ""),
        told["document"],
        told["article"],
        told["link"],
        told["checked"],
        told["confidence"],
        told["confirmed"],
        told.get("confirmed_by", ""),
    )


def _round_dates(day: date, added: Iterable[Round], corrections: Corrections) -> dict[str, str]:
    """The dates of the first round for which a producer can still hand in by the day we advise."""
    year = max(day.year, IN_FORCE.year)
    rounds = (*rounds_of(year), *rounds_of(year + 1), *added)
    asked_of_producers = [(one, hand_in_by(one, corrections)) for one in rounds if one.level == "province"]
    coming, by = min((one for one in asked_of_producers if one[1] >= day), key=lambda one: one[1])
    return {
        "files_before": weekday_words(coming.files_before),
        "hand_in_by": f"{weekday_words(by)} ({lunar_words(by)})",
        "held_before": weekday_words(coming.held_before),
        "year": str(coming.files_before.year),
    }


def _filled(words: str, dates: Mapping[str, str]) -> str:
    for name, date_said in dates.items():
        words = words.replace(f"{{{name}}}", date_said)
    return words
