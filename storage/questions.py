"""Questions the assistant could not answer, until an official has answered for everybody who asks the same.

A question is kept without names and numbers. It knows who asked only until they are told, or for ninety days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from storage.tables import QUESTION

q = QUESTION.c

MOST_AT_ONCE = 500  # of the questions that wait, the newest

KEEP = QUESTION.insert()
OF_PERSON = select(q.id, q.text, q.topic, q.asked_at).where(q.person_id == bindparam("of_person")).order_by(q.id)
WAITING = (
    select(q.id, q.text, q.topic, q.asked_at)
    .where(q.version_id.is_(None), or_(q.province.is_(None), q.province == bindparam("of_province")))
    .order_by(q.id.desc())
    .limit(MOST_AT_ONCE)
)
CLAIM = (
    QUESTION.update()
    .where(q.id == bindparam("row_id"), q.version_id.is_(None))
    .values(version_id=bindparam("new_version"))
)
FREE = QUESTION.update().where(q.version_id == bindparam("of_version")).values(version_id=None)
ASKED = select(q.person_id, q.text, q.asked_at).where(q.version_id == bindparam("of_version")).order_by(q.id)
UNLINK = QUESTION.update().where(q.version_id == bindparam("of_version")).values(person_id=None)
UNLINK_OLD = QUESTION.update().where(q.person_id.is_not(None), q.asked_at < bindparam("before")).values(person_id=None)
DROP_OF_PERSON = QUESTION.delete().where(q.person_id == bindparam("of_person"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits, as its asker put it."""

    id: int
    text: str
    topic: str  # the topic whose answer was called no good; "" where there was none
    asked_at: datetime


def keep(db: Connection, person_id: int, text: str, topic: str, province: str | None, now: datetime) -> None:
    """Keep a question that nobody answered; `text` holds no name and no number any more."""
    row = {"person_id": person_id, "text": text, "topic": topic, "province": province, "asked_at": now}
    db.execute(KEEP, row | {"version_id": None})


def of_person(db: Connection, person_id: int) -> list[Asked]:
    """What the person asked and was not told yet, the oldest first."""
    return [Asked(*row) for row in db.execute(OF_PERSON, {"of_person": person_id})]


def waiting(db: Connection, province: str) -> list[Asked]:
    """What people of a province, or of nobody knows where, asked and nobody answers yet; the oldest first."""
    return [Asked(*row) for row in db.execute(WAITING, {"of_province": province})][::-1]


def claim(db: Connection, question_ids: Sequence[int], version_id: int) -> int:
    """Have a version be the answer to those of the questions that have none yet; to how many."""
    return sum(db.execute(CLAIM, {"row_id": id, "new_version": version_id}).rowcount for id in question_ids)


def free(db: Connection, version_id: int) -> None:
    """Have the questions that a version answered wait again."""
    db.execute(FREE, {"of_version": version_id})


def asked(db: Connection, version_id: int) -> list[tuple[int | None, str, datetime]]:
    """Who asked what a version answers, in which words and when; nobody where they were told or it is long ago."""
    return [(person, text, at) for person, text, at in db.execute(ASKED, {"of_version": version_id})]


def unlink(db: Connection, version_id: int) -> None:
    """Forget who asked: they have been told."""
    db.execute(UNLINK, {"of_version": version_id})


def unlink_old(db: Connection, before: datetime) -> int:
    """Forget who asked before a moment; how many questions that were."""
    return db.execute(UNLINK_OLD, {"before": before}).rowcount


def drop_of_person(db: Connection, person_id: int) -> None:
    """Delete what a person asked and was not told yet."""
    db.execute(DROP_OF_PERSON, {"of_person": person_id})
