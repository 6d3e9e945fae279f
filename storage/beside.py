"""One small work in a database that another process may be serving from."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine import make_engine, read_url
from storage.lock import StoreInUse
from storage.migrate import migrate

T = TypeVar("T")


def run_beside(url: str, work: Callable[[Connection], T]) -> T:
    """Run `work` in one transaction, with or without the assistant running on the same database.

    A Store keeps other processes off a SQLite file, since only it may send. Work that neither sends nor frees anything
    may go beside it: SQLite itself lets one transaction wait for the other.
    """
    with suppress(StoreInUse):  # who has it open has brought it up to date
        migrate(url)
    engine = make_engine(read_url(url))
    try:
        with engine.begin() as db:
            return work(db)
    finally:
        engine.dispose()
