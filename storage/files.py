"""Photos and documents: whose they are and what they hold. The bytes are on disk, named by their sha256."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, select, text

from storage.tables import FILE

c = FILE.c

Sensitivity = Literal["personal", "public"]

ADD = FILE.insert().returning(c.id)
FIND = select(c.id, c.sha256, c.type, c.size, c.name, c.owner_id, c.sensitivity, c.created_at).where(
    c.id == bindparam("row_id")
)
OF_PERSON = (
    select(c.id, c.sha256, c.type, c.size, c.name, c.owner_id, c.sensitivity, c.created_at)
    .where(c.owner_id == bindparam("of_owner"))
    .order_by(c.id)
)
GIVE = FILE.update().where(c.id.in_(bindparam("ids", expanding=True))).values(owner_id=bindparam("new_owner"))
DROP = FILE.delete().where(c.id == bindparam("row_id")).returning(c.sha256)
OTHER_USE = select(c.id).where(c.sha256 == bindparam("sha256")).limit(1)
IN_USE = select(c.sha256).where(c.sha256.in_(bindparam("sha256s", expanding=True)))
# Whoever adds a file waits for this, and this for them, so that none begins to use bytes about to be deleted.
LOCK = text("LOCK TABLE file IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file we hold; handed out only to who may see it, which is for the caller to check."""

    id: int
    sha256: str
    type: str  # found in the bytes, not believed from the name
    size: int  # bytes
    name: str
    owner_id: int
    sensitivity: str
    created_at: datetime


def add(
    db: Connection,
    sha256: str,
    type: str,
    size: int,
    name: str,
    owner_id: int,
    now: datetime,
    sensitivity: Sensitivity = "personal",
) -> int:
    """Remember a file whose bytes are safely on disk already; returns its id."""
    row = {"sha256": sha256, "type": type, "size": size, "name": name}
    more = {"owner_id": owner_id, "sensitivity": sensitivity, "created_at": now}
    return int(db.execute(ADD, row | more).scalar_one())


def find(db: Connection, file_id: int) -> Stored | None:
    """The file with this id, whosever it is."""
    row = db.execute(FIND, {"row_id": file_id}).first()
    return Stored(*row) if row else None


def of_person(db: Connection, person_id: int) -> list[Stored]:
    """Every file the person sent, the oldest first."""
    return [Stored(*row) for row in db.execute(OF_PERSON, {"of_owner": person_id})]


def give(db: Connection, file_ids: Sequence[int], owner_id: int) -> None:
    """Make files somebody else's, with the answers they stand in."""
    if file_ids:
        db.execute(GIVE, {"ids": list(file_ids), "new_owner": owner_id})


def drop(db: Connection, file_id: int) -> str | None:
    """Forget a file; returns the sha256 whose bytes nobody needs any more: delete them once committed."""
    sha256 = db.execute(DROP, {"row_id": file_id}).scalar()
    if sha256 is None or db.execute(OTHER_USE, {"sha256": sha256}).first():
        return None
    return str(sha256)


def unused(db: Connection, sha256s: Sequence[str]) -> list[str]:
    """Those whose bytes nobody needs. Nobody can begin to, until this transaction ends: delete them before."""
    if not sha256s:
        return []
    if db.dialect.name == "postgresql":  # SQLite has one writer, and that is us
        db.execute(LOCK)
    in_use = set(db.execute(IN_USE, {"sha256s": list(sha256s)}).scalars())
    return [sha256 for sha256 in sha256s if sha256 not in in_use]
