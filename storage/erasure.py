"""Deleting what is known of a person, so that nothing but numbers without a name is left.

The row of the person stays, emptied: others' rows may hold its number (who confirmed a version). A table that points to
one of the rows deleted here has to be thought of here too; a test holds this file against all of them.
"""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, exists, select

from storage import applications, dossiers, helps, matters, people, producers, progress, questions, recognitions
from storage.people import Chat
from storage.tables import (
    APPLICATION,
    APPLICATION_EVENT,
    APPLICATION_VERSION,
    CHAT,
    CONSENT,
    FILE,
    GRANT,
    HELP,
    INBOX,
    OUTBOX,
    PASS,
    PERSON,
    PROGRESS,
)

OF_PERSON: BindParameter[int] = bindparam("person_id")
THEIR_APPLICATIONS = select(APPLICATION.c.id).where(APPLICATION.c.person_id == OF_PERSON)
THEIR_CHATS = select(CHAT.c.id).where(CHAT.c.person_id == OF_PERSON)


def _of_their_chats() -> ColumnElement[bool]:
    return exists().where(
        CHAT.c.person_id == OF_PERSON,
        CHAT.c.channel == INBOX.c.channel,
        CHAT.c.bot == INBOX.c.bot,
        CHAT.c.address == INBOX.c.address,
    )


DROP_FILES = FILE.delete().where(FILE.c.owner_id == OF_PERSON).returning(FILE.c.sha256)
# In this order: what points comes before what it points to.
STATEMENTS = (
    APPLICATION_EVENT.delete().where(APPLICATION_EVENT.c.application_id.in_(THEIR_APPLICATIONS)),
    APPLICATION_VERSION.delete().where(APPLICATION_VERSION.c.application_id.in_(THEIR_APPLICATIONS)),
    APPLICATION.delete().where(APPLICATION.c.person_id == OF_PERSON),
    PROGRESS.delete().where(PROGRESS.c.person_id == OF_PERSON),
    CONSENT.delete().where(CONSENT.c.person_id == OF_PERSON),
    HELP.delete().where(HELP.c.helper_id == OF_PERSON),
    GRANT.delete().where(GRANT.c.person_id == OF_PERSON),
    PASS.delete().where(PASS.c.person_id == OF_PERSON),
    OUTBOX.delete().where(OUTBOX.c.chat_id.in_(THEIR_CHATS)),
    # The id of an update must outlive it, or a late repeat would be answered; whose it was need not.
    INBOX.update().where(INBOX.c.done_at.is_not(None), _of_their_chats()).values(address="", body=None),
    PERSON.update().where(PERSON.c.id == OF_PERSON).values(focus=None, address_form=None, line=None),
)
ADD_UNKNOWN = PERSON.insert().returning(PERSON.c.id)
GIVE_CHAT = (
    CHAT.update()
    .where(CHAT.c.id == bindparam("chat_id"))
    .values(person_id=bindparam("new_person"), created_at=bindparam("now"), joined_at=None)
)
DROP_CHATS = CHAT.delete().where(CHAT.c.person_id == OF_PERSON)


def erase(db: Connection, person_id: int, now: datetime) -> list[str]:
    """Delete everything about a person but the chats themselves; the caller has locked them, or is in their turn.

    Returns the sha256s of their files. Once committed, delete the bytes of those that `files.unused` still names.
    """
    sha256s = sorted(set(db.execute(DROP_FILES, {"person_id": person_id}).scalars()))
    for application in applications.of_person(db, person_id):
        helps.end(db, application.id)
        dossiers.take_away(db, application.id, now)
        recognitions.let_go(db, application.id)
    for matter in matters.of_person(db, person_id):
        matters.drop(db, matter.id)
    matters.release(db, person_id)
    questions.drop_of_person(db, person_id)
    for statement in STATEMENTS:
        db.execute(statement, {"person_id": person_id})
    producers.leave(db, person_id)
    return sha256s


def begin_anew(db: Connection, person_id: int, now: datetime) -> list[Chat]:
    """Give each chat of the person to somebody unknown, so that it can be told of the end; returns the chats."""
    chats = people.chats(db, person_id)
    for chat in chats:
        give_to_nobody(db, chat.id, now)
    return chats


def give_to_nobody(db: Connection, chat_id: int, now: datetime) -> None:
    """Have a chat be that of somebody unknown."""
    nobody = db.execute(ADD_UNKNOWN, {"created_at": now}).scalar_one()
    db.execute(GIVE_CHAT, {"chat_id": chat_id, "new_person": nobody, "now": now})


def forget(db: Connection, person_id: int, now: datetime) -> list[str]:
    """Erase a person and their chats as well, telling nobody; returns what `erase` returns."""
    people.lock(db, person_id)
    sha256s = erase(db, person_id, now)
    db.execute(DROP_CHATS, {"person_id": person_id})
    return sha256s


def drop_draft(db: Connection, progress_id: int, now: datetime) -> int | None:
    """Delete a progress with the application that came of it, and its producer if it has no other; whose it was."""
    saved = progress.find(db, progress_id)
    if saved is None:
        return None
    if application := applications.of_progress(db, progress_id):
        applications.drop(db, application.id, now)
        producers.leave_unused(db, saved.person_id)
    elif help := helps.of_progress(db, progress_id):
        helps.end(db, help.application_id)
    progress.drop(db, progress_id)
    return saved.person_id
