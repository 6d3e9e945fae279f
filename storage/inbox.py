"""Updates that came in: kept before the channel is told so, answered once, then forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.once import InsertOnce
from storage.tables import INBOX

c = INBOX.c

KEEP = InsertOnce(INBOX, ["channel", "bot", "native_id"], returning=c.id)
UNHANDLED = (
    select(c.id, c.address, c.body)
    .where(
        c.channel == bindparam("channel"),
        c.bot == bindparam("bot"),
        c.done_at.is_(None),
        c.id > bindparam("after_id"),
        c.received_at < bindparam("received_before"),
    )
    .order_by(c.id)
    .limit(bindparam("at_most"))
)
IS_NEW = select(c.id).where(c.id == bindparam("row_id"), c.done_at.is_(None)).with_for_update()
END = (
    INBOX.update()
    .where(c.id == bindparam("row_id"), c.done_at.is_(None))
    .values(state=bindparam("new_state"), done_at=bindparam("now"), body=None)
)
# Looks at the oldest rows only, so that it takes as long on a big table as on a small one.
OLDEST = select(c.id).order_by(c.id).limit(bindparam("at_most"))
FORGET = INBOX.delete().where(c.id.in_(OLDEST.scalar_subquery()), c.done_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Kept:
    """An update that is safe with us and not yet answered."""

    id: int
    address: str
    body: str


def keep(db: Connection, channel: str, bot: str, natives: Sequence[tuple[str, str, str]], now: datetime) -> list[Kept]:
    """Keep updates given as (native id, address, body), and return those never seen before, in the order given."""
    insert = KEEP.on(db)
    kept = []
    for native_id, address, body in natives:
        row = {"channel": channel, "bot": bot, "native_id": native_id, "address": address, "body": body}
        new_id = db.execute(insert, row | {"received_at": now, "state": "new"}).scalar()
        if new_id is not None:
            kept.append(Kept(new_id, address, body))
    return kept


def unhandled(
    db: Connection, channel: str, bot: str, received_before: datetime, limit: int, after_id: int = 0
) -> list[Kept]:
    """The oldest updates still without an answer, after a given one: what a crash or a busy moment left behind."""
    rows = db.execute(
        UNHANDLED,
        {
            "channel": channel,
            "bot": bot,
            "received_before": received_before,
            "after_id": after_id,
            "at_most": limit,
        },
    )
    return [Kept(*row) for row in rows]


def is_new(db: Connection, inbox_id: int) -> bool:
    """Whether the update still waits for its answer; until the turn is committed, nobody else is told so."""
    return db.execute(IS_NEW, {"row_id": inbox_id}).scalar() is not None


def done(db: Connection, inbox_id: int, now: datetime) -> bool:
    """Mark an update answered and forget what it said; False when it was answered before, and nothing is left to do."""
    return _end(db, inbox_id, "done", now)


def failed(db: Connection, inbox_id: int, now: datetime) -> bool:
    """Mark an update that cannot be answered and forget what it said; False when it was answered before."""
    return _end(db, inbox_id, "failed", now)


def forget(db: Connection, before: datetime, limit: int = 500) -> int:
    """Delete updates handled before a moment (channels repeat one for a day or so), and return how many.

    At most `limit` go at once, so that turns do not wait for it: come again while it returns some.
    """
    return db.execute(FORGET, {"before": before, "at_most": limit}).rowcount


def _end(db: Connection, inbox_id: int, state: str, now: datetime) -> bool:
    return db.execute(END, {"row_id": inbox_id, "new_state": state, "now": now}).rowcount == 1
