"""Matters: what people asked an office, what was said about each, and by when an answer was promised.

A person has one open matter at a time: whatever they ask before it has ended is said about the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, exists, func, or_, select

from storage.dossiers import ERASED
from storage.tables import CHAT, GRANT, MATTER, MATTER_WORD, OUTBOX, PROGRESS

m = MATTER.c
w = MATTER_WORD.c

ROW = (
    *(m.id, m.person_id, m.commune, m.province, m.office, m.is_passed_on, m.taker_id, m.taken_for, m.taken_at),
    *(m.asked_at, m.touched_at, m.waiting_since, m.due_at, m.times_late, m.line_until, m.ended_at),
)
MATTERS = select(*ROW)
ROW_ID: BindParameter[int] = bindparam("row_id")
NOW = bindparam("now", type_=m.asked_at.type)
ITS_ROW = m.id == ROW_ID

BEGIN = MATTER.insert().returning(m.id)
FIND = MATTERS.where(ITS_ROW)
LOCK = FIND.with_for_update()
OPEN_OF = MATTERS.where(m.person_id == bindparam("of_person"), m.ended_at.is_(None)).order_by(m.id.desc()).limit(1)
OF_PERSON = MATTERS.where(m.person_id == bindparam("of_person")).order_by(m.id)
AT_OFFICES = or_(
    m.office.in_(bindparam("places", expanding=True)),
    m.is_passed_on & m.province.in_(bindparam("places", expanding=True)),
)
WAITING = (m.ended_at.is_(None), m.waiting_since.is_not(None), m.person_id != bindparam("not_of"))
WAITING_AT = MATTERS.where(AT_OFFICES, *WAITING).order_by(m.waiting_since, m.id)
COUNT_WAITING = select(func.count()).where(AT_OFFICES, *WAITING)
ADD_WORD = MATTER_WORD.insert().returning(w.id)
WORDS = (
    select(w.id, w.at, w.by_person, w.office, w.text, w.along).where(w.matter_id == bindparam("row_id")).order_by(w.id)
)
ASKED = (
    MATTER.update()
    .where(ITS_ROW)
    .values(
        waiting_since=func.coalesce(m.waiting_since, NOW),
        due_at=func.coalesce(m.due_at, bindparam("new_due_at", type_=m.due_at.type)),
        touched_at=NOW,
    )
)
ANSWERED = (
    MATTER.update().where(ITS_ROW).values(waiting_since=None, due_at=None, times_late=0, touched_at=NOW, taken_at=NOW)
)
STILL_WAIT = MATTER.update().where(ITS_ROW).values(waiting_since=bindparam("since"), due_at=bindparam("new_due_at"))
TAKE = (
    MATTER.update()
    .where(ITS_ROW)
    .values(taker_id=bindparam("new_taker"), taken_for=bindparam("new_office"), taken_at=NOW)
)
OPEN_LINE = MATTER.update().where(ITS_ROW).values(line_until=bindparam("until"))
END = MATTER.update().where(ITS_ROW).values(ended_at=NOW, waiting_since=None, due_at=None, line_until=None)
RELEASE = (
    MATTER.update().where(m.taker_id == bindparam("of_person")).values(taker_id=None, taken_for=None, line_until=None)
)
DROP_WORDS = MATTER_WORD.delete().where(w.matter_id == ROW_ID)
DROP = MATTER.delete().where(ITS_ROW)

LIST = "questions"  # the officials' talk whose facts hold what was asked
ITS_OFFICIALS = (m.id == ROW_ID, GRANT.c.place_id.in_((m.office, m.province)))
FORGET_LISTS = PROGRESS.delete().where(
    PROGRESS.c.conversation == LIST, exists().where(*ITS_OFFICIALS, GRANT.c.person_id == PROGRESS.c.person_id)
)
FORGET_READ = (
    OUTBOX.update()
    .where(
        OUTBOX.c.done_at.is_not(None),
        exists().where(
            *ITS_OFFICIALS,
            CHAT.c.person_id == GRANT.c.person_id,
            OUTBOX.c.chat_id == CHAT.c.id,
            OUTBOX.c.created_at.between(m.asked_at, func.coalesce(m.ended_at, OUTBOX.c.created_at)),
        ),
    )
    .values(body=ERASED)
)
# ":" and ";" stand side by side, so these are the keys that begin so.
FORGET_TOLD = (
    OUTBOX.update()
    .where(OUTBOX.c.once_key >= bindparam("first_key"), OUTBOX.c.once_key < bindparam("end_of_keys"))
    .values(body=ERASED)
)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something a person asked an office."""

    id: int
    person_id: int
    commune: str | None
    province: str
    office: str
    is_passed_on: bool
    taker_id: int | None
    taken_for: str | None
    taken_at: datetime | None
    asked_at: datetime
    touched_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None
    times_late: int
    line_until: datetime | None
    ended_at: datetime | None

    @property
    def offices(self) -> tuple[str, ...]:
        """The places whose officials may read and answer it."""
        return (self.office, self.province) if self.is_passed_on else (self.office,)

    @property
    def speaks_for(self) -> str:
        """The office in whose name it is answered, as far as somebody took it."""
        return self.taken_for or self.office


@dataclass(frozen=True, slots=True)
class Word:
    """What one side said."""

    id: int
    at: datetime
    by_person: int
    office: str | None  # in whose name; None: the person who asked
    text: str
    along: str


