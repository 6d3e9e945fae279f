"""Provinces and communes, with the time during which each went by its name."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from storage.once import InsertOnce
from storage.tables import PLACE

c = PLACE.c

ADD = InsertOnce(PLACE, ["id"])
CORRECT = (
    PLACE.update()
    .where(c.id == bindparam("place_id"))
    .values({name: bindparam(f"new_{name}") for name in c.keys() if name != "id"})  # noqa: SIM118
)
FIND = select(c.id, c.kind, c.name, c.province_id, c.valid_from, c.valid_to, c.successor_id).where(
    c.id == bindparam("place_id")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A province or commune."""

    id: str  # stable, e.g. "thai-nguyen/con-minh"
    kind: str  # "province" | "commune"
    name: str
    province_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: str | None = None


def put_all(db: Connection, places: Iterable[Place]) -> None:
    """Make the places known as given, in any order; one we know already is corrected, none is ever removed."""
    rows = [asdict(place) for place in places]
    # Links come second: a place may name one that stands further down.
    db.execute(ADD.on(db), [row | {"province_id": None, "successor_id": None} for row in rows])
    db.execute(
        CORRECT,
        [{"place_id": row["id"]} | {f"new_{name}": row[name] for name in row if name != "id"} for row in rows],
    )


def find(db: Connection, place_id: str) -> Place | None:
    """The place with this id, old or present."""
    row = db.execute(FIND, {"place_id": place_id}).first()
    return Place(*row) if row else None
