"""Two people turn out to be one, on two phones; and a phone is let go of again."""

from datetime import datetime

from sqlalchemy import BindParameter, Connection, String, bindparam, cast, exists
from sqlmodel import SQLModel

from storage import consents, erasure, passes, people
from storage.tables import CHAT, MEMBERSHIP, OUTBOX, PERSON, PROGRESS

OLD: BindParameter[int] = bindparam("old")
NEW: BindParameter[int] = bindparam("new")

# Every column that points to a person, whichever table gets one: none can be forgotten.
REPOINT = [
    table.update().where(key.parent == OLD).values({key.parent: NEW})
    for table in SQLModel.metadata.sorted_tables
    for key in table.foreign_keys
    if key.column is PERSON.c.id
]
its_twin, their_own = MEMBERSHIP.alias(), PROGRESS.alias()
# In this order, and before the rest: what the two have twice may stand there once only.
MAKE_ROOM = (
    MEMBERSHIP.delete().where(
        MEMBERSHIP.c.person_id == OLD,
        exists().where(its_twin.c.person_id == NEW, its_twin.c.producer_id == MEMBERSHIP.c.producer_id),
    ),
    # What is not kept has no subject: menus and lists that happened to lie open.
    PROGRESS.delete().where(PROGRESS.c.person_id == OLD, PROGRESS.c.subject == ""),
    PROGRESS.update()
    .where(
        PROGRESS.c.person_id == OLD,
        exists().where(
            their_own.c.person_id == NEW,
            their_own.c.conversation == PROGRESS.c.conversation,
            their_own.c.subject == PROGRESS.c.subject,
        ),
    )
    .values(subject=PROGRESS.c.subject + "+" + cast(PROGRESS.c.id, String)),
)
JOINED = CHAT.update().where(CHAT.c.person_id == OLD).values(joined_at=bindparam("now"))
DROP_PERSON = PERSON.delete().where(PERSON.c.id == OLD)
FORGET_MESSAGES = OUTBOX.delete().where(OUTBOX.c.chat_id == bindparam("of_chat"))


def merge(db: Connection, old: int, new: int, now: datetime) -> None:
    """Have everything of one person be another's, who is the same human; the first is no more.

    The caller is in the turn of one of the two. What was agreed to stands as it was said last, on either phone.
    """
    for person_id in (new, old):
        people.lock(db, person_id)
    both = {"old": old, "new": new}
    db.execute(JOINED, both | {"now": now})
    for statement in (*MAKE_ROOM, *REPOINT):
        db.execute(statement, both)
    consents.hold_to_the_last_word(db, new)
    if people.address_form(db, new) is None:
        people.call(db, new, people.address_form(db, old))
    db.execute(DROP_PERSON, both)


def let_go(db: Connection, person_id: int, chat_id: int, now: datetime) -> None:
    """Have a chat be that of somebody unknown, with nothing left in it; no code made before lets it in again.

    The caller is in the turn of the person whose chat it was.
    """
    passes.take_back(db, person_id, "join")
    db.execute(FORGET_MESSAGES, {"of_chat": chat_id})
    erasure.give_to_nobody(db, chat_id, now)
