"""What people agreed to, one purpose at a time: given in the words of a version, and taken back when they like."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage.tables import CONSENT

c = CONSENT.c

DRAFTING = "drafting"  # the purpose for which drafts are kept, and shown to offices once they are confirmed

OPEN = (c.person_id == bindparam("of_person"), c.purpose == bindparam("for_purpose"), c.withdrawn_at.is_(None))
IS_GIVEN = select(c.id).where(*OPEN, c.version == bindparam("of_version")).limit(1)
GIVE = CONSENT.insert()
WITHDRAW = CONSENT.update().where(*OPEN).values(withdrawn_at=bindparam("now"))
said = CONSENT.alias()
LAST_WITHDRAWN = (
    select(func.max(said.c.withdrawn_at))
    .where(said.c.person_id == c.person_id, said.c.purpose == c.purpose)
    .scalar_subquery()
)
HOLD_TO_THE_LAST = (
    CONSENT.update()
    .where(c.person_id == bindparam("of_person"), c.withdrawn_at.is_(None), c.given_at <= LAST_WITHDRAWN)
    .values(withdrawn_at=LAST_WITHDRAWN)
)
OF_PERSON = (
    select(c.purpose, c.version, c.given_at, c.withdrawn_at)
    .where(c.person_id == bindparam("of_person"))
    .order_by(c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Given:
    """A consent, and whether it still holds."""

    purpose: str
    version: int
    given_at: datetime
    withdrawn_at: datetime | None


def give(db: Connection, person_id: int, purpose: str, version: int, now: datetime) -> None:
    """Remember that the person agreed; one that was given before and still holds stays as it was."""
    if not is_given(db, person_id, purpose, version):
        db.execute(GIVE, {"person_id": person_id, "purpose": purpose, "version": version, "given_at": now})


def withdraw(db: Connection, person_id: int, purpose: str, now: datetime) -> bool:
    """Remember that the person agrees no more, to whichever version; False when they did not before."""
    return db.execute(WITHDRAW, {"of_person": person_id, "for_purpose": purpose, "now": now}).rowcount > 0


def hold_to_the_last_word(db: Connection, person_id: int) -> None:
    """Where a person agreed on one phone and took it back later on another, remember that it is taken back."""
    db.execute(HOLD_TO_THE_LAST, {"of_person": person_id})


def is_given(db: Connection, person_id: int, purpose: str, version: int) -> bool:
    """Whether the person agrees to a purpose in the words of this version."""
    at = {"of_person": person_id, "for_purpose": purpose, "of_version": version}
    return db.execute(IS_GIVEN, at).first() is not None


def of_person(db: Connection, person_id: int) -> list[Given]:
    """Every consent of the person, the newest first, those taken back among them."""
    return [Given(*row) for row in db.execute(OF_PERSON, {"of_person": person_id})]
