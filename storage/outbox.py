"""Messages on their way out: written by a turn, claimed, sent, and each one's outcome remembered.

    waiting ── claim ──► sending ──► sent | refused | unreachable
       ▲                    │
       ├──── retry ─────────┤
       └── unknown ─────────┴──► unsure           waiting ──► expired

A reply that can go out at once is put there claimed. A claimed row is its claimer's until the lease runs out. Then
nobody knows whether the message went out, which is the same as a network that broke after the request: it is sent once
more, and after too many doubts ends as `unsure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, exists, func, or_, select
from sqlalchemy.sql.dml import ReturningUpdate

from storage.once import InsertOnce
from storage.tables import CHAT, OUTBOX, Lane, OutboxState

c = OUTBOX.c

LANES: tuple[Lane, ...] = ("reply", "file", "reminder", "broadcast")
ASKED_FOR: tuple[Lane, ...] = ("reply", "file")
# A message that waits longer than this for another try no longer holds up the younger ones of its chat.
PATIENCE = timedelta(seconds=30)

# How often nobody may know whether a message arrived. Somebody waits for a reply, and reads one twice rather than
# never; a form that comes twice harms nobody, and is claimed while it is drawn. What nobody asked for is repeated once.
DOUBTS: dict[str, int] = {"reply": 5, "file": 20, "reminder": 2, "broadcast": 2}

WAITING = (c.id, c.chat_id, c.address, c.lane, c.body, c.tries, c.unknowns)

PUT = OUTBOX.insert().returning(c.id)
PUT_ONCE = InsertOnce(OUTBOX, ["once_key"], returning=c.id)

CLAIMABLE = (
    select(c.id)
    .where(
        c.id.in_(bindparam("ids", expanding=True)),
        c.state == "waiting",
        or_(c.not_after.is_(None), c.not_after >= bindparam("now")),
    )
    .with_for_update(skip_locked=True)
)
CLAIM = (
    OUTBOX.update()
    .where(c.id.in_(CLAIMABLE.scalar_subquery()))
    .values(state="sending", lease_until=bindparam("lease"), tries=c.tries + 1)
    .returning(c.id)
)
RENEW = (
    OUTBOX.update()
    .where(c.id.in_(bindparam("ids", expanding=True)), c.state == "sending")
    .values(lease_until=bindparam("lease"))
)
SENT = (
    OUTBOX.update()
    .where(c.id == bindparam("row_id"))
    .values(state="sent", native_id=bindparam("new_native_id"), done_at=bindparam("now"), lease_until=None)
)
RETRY = (
    OUTBOX.update()
    .where(c.id == bindparam("row_id"), c.state == "sending")
    .values(state="waiting", due_at=bindparam("new_due_at"), why=bindparam("new_why"), lease_until=None)
)
END = (
    OUTBOX.update()
    .where(c.id == bindparam("row_id"), c.done_at.is_(None))
    .values(state=bindparam("new_state"), why=bindparam("new_why"), done_at=bindparam("now"), lease_until=None)
)
EXPIRE = (
    OUTBOX.update()
    .where(c.id.in_(bindparam("ids", expanding=True)), c.state == "waiting")
    .values(state="expired", done_at=bindparam("now"))
)

OLDER = OUTBOX.alias("older")
HAS_AN_OLDER_ONE_BEFORE_IT = exists().where(
    OLDER.c.chat_id == c.chat_id,
    OLDER.c.lane == c.lane,
    OLDER.c.id < c.id,
    OLDER.c.done_at.is_(None),
    # An older one that is due earlier stands earlier in the same list; what matters is one that is not in it.
    or_(OLDER.c.state == "sending", (OLDER.c.due_at > c.due_at) & (OLDER.c.due_at <= bindparam("patience_ends"))),
)
DUE = (
    select(*WAITING, c.not_after)
    .where(
        c.channel == bindparam("channel"),
        c.bot == bindparam("bot"),
        c.lane == bindparam("lane"),
        c.due_at <= bindparam("now"),
        c.done_at.is_(None),
        c.state == "waiting",
        ~HAS_AN_OLDER_ONE_BEFORE_IT,
    )
    .order_by(c.due_at, c.id)
    .limit(bindparam("at_most"))
)
# A waiting message is not shown yet: a page that has seen a younger one would never ask for it again.
SHOWN = (
    select(c.id, c.body)
    .select_from(OUTBOX.join(CHAT, c.chat_id == CHAT.c.id))
    .where(
        CHAT.c.channel == bindparam("channel"),
        CHAT.c.bot == bindparam("bot"),
        CHAT.c.address == bindparam("address"),
        c.state.in_(("sending", "sent", "unsure")),
    )
    .limit(bindparam("at_most"))
)
SHOWN_LAST = SHOWN.order_by(c.id.desc())
SHOWN_AFTER = SHOWN.where(c.id > bindparam("after_id")).order_by(c.id)
COUNT_OPEN = (
    select(c.channel, c.bot, c.lane, c.state, func.count(), func.min(c.due_at))
    .where(c.done_at.is_(None))
    .group_by(c.channel, c.bot, c.lane, c.state)
)


def _unknown_where(
    *conditions: ColumnElement[bool], due_at: ColumnElement[datetime]
) -> ReturningUpdate[int, OutboxState]:
    """Give back rows of which nobody knows whether they went out, or end them when that has happened too often."""
    rows = select(c.id).where(c.done_at.is_(None), c.state == "sending", *conditions)
    too_many = c.unknowns + 1 >= case(DOUBTS, value=c.lane, else_=1)
    return (
        OUTBOX.update()
        .where(c.id.in_(rows.with_for_update(skip_locked=True).scalar_subquery()))
        .values(
            state=case((too_many, "unsure"), else_="waiting"),
            done_at=case((too_many, bindparam("now", type_=c.done_at.type)), else_=None),
            due_at=due_at,
            unknowns=c.unknowns + 1,
            why=bindparam("new_why"),
            lease_until=None,
        )
        .returning(c.id, c.state)
    )


UNKNOWN = _unknown_where(c.id == bindparam("row_id"), due_at=bindparam("new_due_at", type_=c.due_at.type))
# Due as before, so that those behind it in its chat come right after it, and not one sweep later.
FREE_EXPIRED = _unknown_where(c.lease_until <= bindparam("now", type_=c.done_at.type), due_at=c.due_at)
FREE_ALL = _unknown_where(due_at=c.due_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message to send, to be claimed or claimed already."""

    id: int
    chat_id: int
    address: str
    lane: str
    body: str
    tries: int = 0
    unknowns: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a page shows it."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class Open:
    """How many messages of one kind are still on their way, and since when the oldest is due."""

    channel: str
    bot: str
    lane: str
    state: str
    count: int
    oldest_due_at: datetime


