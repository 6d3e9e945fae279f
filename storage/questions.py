"""Questions the assistant could not answer, and the answers officials gave to them for everybody who asks the same.

A question is kept without names and numbers. It knows who asked only until they are told, or for ninety days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, or_, select

from storage.tables import OFFICIAL_ANSWER, QUESTION

q, a = QUESTION.c, OFFICIAL_ANSWER.c

MOST_AT_ONCE = 500  # of the questions that wait, the newest

KEEP = QUESTION.insert()
OF_PERSON = select(q.id, q.text, q.topic, q.asked_at).where(q.person_id == bindparam("of_person")).order_by(q.id)
WAITING = (
    select(q.id, q.text, q.topic, q.asked_at)
    .where(q.answer_id.is_(None), or_(q.province.is_(None), q.province == bindparam("of_province")))
    .order_by(q.id.desc())
    .limit(MOST_AT_ONCE)
)
CLAIM = (
    QUESTION.update()
    .where(q.id == bindparam("row_id"), q.answer_id.is_(None))
    .values(answer_id=bindparam("new_answer"))
)
FREE = QUESTION.update().where(q.answer_id == bindparam("of_answer")).values(answer_id=None)
ASKED = select(q.person_id, q.text, q.asked_at).where(q.answer_id == bindparam("of_answer")).order_by(q.id)
UNLINK = QUESTION.update().where(q.answer_id == bindparam("of_answer")).values(person_id=None)
UNLINK_OLD = QUESTION.update().where(q.person_id.is_not(None), q.asked_at < bindparam("before")).values(person_id=None)
DROP_OF_PERSON = QUESTION.delete().where(q.person_id == bindparam("of_person"))
WRITE = OFFICIAL_ANSWER.insert().returning(a.id)
COLUMNS = (
    *(a.id, a.province, a.parent, a.text, a.source, a.valid_from, a.valid_to),
    *(a.written_by, a.written_at, a.approved_by, a.approved_at, a.ended_at),
)
ROW = select(*COLUMNS)
FIND = ROW.where(a.id == bindparam("row_id")).with_for_update()
TO_APPROVE = ROW.where(a.province == bindparam("of_province"), a.approved_at.is_(None), a.ended_at.is_(None)).order_by(
    a.id
)
APPROVED = (a.approved_at.is_not(None), a.ended_at.is_(None))
IN_USE = ROW.where(a.province == bindparam("of_province"), *APPROVED).order_by(a.id.desc())
IN_FORCE = ROW.where(
    *APPROVED, a.valid_from <= bindparam("day"), or_(a.valid_to.is_(None), a.valid_to >= bindparam("day"))
).order_by(a.id.desc())
APPROVE = (
    OFFICIAL_ANSWER.update()
    .where(a.id == bindparam("row_id"), a.approved_at.is_(None), a.ended_at.is_(None))
    .values(approved_by=bindparam("by"), approved_at=bindparam("now"))
)
END = (
    OFFICIAL_ANSWER.update().where(a.id == bindparam("row_id"), a.ended_at.is_(None)).values(ended_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits, as its asker put it."""

    id: int
    text: str
    topic: str  # the topic whose answer was called no good; "" where there was none
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """What an official answered for everybody; in use once it is approved and until it is ended."""

    id: int
    province: str
    parent: str  # the shipped topic it is a part of; "" where none is near
    text: str
    source: str
    valid_from: date
    valid_to: date | None
    written_by: int
    written_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    ended_at: datetime | None

    @property
    def is_of_one(self) -> bool:
        """Whether the same official wrote and approved it, there being no other."""
        return self.written_by == self.approved_by


def keep(db: Connection, person_id: int, text: str, topic: str, province: str | None, now: datetime) -> None:
    """Keep a question that nobody answered; `text` holds no name and no number any more."""
    row = {"person_id": person_id, "text": text, "topic": topic, "province": province, "asked_at": now}
    db.execute(KEEP, row | {"answer_id": None})


