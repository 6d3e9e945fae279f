"""`ask`: what the assistant would say to a question, or to a file of them, without a database or a network."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock
from bot.tabbed import read_rows
from ocop.asking import Understood, understand
from ocop.topics import topic

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_ASKED = ("id", "text")
_TOLD = ("id", "decision", "first", "second", "third")


def answer(text: str) -> str:
    """What is said to a question today, with its source."""
    understood = understand(text)
    today = clock.now().astimezone(_VIETNAM).date()
    if understood.decision == "none":
        return "Trợ lý chưa biết chắc câu này."
    if understood.decision == "offer":
        return "\n".join(["Có phải bà con hỏi:", *(f"– {topic(id).question}" for id in understood.topics)])
    asked = filter(None, (understood.topics[0], understood.second))
    return "\n\n".join(_told(id, today, understood.is_english) for id in asked)


def answer_file(path: Path) -> Iterator[str]:
    """Lines with tabs: for each question of a file the decision and the topics. Raises CannotRead."""
    rows = read_rows(path, _ASKED)
    yield "\t".join(_TOLD)
    for row in rows:
        understood = understand(row["text"])
        topics = _named(understood)
        yield "\t".join((row["id"], understood.decision, *topics, *[""] * (3 - len(topics))))


def _told(id: str, today: date, is_english: bool) -> str:
    version = topic(id).on(today)
    if version is None:
        return f"{topic(id).title}: trợ lý chưa biết điều đang áp dụng."
    told = version.told_on(today)
    return "\n".join(filter(None, (told.english if is_english else told.answer, told.source, told.link)))


def _named(understood: Understood) -> tuple[str, ...]:
    """The topics as others know them: the one to answer from, a second question's, then what is near."""
    ids = dict.fromkeys((*understood.topics[:1], *filter(None, [understood.second]), *understood.topics))
    return tuple(ids)[:3]