def is_last_doubt(message: Waiting) -> bool:
    """Whether one more unknown outcome ends this message as `unsure`."""
    return message.unknowns + 1 >= DOUBTS[message.lane]


def put(
    db: Connection,
    chat_id: int,
    channel: str,
    bot: str,
    address: str,
    bodies: Sequence[str],
    now: datetime,
    *,
    lane: Lane = "reply",
    due_at: datetime | None = None,
    not_after: datetime | None = None,
    once_key: str | None = None,
    inbox_id: int | None = None,
    lease_until: datetime | None = None,
) -> list[Waiting]:
    """Put messages in the outbox, to go out in this order, and return them.

    With a `once_key` that was used before, nothing is put and nothing returned. With `lease_until` the first one is
    claimed at once, by whoever puts it there.
    """
    row = {
        "chat_id": chat_id,
        "channel": channel,
        "bot": bot,
        "address": address,
        "lane": lane,
        "state": "waiting",
        "created_at": now,
        "due_at": due_at or now,
        "not_after": not_after,
        "inbox_id": inbox_id,
        "tries": 0,
        "unknowns": 0,
    }
    waiting: list[Waiting] = []
    claimed = {"state": "sending", "lease_until": lease_until, "tries": 1}
    for body in bodies:
        if once_key is not None and not waiting:
            new_id = db.execute(PUT_ONCE.on(db), row | {"body": body, "once_key": once_key}).scalar()
            if new_id is None:
                return []
        else:
            as_claimed = claimed if lease_until and not waiting else {"lease_until": None}
            new_id = db.execute(PUT, row | {"body": body} | as_claimed).scalar_one()
        waiting.append(Waiting(new_id, chat_id, address, lane, body))
    return waiting


