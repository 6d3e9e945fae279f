"""Applications as an office sees them: those of a commune, the numbers of a province, and what was recorded of each."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, select

from storage.tables import APPLICATION, APPLICATION_EVENT, CHAT, GRANT, OUTBOX, PRODUCER, PROGRESS

a = APPLICATION.c
e = APPLICATION_EVENT.c

ROW = (
    *(a.id, a.code, a.state, a.product, a.commune, a.person_id, a.progress_id),
    *(a.case, a.product_set, a.confirmed_at, a.claims),
)
DOSSIERS = (
    select(*ROW, func.coalesce(PRODUCER.c.name, ""))
    .select_from(APPLICATION.outerjoin(PRODUCER, a.producer_id == PRODUCER.c.id))
    .where(a.state != "draft")
)
FIND = DOSSIERS.where(a.id == bindparam("row_id"))
OF_COMMUNE = DOSSIERS.where(a.commune == bindparam("of_commune")).order_by(a.confirmed_at, a.id)
LOCK = select(a.id).where(a.id == bindparam("row_id")).with_for_update()
COUNTS = (
    select(a.commune, a.state, func.count())
    .where(a.province == bindparam("of_province"), a.commune.is_not(None), a.state != "draft")
    .group_by(a.commune, a.state)
)
EVENT = (e.id, e.application_id, e.kind, e.at, e.by_person, e.place_id, e.details)
EVENTS = select(*EVENT).where(e.application_id == bindparam("row_id")).order_by(e.id)
EVENTS_OF_COMMUNE = (
    select(*EVENT)
    .select_from(APPLICATION_EVENT.join(APPLICATION, e.application_id == a.id))
    .where(a.commune == bindparam("of_commune"))
    .order_by(e.id)
)
ADD_EVENT = APPLICATION_EVENT.insert().returning(e.id)
LIST = "dossiers"  # the officials' talk whose facts name producers and products
ERASED = '{"text":"Tin này đã xóa.","choices":[],"wants":""}'
ITS_OFFICES = (a.id == bindparam("row_id"), GRANT.c.place_id.in_((a.commune, a.province)))
FORGET_LISTS = PROGRESS.delete().where(
    PROGRESS.c.conversation == LIST, exists().where(*ITS_OFFICES, GRANT.c.person_id == PROGRESS.c.person_id)
)
# The rows stay: how long ago somebody was heard is read from them.
FORGET_TOLD = (
    OUTBOX.update()
    .where(
        OUTBOX.c.done_at.is_not(None),
        exists().where(
            *ITS_OFFICES,
            CHAT.c.person_id == GRANT.c.person_id,
            OUTBOX.c.chat_id == CHAT.c.id,
            OUTBOX.c.created_at >= a.created_at,
        ),
    )
    .values(body=ERASED)
)
FOLLOW = APPLICATION.update().where(a.id == bindparam("row_id")).values(state=bindparam("new_state"))


@dataclass(frozen=True, slots=True)
class Dossier:
    """A confirmed application, as it stands in an office's list."""

    id: int
    code: str
    state: str  # "confirmed", or the kind of the last event
    product: str
    commune: str
    person_id: int
    progress_id: int | None
    case: str
    product_set: str
    confirmed_at: datetime  # when its producer confirmed it last
    claims: str | None  # the product of the catalogue that its producer says this is
    producer: str


@dataclass(frozen=True, slots=True)
class Event:
    """What an official recorded of an application."""

    id: int
    application_id: int
    kind: str
    at: datetime
    by_person: int
    place_id: str | None
    details: Mapping[str, Any]


def find(db: Connection, application_id: int) -> Dossier | None:
    """The confirmed application with this id, whosever it is: the caller checks who may see it."""
    row = db.execute(FIND, {"row_id": application_id}).first()
    return _dossier(row) if row else None


def lock(db: Connection, application_id: int) -> Dossier | None:
    """The same, as the last change left it; nobody else changes it until this transaction ends.

    Lock the person whose application it is first: that is the order in which a producer's own turn takes them.
    """
    db.execute(LOCK, {"row_id": application_id}).first()
    return find(db, application_id)


def of_commune(db: Connection, commune: str) -> list[Dossier]:
    """Every confirmed application of a commune, the one that waits longest first."""
    return [_dossier(row) for row in db.execute(OF_COMMUNE, {"of_commune": commune})]


def counts(db: Connection, province: str) -> dict[str, dict[str, int]]:
    """How many applications of each commune of a province are in which state, without a single name."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for commune, state, count in db.execute(COUNTS, {"of_province": province}):
        found[commune][state] = count
    return dict(found)


def events(db: Connection, application_id: int) -> list[Event]:
    """What was recorded of an application, the oldest first."""
    return [_event(row) for row in db.execute(EVENTS, {"row_id": application_id})]


def events_of_commune(db: Connection, commune: str) -> dict[int, list[Event]]:
    """The same for every application of a commune, by application."""
    found: dict[int, list[Event]] = defaultdict(list)
    for row in db.execute(EVENTS_OF_COMMUNE, {"of_commune": commune}):
        found[row.application_id].append(_event(row))
    return dict(found)


def record(
    db: Connection,
    application_id: int,
    kind: str,
    details: Mapping[str, Any],
    by_person: int,
    place_id: str | None,
    now: datetime,
) -> Event:
    """Keep what an office did; the application's state follows. The caller has locked it and checks who may."""
    row = {"application_id": application_id, "kind": kind, "at": now, "by_person": by_person, "place_id": place_id}
    body = json.dumps(details, ensure_ascii=False)
    event_id = int(db.execute(ADD_EVENT, row | {"details": body}).scalar_one())
    db.execute(FOLLOW, {"row_id": application_id, "new_state": kind})
    return Event(event_id, application_id, kind, now, by_person, place_id, details)


def forget_copies(db: Connection, application_id: int) -> None:
    """Wipe what officials were shown of an application that is about to be deleted: their lists, and what they read.

    Which messages told of it nobody wrote down, so all that its offices were told since it was begun go.
    """
    for statement in (FORGET_LISTS, FORGET_TOLD):
        db.execute(statement, {"row_id": application_id})


def _dossier(row: Row[*tuple[Any, ...]]) -> Dossier:
    return Dossier(*row)


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    id, application_id, kind, at, by_person, place_id, details = row
    return Event(id, application_id, kind, at, by_person, place_id, json.loads(details))
