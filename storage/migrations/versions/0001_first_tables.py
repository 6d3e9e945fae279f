"""The first tables: people and chats, what comes in and goes out, producers and their applications."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, RowId

revision = "0001"
down_revision = None

NOT_DONE: dict[str, Any] = dict.fromkeys(["sqlite_where", "postgresql_where"], sa.text("done_at IS NULL"))
LEASED: dict[str, Any] = dict.fromkeys(["sqlite_where", "postgresql_where"], sa.text("lease_until IS NOT NULL"))


def number(name: str, *constraints: Any, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, RowId(), *constraints, nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Instant(), nullable=nullable)


def word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def long_text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def amount(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"{table}_pkey")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"{table}_{'_'.join(columns)}_key")


def link(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"{table}_{column}_fkey")


def upgrade() -> None:
    op.create_table(
        "person",
        number("id"),
        instant("created_at"),
        number("focus", nullable=True),
        key("person", "id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "chat",
        number("id"),
        word("channel"),
        word("bot"),
        word("address"),
        number("person_id"),
        instant("created_at"),
        instant("unreachable_at", nullable=True),
        key("chat", "id"),
        unique("chat", "channel", "bot", "address"),
        link("chat", "person_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("chat_person_id_index", "chat", ["person_id"])
    create_messages()
    create_programme()
    create_applications()


def create_messages() -> None:
    op.create_table(
        "inbox",
        number("id"),
        word("channel"),
        word("bot"),
        word("native_id"),
        word("address"),
        long_text("body", nullable=True),
        instant("received_at"),
        word("state"),
        instant("done_at", nullable=True),
        key("inbox", "id"),
        unique("inbox", "channel", "bot", "native_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("inbox_unhandled", "inbox", ["channel", "bot", "id"], **NOT_DONE)
    op.create_table(
        "outbox",
        number("id"),
        number("chat_id"),
        word("channel"),
        word("bot"),
        word("address"),
        word("lane"),
        long_text("body"),
        word("state"),
        instant("created_at"),
        instant("due_at"),
        instant("not_after", nullable=True),
        instant("lease_until", nullable=True),
        amount("tries"),
        amount("unknowns"),
        word("native_id", nullable=True),
        word("why", nullable=True),
        word("once_key", nullable=True),
        number("inbox_id", nullable=True),
        instant("done_at", nullable=True),
        key("outbox", "id"),
        unique("outbox", "once_key"),
        link("outbox", "chat_id", "chat"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_chat_id_index", "outbox", ["chat_id", "id"])
    op.create_index("outbox_due", "outbox", ["channel", "bot", "lane", "state", "due_at", "id"], **NOT_DONE)
    op.create_index("outbox_open_of_chat", "outbox", ["chat_id", "lane", "id"], **NOT_DONE)
    op.create_index("outbox_lease", "outbox", ["lease_until"], **LEASED)


def create_programme() -> None:
    op.create_table(
        "place",
        word("id"),
        word("kind"),
        word("name"),
        word("province_id", nullable=True),
        day("valid_from", nullable=True),
        day("valid_to", nullable=True),
        word("successor_id", nullable=True),
        key("place", "id"),
        link("place", "province_id", "place"),
        link("place", "successor_id", "place"),
    )
    op.create_table(
        "round",
        word("id"),
        word("level"),
        word("place_id", nullable=True),
        day("opens", nullable=True),
        day("files_before"),
        day("held_before"),
        word("source"),
        key("round", "id"),
        link("round", "place_id", "place"),
    )
    op.create_table(
        "producer",
        number("id"),
        word("name"),
        word("kind"),
        word("place_id", nullable=True),
        instant("created_at"),
        key("producer", "id"),
        link("producer", "place_id", "place"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "membership",
        number("person_id"),
        number("producer_id"),
        word("right"),
        key("membership", "person_id", "producer_id"),
        link("membership", "person_id", "person"),
        link("membership", "producer_id", "producer"),
    )
    op.create_index("membership_producer_id_index", "membership", ["producer_id"])


def create_applications() -> None:
    op.create_table(
        "progress",
        number("id"),
        number("person_id"),
        word("conversation"),
        word("subject"),
        long_text("body"),
        instant("created_at"),
        instant("updated_at"),
        key("progress", "id"),
        unique("progress", "person_id", "conversation", "subject"),
        link("progress", "person_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "application",
        number("id"),
        word("code", nullable=True),
        number("person_id"),
        number("producer_id", nullable=True),
        number("progress_id", nullable=True),
        word("round_id", nullable=True),
        word("case"),
        word("product"),
        word("product_set"),
        word("province", nullable=True),
        word("commune", nullable=True),
        word("state"),
        instant("created_at"),
        instant("confirmed_at", nullable=True),
        key("application", "id"),
        unique("application", "code"),
        unique("application", "progress_id"),
        link("application", "person_id", "person"),
        link("application", "producer_id", "producer"),
        link("application", "round_id", "round"),
        link("application", "province", "place"),
        link("application", "commune", "place"),
        sqlite_autoincrement=True,
    )
    op.create_index("application_person_id_index", "application", ["person_id"])
    op.create_table(
        "application_version",
        number("application_id"),
        amount("number"),
        long_text("body"),
        number("confirmed_by"),
        instant("confirmed_at"),
        key("application_version", "application_id", "number"),
        link("application_version", "application_id", "application"),
        link("application_version", "confirmed_by", "person"),
    )
    op.create_table(
        "file",
        number("id"),
        word("sha256"),
        word("type"),
        amount("size"),
        word("name"),
        number("owner_id"),
        word("sensitivity"),
        instant("created_at"),
        key("file", "id"),
        link("file", "owner_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("file_sha256_index", "file", ["sha256"])
    op.create_index("file_owner_id_index", "file", ["owner_id"])
