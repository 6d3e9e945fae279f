"""Applications: one product put forward, drafted with the bot and confirmed by its producer, a version each time."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, case, func, insert, select

from storage import dossiers, erased_dossiers, helps, recognitions
from storage.once import InsertOnce
from storage.tables import APPLICATION, APPLICATION_EVENT, APPLICATION_VERSION

c = APPLICATION.c
v = APPLICATION_VERSION.c

BEGIN = InsertOnce(APPLICATION, ["code"], returning=c.id)
FIND = select(APPLICATION).where(c.id == bindparam("row_id"))
BY_CODE = select(APPLICATION).where(c.code == bindparam("code"))
OF_PERSON = select(APPLICATION).where(c.person_id == bindparam("person_id")).order_by(c.id.desc())
OF_PROGRESS = select(APPLICATION).where(c.progress_id == bindparam("progress_id"))
# Locked first, so that two confirmations at once become two versions.
LOCK = select(c.id).where(c.id == bindparam("row_id")).with_for_update()
LATEST_NUMBER = select(func.max(v.number)).where(v.application_id == bindparam("row_id"))
ADD_VERSION = insert(APPLICATION_VERSION)
# What an office recorded stays: a corrected paper is still one that was handed in.
CONFIRM = (
    APPLICATION.update()
    .where(c.id == bindparam("row_id"))
    .values(state=case((c.state == "draft", "confirmed"), else_=c.state))
)
DROP_VERSIONS = APPLICATION_VERSION.delete().where(v.application_id == bindparam("row_id"))
DROP_EVENTS = APPLICATION_EVENT.delete().where(APPLICATION_EVENT.c.application_id == bindparam("row_id"))
DROP = APPLICATION.delete().where(c.id == bindparam("row_id"))
OF_ALL = (
    select(c.code, v.number, v.body, v.confirmed_at)
    .select_from(APPLICATION.join(APPLICATION_VERSION, v.application_id == c.id))
    .where(c.person_id == bindparam("person_id"))
    .order_by(c.id, v.number)
)
BODY = select(v.body).where(v.application_id == bindparam("row_id")).order_by(v.number.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Details:
    """What an application says about itself in lists: officials see where it belongs without opening it."""

    case: str  # "first" | "upgrade" | "again"
    product: str
    product_set: str
    province: str | None = None
    commune: str | None = None
    producer_id: int | None = None
    round_id: str | None = None
    claims: str | None = None  # the product of the catalogue that this is said to be


@dataclass(frozen=True, slots=True)
class Version:
    """What a producer confirmed once."""

    code: str | None
    number: int
    body: str  # the answers as JSON, by question
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """An application without its answers."""

    id: int
    code: str | None
    person_id: int
    progress_id: int | None
    state: str
    created_at: datetime
    confirmed_at: datetime | None  # when it was confirmed last
    details: Details


def begin(
    db: Connection, person_id: int, code: str, details: Details, now: datetime, progress_id: int | None = None
) -> int | None:
    """Begin a draft under a code; None when another application has or had it: come again with a new one."""
    if erased_dossiers.by_code(db, code):
        return None
    row = asdict(details) | {"person_id": person_id, "code": code, "progress_id": progress_id}
    return db.execute(BEGIN.on(db), row | {"state": "draft", "created_at": now}).scalar()


def confirm(db: Connection, application_id: int, details: Details, body: str, person_id: int, now: datetime) -> int:
    """Keep what the producer has just confirmed as a new version, and return its number: 1, 2, ...

    Earlier versions stay as they were; `details` become those of this version.
    """
    db.execute(LOCK, {"row_id": application_id}).one()
    number = int(db.execute(LATEST_NUMBER, {"row_id": application_id}).scalar() or 0) + 1
    version = {"application_id": application_id, "number": number, "body": body}
    db.execute(ADD_VERSION, version | {"confirmed_by": person_id, "confirmed_at": now})
    db.execute(CONFIRM, asdict(details) | {"row_id": application_id, "confirmed_at": now})
    return number


def drop(db: Connection, application_id: int, now: datetime) -> None:
    """Delete an application with every version of it, and all that was recorded of it."""
    helps.end(db, application_id)
    dossiers.take_away(db, application_id, now)
    recognitions.let_go(db, application_id)
    db.execute(DROP_EVENTS, {"row_id": application_id})
    db.execute(DROP_VERSIONS, {"row_id": application_id})
    db.execute(DROP, {"row_id": application_id})


def latest_version(db: Connection, application_id: int) -> str | None:
    """The answers as confirmed last, None for a draft never confirmed."""
    return db.execute(BODY, {"row_id": application_id}).scalar()


def versions_of_person(db: Connection, person_id: int) -> list[Version]:
    """Every version of every application the person has begun, the oldest first."""
    return [Version(*row) for row in db.execute(OF_ALL, {"person_id": person_id})]


def find(db: Connection, application_id: int) -> Summary | None:
    """The application with this id, whosever it is: the caller checks who may see it."""
    return _first(db, FIND, {"row_id": application_id})


def by_code(db: Connection, code: str) -> Summary | None:
    """The application with this code, whosever it is: the caller checks who may see it."""
    return _first(db, BY_CODE, {"code": code})


def of_progress(db: Connection, progress_id: int) -> Summary | None:
    """The application that came out of a progress: confirmed again, it gets a version, not a twin."""
    return _first(db, OF_PROGRESS, {"progress_id": progress_id})


def of_person(db: Connection, person_id: int) -> list[Summary]:
    """Every application the person has begun, newest first."""
    return [_summary(row) for row in db.execute(OF_PERSON, {"person_id": person_id})]


def _first(db: Connection, statement: Select[*tuple[Any, ...]], parameters: dict[str, object]) -> Summary | None:
    row = db.execute(statement, parameters).first()
    return _summary(row) if row else None


def _summary(row: Row[*tuple[Any, ...]]) -> Summary:
    return Summary(
        id=row.id,
        code=row.code,
        person_id=row.person_id,
        progress_id=row.progress_id,
        state=row.state,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        details=Details(
            case=row.case,
            product=row.product,
            product_set=row.product_set,
            province=row.province,
            commune=row.commune,
            producer_id=row.producer_id,
            round_id=row.round_id,
            claims=row.claims,
        ),
    )
