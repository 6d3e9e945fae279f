"""Everything the assistant remembers, table by table.

Queries are Core statements on these tables (`PERSON`, `CHAT`, ... at the end of the file), in the module named after
what they are about. A change here needs a migration in storage/migrations/; a test compares the two.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Index, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import Instant, RowId

SQLModel.metadata.naming_convention = {
    "ix": "%(table_name)s_%(column_0_N_name)s_index",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}

# Without this SQLite gives the number of a deleted row to the next one, and a button of a dropped draft would then
# answer a new draft.
NEVER_REUSE_IDS = {"sqlite_autoincrement": True}

# Indexes of rows that still matter stay small, however much history lies beside them.
NOT_DONE = text("done_at IS NULL")
LEASED = text("lease_until IS NOT NULL")
DENIED = text("was_denied")
NOT_ENDED = text("ended_at IS NULL")


def row_id(**options: Any) -> Any:
    """A field holding the number of a row; `foreign_key=` says of which table."""
    return Field(sa_type=RowId, **options)


def instant(**options: Any) -> Any:
    """A field holding a moment in time, in UTC."""
    return Field(sa_type=Instant, **options)


def long_text(**options: Any) -> Any:
    """A field holding a text of any length; where it is JSON, those who write and read it know the shape."""
    return Field(sa_type=Text, **options)


class Person(SQLModel, table=True):
    """Someone who talks with the assistant, over one chat or several."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    created_at: datetime = instant()
    # The progress the person is busy with. No foreign key: progress points to the person already, and tables that
    # point to each other cannot be created on SQLite in any order.
    focus: int | None = row_id(default=None)
    address_form: str | None = None  # how the person wishes to be called: "chị"; None: bà con
    met_at: datetime | None = instant(default=None)  # None: they have not been told yet who is speaking
    # The matter whose other side hears this person's words, as long as its line is open. No foreign key, as above.
    line: int | None = row_id(default=None)


class Consent(SQLModel, table=True):
    """What a person agreed to, in the words of which version, and when they took it back."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    person_id: int = row_id(foreign_key="person.id", index=True)
    purpose: str
    version: int
    given_at: datetime = instant()
    withdrawn_at: datetime | None = instant(default=None)


class Chat(SQLModel, table=True):
    """One person on one channel: where messages to them can be sent."""

    __table_args__ = (UniqueConstraint("channel", "bot", "address"), NEVER_REUSE_IDS)

    id: int | None = row_id(default=None, primary_key=True)
    channel: str
    bot: str
    address: str
    person_id: int = row_id(foreign_key="person.id", index=True)
    created_at: datetime = instant()
    unreachable_at: datetime | None = instant(default=None)
    joined_at: datetime | None = instant(default=None)  # None: the person came in by this chat


class Pass(SQLModel, table=True):
    """A one-time code made in one chat and typed in another. Only its hash is kept, and the row goes as it is used."""

    __tablename__ = "pass"

    code_hash: str = Field(primary_key=True)
    kind: str  # "join": the other chat becomes one of the same person; "help": its person sees what was filled in
    person_id: int = row_id(foreign_key="person.id", index=True)  # who made it
    application_id: int | None = row_id(default=None)  # what was filled in; no foreign key: it may be gone before
    expires_at: datetime = instant()


InboxState = Literal["new", "done", "failed"]


class Inbox(SQLModel, table=True):
    """An update, safely kept before its channel was told so, and answered once."""

    __table_args__ = (
        UniqueConstraint("channel", "bot", "native_id"),
        Index("inbox_unhandled", "channel", "bot", "id", sqlite_where=NOT_DONE, postgresql_where=NOT_DONE),
        NEVER_REUSE_IDS,
    )

    id: int | None = row_id(default=None, primary_key=True)
    channel: str
    bot: str
    native_id: str
    address: str
    body: str | None = long_text(default=None)  # gone once handled: only the id must outlive the answer
    received_at: datetime = instant()
    state: str = "new"  # InboxState
    done_at: datetime | None = instant(default=None)


Lane = Literal["reply", "file", "reminder", "broadcast"]
OutboxState = Literal["waiting", "sending", "sent", "refused", "unreachable", "unsure", "expired"]


class Outbox(SQLModel, table=True):
    """A message to a chat, from the turn that wrote it to the outcome of sending it."""

    __table_args__ = (
        Index("outbox_chat_id_index", "chat_id", "id"),
        Index(
            "outbox_due",
            *("channel", "bot", "lane", "state", "due_at", "id"),
            sqlite_where=NOT_DONE,
            postgresql_where=NOT_DONE,
        ),
        Index("outbox_open_of_chat", "chat_id", "lane", "id", sqlite_where=NOT_DONE, postgresql_where=NOT_DONE),
        Index("outbox_lease", "lease_until", sqlite_where=LEASED, postgresql_where=LEASED),
        NEVER_REUSE_IDS,
    )

    id: int | None = row_id(default=None, primary_key=True)
    chat_id: int = row_id(foreign_key="chat.id")
    # Copied from the chat, so that finding what is due reads one table.
    channel: str
    bot: str
    address: str
    lane: str  # Lane
    body: str = long_text()
    state: str = "waiting"  # OutboxState
    created_at: datetime = instant()
    due_at: datetime = instant()
    not_after: datetime | None = instant(default=None)  # later than this it would be stale, and is not sent
    lease_until: datetime | None = instant(default=None)  # until then the claimed row belongs to whoever claimed it
    tries: int = 0
    unknowns: int = 0  # how many times nobody could tell whether it had arrived
    native_id: str | None = None
    why: str | None = None  # what the operator is told about the last failure
    once_key: str | None = Field(default=None, unique=True)
    inbox_id: int | None = row_id(default=None)  # the update it answers; may be forgotten before this row
    done_at: datetime | None = instant(default=None)


class SendCount(SQLModel, table=True):
    """How many messages a bot has sent in a month, where its channel allows only so many."""

    __tablename__ = "send_count"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: str = Field(primary_key=True)  # "2026-11", as the calendar of TIMEZONE has it
    sends: int


class Place(SQLModel, table=True):
    """A province or commune, for as long as it goes by that name."""

    id: str = Field(primary_key=True)  # stable, e.g. "thai-nguyen/con-minh"
    kind: str  # "province" | "commune"
    name: str
    province_id: str | None = Field(default=None, foreign_key="place.id")
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: str | None = Field(default=None, foreign_key="place.id")


class Producer(SQLModel, table=True):
    """An enterprise, cooperative, group, farm or registered household that makes products."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    name: str
    kind: str
    place_id: str | None = Field(default=None, foreign_key="place.id")
    created_at: datetime = instant()


