"""People and the chats that reach them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage import progress
from storage.once import InsertOnce
from storage.tables import CHAT, OUTBOX, PERSON

CHAT_OF_ADDRESS = (
    CHAT.c.channel == bindparam("channel"),
    CHAT.c.bot == bindparam("bot"),
    CHAT.c.address == bindparam("address"),
)
# The progress is read by a second statement on purpose: after waiting for the lock, PostgreSQL shows the newest row of
# the locked table only, and a joined progress would be the one from before the other turn.
# The chat is locked too, after its person: whoever waited while the chat was given to somebody else finds no row here,
# and asks again. Not so hard that nobody could put a message into its outbox meanwhile: two who write to each other
# would wait for each other.
MEET = (
    select(
        *(PERSON.c.id, CHAT.c.id, CHAT.c.unreachable_at, PERSON.c.focus, PERSON.c.met_at, PERSON.c.address_form),
        PERSON.c.line,
    )
    .select_from(CHAT.join(PERSON, CHAT.c.person_id == PERSON.c.id))
    .where(*CHAT_OF_ADDRESS)
    .with_for_update(of=[PERSON, CHAT], key_share=True)
)
MET = PERSON.update().where(PERSON.c.id == bindparam("row_id")).values(met_at=bindparam("now"))
LOCK = select(PERSON.c.focus).where(PERSON.c.id == bindparam("row_id")).with_for_update()
LOCK_IF_IDLE = (
    select(PERSON.c.focus, PERSON.c.line).where(PERSON.c.id == bindparam("row_id")).with_for_update(skip_locked=True)
)
ADD_PERSON = PERSON.insert().returning(PERSON.c.id)
ADD_CHAT = InsertOnce(CHAT, ["channel", "bot", "address"], returning=CHAT.c.id)
DROP_PERSON = PERSON.delete().where(PERSON.c.id == bindparam("row_id"))
CALLED = select(PERSON.c.address_form).where(PERSON.c.id == bindparam("row_id"))
CALL = PERSON.update().where(PERSON.c.id == bindparam("row_id")).values(address_form=bindparam("new_form"))
LINE_OF = select(PERSON.c.line).where(PERSON.c.id == bindparam("row_id"))
PUT_ON_LINE = PERSON.update().where(PERSON.c.id == bindparam("row_id")).values(line=bindparam("new_line"))
FOCUS_ON = PERSON.update().where(PERSON.c.id == bindparam("row_id")).values(focus=bindparam("new_focus"))
CHATS = (
    select(CHAT.c.id, CHAT.c.channel, CHAT.c.bot, CHAT.c.address, CHAT.c.created_at, CHAT.c.joined_at)
    .where(CHAT.c.person_id == bindparam("row_id"))
    .order_by(CHAT.c.id)
)
REACHABLE_CHATS = CHATS.where(CHAT.c.unreachable_at.is_(None))
FIND_CHAT = select(CHAT.c.id).where(*CHAT_OF_ADDRESS)
MOVE_CHAT = CHAT.update().where(CHAT.c.id == bindparam("row_id")).values(address=bindparam("new_address"))
MARK = CHAT.update().where(CHAT.c.id == bindparam("row_id")).values(unreachable_at=bindparam("at"))
REDIRECT = (
    OUTBOX.update()
    .where(OUTBOX.c.chat_id == bindparam("old_chat"), OUTBOX.c.done_at.is_(None))
    .values(chat_id=bindparam("new_chat"), address=bindparam("new_address"))
)


@dataclass(frozen=True, slots=True)
class Known:
    """Who is talking to us, over which chat, and what they are busy with."""

    person_id: int
    chat_id: int
    focus: progress.Saved | None = None
    is_reachable: bool = True
    is_new: bool = False  # this is their first turn, or the first since everything about them was erased
    address_form: str | None = None  # "chị"; None where they never said how they wish to be called
    line: int | None = None  # the matter whose other side hears them, as long as its line is open


@dataclass(frozen=True, slots=True)
class Busy:
    """What somebody is busy with who is in no turn at this moment."""

    focus: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Chat:
    """One way to reach a person."""

    id: int
    channel: str
    bot: str
    address: str
    created_at: datetime
    joined_at: datetime | None = None  # when it became another chat of somebody known; None where they came in by it


def meet(db: Connection, channel: str, bot: str, address: str, now: datetime) -> Known:
    """Whose chat this is, made known if never met; nobody else can lock the person until this transaction ends.

    What it returns is what the turn before left, also when it had to wait for that turn.
    """
    at = {"channel": channel, "bot": bot, "address": address}
    row = db.execute(MEET, at).first()
    if row is None:
        person_id = db.execute(ADD_PERSON, {"created_at": now, "met_at": now}).scalar_one()
        chat_id = db.execute(ADD_CHAT.on(db), at | {"person_id": person_id, "created_at": now}).scalar()
        if chat_id is not None:
            return Known(person_id, chat_id, is_new=True)
        # Another process met the same chat while we were about to; theirs is committed by now.
        db.execute(DROP_PERSON, {"row_id": person_id})
        row = db.execute(MEET, at).one()
    person_id, chat_id, unreachable_at, focus, met_at, address_form, line = row
    if met_at is None:
        db.execute(MET, {"row_id": person_id, "now": now})
    busy_with = progress.find(db, focus) if focus is not None else None
    return Known(person_id, chat_id, busy_with, unreachable_at is None, met_at is None, address_form, line)


def lock(db: Connection, person_id: int) -> int | None:
    """Keep every other turn and command off this person until the transaction ends; returns what they are busy with."""
    focus: int | None = db.execute(LOCK, {"row_id": person_id}).scalar()
    return focus


def lock_if_idle(db: Connection, person_id: int) -> Busy | None:
    """The same without waiting: None while a turn or a command has this person.

    So two who write to each other at the same moment never wait for each other.
    """
    row = db.execute(LOCK_IF_IDLE, {"row_id": person_id}).first()
    return Busy(*row) if row else None


def put_on_line(db: Connection, person_id: int, matter_id: int | None) -> None:
    """Remember the matter whose other side hears the person's words; None for none."""
    db.execute(PUT_ON_LINE, {"row_id": person_id, "new_line": matter_id})


