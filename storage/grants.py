"""Who is an official of which place, and the one-time codes that make somebody one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, exists, func, or_, select

from storage.passes import hash_of
from storage.tables import AUDIT, CHAT, GRANT, INVITE

Role = Literal["commune", "province", "admin"]

g = GRANT.c
i = INVITE.c

NOW = bindparam("now", type_=g.since.type)
HAS_A_PHONE = exists().where(CHAT.c.person_id == g.person_id, CHAT.c.unreachable_at.is_(None))
ADD = GRANT.insert().returning(g.id)
OF_PERSON = (
    select(g.id, g.role, g.place_id, g.may_send)
    .where(g.person_id == bindparam("of_person"), g.since <= NOW, or_(g.until.is_(None), g.until > NOW))
    .order_by(g.id)
)
LAST_ACT = (
    select(func.max(AUDIT.c.at))
    .where(AUDIT.c.person_id == g.person_id, AUDIT.c.was_denied.is_(False))
    .scalar_subquery()
)
EVERYBODY = (
    select(g.id, g.person_id, g.role, g.place_id, g.since, g.given_by, LAST_ACT)
    .where(g.since <= NOW, or_(g.until.is_(None), g.until > NOW))
    .order_by(g.id)
)
OF_PLACE = (
    select(g.person_id)
    .where(g.place_id == bindparam("of_place"), g.role == bindparam("of_role"), g.since <= NOW)
    .where(or_(g.until.is_(None), g.until > NOW), HAS_A_PHONE)
    .distinct()
    .order_by(g.person_id)
)
ANYBODY_BUT = (
    select(g.id)
    .where(g.role != "admin", g.person_id != bindparam("but"), g.since <= NOW)
    .where(or_(g.until.is_(None), g.until > NOW), HAS_A_PHONE)
    .limit(1)
)
REVOKE = GRANT.update().where(g.id == bindparam("row_id"), or_(g.until.is_(None), g.until > NOW)).values(until=NOW)
ADD_INVITE = INVITE.insert()
# One statement, so that of two people who type a code at once only one gets in.
USE = (
    INVITE.update()
    .where(i.code_hash == bindparam("of_hash"), i.used_at.is_(None), i.expires_at > NOW)
    .values(used_by=bindparam("by"), used_at=NOW)
    .returning(i.role, i.place_id, i.made_by)
)


@dataclass(frozen=True, slots=True)
class Official:
    """A grant that holds, as those see it who may end it. Whose it is nobody wrote down by name."""

    id: int
    person_id: int
    role: Role
    place_id: str | None
    since: datetime
    given_by: int | None
    last_act: datetime | None  # when they last did or looked at something


@dataclass(frozen=True, slots=True)
class Given:
    """A grant that holds."""

    id: int
    role: Role
    place_id: str | None
    may_send: bool


def give(
    db: Connection,
    person_id: int,
    role: Role,
    place_id: str | None,
    now: datetime,
    *,
    until: datetime | None = None,
    may_send: bool = False,
    given_by: int | None = None,
) -> int:
    """Make a person an official of a place from now on; returns the grant's id."""
    row = {"person_id": person_id, "role": role, "place_id": place_id, "since": now, "until": until}
    return int(db.execute(ADD, row | {"may_send": may_send, "given_by": given_by}).scalar_one())


def of_person(db: Connection, person_id: int, now: datetime) -> list[Given]:
    """The person's grants that hold at this moment, the oldest first."""
    return [Given(*row) for row in db.execute(OF_PERSON, {"of_person": person_id, "now": now})]


def everybody(db: Connection, now: datetime) -> list[Official]:
    """Every grant that holds at this moment, with what tells one official from another; the oldest first."""
    return [Official(*row) for row in db.execute(EVERYBODY, {"now": now})]


def officials(db: Connection, role: Role, place_id: str, now: datetime) -> list[int]:
    """The people who hold this role in this place now and can be reached."""
    return list(db.execute(OF_PLACE, {"of_place": place_id, "of_role": role, "now": now}).scalars())


def is_any_official_but(db: Connection, person_id: int, now: datetime) -> bool:
    """Whether anybody else is an official of any place now and can be reached."""
    return db.execute(ANYBODY_BUT, {"but": person_id, "now": now}).first() is not None


def revoke(db: Connection, grant_id: int, now: datetime) -> bool:
    """End a grant now; False when it had ended before."""
    return db.execute(REVOKE, {"row_id": grant_id, "now": now}).rowcount > 0


def invite(
    db: Connection,
    code: str,
    role: Role,
    place_id: str | None,
    now: datetime,
    expires_at: datetime,
    made_by: int | None = None,
) -> None:
    """Let whoever types this code first, and before it expires, become an official of the place."""
    row = {"code_hash": hash_of(code), "role": role, "place_id": place_id, "made_at": now, "expires_at": expires_at}
    db.execute(ADD_INVITE, row | {"made_by": made_by})


def come_in(db: Connection, code: str, person_id: int, now: datetime) -> Given | None:
    """Use up a code and give its grant to the person; None when it is unknown, used or too old."""
    found = db.execute(USE, {"of_hash": hash_of(code), "by": person_id, "now": now}).first()
    if found is None:
        return None
    role, place_id, made_by = found
    return Given(give(db, person_id, role, place_id, now, given_by=made_by), role, place_id, may_send=False)