class Membership(SQLModel, table=True):
    """What a person may do in the name of a producer."""

    person_id: int = row_id(foreign_key="person.id", primary_key=True)
    producer_id: int = row_id(foreign_key="producer.id", primary_key=True, index=True)
    right: str  # "owner" | "helper"


class Progress(SQLModel, table=True):
    """The answers a person has given so far in one conversation about one subject."""

    __table_args__ = (UniqueConstraint("person_id", "conversation", "subject"), NEVER_REUSE_IDS)

    id: int | None = row_id(default=None, primary_key=True)
    person_id: int = row_id(foreign_key="person.id")
    conversation: str
    subject: str
    body: str = long_text()
    created_at: datetime = instant()
    updated_at: datetime = instant()


class Round(SQLModel, table=True):
    """A round of evaluation, with the dates that bind it."""

    id: str = Field(primary_key=True)  # stable, e.g. "province-2027-1"
    level: str  # "province" | "centre"
    place_id: str | None = Field(default=None, foreign_key="place.id")
    opens: date | None = None
    files_before: date  # the last day counted is the day before
    held_before: date
    source: str


class Application(SQLModel, table=True):
    """One product put forward, once."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    code: str | None = Field(default=None, unique=True)
    person_id: int = row_id(foreign_key="person.id", index=True)
    producer_id: int | None = row_id(default=None, foreign_key="producer.id")
    progress_id: int | None = row_id(default=None, unique=True)  # no foreign key: a finished talk may be dropped
    round_id: str | None = Field(default=None, foreign_key="round.id")
    case: str  # "first" | "upgrade" | "again"
    product: str
    product_set: str
    province: str | None = Field(default=None, foreign_key="place.id")
    commune: str | None = Field(default=None, foreign_key="place.id", index=True)
    claims: str | None = None  # the product of the catalogue that this is said to be, by its name there
    # "draft" | "confirmed", or "unsigned" where a helper finished it (storage/helps.py); then the kind of the last
    # event, which only officials record.
    state: str = "draft"
    created_at: datetime = instant()
    confirmed_at: datetime | None = instant(default=None)


class Help(SQLModel, table=True):
    """Somebody fills in an application for its producer, who confirms it from another phone or signs it on paper."""

    application_id: int = row_id(foreign_key="application.id", primary_key=True)
    progress_id: int = row_id(unique=True)  # the helper's own draft; no foreign key: it may be dropped
    helper_id: int = row_id(foreign_key="person.id", index=True)
    name: str  # as the helper wishes to be called
    agreed_at: datetime = instant()  # when the helper said that the producer had agreed
    confirmed_at: datetime | None = instant(default=None)  # when the producer confirmed from another phone last


class ApplicationVersion(SQLModel, table=True):
    """An application as its producer confirmed it: never changed, only followed by the next version."""

    __tablename__ = "application_version"

    application_id: int = row_id(foreign_key="application.id", primary_key=True)
    number: int = Field(primary_key=True)
    body: str = long_text()
    confirmed_by: int = row_id(foreign_key="person.id")
    confirmed_at: datetime = instant()


class ApplicationEvent(SQLModel, table=True):
    """Something an office did with an application, as its official recorded it: never changed, only followed."""

    __tablename__ = "application_event"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    application_id: int = row_id(foreign_key="application.id", index=True)
    # "received" | "needs_more" | "forwarded" | "recognised" | "not_recognised", which is the application's state then;
    # or "unreleased", which is not
    kind: str
    at: datetime = instant()
    by_person: int = row_id(foreign_key="person.id")
    place_id: str | None = Field(default=None, foreign_key="place.id")  # whose official that was
    details: str = long_text()  # JSON


class ErasedDossier(SQLModel, table=True):
    """An application an office had received on paper, once its producer deleted it: neither whose it was nor what."""

    __tablename__ = "erased_dossier"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    code: str = Field(unique=True)  # stands on the paper that the office has
    commune: str = Field(foreign_key="place.id", index=True)
    received_on: date
    erased_at: datetime = instant()


class Recognition(SQLModel, table=True):
    """One decision giving a product its stars, from a public source or as an official recorded it."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    key: str = Field(unique=True)  # what keeps a source from being read in twice
    product: str | None = Field(default=None, index=True)  # its name in the catalogue; None where it is not in it
    application_id: int | None = row_id(default=None, foreign_key="application.id", index=True)
    stars: int
    year: int | None = None  # where a source tells no more
    decision: str
    issued: date | None = None
    ends: date | None = None
    source: str = long_text()