def of_person(db: Connection, person_id: int) -> list[Asked]:
    """What the person asked and was not told yet, the oldest first."""
    return [Asked(*row) for row in db.execute(OF_PERSON, {"of_person": person_id})]


def waiting(db: Connection, province: str) -> list[Asked]:
    """What people of a province, or of nobody knows where, asked and nobody answers yet; the oldest first."""
    return [Asked(*row) for row in db.execute(WAITING, {"of_province": province})][::-1]


def write(
    db: Connection,
    question_ids: Sequence[int],
    province: str,
    parent: str,
    text: str,
    source: str,
    valid_from: date,
    valid_to: date | None,
    by: int,
    now: datetime,
) -> int | None:
    """Keep an answer, not in use yet, to those questions that nobody answered meanwhile; None where there are none."""
    row = {"province": province, "parent": parent, "text": text, "source": source, "valid_from": valid_from}
    row |= {"valid_to": valid_to, "written_by": by, "written_at": now}
    nobody = {"approved_by": None, "approved_at": None, "ended_at": None}
    answer_id = int(db.execute(WRITE, row | nobody).scalar_one())
    taken = [db.execute(CLAIM, {"row_id": id, "new_answer": answer_id}).rowcount for id in question_ids]
    if sum(taken):
        return answer_id
    db.execute(END, {"row_id": answer_id, "now": now})
    return None


def find(db: Connection, answer_id: int) -> OfficialAnswer | None:
    """The answer of this id, nobody else's to change until the transaction ends."""
    return next(iter(_answers(db, FIND, {"row_id": answer_id})), None)


def to_approve(db: Connection, province: str) -> list[OfficialAnswer]:
    """The answers of a province that wait for a second official."""
    return _answers(db, TO_APPROVE, {"of_province": province})


def in_use(db: Connection, province: str) -> list[OfficialAnswer]:
    """The answers of a province that people are given, the newest first."""
    return _answers(db, IN_USE, {"of_province": province})


def in_force(db: Connection, day: date) -> list[tuple[OfficialAnswer, list[str]]]:
    """Every answer that holds on a day with the questions it answers, the newest first."""
    found = _answers(db, IN_FORCE, {"day": day})
    return [(one, list({text: None for _, text, _ in asked(db, one.id)})) for one in found]


def asked(db: Connection, answer_id: int) -> list[tuple[int | None, str, datetime]]:
    """Who asked what an answer is to, in which words and when; nobody where they were told or it is long ago."""
    return [(person, text, at) for person, text, at in db.execute(ASKED, {"of_answer": answer_id})]


def approve(db: Connection, answer_id: int, by: int, now: datetime) -> bool:
    """Have an answer be in use from now on; False where it is already, or was ended."""
    return db.execute(APPROVE, {"row_id": answer_id, "by": by, "now": now}).rowcount > 0


def end(db: Connection, answer_id: int, now: datetime) -> bool:
    """Have an answer be in use no more, its questions waiting again; False where that was done before."""
    if not db.execute(END, {"row_id": answer_id, "now": now}).rowcount:
        return False
    db.execute(FREE, {"of_answer": answer_id})
    return True


def unlink(db: Connection, answer_id: int) -> None:
    """Forget who asked: they have been told."""
    db.execute(UNLINK, {"of_answer": answer_id})


def unlink_old(db: Connection, before: datetime) -> int:
    """Forget who asked before a moment; how many questions that were."""
    return db.execute(UNLINK_OLD, {"before": before}).rowcount


def drop_of_person(db: Connection, person_id: int) -> None:
    """Delete what a person asked and was not told yet."""
    db.execute(DROP_OF_PERSON, {"of_person": person_id})


def _answers(
    db: Connection, statement: Select[*tuple[Any, ...]], parameters: dict[str, object]
) -> list[OfficialAnswer]:
    return [OfficialAnswer(*row) for row in db.execute(statement, parameters)]
