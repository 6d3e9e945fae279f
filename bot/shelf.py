"""The library as this process knows it: read at the start, and anew when officials changed it, here or elsewhere."""

import asyncio
import logging
from zoneinfo import ZoneInfo

from bot import clock
from bot.async_store import AsyncStore
from handlers.library import read
from ocop.library import SHIPPED, Library
from storage import official_versions

log = logging.getLogger(__name__)


class Shelf:
    """What questions are understood by and answered from. A change is here at once, elsewhere with the next sweep."""

    def __init__(self, store: AsyncStore, timezone: ZoneInfo):
        self.library: Library = SHIPPED
        self._store = store
        self._timezone = timezone
        self._as_of: object = None
        self._refreshing: set[asyncio.Task[None]] = set()

    async def refresh(self) -> None:
        """Read the library if anything of it changed, or the day did."""
        day = clock.now().astimezone(self._timezone).date()
        as_of = (await self._store.run(official_versions.changes), day)
        if as_of == self._as_of:
            return
        library = await self._store.run(lambda db: read(db, self._timezone, day))
        # Some seconds' work where officials answered thousands: nobody waits for it.
        await asyncio.to_thread(getattr, library, "bank")
        self.library, self._as_of = library, as_of

    def refresh_soon(self) -> None:
        """Begin to read it: a turn has just changed it."""
        task = asyncio.get_running_loop().create_task(self.refresh())
        self._refreshing.add(task)
        task.add_done_callback(self._on_refreshed)

    def _on_refreshed(self, task: "asyncio.Task[None]") -> None:
        self._refreshing.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("the library is not read anew yet, the next sweep does it: %s", type(error).__name__)
