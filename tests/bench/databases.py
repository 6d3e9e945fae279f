"""The databases the bot is measured on, empty and with many chats it knows from before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text

from storage.engine import make_engine, read_url
from storage.migrate import migrate
from storage.tables import CHAT, INBOX, OUTBOX, PERSON, PROGRESS

POSTGRES = "TEST_POSTGRES_URL"
BODY = (
    '{"facts":{},"answers":{"case":["1","first","given","77"],"producer":["Hợp tác xã Bản Mẫu","Hợp tác xã Bản Mẫu",'
    '"given","78"]},"at":"","latest":"producer","unclear":"","tries":0,"page":0,"picked":[],"side":null,"turns":2}'
)


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """A SQLite file with empty tables."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder}/bot.db"
    migrate(url)
    yield url


@contextmanager
def postgres() -> Iterator[str]:
    """A schema with empty tables on the server that TEST_POSTGRES_URL names; it is dropped in the end."""
    server = os.environ[POSTGRES]
    schema = f"bench_{uuid4().hex[:12]}"
    engine = make_engine(read_url(server))
    with engine.begin() as db:
        db.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
        url_of_schema = url.render_as_string(hide_password=False)
        migrate(url_of_schema)
        yield url_of_schema
    finally:
        with engine.begin() as db:
            db.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


def fill(url: str, bot: str, chats: int) -> None:
    """People who each have a draft half done, an update from long ago that was answered, and one from yesterday."""
    now = datetime.now(UTC)
    last_week, yesterday = now - timedelta(days=9), now - timedelta(days=1)
    at = {"channel": "telegram", "bot": bot}
    engine = make_engine(read_url(url))
    with engine.begin() as db:
        numbered = ("person", "chat", "progress")  # with the same numbers for each of these people
        first = 1 + max(db.execute(text(f"SELECT max(id) FROM {table}")).scalar() or 0 for table in numbered)
        ids = range(first, first + chats)
        addresses = {i: str(5_000_000_000 + i) for i in ids}
        db.execute(PERSON.insert(), [{"id": i, "created_at": last_week, "focus": i} for i in ids])
        chat = at | {"created_at": last_week}
        db.execute(CHAT.insert(), [chat | {"id": i, "address": addresses[i], "person_id": i} for i in ids])
        progress = {"conversation": "register", "body": BODY, "created_at": last_week, "updated_at": yesterday}
        db.execute(PROGRESS.insert(), [progress | {"id": i, "person_id": i, "subject": str(i)} for i in ids])
        sent = at | {"lane": "reply", "state": "sent", "body": BODY, "native_id": "1", "tries": 1, "unknowns": 0}
        for day in (last_week, yesterday):
            got = at | {"state": "done", "received_at": day, "done_at": day}
            db.execute(INBOX.insert(), [got | {"address": addresses[i], "native_id": f"{day:%d}-{i}"} for i in ids])
            said = sent | {"created_at": day, "due_at": day, "done_at": day}
            db.execute(OUTBOX.insert(), [said | {"address": addresses[i], "chat_id": i} for i in ids])
        if db.dialect.name == "postgresql":
            for table in numbered:
                db.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {first + chats})"))
    engine.dispose()