class Grant(SQLModel, table=True):
    """What a person may do for the office of a place, for a time."""

    __tablename__ = "office_grant"  # plain "grant" is a word of SQL's own
    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    person_id: int = row_id(foreign_key="person.id", index=True)
    role: str  # "commune" | "province" | "admin"
    place_id: str | None = Field(default=None, foreign_key="place.id")  # None for an admin, who belongs to no place
    may_send: bool = False
    since: datetime = instant()
    until: datetime | None = instant(default=None)  # None: until it is revoked
    given_by: int | None = row_id(default=None, foreign_key="person.id")  # None: the operator, at the command line


class Invite(SQLModel, table=True):
    """A code that gives a grant to whoever types it first. Only its hash is kept."""

    code_hash: str = Field(primary_key=True)
    role: str
    place_id: str | None = Field(default=None, foreign_key="place.id")
    made_at: datetime = instant()
    made_by: int | None = row_id(default=None, foreign_key="person.id")  # None: the operator, at the command line
    expires_at: datetime = instant()
    used_by: int | None = row_id(default=None, foreign_key="person.id")
    used_at: datetime | None = instant(default=None)


class Matter(SQLModel, table=True):
    """Something a person asked an office, from the first word until both are done with it."""

    __table_args__ = (
        Index("matter_open_at", "office", sqlite_where=NOT_ENDED, postgresql_where=NOT_ENDED),
        Index("matter_due", "due_at", sqlite_where=NOT_ENDED, postgresql_where=NOT_ENDED),
        NEVER_REUSE_IDS,
    )

    id: int | None = row_id(default=None, primary_key=True)
    person_id: int = row_id(foreign_key="person.id", index=True)
    commune: str | None = Field(default=None, foreign_key="place.id")  # None where the person named the province only
    province: str = Field(foreign_key="place.id")
    office: str = Field(foreign_key="place.id")  # whose officials were asked: the commune's, or else the province's
    is_passed_on: bool = False  # whether the province's officials were asked as well, the commune's being late
    taker_id: int | None = row_id(default=None, foreign_key="person.id")  # the official who took it
    taken_at: datetime | None = instant(default=None)  # or when they said something last
    taken_for: str | None = Field(default=None, foreign_key="place.id")  # in the name of which of the offices
    asked_at: datetime = instant()
    touched_at: datetime = instant()  # when anybody said anything last
    waiting_since: datetime | None = instant(default=None)  # None: the office has answered
    due_at: datetime | None = instant(default=None)  # by when an answer was promised
    times_late: int = 0  # how often that moment went by since the question was asked
    line_until: datetime | None = instant(default=None)  # the line closes then unless somebody says something
    ended_at: datetime | None = instant(default=None)


