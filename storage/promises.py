"""What has become of matters by now: promises not kept, lines that nobody uses, what is over.

Nothing here knows a clock: the moment is given.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.matters import ITS_ROW, MATTERS, NOW, Matter, m, read_all
from storage.tables import MATTER

# Several processes look at the clock: a matter that one of them has in hand is not for another.
DUE = (
    MATTERS.where(m.ended_at.is_(None), m.due_at <= NOW, m.line_until.is_(None))
    .order_by(m.due_at, m.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
SILENT = (
    MATTERS.where(m.ended_at.is_(None), m.line_until <= NOW)
    .order_by(m.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
LATE = (
    MATTER.update()
    .where(ITS_ROW)
    .values(
        times_late=m.times_late + 1,
        due_at=bindparam("new_due_at"),
        is_passed_on=bindparam("passed_on"),
        taker_id=None,
        taken_for=None,
    )
)
END_IDLE = (
    MATTER.update()
    .where(m.ended_at.is_(None), m.waiting_since.is_(None), m.line_until.is_(None), m.touched_at < bindparam("before"))
    .values(ended_at=NOW)
)
OF_OLD = select(m.id).where(m.ended_at < bindparam("before")).order_by(m.id).limit(bindparam("at_most"))


def due(db: Connection, now: datetime, limit: int) -> list[Matter]:
    """Those for which an answer was promised by now; ours alone until this transaction ends."""
    return read_all(db.execute(DUE, {"now": now, "at_most": limit}).all())


def silent(db: Connection, now: datetime, limit: int) -> list[Matter]:
    """Those whose line nobody has used for too long; ours alone until this transaction ends."""
    return read_all(db.execute(SILENT, {"now": now, "at_most": limit}).all())


def old(db: Connection, before: datetime, limit: int) -> list[int]:
    """Those that ended before a moment, by id."""
    return list(db.execute(OF_OLD, {"before": before, "at_most": limit}).scalars())


def late(db: Connection, matter_id: int, due_at: datetime | None, *, is_passed_on: bool) -> None:
    """Count a promise that was not kept; the next moment to look at it, if any, is `due_at`. Nobody has it any more."""
    db.execute(LATE, {"row_id": matter_id, "new_due_at": due_at, "passed_on": is_passed_on})


def end_idle(db: Connection, before: datetime, now: datetime) -> int:
    """End what was answered, and of which nothing was heard since a moment; how many those were."""
    return db.execute(END_IDLE, {"before": before, "now": now}).rowcount
