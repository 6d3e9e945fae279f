"""A store that can be away, as a PostgreSQL that is being restarted is."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from bot.async_store import AsyncStore
from storage.store import Db, Store

T = TypeVar("T")


class FrailStore(AsyncStore):
    """Fails every work while `is_away`, and counts them."""

    def __init__(self, store: Store):
        super().__init__(store)
        self.is_away = False
        self.failed = 0

    def call(self, work: Callable[[Db], T], done: Callable[[T | None, BaseException | None], None]) -> None:
        if self.is_away:
            self.failed += 1
            self._loop.call_soon(done, None, gone())
        else:
            super().call(work, done)

    async def run(self, work: Callable[[Db], T]) -> T:
        if self.is_away:
            self.failed += 1
            raise gone()
        return await super().run(work)


def gone() -> OperationalError:
    return OperationalError("SELECT 1", {}, Exception("the connection is closed"))
