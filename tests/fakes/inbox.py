"""An inbox in memory, for tests of a channel alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.channels.base import Channel, Native


class Inbox:
    """Keeps updates as the real one does: each id once, and not while it is `broken`."""

    def __init__(self) -> None:
        self.natives: dict[str, Native] = {}
        self.handed_over = 0
        self.broken = 0
        self._more = asyncio.Condition()

    async def keep(self, natives: list[Native]) -> None:
        self.handed_over += len(natives)
        if self.broken:
            self.broken -= 1
            raise OSError("disk full")
        async with self._more:
            for native in natives:
                self.natives.setdefault(native.native_id, native)
            self._more.notify_all()

    async def holds(self, number: int) -> list[Native]:
        async with asyncio.timeout(5), self._more:
            await self._more.wait_for(lambda: len(self.natives) >= number)
        return list(self.natives.values())

    @property
    def texts(self) -> list[str]:
        return [native.body["message"]["text"] for native in self.natives.values()]


@asynccontextmanager
async def listening(channel: Channel, inbox: Inbox) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(channel.listen(inbox.keep))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(happened: Callable[[], object]) -> None:
    """Wait for something that cannot tell us when it is there."""
    async with asyncio.timeout(5):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