class MatterWord(SQLModel, table=True):
    """What one side of a matter said to the other: never changed, only followed."""

    __tablename__ = "matter_word"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    matter_id: int = row_id(foreign_key="matter.id", index=True)
    at: datetime = instant()
    by_person: int = row_id(foreign_key="person.id")
    office: str | None = Field(default=None, foreign_key="place.id")  # in whose name; None: the person who asked
    text: str = long_text()
    along: str = ""  # what went along: the draft, the question they stood at


class OfficialVersion(SQLModel, table=True):
    """What an official of a province has a topic answer there, for everybody who asks."""

    __tablename__ = "official_version"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    topic: str = Field(index=True)  # the shipped topic, or that of the version "own-1" began; "" begins one of its own
    province: str = Field(foreign_key="place.id")
    parent: str  # the shipped topic that one of its own is a part of; "" where none is near
    answer: str = long_text()
    more: str = long_text()
    steps: str = long_text()  # JSON
    simpler: str = long_text()
    english: str = long_text()
    source: str
    wordings: str = long_text()  # JSON: how people asked for it
    over: str  # the digest of the shipped topic it was written over; "" where there is none
    valid_from: date
    valid_to: date | None = None
    written_by: int | None = row_id(default=None, foreign_key="person.id")  # None: it came from a file
    written_at: datetime = instant()
    approved_by: int | None = row_id(default=None, foreign_key="person.id")
    approved_at: datetime | None = instant(default=None)  # None: it waits for a second official
    ended_at: datetime | None = instant(default=None)


class Question(SQLModel, table=True):
    """Something the assistant could not answer, or answered badly: without the names and numbers that stood in it."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    person_id: int | None = row_id(default=None, foreign_key="person.id", index=True)  # until they are told
    asked_at: datetime = instant()
    text: str = long_text()
    topic: str = ""  # whose answer was called no good
    province: str | None = Field(default=None, foreign_key="place.id")  # where they are, as far as known
    version_id: int | None = row_id(default=None, foreign_key="official_version.id", index=True)


class Audit(SQLModel, table=True):
    """Who looked at what, tried what, or was refused: numbers of rows only, and the reason where one must be given."""

    __table_args__ = (
        Index("audit_person_id_index", "person_id", "act", "at"),
        Index("audit_denied", "act", "at", sqlite_where=DENIED, postgresql_where=DENIED),
        NEVER_REUSE_IDS,
    )

    id: int | None = row_id(default=None, primary_key=True)
    at: datetime = instant()
    person_id: int = row_id(foreign_key="person.id")
    act: str
    was_denied: bool = False
    application_id: int | None = row_id(default=None)  # no foreign key: what happened outlives the application
    place_id: str | None = None
    reason: str | None = long_text(default=None)


class File(SQLModel, table=True):
    """A photo or document someone sent. The bytes are on disk under their sha256, which several rows may share."""

    __table_args__ = (NEVER_REUSE_IDS,)

    id: int | None = row_id(default=None, primary_key=True)
    sha256: str = Field(index=True)
    type: str
    size: int
    name: str
    owner_id: int = row_id(foreign_key="person.id", index=True)
    sensitivity: str  # "personal" | "public"
    created_at: datetime = instant()


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a model: what the queries are made of."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


PERSON = table_of(Person)
CONSENT = table_of(Consent)
CHAT = table_of(Chat)
PASS = table_of(Pass)
INBOX = table_of(Inbox)
OUTBOX = table_of(Outbox)
SEND_COUNT = table_of(SendCount)
PLACE = table_of(Place)
PRODUCER = table_of(Producer)
MEMBERSHIP = table_of(Membership)
PROGRESS = table_of(Progress)
ROUND = table_of(Round)
APPLICATION = table_of(Application)
HELP = table_of(Help)
APPLICATION_VERSION = table_of(ApplicationVersion)
APPLICATION_EVENT = table_of(ApplicationEvent)
ERASED_DOSSIER = table_of(ErasedDossier)
RECOGNITION = table_of(Recognition)
GRANT = table_of(Grant)
INVITE = table_of(Invite)
MATTER = table_of(Matter)
MATTER_WORD = table_of(MatterWord)
OFFICIAL_VERSION = table_of(OfficialVersion)
QUESTION = table_of(Question)
AUDIT = table_of(Audit)
FILE = table_of(File)
