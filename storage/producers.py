"""Producers, and which people act for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.tables import MEMBERSHIP, PRODUCER

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