def line_of(db: Connection, person_id: int) -> int | None:
    """The matter whose other side hears the person's words, if its line is open."""
    return db.execute(LINE_OF, {"row_id": person_id}).scalar()


def focus_on(db: Connection, person_id: int, progress_id: int | None) -> None:
    """Remember what the person is busy with, so that plain words answer it; None for nothing."""
    db.execute(FOCUS_ON, {"row_id": person_id, "new_focus": progress_id})


def call(db: Connection, person_id: int, address_form: str | None) -> None:
    """Remember how the person wishes to be called; None for as everybody."""
    db.execute(CALL, {"row_id": person_id, "new_form": address_form})


def address_form(db: Connection, person_id: int) -> str | None:
    """How the person wishes to be called; None where they never said."""
    return db.execute(CALLED, {"row_id": person_id}).scalar()


def chats(db: Connection, person_id: int) -> list[Chat]:
    """Every chat that reaches the person, the oldest first."""
    return [Chat(*row) for row in db.execute(CHATS, {"row_id": person_id})]


def reachable_chats(db: Connection, person_id: int) -> list[Chat]:
    """Every chat of the person that takes messages, as far as we know."""
    return [Chat(*row) for row in db.execute(REACHABLE_CHATS, {"row_id": person_id})]


def move_chat(db: Connection, channel: str, bot: str, old_address: str, new_address: str, now: datetime) -> None:
    """Follow a chat to its new address, together with what still waits to be sent there.

    Where the new address has spoken to us already, that chat takes over the waiting messages and the old one is marked
    unreachable.
    """
    where = {"channel": channel, "bot": bot}
    old_chat = db.execute(FIND_CHAT, where | {"address": old_address}).scalar()
    if old_chat is None:
        return
    new_chat = db.execute(FIND_CHAT, where | {"address": new_address}).scalar()
    if new_chat is None:
        new_chat = old_chat
        db.execute(MOVE_CHAT, {"row_id": old_chat, "new_address": new_address})
    else:
        mark_unreachable(db, old_chat, now)
    db.execute(REDIRECT, {"old_chat": old_chat, "new_chat": new_chat, "new_address": new_address})


def mark_unreachable(db: Connection, chat_id: int, now: datetime) -> None:
    """Remember that a chat takes nothing more (blocked, gone)."""
    db.execute(MARK, {"row_id": chat_id, "at": now})


def mark_reachable(db: Connection, chat_id: int) -> None:
    """Remember that a chat takes messages again: its person wrote to us."""
    db.execute(MARK, {"row_id": chat_id, "at": None})
