"""Where people stand in their conversations: the answers so far, safe across restarts, phones and weeks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.once import InsertOnce
from storage.tables import PERSON, PROGRESS

c = PROGRESS.c

START = InsertOnce(PROGRESS, ["person_id", "conversation", "subject"], returning=c.id)
SAVE = (
    PROGRESS.update().where(c.id == bindparam("row_id")).values(body=bindparam("new_body"), updated_at=bindparam("now"))
)
SAVED = select(c.id, c.person_id, c.conversation, c.subject, c.body, c.created_at, c.updated_at)
FIND = SAVED.where(c.id == bindparam("row_id"))
FIND_SUBJECT = SAVED.where(
    c.person_id == bindparam("person_id"),
    c.conversation == bindparam("conversation"),
    c.subject == bindparam("subject"),
)
OPEN_ONES = SAVED.where(c.person_id == bindparam("person_id")).order_by(c.updated_at.desc(), c.id.desc())
DROP = PROGRESS.delete().where(c.id == bindparam("row_id")).returning(c.person_id)
UNFOCUS = (
    PERSON.update()
    .where(PERSON.c.id == bindparam("row_id"), PERSON.c.focus == bindparam("old_focus"))
    .values(focus=None)
)


@dataclass(frozen=True, slots=True)
class Saved:
    """Answers as they were saved; `body` is JSON in a shape that only talk/ knows."""

    id: int
    person_id: int
    conversation: str
    subject: str
    body: str
    created_at: datetime
    updated_at: datetime


class AlreadyStarted(Exception):
    """The person already has a progress in this conversation about this subject."""


def start(db: Connection, person_id: int, conversation: str, subject: str, body: str, now: datetime) -> int:
    """Begin a progress; raises AlreadyStarted when the person has one on this subject, which stays as it is."""
    row = {"person_id": person_id, "conversation": conversation, "subject": subject, "body": body}
    new_id = db.execute(START.on(db), row | {"created_at": now, "updated_at": now}).scalar()
    if new_id is None:
        raise AlreadyStarted(f"{conversation} about {subject!r}")
    return int(new_id)


def save(db: Connection, progress_id: int, body: str, now: datetime) -> None:
    """Replace the answers kept so far."""
    db.execute(SAVE, {"row_id": progress_id, "new_body": body, "now": now})


def find(db: Connection, progress_id: int) -> Saved | None:
    """The progress with this id, whosever it is: the caller checks `person_id`."""
    row = db.execute(FIND, {"row_id": progress_id}).first()
    return Saved(*row) if row else None


def about(db: Connection, person_id: int, conversation: str, subject: str) -> Saved | None:
    """The person's progress in a conversation about a subject."""
    row = db.execute(FIND_SUBJECT, {"person_id": person_id, "conversation": conversation, "subject": subject}).first()
    return Saved(*row) if row else None


def open_ones(db: Connection, person_id: int) -> list[Saved]:
    """Everything the person has begun and not finished, last touched first."""
    return [Saved(*row) for row in db.execute(OPEN_ONES, {"person_id": person_id})]


def drop(db: Connection, progress_id: int) -> None:
    """Forget a progress, finished or cancelled; a person busy with it is busy with nothing."""
    person_id = db.execute(DROP, {"row_id": progress_id}).scalar()
    if person_id is not None:
        db.execute(UNFOCUS, {"row_id": person_id, "old_focus": progress_id})
