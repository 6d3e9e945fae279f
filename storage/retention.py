"""What has been kept for as long as it may be: people not heard of since, drafts left lying, messages of long ago."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, exists, or_, select

from storage import matters, promises
from storage.erasure import forget
from storage.helps import UNSIGNED
from storage.tables import APPLICATION, CHAT, CONSENT, HELP, OUTBOX, PERSON, PROGRESS

BEFORE = bindparam("before", type_=PERSON.c.created_at.type)
AFTER_ID: BindParameter[int] = bindparam("after_id")
AT_MOST: BindParameter[int] = bindparam("at_most")


def _exists(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions)


THEIR_CHAT = CHAT.c.person_id == PERSON.c.id
# Every turn ends in a reply, so the last reply is as old as the last word heard.
HEARD_SINCE = or_(
    _exists(THEIR_CHAT, OUTBOX.c.chat_id == CHAT.c.id, OUTBOX.c.lane == "reply", OUTBOX.c.created_at >= BEFORE),
    _exists(THEIR_CHAT, CHAT.c.created_at >= BEFORE),
    _exists(PROGRESS.c.person_id == PERSON.c.id, PROGRESS.c.updated_at >= BEFORE),
    _exists(CONSENT.c.person_id == PERSON.c.id, CONSENT.c.given_at >= BEFORE),
)
IDLE_PEOPLE = (
    select(PERSON.c.id)
    .where(PERSON.c.created_at < BEFORE, PERSON.c.id > AFTER_ID, _exists(THEIR_CHAT), ~HEARD_SINCE)
    .order_by(PERSON.c.id)
    .limit(AT_MOST)
)
# One that an office has taken up is the office's business, too.
AT_AN_OFFICE = _exists(
    APPLICATION.c.progress_id == PROGRESS.c.id, APPLICATION.c.state.not_in(("draft", UNSIGNED, "confirmed"))
)
IDLE_DRAFTS = (
    select(PROGRESS.c.id)
    .where(PROGRESS.c.updated_at < BEFORE, PROGRESS.c.id > AFTER_ID, ~AT_AN_OFFICE)
    .order_by(PROGRESS.c.id)
    .limit(AT_MOST)
)
# A helper's draft is about somebody else, who has agreed to nothing here yet.
IS_CONFIRMED = _exists(
    HELP.c.progress_id == PROGRESS.c.id, APPLICATION.c.id == HELP.c.application_id, APPLICATION.c.state != UNSIGNED
)
NEVER_CONFIRMED = (
    select(PROGRESS.c.id)
    .where(PROGRESS.c.conversation == "helping", PROGRESS.c.created_at < BEFORE, PROGRESS.c.id > AFTER_ID)
    .where(~IS_CONFIRMED)
    .order_by(PROGRESS.c.id)
    .limit(AT_MOST)
)
# Looks at the oldest rows only, so that it takes as long on a big table as on a small one.
OLDEST = select(OUTBOX.c.id).order_by(OUTBOX.c.id).limit(AT_MOST)
FORGET_MESSAGES = OUTBOX.delete().where(OUTBOX.c.id.in_(OLDEST.scalar_subquery()), OUTBOX.c.done_at < BEFORE)
NEVER_HEARD_AGAIN = (
    select(PERSON.c.id)
    .select_from(PERSON.join(CHAT, THEIR_CHAT))
    .where(
        PERSON.c.met_at.is_(None),
        CHAT.c.created_at < BEFORE,
        ~_exists(OUTBOX.c.chat_id == CHAT.c.id, OUTBOX.c.done_at.is_(None)),
    )
    .limit(AT_MOST)
)


def idle_people(db: Connection, before: datetime, limit: int, after_id: int = 0) -> list[int]:
    """People not heard of since a moment, by id."""
    at = {"before": before, "after_id": after_id, "at_most": limit}
    return list(db.execute(IDLE_PEOPLE, at).scalars())


def idle_drafts(db: Connection, before: datetime, limit: int, after_id: int = 0) -> list[int]:
    """Progress that nobody has touched since a moment, by id."""
    at = {"before": before, "after_id": after_id, "at_most": limit}
    return list(db.execute(IDLE_DRAFTS, at).scalars())


def never_confirmed(db: Connection, before: datetime, limit: int, after_id: int = 0) -> list[int]:
    """Drafts that helpers began before a moment and no producer has confirmed or signed, by id of their progress."""
    at = {"before": before, "after_id": after_id, "at_most": limit}
    return list(db.execute(NEVER_CONFIRMED, at).scalars())


def forget_messages(db: Connection, before: datetime, limit: int = 500) -> int:
    """Delete messages that were done with before a moment, and return how many of the oldest `limit` that were."""
    return db.execute(FORGET_MESSAGES, {"before": before, "at_most": limit}).rowcount


def forget_matters(db: Connection, before: datetime, limit: int = 50) -> int:
    """Delete matters that ended before a moment, and return how many of them there were, `limit` at most."""
    ended = promises.old(db, before, limit)
    for matter_id in ended:
        matters.drop(db, matter_id)
    return len(ended)


def forget_unknown(db: Connection, before: datetime, limit: int = 500) -> int:
    """Delete the chats of those who were told before a moment that all is erased, and never came back; how many."""
    people = list(db.execute(NEVER_HEARD_AGAIN, {"before": before, "at_most": limit}).scalars())
    for person_id in people:
        forget(db, person_id, before)  # somebody unknown has no dossier for which the moment would matter
    return len(people)
