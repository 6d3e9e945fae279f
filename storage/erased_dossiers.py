"""What an office keeps of a dossier it had received on paper once its producer has deleted it: a code and two days."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from storage.tables import ERASED_DOSSIER

c = ERASED_DOSSIER.c

ADD = ERASED_DOSSIER.insert()
ROW = select(c.code, c.commune, c.received_on, c.erased_at)
OF_COMMUNE = ROW.where(c.commune == bindparam("of_commune")).order_by(c.id.desc()).limit(bindparam("at_most"))
BY_CODE = ROW.where(c.code == bindparam("of_code"))
OLDEST = select(c.id).order_by(c.id).limit(bindparam("at_most"))
FORGET = ERASED_DOSSIER.delete().where(
    c.id.in_(OLDEST.scalar_subquery()), c.erased_at < bindparam("before", type_=c.erased_at.type)
)


@dataclass(frozen=True, slots=True)
class Erased:
    """A dossier whose paper the office has, and whose producer's data are gone."""

    code: str
    commune: str
    received_on: date
    erased_at: datetime


def add(db: Connection, code: str, commune: str, received_on: date, now: datetime) -> None:
    """Remember that a dossier was there; nothing here tells whose it was, nor of what."""
    db.execute(ADD, {"code": code, "commune": commune, "received_on": received_on, "erased_at": now})


def of_commune(db: Connection, commune: str, limit: int) -> list[Erased]:
    """The last of a commune, the latest first."""
    return [Erased(*row) for row in db.execute(OF_COMMUNE, {"of_commune": commune, "at_most": limit})]


def by_code(db: Connection, code: str) -> Erased | None:
    """The one that had this code."""
    row = db.execute(BY_CODE, {"of_code": code}).first()
    return Erased(*row) if row else None


def forget(db: Connection, before: datetime, limit: int = 500) -> int:
    """Delete those of before a moment, and return how many of the oldest `limit` that were."""
    return db.execute(FORGET, {"before": before, "at_most": limit}).rowcount