def begin(db: Connection, person_id: int, commune: str | None, province: str, office: str, now: datetime) -> Matter:
    """Begin a matter with an office; nothing is said yet."""
    row = {"person_id": person_id, "commune": commune, "province": province, "office": office}
    rest = {"asked_at": now, "touched_at": now, "is_passed_on": False, "times_late": 0}
    found = find(db, int(db.execute(BEGIN, row | rest).scalar_one()))
    assert found
    return found


def find(db: Connection, matter_id: int) -> Matter | None:
    """The matter with this id, whosever it is: the caller checks who may see it."""
    return _first(db, FIND, {"row_id": matter_id})


def lock(db: Connection, matter_id: int) -> Matter | None:
    """The same, as the last change left it; nobody else changes it until this transaction ends."""
    return _first(db, LOCK, {"row_id": matter_id})


def open_of(db: Connection, person_id: int) -> Matter | None:
    """What the person has asked and is not done with yet."""
    return _first(db, OPEN_OF, {"of_person": person_id})


def of_person(db: Connection, person_id: int) -> list[Matter]:
    """Everything the person has asked, the oldest first."""
    return read_all(db.execute(OF_PERSON, {"of_person": person_id}).all())


def waiting_at(db: Connection, places: Sequence[str], not_of: int) -> list[Matter]:
    """What waits for an answer at these offices, the longest first; nobody answers what they asked themselves."""
    return read_all(db.execute(WAITING_AT, {"places": places, "not_of": not_of}).all())


def count_waiting(db: Connection, places: Sequence[str], not_of: int) -> int:
    """How many those are."""
    return int(db.execute(COUNT_WAITING, {"places": places, "not_of": not_of}).scalar_one())


def words(db: Connection, matter_id: int) -> list[Word]:
    """What was said, the oldest first."""
    return [Word(*row) for row in db.execute(WORDS, {"row_id": matter_id})]


def ask(db: Connection, matter_id: int, person_id: int, text: str, along: str, now: datetime, due_at: datetime) -> int:
    """Keep what the person said; returns its number. The office owes an answer by `due_at`, or when it did already."""
    word_id = _say(db, matter_id, person_id, None, text, along, now)
    db.execute(ASKED, {"row_id": matter_id, "now": now, "new_due_at": due_at})
    return word_id


def answer(db: Connection, matter_id: int, person_id: int, office: str, text: str, now: datetime) -> int:
    """Keep what an official said in the name of an office, which owes nothing more; returns its number."""
    word_id = _say(db, matter_id, person_id, office, text, "", now)
    settle(db, matter_id, now)
    return word_id


def still_wait(db: Connection, matter_id: int, since: datetime, due_at: datetime) -> None:
    """Have the office owe an answer all the same, to what was said since a moment."""
    db.execute(STILL_WAIT, {"row_id": matter_id, "since": since, "new_due_at": due_at})


def settle(db: Connection, matter_id: int, now: datetime) -> None:
    """Have the office owe nothing more."""
    db.execute(ANSWERED, {"row_id": matter_id, "now": now})


def take(db: Connection, matter_id: int, person_id: int, office: str, now: datetime) -> None:
    """Let one official have the matter, who speaks in the name of an office."""
    db.execute(TAKE, {"row_id": matter_id, "new_taker": person_id, "new_office": office, "now": now})


def leave(db: Connection, matter_id: int, now: datetime) -> None:
    """Let nobody in particular have the matter any more."""
    db.execute(TAKE, {"row_id": matter_id, "new_taker": None, "new_office": None, "now": now})


def keep_line(db: Connection, matter_id: int, until: datetime | None) -> None:
    """Have the words of both sides go straight over until a moment; None: no more."""
    db.execute(OPEN_LINE, {"row_id": matter_id, "until": until})


def end(db: Connection, matter_id: int, now: datetime) -> None:
    """Be done with a matter."""
    db.execute(END, {"row_id": matter_id, "now": now})


def once_key(matter_id: int, what: str) -> str:
    """What keeps a message about a matter from being put twice, and finds it again when the matter is deleted."""
    return f"matter:{matter_id}:{what}"


def drop(db: Connection, matter_id: int) -> None:
    """Delete a matter with all that was said, and what anybody was told of it.

    Which of the replies to its officials showed it nobody wrote down, so all of them since it was begun go.
    """
    lock(db, matter_id)  # else a word that an official is just adding would be left behind
    key = once_key(matter_id, "")
    db.execute(FORGET_TOLD, {"first_key": key, "end_of_keys": f"{key[:-1]};"})
    for statement in (FORGET_LISTS, FORGET_READ, DROP_WORDS, DROP):
        db.execute(statement, {"row_id": matter_id})


def release(db: Connection, person_id: int) -> None:
    """Let an official have no matter any more."""
    db.execute(RELEASE, {"of_person": person_id})


def _say(
    db: Connection, matter_id: int, person_id: int, office: str | None, text: str, along: str, now: datetime
) -> int:
    row = {"matter_id": matter_id, "at": now, "by_person": person_id, "office": office}
    return int(db.execute(ADD_WORD, row | {"text": text, "along": along}).scalar_one())


def _first(db: Connection, statement: Select[*tuple[Any, ...]], parameters: dict[str, object]) -> Matter | None:
    row = db.execute(statement, parameters).first()
    return Matter(*row) if row else None


def read_all(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Matter]:
    """The matters in rows of ROW."""
    return [Matter(*row) for row in rows]
