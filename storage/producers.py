"""Producers, and which people act for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Delete, bindparam, exists, select

from storage.tables import APPLICATION, MEMBERSHIP, PRODUCER

ADD = PRODUCER.insert().returning(PRODUCER.c.id)
ADD_MEMBER = MEMBERSHIP.insert()
CORRECT = (
    PRODUCER.update()
    .where(PRODUCER.c.id == bindparam("row_id"))
    .values(name=bindparam("new_name"), kind=bindparam("new_kind"), place_id=bindparam("new_place_id"))
)
OF_PERSON = (
    select(PRODUCER.c.id, PRODUCER.c.name, PRODUCER.c.kind, PRODUCER.c.place_id, MEMBERSHIP.c.right)
    .select_from(PRODUCER.join(MEMBERSHIP, MEMBERSHIP.c.producer_id == PRODUCER.c.id))
    .where(MEMBERSHIP.c.person_id == bindparam("person_id"))
    .order_by(PRODUCER.c.id.desc())
)
MINE = select(MEMBERSHIP.c.producer_id).where(MEMBERSHIP.c.person_id == bindparam("person_id"))
LEAVE = MEMBERSHIP.delete().where(
    MEMBERSHIP.c.person_id == bindparam("person_id"), MEMBERSHIP.c.producer_id == bindparam("producer_id")
)
HAS_APPLICATIONS = exists().where(APPLICATION.c.producer_id == bindparam("producer_id"))
HAS_MEMBERS = exists().where(MEMBERSHIP.c.producer_id == bindparam("producer_id"))
LEAVE_UNUSED = LEAVE.where(~HAS_APPLICATIONS)
DROP_UNUSED = PRODUCER.delete().where(PRODUCER.c.id == bindparam("producer_id"), ~HAS_APPLICATIONS, ~HAS_MEMBERS)


@dataclass(frozen=True, slots=True)
class ActsFor:
    """A producer, and what the person who asked may do in its name."""

    id: int
    name: str
    kind: str
    place_id: str | None
    right: str


def add(db: Connection, name: str, kind: str, place_id: str | None, owner_id: int, now: datetime) -> int:
    """Add a producer with the person who speaks for it as its owner; returns its id."""
    row = {"name": name, "kind": kind, "place_id": place_id, "created_at": now}
    producer_id = int(db.execute(ADD, row).scalar_one())
    db.execute(ADD_MEMBER, {"person_id": owner_id, "producer_id": producer_id, "right": "owner"})
    return producer_id


def correct(db: Connection, producer_id: int, name: str, kind: str, place_id: str | None) -> None:
    """Set right what is known of a producer; the caller checks that the person may."""
    db.execute(CORRECT, {"row_id": producer_id, "new_name": name, "new_kind": kind, "new_place_id": place_id})


def of_person(db: Connection, person_id: int) -> list[ActsFor]:
    """The producers the person acts for, newest first."""
    return [ActsFor(*row) for row in db.execute(OF_PERSON, {"person_id": person_id})]


def leave(db: Connection, person_id: int) -> None:
    """Have the person act for no producer any more; one that nobody acts for and nobody applied as is forgotten."""
    _leave(db, person_id, LEAVE)


def leave_unused(db: Connection, person_id: int) -> None:
    """The same, for those producers only as which nobody has applied."""
    _leave(db, person_id, LEAVE_UNUSED)


def _leave(db: Connection, person_id: int, statement: Delete) -> None:
    for producer_id in db.execute(MINE, {"person_id": person_id}).scalars().all():
        db.execute(statement, {"person_id": person_id, "producer_id": producer_id})
        db.execute(DROP_UNUSED, {"producer_id": producer_id})
