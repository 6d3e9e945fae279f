"""Drafts that somebody fills in for a producer: held back from every office until the producer confirms or has signed.

A helper proposes, a producer confirms. Until then the application is the helper's, and its state "unsigned". Confirmed
from the producer's own phone it becomes the producer's, with a draft of their own; the helper's stays as a copy, whose
corrections are proposals again. Signed on paper it stays with the helper, who hears of it for the producer.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, case, select

from storage import progress
from storage.tables import APPLICATION, APPLICATION_VERSION, HELP, MEMBERSHIP

UNSIGNED = "unsigned"

h = HELP.c
a = APPLICATION.c
m = MEMBERSHIP.c

ADD = HELP.insert()
ROW = select(h.application_id, h.progress_id, h.helper_id, h.name, h.agreed_at, h.confirmed_at)
OF_APPLICATION = ROW.where(h.application_id == bindparam("row_id"))
OF_PROGRESS = ROW.where(h.progress_id == bindparam("row_id"))
OF_HELPER = ROW.where(h.helper_id == bindparam("row_id")).order_by(h.application_id)
FOR_PRODUCER = (
    ROW.select_from(HELP.join(APPLICATION, a.id == h.application_id))
    .where(a.person_id == bindparam("row_id"), h.helper_id != a.person_id)
    .order_by(h.application_id)
)
HOLD_BACK = APPLICATION.update().where(a.id == bindparam("row_id"), a.state == "confirmed").values(state=UNSIGNED)
AS_HELPER = (
    MEMBERSHIP.update()
    .where(
        m.person_id == bindparam("of_person"),
        m.producer_id == select(a.producer_id).where(a.id == bindparam("row_id")).scalar_subquery(),
    )
    .values(right="helper")
)
SIGN = APPLICATION.update().where(a.id == bindparam("row_id"), a.state == UNSIGNED).values(state="confirmed")
DROP_VERSIONS = APPLICATION_VERSION.delete().where(
    APPLICATION_VERSION.c.application_id.in_(select(a.id).where(a.id == bindparam("row_id"), a.state == UNSIGNED))
)
HAND_OVER = (
    APPLICATION.update()
    .where(a.id == bindparam("row_id"))
    .values(
        person_id=bindparam("new_person"),
        progress_id=bindparam("new_progress"),
        state=case((a.state == UNSIGNED, "draft"), else_=a.state),
    )
)
# A helper who finishes, a producer who confirms and an official who has the paper wait for each other here.
LOCK = select(a.id).where(a.id == bindparam("row_id")).with_for_update()
CONFIRM = HELP.update().where(h.application_id == bindparam("row_id")).values(confirmed_at=bindparam("now"))
END = HELP.delete().where(h.application_id == bindparam("row_id")).returning(h.progress_id)


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody fills in an application for its producer."""

    application_id: int
    progress_id: int  # the helper's own draft
    helper_id: int
    name: str  # as the helper wishes to be called before the producer and the office
    agreed_at: datetime  # when the helper said that the producer had agreed to it
    confirmed_at: datetime | None  # when the producer confirmed from their own phone last; None: never


def begin(
    db: Connection, application_id: int, progress_id: int, helper_id: int, name: str, agreed_at: datetime
) -> None:
    """Remember who fills this application in, and since when the producer is said to have agreed."""
    row = {"application_id": application_id, "progress_id": progress_id, "helper_id": helper_id}
    db.execute(ADD, row | {"name": name, "agreed_at": agreed_at})


def hold_back(db: Connection, application_id: int, helper_id: int) -> None:
    """What the helper has just finished is not confirmed by its producer: no office sees it."""
    db.execute(HOLD_BACK, {"row_id": application_id})
    db.execute(AS_HELPER, {"row_id": application_id, "of_person": helper_id})


def sign(db: Connection, application_id: int) -> None:
    """An official has the paper with the producer's signature; the caller has locked the application."""
    db.execute(SIGN, {"row_id": application_id})


def hand_over(db: Connection, application_id: int, person_id: int, progress_id: int) -> None:
    """Make an unsigned application its producer's, with a draft of their own, to be confirmed as any other.

    What the helper finished was no version that the producer confirmed, so it goes.
    """
    db.execute(DROP_VERSIONS, {"row_id": application_id})
    db.execute(HAND_OVER, {"row_id": application_id, "new_person": person_id, "new_progress": progress_id})


def confirm(db: Connection, application_id: int, now: datetime) -> None:
    """Remember that the producer confirmed from their own phone."""
    db.execute(CONFIRM, {"row_id": application_id, "now": now})


def end(db: Connection, application_id: int) -> None:
    """The helper helps no more: the right goes, and the helper's own copy of the answers."""
    progress_id = db.execute(END, {"row_id": application_id}).scalar()
    if progress_id is not None:
        progress.drop(db, progress_id)


def lock(db: Connection, application_id: int) -> None:
    """Keep everybody else off an application until this transaction ends; what was read of it before may be old."""
    db.execute(LOCK, {"row_id": application_id})


def of_application(db: Connection, application_id: int) -> Help | None:
    """Who helps with an application."""
    return _first(db, OF_APPLICATION, application_id)


def of_progress(db: Connection, progress_id: int) -> Help | None:
    """The help that a helper's draft is for, once it has been finished."""
    return _first(db, OF_PROGRESS, progress_id)


def of_helper(db: Connection, person_id: int) -> list[Help]:
    """Everything a person helps with."""
    return [Help(*row) for row in db.execute(OF_HELPER, {"row_id": person_id})]


def for_producer(db: Connection, person_id: int) -> list[Help]:
    """Whoever helps with applications that are this person's."""
    return [Help(*row) for row in db.execute(FOR_PRODUCER, {"row_id": person_id})]


def _first(
    db: Connection, statement: Select[int, int, int, str, datetime, datetime | None], row_id: int
) -> Help | None:
    row = db.execute(statement, {"row_id": row_id}).first()
    return Help(*row) if row else None
