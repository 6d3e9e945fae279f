"""Applications as an office sees them: those of a commune, the numbers of a province, and what was recorded of each."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, or_, select

from storage import consents, erased_dossiers
from storage.helps import UNSIGNED
from storage.tables import APPLICATION, APPLICATION_EVENT, CHAT, CONSENT, GRANT, OUTBOX, PRODUCER, PROGRESS
from talk.progress import Progress

a = APPLICATION.c
e = APPLICATION_EVENT.c

# Kinds of events after which the office has the paper.
HANDED_IN = ("received", "forwarded", "recognised", "not_recognised")
UNRELEASED = "unreleased"  # the kind of bad news that waits for a second official; nothing of it reaches the producer
AGREES = exists().where(
    CONSENT.c.person_id == a.person_id, CONSENT.c.purpose == consents.DRAFTING, CONSENT.c.withdrawn_at.is_(None)
)
its = APPLICATION_EVENT.alias()
IS_HANDED_IN = exists().where(its.c.application_id == a.id, its.c.kind.in_(HANDED_IN))
# Who takes the consent back takes the draft from the offices, except that one has the paper in its hands.
IS_SEEN = (a.state.not_in(("draft", UNSIGNED)), or_(AGREES, IS_HANDED_IN))
ROW = (
    *(a.id, a.code, a.state, a.product, a.commune, a.person_id, a.progress_id),
    *(a.case, a.product_set, a.confirmed_at, a.claims),
)
DOSSIERS = (
    select(*ROW, func.coalesce(PRODUCER.c.name, ""), AGREES)
    .select_from(APPLICATION.outerjoin(PRODUCER, a.producer_id == PRODUCER.c.id))
    .where(*IS_SEEN)
)
FIND = DOSSIERS.where(a.id == bindparam("row_id"))
OF_COMMUNE = DOSSIERS.where(a.commune == bindparam("of_commune")).order_by(a.confirmed_at, a.id)
LOCK = select(a.id).where(a.id == bindparam("row_id")).with_for_update()
HELD_BACK = select(a.id, a.code, a.commune, a.person_id, a.confirmed_at).where(a.state == UNSIGNED, AGREES)
FIND_HELD_BACK = HELD_BACK.where(a.id == bindparam("row_id"))
HELD_BACK_OF_COMMUNE = HELD_BACK.where(a.commune == bindparam("of_commune")).order_by(a.id)
COUNTS = (
    select(a.commune, a.state, func.count())
    .where(a.province == bindparam("of_province"), a.commune.is_not(None), *IS_SEEN)
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
HAS_PAPER = select(e.id).where(e.application_id == bindparam("row_id"), e.kind.in_(HANDED_IN)).limit(1)
ADD_EVENT = APPLICATION_EVENT.insert().returning(e.id)
LIST = "dossiers"  # the officials' talk whose facts name producers and products
ERASED_SINCE = "erased_since"  # the fact of a list that something was deleted from while it lay open
ERASED = '{"text":"Tin này đã xóa.","choices":[],"wants":""}'
ITS_OFFICES = (a.id == bindparam("row_id"), GRANT.c.place_id.in_((a.commune, a.province)))
# The talk stays open, so that whoever was looking is told at their next word.
FORGET_LISTS = (
    PROGRESS.update()
    .where(PROGRESS.c.conversation == LIST, exists().where(*ITS_OFFICES, GRANT.c.person_id == PROGRESS.c.person_id))
    .values(body=Progress("", facts={ERASED_SINCE: True}).dumps())
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
NAMED = select(a.code, a.commune).where(a.id == bindparam("row_id"), a.code.is_not(None), a.commune.is_not(None))
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
    is_open: bool  # False: its producer took the consent back, and only what the office has on paper is shown


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An application that a helper finished and its producer has yet to confirm: an office sees its code only."""

    id: int
    code: str
    commune: str
    person_id: int
    finished_at: datetime


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
    """The application with this id as offices see it, whosever it is: the caller checks who may."""
    row = db.execute(FIND, {"row_id": application_id}).first()
    return _dossier(row) if row else None


def lock(db: Connection, application_id: int) -> Dossier | None:
    """The same, as the last change left it; nobody else changes it until this transaction ends.

    Lock the person whose application it is first: that is the order in which a producer's own turn takes them.
    """
    db.execute(LOCK, {"row_id": application_id}).first()
    return find(db, application_id)


def of_commune(db: Connection, commune: str) -> list[Dossier]:
    """Every application of a commune that its office sees, the one that waits longest first."""
    return [_dossier(row) for row in db.execute(OF_COMMUNE, {"of_commune": commune})]


def held_back(db: Connection, application_id: int) -> HeldBack | None:
    """The unsigned application with this id."""
    row = db.execute(FIND_HELD_BACK, {"row_id": application_id}).first()
    return HeldBack(*row) if row else None


def held_back_of_commune(db: Connection, commune: str) -> list[HeldBack]:
    """Every unsigned application of a commune, the oldest first."""
    return [HeldBack(*row) for row in db.execute(HELD_BACK_OF_COMMUNE, {"of_commune": commune})]


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


def is_handed_in(db: Connection, application_id: int) -> bool:
    """Whether an office has recorded that it has the paper."""
    return db.execute(HAS_PAPER, {"row_id": application_id}).first() is not None


def record(
    db: Connection,
    application_id: int,
    kind: str,
    details: Mapping[str, Any],
    by_person: int,
    place_id: str | None,
    now: datetime,
) -> Event:
    """Keep what an office did; the application's state follows, unless it is not released yet.

    The caller has locked it and checks who may.
    """
    row = {"application_id": application_id, "kind": kind, "at": now, "by_person": by_person, "place_id": place_id}
    body = json.dumps(details, ensure_ascii=False)
    event_id = int(db.execute(ADD_EVENT, row | {"details": body}).scalar_one())
    if kind != UNRELEASED:
        db.execute(FOLLOW, {"row_id": application_id, "new_state": kind})
    return Event(event_id, application_id, kind, now, by_person, place_id, details)


def take_away(db: Connection, application_id: int, now: datetime) -> None:
    """Wipe what officials were shown of an application that is about to be deleted: their lists, and what they read.

    Which messages told of it nobody wrote down, so all that its offices were told since it was begun go. Of one whose
    paper an office has a line stays, with neither its product nor whose it was.
    """
    its = db.execute(NAMED, {"row_id": application_id}).first()
    papers = [event for event in events(db, application_id) if event.kind in HANDED_IN and "day" in event.details]
    if papers and its:
        code, commune = its
        erased_dossiers.add(db, code, commune, date.fromisoformat(papers[0].details["day"]), now)
    for statement in (FORGET_LISTS, FORGET_TOLD):
        db.execute(statement, {"row_id": application_id})


def _dossier(row: Row[*tuple[Any, ...]]) -> Dossier:
    return Dossier(*row)


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    id, application_id, kind, at, by_person, place_id, details = row
    return Event(id, application_id, kind, at, by_person, place_id, json.loads(details))
