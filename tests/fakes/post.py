"""Delivery over a fake channel, with an outbox to put messages into and to look into."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import text

from bot import clock
from bot.delivery import Delivery
from storage import outbox, people
from storage.outbox import Waiting
from storage.store import Db
from talk.message import Message
from tests.fakes.channel import FakeChannel
from tests.fakes.frail_store import FrailStore


class Post:
    """One delivery at work."""

    def __init__(self, store: FrailStore, channel: FakeChannel, per_second: float = 5_000, per_chat: float = 5_000):
        self.store = store
        self.channel = channel
        self.delivery = Delivery(channel, store, per_second, per_chat)

    async def put(self, *texts: str, to: str = "chat-1", now: datetime | None = None, **options: Any) -> list[Waiting]:
        """Messages for a chat, safe in the outbox."""
        at = now or clock.now()

        def work(db: Db) -> list[Waiting]:
            chat = people.meet(db, self.channel.name, self.channel.bot, to, at).chat_id
            bodies = [Message(words).dumps() for words in texts]
            return outbox.put(db, chat, self.channel.name, self.channel.bot, to, bodies, at, **options)

        return await self.store.run(work)

    async def say(self, *texts: str, to: str = "chat-1", **options: Any) -> list[int]:
        """Messages for a chat, put and handed over, as a turn does it."""
        put = await self.put(*texts, to=to, **options)
        self.delivery.hand_over(put)
        return [message.id for message in put]

    async def rows(self, columns: str = "state", order: str = "id") -> list[Any]:
        """What the outbox holds: one value a row where one column is asked for."""
        found = await self.store.run(
            lambda db: db.execute(text(f"SELECT {columns} FROM outbox ORDER BY {order}")).all()
        )
        return [row[0] if len(row) == 1 else tuple(row) for row in found]

    async def all_done(self, *, with_sweeps: bool = False) -> list[str]:
        """Wait until every message has come to its end; the states they ended in."""

        async def is_done() -> bool:
            if with_sweeps:
                await self.delivery.sweep()
            return not {"waiting", "sending"} & set(await self.rows())

        await until_async(is_done)
        return await self.rows()


async def until(is_true: Callable[[], object]) -> None:
    """Wait until something has come about."""
    for _ in range(2_000):
        if is_true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("waited too long")


async def until_async(is_true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something has come about that takes a look into the database."""
    for _ in range(1_000):
        if await is_true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("waited too long")
