"""The store as the event loop uses it: works are handed over, results come back on the loop, a batch at a time."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from storage.store import Db, Store, run_all

T = TypeVar("T")


class AsyncStore:
    """Transactions for the event loop it was made on."""

    def __init__(self, store: Store):
        self._store = store
        self._loop = asyncio.get_running_loop()
        store.deliver = lambda calls: self._loop.call_soon_threadsafe(run_all, calls)

    def call(self, work: Callable[[Db], T], done: Callable[[T | None, BaseException | None], None]) -> None:
        """Run `work` in one transaction, then `done(result, None)` or `done(None, error)` on the loop."""
        self._store.call(work, done)

    async def scrub(self) -> None:
        """Have what is deleted leave the database's own files, as far as that is ours to do."""
        await asyncio.to_thread(self._store.scrub)

    async def run(self, work: Callable[[Db], T]) -> T:
        """Run `work` in one transaction and wait for it to be committed. An error undoes it and is raised."""
        future: asyncio.Future[T] = self._loop.create_future()

        def done(result: T | None, error: BaseException | None) -> None:
            if future.cancelled():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type]

        self._store.call(work, done)
        return await future
