"""What officials have topics answer in their province, beside or in place of what is shipped.

A version is in use from the moment a second official approves it until it is ended. None is ever deleted: what people
were told can be looked up, and used again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, or_, select

from ocop.library import official_version
from ocop.topics import Version
from storage.tables import OFFICIAL_VERSION

v = OFFICIAL_VERSION.c

OWN = "own-"
"""Begins the id of a topic that is not shipped; the number of the version that began it follows."""

ROW = select(OFFICIAL_VERSION)
FIND = ROW.where(v.id == bindparam("row_id")).with_for_update()
OF_PROVINCE = v.province == bindparam("of_province")
TO_APPROVE = ROW.where(OF_PROVINCE, v.ended_at.is_(None), v.approved_at.is_(None)).order_by(v.id)
APPROVED = (v.approved_at.is_not(None), v.ended_at.is_(None))
IN_PROVINCE = ROW.where(OF_PROVINCE, *APPROVED).order_by(v.id.desc())
OF_TOPIC = ROW.where(OF_PROVINCE, or_(v.topic == bindparam("of_topic"), v.id == bindparam("began"))).order_by(
    v.id.desc()
)
NOT_ENDED = ROW.where(v.ended_at.is_(None)).order_by(v.id)
IN_USE = ROW.where(*APPROVED).order_by(v.id.desc())
CHANGES = select(func.count(v.approved_at), func.count(v.ended_at))
WRITE = OFFICIAL_VERSION.insert().returning(v.id)
APPROVE = (
    OFFICIAL_VERSION.update()
    .where(v.id == bindparam("row_id"), v.approved_at.is_(None), v.ended_at.is_(None))
    .values(approved_by=bindparam("by"), approved_at=bindparam("now"))
)
KEEP_OVER = OFFICIAL_VERSION.update().where(v.id == bindparam("row_id")).values(over=bindparam("digest"))
END = (
    OFFICIAL_VERSION.update().where(v.id == bindparam("row_id"), v.ended_at.is_(None)).values(ended_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class OfficialVersion:
    """A version of a topic that an official wrote for the people of a province."""

    id: int
    topic: str  # its id, shipped or own
    province: str
    parent: str  # the shipped topic that one of its own is a part of; "" where none is near
    version: Version
    wordings: tuple[str, ...]  # how people asked for it
    over: str  # the digest of the shipped topic it was written over; "" where there is none
    written_by: int | None  # None: it came from a file
    written_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    ended_at: datetime | None

    @property
    def is_own(self) -> bool:
        """Whether it answers a topic that is not shipped."""
        return self.topic.startswith(OWN)

    @property
    def is_in_use(self) -> bool:
        """Whether people are given it, on the days it holds."""
        return self.approved_at is not None and self.ended_at is None

    @property
    def is_of_one(self) -> bool:
        """Whether one official alone stands for it: who wrote it approved it, or it came from a file."""
        return self.written_by in (None, self.approved_by)


def write(
    db: Connection,
    topic: str,
    parent: str,
    version: Version,
    wordings: Sequence[str],
    over: str,
    by: int | None,
    now: datetime,
) -> int:
    """Keep a version, not in use yet; its number. `topic`: "" begins one of its own."""
    row = {
        "topic": topic,
        "province": version.place,
        "parent": parent,
        "answer": version.answer,
        "more": version.more,
        "steps": _json(version.steps),
        "simpler": version.simpler,
        "english": version.english,
        "source": version.stands,
        "wordings": _json(wordings),
        "over": over,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "written_by": by,
        "written_at": now,
        "approved_by": None,
        "approved_at": None,
        "ended_at": None,
    }
    return int(db.execute(WRITE, row).scalar_one())


def find(db: Connection, version_id: int) -> OfficialVersion | None:
    """The version of this number, nobody else's to change until the transaction ends."""
    return next(iter(_read(db, FIND, row_id=version_id)), None)


def to_approve(db: Connection, province: str) -> list[OfficialVersion]:
    """Those of a province that wait for a second official, the oldest first."""
    return _read(db, TO_APPROVE, of_province=province)


def of_province(db: Connection, province: str) -> list[OfficialVersion]:
    """Those that the people of a province are given, the newest first."""
    return _read(db, IN_PROVINCE, of_province=province)


def of_topic(db: Connection, topic: str, province: str) -> list[OfficialVersion]:
    """Every version of a topic for a province, the newest first: in use, waiting, and ended."""
    began = int(topic.removeprefix(OWN)) if topic.startswith(OWN) else None
    return _read(db, OF_TOPIC, of_topic=topic, of_province=province, began=began)


def in_use(db: Connection) -> list[OfficialVersion]:
    """Those that anybody is given, the newest first."""
    return _read(db, IN_USE)


def not_ended(db: Connection) -> list[OfficialVersion]:
    """Those that anybody is given, or that wait to be approved, the oldest first."""
    return _read(db, NOT_ENDED)


def changes(db: Connection) -> tuple[int, int]:
    """What differs as soon as anybody is given something else."""
    approved, ended = db.execute(CHANGES).one()
    return approved, ended


def approve(db: Connection, version_id: int, by: int, now: datetime) -> bool:
    """Have a version be in use from now on; False where it is already, or was ended."""
    return db.execute(APPROVE, {"row_id": version_id, "by": by, "now": now}).rowcount > 0


def end(db: Connection, version_id: int, now: datetime) -> bool:
    """Have a version be in use no more; False where that was done before."""
    return db.execute(END, {"row_id": version_id, "now": now}).rowcount > 0


def keep_over(db: Connection, version_id: int, digest: str) -> None:
    """Have a version stay on top of the shipped topic as it is now."""
    db.execute(KEEP_OVER, {"row_id": version_id, "digest": digest})


def _read(db: Connection, statement: Select[*tuple[Any, ...]], **parameters: object) -> list[OfficialVersion]:
    return [_version(row) for row in db.execute(statement, parameters)]


def _version(row: Row[*tuple[Any, ...]]) -> OfficialVersion:
    version = official_version(
        row.province,
        row.answer,
        row.source,
        row.valid_from,
        row.valid_to,
        more=row.more,
        steps=json.loads(row.steps),
        simpler=row.simpler,
        english=row.english,
    )
    return OfficialVersion(
        row.id,
        row.topic or f"{OWN}{row.id}",
        row.province,
        row.parent,
        version,
        tuple(json.loads(row.wordings)),
        row.over,
        row.written_by,
        row.written_at,
        row.approved_by,
        row.approved_at,
        row.ended_at,
    )


def _json(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)
