"""A thread that runs works against the database, and tells their owners once the commit is safe."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from sqlalchemy import Connection, Engine

Work = Callable[[Connection], Any]
Tell = Callable[[list["Job"]], None]

log = logging.getLogger(__name__)

BATCH_SECONDS = 0.02  # no work waits longer than this for the neighbours it shares a commit with


@dataclass(slots=True, eq=False)
class Job:
    """A work on its way: what to run, whom to tell, and how it ended."""

    work: Work
    done: Callable[[Any, BaseException | None], object]
    tell_at_once: bool  # from this thread, rather than through the store's `deliver`
    result: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        self.done(self.result, self.error)


class Worker(Thread):
    """One connection, one transaction after the other, up to `batch` works in each.

    A work alone has the transaction to itself. Where several share one, each runs in a savepoint: a work that raises
    undoes only its own doing. When the commit fails, nothing was done and every one of them gets that error.
    """

    def __init__(self, name: str, engine: Engine, jobs: "SimpleQueue[Job | None]", tell: Tell, batch: int):
        super().__init__(name=name, daemon=True)
        self._engine = engine
        self._jobs = jobs
        self._tell = tell
        self._batch = batch
        self._ahead: deque[Job] = deque()  # taken from the queue, left over when a batch ran out of time
        self._stopping = False
        self._connection: Connection | None = None

    def run(self) -> None:
        """Work until a None comes out of the queue and everything before it is done."""
        while batch := self._take():
            ran = self._run_batch(batch)
            self._ahead.extendleft(reversed(batch[ran:]))
            try:
                self._tell(batch[:ran])
            except Exception:
                # The works are done and committed; this thread has others to serve.
                log.exception("nobody could be told that their work is done")
        self._disconnect()

    def _take(self) -> list[Job]:
        """The next jobs to run together; waits for one, empty when it is time to stop."""
        if not self._ahead and not self._stopping:
            self._fetch(wait=True)
        while len(self._ahead) < self._batch and not self._stopping and self._fetch(wait=False):
            pass
        return [self._ahead.popleft() for _ in range(min(self._batch, len(self._ahead)))]

    def _fetch(self, *, wait: bool) -> bool:
        try:
            job = self._jobs.get(wait)
        except Empty:
            return False
        if job is None:
            self._stopping = True
            return False
        self._ahead.append(job)
        return True

    def _run_batch(self, batch: list[Job]) -> int:
        """Run jobs from the front of `batch` and commit; the number that ran."""
        ran = 0
        try:
            db = self._connect()
            with db.begin():
                if len(batch) == 1:
                    ran = 1
                    batch[0].result = batch[0].work(db)
                else:
                    started = time.monotonic()
                    for job in batch:
                        ran += 1
                        self._run_beside_others(db, job)
                        if time.monotonic() - started > BATCH_SECONDS:
                            break
        except BaseException as error:  # whatever it was, somebody waits for the answer
            ran = ran or len(batch)
            for job in batch[:ran]:
                job.result, job.error = None, job.error or error
            if len(batch) > 1 or self._is_lost():
                self._disconnect()
        return ran

    @staticmethod
    def _run_beside_others(db: Connection, job: Job) -> None:
        db.exec_driver_sql("SAVEPOINT work")
        try:
            job.result = job.work(db)
        except Exception as error:
            job.error = error
            try:
                db.exec_driver_sql("ROLLBACK TO work")
            except Exception:
                # SQLite undid the whole transaction by itself (a full disk does that): nobody's work was done.
                raise error from None
        db.exec_driver_sql("RELEASE work")

    def _connect(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _is_lost(self) -> bool:
        return self._connection is not None and self._connection.invalidated

    def _disconnect(self) -> None:
        """Let go of the connection; the next work makes a new one."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()
