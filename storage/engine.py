"""How to connect: one address in the settings, the right engine for it."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from storage.lock import FileLock

CONNECT_SECONDS = 5  # a PostgreSQL that does not answer must not hold up a start, or a stop

# FULL: a committed turn survives a power cut. secure_delete: what a person asks us to forget is overwritten.
PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
"""


def read_url(url: str) -> URL:
    """The address as SQLAlchemy wants it; `postgres://` and `postgresql://` mean psycopg."""
    read = make_url(url)
    if read.drivername in ("postgres", "postgresql"):
        read = read.set(drivername="postgresql+psycopg")
    if read.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ValueError(f"unknown kind of database: {read.drivername}")
    if read.drivername == "sqlite" and read.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: sqlite:///path/to/file.db")
    return read


def sqlite_file(url: URL) -> Path | None:
    """The file behind a SQLite address, None for PostgreSQL."""
    return Path(url.database or "") if url.drivername == "sqlite" else None


def lock_file(url: URL) -> FileLock | None:
    """Keep other processes off a SQLite file; PostgreSQL is made for several. Raises StoreInUse."""
    file = sqlite_file(url)
    return FileLock(file) if file else None


def make_engine(url: URL) -> Engine:
    """An engine whose connections are plain: no pool, a transaction begins when SQLAlchemy says so.

    On SQLite it begins IMMEDIATE: waiting for the write lock happens there, never in the middle of a turn.
    """
    if url.drivername != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS})
    # isolation_level None stops the driver from opening transactions of its own.
    engine = create_engine(url, poolclass=NullPool, connect_args={"isolation_level": None})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.executescript(PRAGMAS)

    def begin(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")

    # Not the "begin" event: an engine with listeners runs through all of them at every statement, 5 µs each.
    engine.dialect.do_begin = begin  # type: ignore[method-assign, assignment]
    return engine