def claim(db: Connection, ids: Sequence[int], now: datetime, lease_until: datetime) -> list[int]:
    """Take messages to send, and return those that are now ours alone until `lease_until`. Commit before sending.

    One past its `not_after` is left for `due` to end: it may have waited long in somebody's hands.
    """
    if not ids:
        return []
    return sorted(db.execute(CLAIM, {"ids": ids, "now": now, "lease": lease_until}).scalars())


def renew(db: Connection, ids: Sequence[int], lease_until: datetime) -> None:
    """Keep messages that take longer to send."""
    if ids:
        db.execute(RENEW, {"ids": ids, "lease": lease_until})


def sent(db: Connection, messages: Sequence[tuple[int, str]], now: datetime) -> None:
    """Record messages, given as (id, the channel's id), as sent: that stays true whatever became of the lease."""
    if messages:
        db.execute(SENT, [{"row_id": row_id, "new_native_id": native, "now": now} for row_id, native in messages])


def retry(db: Connection, outbox_id: int, due_at: datetime, why: str) -> None:
    """Put a claimed message that surely did not go out back in its place, due at a later moment."""
    db.execute(RETRY, {"row_id": outbox_id, "new_due_at": due_at, "new_why": why})


def unknown(db: Connection, outbox_id: int, due_at: datetime, why: str, now: datetime) -> OutboxState | None:
    """Record that nobody knows whether a claimed message arrived; returns its new state.

    It waits again until `due_at`, or after too many doubts ends as `unsure`. None when it was not ours.
    """
    row = db.execute(UNKNOWN, {"row_id": outbox_id, "new_due_at": due_at, "new_why": why, "now": now}).first()
    return row[1] if row else None


def end(db: Connection, outbox_id: int, state: OutboxState, why: str, now: datetime) -> None:
    """End a message that will not be sent: `refused`, `unreachable` or `expired`."""
    db.execute(END, {"row_id": outbox_id, "new_state": state, "new_why": why, "now": now})


def free_expired(db: Connection, now: datetime) -> dict[int, OutboxState]:
    """Give back every message whose lease has run out, each counted as unknown; returns their new states by id."""
    return _free(db, FREE_EXPIRED, now, "the lease ran out")


def free_all(db: Connection, now: datetime) -> dict[int, OutboxState]:
    """Give back every claimed message, each counted as unknown: at the start of the only process there is."""
    return _free(db, FREE_ALL, now, "stopped while sending")


def due(
    db: Connection, channel: str, bot: str, now: datetime, limit: int, lanes: Sequence[Lane] = LANES
) -> list[Waiting]:
    """Up to `limit` messages to send now, lane by lane, oldest first; those past their `not_after` end as `expired`.

    None overtakes an older one of its chat and lane, unless that one has more than PATIENCE to wait for another try.
    """
    found: list[Row[*tuple[Any, ...]]] = []
    for lane in lanes:
        at = {"channel": channel, "bot": bot, "lane": lane, "now": now, "patience_ends": now + PATIENCE}
        found += db.execute(DUE, at | {"at_most": limit - len(found)})
        if len(found) >= limit:
            break
    stale = [row.id for row in found if row.not_after is not None and row.not_after < now]
    if stale:
        db.execute(EXPIRE, {"ids": stale, "now": now})
    return [Waiting(*tuple(row)[:-1]) for row in found if row.id not in stale]


def of_chat(
    db: Connection, channel: str, bot: str, address: str, limit: int, after_id: int | None = None
) -> list[Shown]:
    """What a chat was told, oldest first: the last `limit` messages, or the first ones after a given one."""
    at = {"channel": channel, "bot": bot, "address": address, "at_most": limit}
    if after_id is not None:
        return [Shown(*row) for row in db.execute(SHOWN_AFTER, at | {"after_id": after_id})]
    return [Shown(*row) for row in reversed(db.execute(SHOWN_LAST, at).all())]


def count_open(db: Connection) -> list[Open]:
    """What is still on its way, by channel, lane and state. Reads open rows only, so it stays fast for years."""
    return [Open(*row) for row in db.execute(COUNT_OPEN)]


def _free(
    db: Connection, statement: ReturningUpdate[int, OutboxState], now: datetime, why: str
) -> dict[int, OutboxState]:
    return dict(db.execute(statement, {"now": now, "new_why": why}).all())
