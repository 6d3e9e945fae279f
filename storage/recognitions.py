"""Recognitions: one decision giving a product its stars, from public sources or as an official recorded it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from storage.once import InsertOnce
from storage.tables import APPLICATION, RECOGNITION

r = RECOGNITION.c

ADD = InsertOnce(RECOGNITION, ["key"])
FACTS = (r.product, r.stars, r.year, r.decision, r.issued, r.ends, r.source)
CORRECT = (
    RECOGNITION.update()
    .where(r.key == bindparam("of_key"))
    .values({column.name: bindparam(f"new_{column.name}") for column in FACTS})
)
OF_PRODUCT = select(*FACTS).where(r.product == bindparam("of_product")).order_by(r.year, r.id)
OF_PERSON = (
    select(APPLICATION.c.product, *FACTS[1:])
    .select_from(RECOGNITION.join(APPLICATION, r.application_id == APPLICATION.c.id))
    .where(APPLICATION.c.person_id == bindparam("person_id"))
    .order_by(r.id.desc())
)
TAKE_BACK = RECOGNITION.delete().where(r.application_id == bindparam("of_application"))
# What a decision says of a product of the catalogue is public; whose application it came with is not.
LET_GO = (
    RECOGNITION.update()
    .where(r.application_id == bindparam("of_application"), r.product.is_not(None))
    .values(application_id=None)
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """One decision, as far as its source tells."""

    product: str | None  # its name in the catalogue; None for a product that is not in it
    stars: int
    year: int | None
    decision: str
    issued: date | None
    ends: date | None
    source: str


def put_all(db: Connection, recognitions: Iterable[tuple[str, Recognition]]) -> None:
    """Make these known, each under a key of its own; one we know already is corrected, none is ever removed."""
    rows = [(key, asdict(one)) for key, one in recognitions]
    db.execute(ADD.on(db), [row | {"key": key} for key, row in rows])
    db.execute(CORRECT, [{"of_key": key} | {f"new_{name}": row[name] for name in row} for key, row in rows])


def record(db: Connection, application_id: int, recognition: Recognition) -> None:
    """Keep what an official recorded of an application; it takes the place of what was recorded before."""
    take_back(db, application_id)
    row = asdict(recognition) | {"key": f"application/{application_id}", "application_id": application_id}
    db.execute(ADD.on(db), row)


def take_back(db: Connection, application_id: int) -> None:
    """Have an application not recognised, after all."""
    db.execute(TAKE_BACK, {"of_application": application_id})


def let_go(db: Connection, application_id: int) -> None:
    """Before an application is deleted: what is known of a product of the catalogue stays, without saying by whom."""
    db.execute(LET_GO, {"of_application": application_id})
    take_back(db, application_id)


def of_product(db: Connection, product: str) -> list[Recognition]:
    """Every recognition of a product of the catalogue, the oldest first."""
    return [Recognition(*row) for row in db.execute(OF_PRODUCT, {"of_product": product})]


def of_person(db: Connection, person_id: int) -> list[Recognition]:
    """Those of the person's own applications, the newest first, with the names these give their products."""
    return [Recognition(*row) for row in db.execute(OF_PERSON, {"person_id": person_id})]
