"""The unit of work: hand over a function, it runs in a transaction of its own, its result comes back once committed.

    store = Store("sqlite:///bot.db")
    kept = store.run(lambda db: inbox.keep(db, "web", "", natives, now))

SQLite has one writer, so one thread does all the work and commits whatever has queued up in one go: sixty turns, one
wait for the disk. PostgreSQL locks by row, so several threads work side by side, each committing its own.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from storage.engine import lock_file, make_engine, read_url
from storage.worker import Job, Worker

# What every query takes first. Other floors write it in their annotations, and never call it.
Db: TypeAlias = Connection

T = TypeVar("T")
Calls = list[Callable[[], None]]

log = logging.getLogger(__name__)

BATCH = 64  # works that share a commit at most, on SQLite
THREADS = 8  # works side by side, on PostgreSQL


class StoreClosed(Exception):
    """The store is closed; nothing more can be kept or read."""


def run_all(calls: Calls) -> None:
    """Run each call in turn: what `deliver` comes down to, wherever it happens."""
    for call in calls:
        try:
            call()
        except Exception:
            log.exception("the work is done, but what should follow it failed")  # the others still wait for theirs


def is_away(error: BaseException) -> bool:
    """Whether the database was the trouble (gone, locked, full) rather than the work, which may do well later."""
    return isinstance(error, OperationalError | InterfaceError)


class Store:
    """Where everything is remembered. One per process; safe to use from any thread.

    `deliver` gets the calls of all works that were committed together, and has them run. An event loop sets it so as
    to be woken once a batch instead of once a work: `store.deliver = partial(loop.call_soon_threadsafe, run_all)`.
    """

    def __init__(self, url: str):
        """Open the database at `url`: `sqlite:///path` or `postgresql://…`. Raises StoreInUse."""
        place = read_url(url)
        self.deliver: Callable[[Calls], object] = run_all
        self._file_lock = lock_file(place)
        self._engine = make_engine(place)
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closing = Lock()
        self._closed = False
        threads, batch = (1, BATCH) if self._file_lock else (THREADS, 1)
        self._workers = [Worker(f"store-{n}", self._engine, self._jobs, self._tell, batch) for n in range(threads)]
        for worker in self._workers:
            worker.start()

    def call(self, work: Callable[[Connection], T], done: Callable[[T | None, BaseException | None], object]) -> None:
        """Run `work` in one transaction; `deliver` then runs `done(result, None)` or `done(None, error)`.

        On SQLite works run in the order they were handed over. `done` never comes before the commit is on disk.
        """
        self._put(Job(work, done, tell_at_once=False))

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Run `work` in one transaction; the future holds its result once committed, or the error that undid it."""
        future: Future[T] = Future()
        self._put(Job(work, partial(_resolve, future), tell_at_once=True))
        return future

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction and wait for its result."""
        return self.submit(work).result()

    def scrub(self) -> None:
        """Have what is deleted leave SQLite's write-ahead log, too, which would hold it until it is overwritten.

        PostgreSQL has a clock of its own for that (its vacuum, its archive).
        """
        if self._file_lock is None:
            return
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        """Finish what was handed over, then let go of the database."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            for _ in self._workers:
                self._jobs.put(None)
        for worker in self._workers:
            worker.join()
        self._engine.dispose()
        if self._file_lock:
            self._file_lock.release()

    def _put(self, job: Job) -> None:
        with self._closing:
            if self._closed:
                raise StoreClosed
            self._jobs.put(job)

    def _tell(self, jobs: list[Job]) -> None:
        for job in jobs:
            if job.tell_at_once:
                job.tell()
        calls: Calls = [job.tell for job in jobs if not job.tell_at_once]
        if calls:
            self.deliver(calls)


def _resolve(future: "Future[Any]", result: Any, error: BaseException | None) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
