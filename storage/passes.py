"""One-time codes made in one chat and typed in another. Only a hash is kept, and it goes as the code is used."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from storage.tables import PASS

Kind = Literal["join", "help"]

c = PASS.c

NOW = bindparam("now", type_=c.expires_at.type)
ADD = PASS.insert()
OPEN = (c.code_hash == bindparam("of_hash"), c.kind == bindparam("of_kind"), c.expires_at > NOW)
FIND = select(c.code_hash, c.person_id, c.application_id).where(*OPEN)
# One statement, so that of two who use a code at once only one does.
USE = PASS.delete().where(*OPEN).returning(c.code_hash, c.person_id, c.application_id)
TAKE_BACK = PASS.delete().where(
    c.person_id == bindparam("of_person"),
    c.kind == bindparam("of_kind"),
    c.application_id.is_not_distinct_from(bindparam("of_application")),
)
FORGET_EXPIRED = PASS.delete().where(c.expires_at <= NOW)


@dataclass(frozen=True, slots=True)
class Pass:
    """A code that holds. Its hash stands for it wherever it has to be remembered."""

    code_hash: str
    person_id: int  # who made it
    application_id: int | None  # what it shows, where it shows one


def make(
    db: Connection, code: str, kind: Kind, person_id: int, expires_at: datetime, application_id: int | None = None
) -> None:
    """Let the code be used once before it expires. An earlier one of the same person for the same is of no use now."""
    take_back(db, person_id, kind, application_id)
    row = {"code_hash": hash_of(code), "kind": kind, "person_id": person_id, "expires_at": expires_at}
    db.execute(ADD, row | {"application_id": application_id})


def find(db: Connection, code: str, kind: Kind, now: datetime) -> Pass | None:
    """The code as it holds now, without using it; None when it is unknown, used or too old."""
    row = db.execute(FIND, {"of_hash": hash_of(code), "of_kind": kind, "now": now}).first()
    return Pass(*row) if row else None


def use(db: Connection, code_hash: str, kind: Kind, now: datetime) -> Pass | None:
    """Use up a code that was found before; None when somebody else has, or it is too old by now."""
    row = db.execute(USE, {"of_hash": code_hash, "of_kind": kind, "now": now}).first()
    return Pass(*row) if row else None


def take_back(db: Connection, person_id: int, kind: Kind, application_id: int | None = None) -> None:
    """Have the codes that a person made for this be of no use any more."""
    db.execute(TAKE_BACK, {"of_person": person_id, "of_kind": kind, "of_application": application_id})


def forget_expired(db: Connection, now: datetime) -> int:
    """Delete the codes that were never used in time, and return how many."""
    return db.execute(FORGET_EXPIRED, {"now": now}).rowcount


def hash_of(code: str) -> str:
    """What is kept in the place of a code.

    Plain on purpose: an invite is drawn from more than 2^68, so no table of hashes will ever hold it; a shorter code
    lives for minutes, and whoever reads this table meanwhile reads everything else as well.
    """
    return hashlib.sha256(code.encode()).hexdigest()
