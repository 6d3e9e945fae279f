"""The house: one database, the channels that are set up, and for each its turns and its delivery."""

import asyncio
import logging
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.async_store import AsyncStore
from bot.channels.base import Channel
from bot.channels.web import WebChannel
from bot.channels.web_streams import Said
from bot.delivery import Delivery
from bot.files import FileStore
from bot.settings import Settings
from bot.turns import Turns
from handlers import places
from handlers.visit import Office
from storage import outbox
from storage.outbox import Open
from storage.store import Store
from talk.message import Message

log = logging.getLogger(__name__)

SWEEP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """One channel with all that serves it."""

    channel: Channel
    turns: Turns
    delivery: Delivery


class House:
    """Everything that runs. Made on the event loop; `open`, then `close`."""

    def __init__(self, settings: Settings, store: Store):
        self._store = AsyncStore(store)
        self._is_alone = settings.database_url.startswith("sqlite")
        self._office = Office(settings.operator_name, settings.operator_contact, settings.timezone)
        self._files = FileStore(settings.files_dir)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._listeners: list[asyncio.Task[None]] = []
        self.desks = [self._desk(channel, *rates) for channel, *rates in self._channels(settings)]

    def _channels(self, settings: Settings) -> list[tuple[Channel, float, float]]:
        """Every channel that is set up, with its sends a second in all and per chat."""
        web = WebChannel(
            secret_key=settings.secret_key.get_secret_value(),
            public_url=settings.public_url,
            drop_box=settings.files_dir / "drop_box",
            history=self._history,
        )
        channels: list[tuple[Channel, float, float]] = [(web, 10_000.0, 1_000.0)]
        if token := settings.telegram_bot_token.get_secret_value():
            from bot.channels.telegram import TelegramChannel  # half a second of imports

            telegram = TelegramChannel(
                token,
                settings.telegram_api_url,
                mode=settings.telegram_mode,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
                public_url=settings.public_url,
            )
            channels.append((telegram, settings.telegram_sends_per_second, settings.telegram_chat_sends_per_second))
        return channels

    def _desk(self, channel: Channel, sends_per_second: float, chat_sends_per_second: float) -> Desk:
        delivery = Delivery(channel, self._store, sends_per_second, chat_sends_per_second)
        return Desk(channel, Turns(channel, self._store, delivery, self._office, self._files), delivery)

    async def _history(self, address: str, after: int | None, limit: int) -> list[Said]:
        """What was said to a web chat; the web channel's History."""
        shown = await self._store.run(lambda db: outbox.of_chat(db, "web", "", address, limit, after))
        return [Said(row.id, Message.loads(row.body)) for row in shown]

    async def open(self) -> None:
        """Take up what a former run left, then listen."""
        started = clock.now()
        await self._store.run(places.put_all)
        if self._is_alone:
            await self._store.run(lambda db: outbox.free_all(db, started))
        for desk in self.desks:
            await desk.delivery.sweep()
            await desk.turns.recover(started)
            self._listeners.append(asyncio.create_task(desk.channel.listen(desk.turns.keep)))
            for sweep in (desk.delivery.sweep, desk.turns.sweep):
                # However late a tick comes, it is run: what is due is in the database, not in the ticks.
                self._scheduler.add_job(
                    sweep, "interval", seconds=SWEEP_SECONDS, misfire_grace_time=None, coalesce=True, max_instances=1
                )
        self._scheduler.start()

    async def close(self) -> None:
        """Take nothing new in, finish what is under way, let go of the connections."""
        for listener in self._listeners:
            listener.cancel()
        await asyncio.gather(*self._listeners, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for desk in self.desks:
            await desk.turns.stop()
            await desk.delivery.stop()
            await desk.channel.close()

    async def open_messages(self) -> list[Open]:
        """What is still on its way out, counted."""
        return await self._store.run(outbox.count_open)
