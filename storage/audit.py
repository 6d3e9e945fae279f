"""Who looked at what, tried what, or was refused: numbers of rows only, so that erasing a person leaves none of it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage.tables import AUDIT

c = AUDIT.c

NOTE = AUDIT.insert().returning(c.id)
DENIED_SINCE = select(func.count(), func.min(c.at)).where(
    c.person_id == bindparam("of_person"), c.act == bindparam("of_act"), c.was_denied, c.at > bindparam("after")
)

DENIED_IN_ALL = select(func.count()).where(c.act == bindparam("of_act"), c.was_denied, c.at > bindparam("after"))


def note(
    db: Connection,
    person_id: int,
    act: str,
    now: datetime,
    *,
    was_denied: bool = False,
    application_id: int | None = None,
    place_id: str | None = None,
    reason: str | None = None,
) -> int:
    """Write down what a person did, or was not let do; returns the row's id."""
    row = {"at": now, "person_id": person_id, "act": act, "was_denied": was_denied, "application_id": application_id}
    return int(db.execute(NOTE, row | {"place_id": place_id, "reason": reason}).scalar_one())


def denied_since(db: Connection, person_id: int, act: str, after: datetime) -> tuple[int, datetime | None]:
    """How often a person was refused something after a moment, and when the first time was."""
    count, first = db.execute(DENIED_SINCE, {"of_person": person_id, "of_act": act, "after": after}).one()
    return count, first


def denied_in_all(db: Connection, act: str, after: datetime) -> int:
    """How often anybody was refused something after a moment."""
    return int(db.execute(DENIED_IN_ALL, {"of_act": act, "after": after}).scalar_one())
