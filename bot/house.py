"""The house: one database, the channels that are set up, and for each its turns and its delivery."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.async_store import AsyncStore
from bot.channels.base import Channel
from bot.channels.web import WebChannel
from bot.channels.web_page import Switch, no_switch
from bot.channels.web_streams import Said
from bot.delivery import Delivery
from bot.files import FileStore
from bot.links import Links
from bot.quota import Quota
from bot.settings import Settings
from bot.shelf import Shelf
from bot.turns import Turns
from bot.upkeep import Upkeep
from handlers import answerers, catalogue, documents, places
from handlers.matters import clock as promises
from handlers.visit import Moment, Office
from storage import inbox, outbox
from storage.files import Stored
from storage.outbox import Open
from storage.store import Store
from talk.message import Document, Message

log = logging.getLogger(__name__)

SWEEP_SECONDS = 5
PROMISES_SECONDS = 30
EVER = datetime.max.replace(tzinfo=UTC)
LISTEN_AGAIN_SECONDS = 5
SOON = timedelta(minutes=10)
# One paper after the other, whichever house it is for: all share the letters, which keep their place while being read,
# so that two drawn at once spoil each other.
DRAWER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawer")


Terms: TypeAlias = tuple[Channel, float, float, Quota | None]


@dataclass(frozen=True, slots=True)
class Desk:
    """One channel with all that serves it."""

    channel: Channel
    turns: Turns
    delivery: Delivery


class House:
    """Everything that runs. Made on the event loop; `open`, then `close`."""

    def __init__(self, settings: Settings, store: Store, switch: Switch = no_switch):
        self._switch = switch
        self._store = AsyncStore(store)
        self._is_alone = settings.database_url.startswith("sqlite")
        self._office = Office(
            settings.operator_name, settings.operator_contact, settings.timezone, settings.retention_days
        )
        self._files = FileStore(settings.files_dir)
        self._upkeep = Upkeep(self._store, self._files, settings.retention_days)
        self._shelf = Shelf(self._store, settings.timezone)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._listeners: list[asyncio.Task[None]] = []
        self._posting: set[asyncio.Task[None]] = set()
        self.desks = [self._desk(*terms) for terms in self._channels(settings)]

    def _channels(self, settings: Settings) -> list[Terms]:
        """Every channel that is set up, with its sends a second in all and per chat, and its month."""
        links = Links(settings.secret_key.get_secret_value(), settings.public_url, self._make)
        web = WebChannel(
            secret_key=settings.secret_key.get_secret_value(),
            public_url=settings.public_url,
            drop_box=settings.files_dir / "drop_box",
            history=self._history,
            switch=self._switch,
            links=links,
        )
        channels: list[Terms] = [(web, 10_000.0, 1_000.0, None)]
        if token := settings.telegram_bot_token.get_secret_value():
            from bot.channels.telegram import TelegramChannel  # half a second of imports

            telegram = TelegramChannel(
                token,
                settings.telegram_api_url,
                mode=settings.telegram_mode,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
                public_url=settings.public_url,
                make=self._make,
            )
            rates = settings.telegram_sends_per_second, settings.telegram_chat_sends_per_second
            channels.append((telegram, *rates, None))
        if token := settings.zalo_bot_token.get_secret_value():
            from bot.channels import zalo  # a tenth of a second of imports

            channel = zalo.ZaloChannel(
                token,
                settings.zalo_bot_api_url,
                mode=settings.zalo_bot_mode,
                webhook_secret=settings.zalo_bot_webhook_secret.get_secret_value(),
                public_url=settings.public_url,
                address_of=links.address,
            )
            quota = Quota(channel.name, channel.bot, settings.zalo_bot_monthly_limit, settings.timezone)
            channels.append((channel, zalo.SENDS_PER_SECOND, zalo.CHAT_SENDS_PER_SECOND, quota))
        return channels

    def _desk(
        self, channel: Channel, sends_per_second: float, chat_sends_per_second: float, quota: Quota | None
    ) -> Desk:
        delivery = Delivery(channel, self._store, sends_per_second, chat_sends_per_second, quota)
        return Desk(channel, self._turns(channel, delivery), delivery)

    def _turns(self, channel: Channel, delivery: Delivery) -> Turns:
        return Turns(
            channel, self._store, delivery, self._office, self._shelf, self._files, self._upkeep.wipe, self._post
        )

    async def _history(self, address: str, after: int | None, limit: int) -> list[Said]:
        """What was said to a web chat; the web channel's History."""
        shown = await self._store.run(lambda db: outbox.of_chat(db, "web", "", address, limit, after))
        return [Said(row.id, Message.loads(row.body)) for row in shown]

    async def _make(self, document: Document) -> bytes | None:
        """A document, drawn or read in another thread from what is looked up in one transaction."""
        found = await self._store.run(lambda db: documents.prepare(db, document, clock.now()))
        if isinstance(found, Stored):
            return await asyncio.to_thread(self._files.read, found.sha256)
        return await asyncio.get_running_loop().run_in_executor(DRAWER, found) if found else None

    async def open(self) -> None:
        """Take up what a former run left, then listen."""
        started = clock.now()
        for put_all in (places.put_all, catalogue.put_all):
            await self._store.run(put_all)
        await self._shelf.refresh()
        self._every(SWEEP_SECONDS, self._shelf.refresh)
        self._listeners.append(asyncio.create_task(asyncio.to_thread(answerers.get_ready)))
        if self._is_alone:
            await self._store.run(lambda db: outbox.free_all(db, started))
        for desk in self.desks:
            await desk.delivery.sweep()
            await desk.turns.recover(EVER)  # also what was kept before a clock was set back
            self._listeners.append(asyncio.create_task(self._listen(desk)))
            for sweep in (desk.delivery.sweep, desk.turns.sweep):
                self._every(SWEEP_SECONDS, sweep)
        # Once soon, too: a machine that is switched off at night must forget as well.
        for at in ({"trigger": "cron", "hour": 3, "timezone": self._office.timezone}, {"run_date": started + SOON}):
            self._scheduler.add_job(self._forget, misfire_grace_time=None, coalesce=True, max_instances=1, **at)
        self._every(PROMISES_SECONDS, self._keep_promises)
        self._scheduler.start()

    def _every(self, seconds: int, work: Callable[[], Awaitable[None]]) -> None:
        """Run a work again and again. However late a tick comes: what is due is in the database, not in the ticks."""
        self._scheduler.add_job(
            work, "interval", seconds=seconds, misfire_grace_time=None, coalesce=True, max_instances=1
        )

    async def close(self) -> None:
        """Take nothing new in, finish what is under way, let go of the connections."""
        for listener in self._listeners:
            listener.cancel()
        await asyncio.gather(*self._listeners, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        # Side by side, so that a channel that hangs does not take the time of the others.
        await asyncio.gather(*(self._close(desk) for desk in self.desks))

    async def _listen(self, desk: Desk) -> None:
        """Listen to a channel until cancelled, whatever goes wrong with it."""
        while True:
            try:
                return await desk.channel.listen(desk.turns.keep)
            except Exception:
                log.exception("listening to %s broke off; again in %d s", desk.channel.name, LISTEN_AGAIN_SECONDS)
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    def _post(self) -> None:
        """Send what a turn wrote to other people's chats now: they may be waiting for every word."""
        for desk in self.desks:
            task = asyncio.get_running_loop().create_task(desk.delivery.sweep())
            self._posting.add(task)
            task.add_done_callback(self._on_posted)

    def _on_posted(self, task: "asyncio.Task[None]") -> None:
        self._posting.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("not sent at once, the next sweep does it: %s", type(error).__name__)

    async def _close(self, desk: Desk) -> None:
        await desk.turns.stop()
        await desk.delivery.stop()
        await desk.channel.close()

    async def _forget(self) -> None:
        await self._upkeep.sweep(clock.now())

    async def _keep_promises(self) -> None:
        now = clock.now()
        await self._store.run(lambda db: promises.sweep(Moment(db, now, self._office)))

    async def feel(self) -> None:
        """Have the database answer something small. Raises what is wrong with it."""
        await self._store.run(lambda db: inbox.is_new(db, 0))

    async def open_messages(self) -> list[Open]:
        """What is still on its way out, counted."""
        return await self._store.run(outbox.count_open)
