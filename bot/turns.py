"""Turns: updates of the inbox are answered in order per chat, many chats at once, each in one transaction.

    keep ─► line of its chat ─► fetch its file ─► one transaction: dispatch, answers, outbox, inbox mark ─► delivery

A turn that raises is undone. A second small transaction then marks the update failed and apologises, so that it never
holds up those behind it.
"""

import asyncio
import json
import logging
import time
from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot import clock, metrics
from bot.async_store import AsyncStore
from bot.channels.base import Arrival, Channel, Native
from bot.delivery import Delivery
from bot.files import Fetched, FileStore
from handlers.dispatch import dispatch
from handlers.visit import Office, Visit
from storage import files, inbox, outbox, people
from storage.inbox import Kept
from storage.outbox import Waiting
from storage.store import Db
from talk.message import Attachment, Message, Update

log = logging.getLogger(__name__)

SORRY = "Xin lỗi, trợ lý vừa gặp trục trặc nên chưa làm được việc này. Những gì đã ghi vẫn còn đủ. Gõ lại giúp nhé."
SWEPT_AT_ONCE = 500
SWEPT_AFTER = timedelta(seconds=30)
REMEMBERED = timedelta(days=8)  # how long an update's id is kept, so that a late repeat is known


class Turns:
    """Answers the updates of one channel. Made and used on the event loop."""

    def __init__(self, channel: Channel, store: AsyncStore, delivery: Delivery, office: Office, files: FileStore):
        self.channel = channel
        self._store = store
        self._delivery = delivery
        self._office = office
        self._files = files
        self._lines: dict[str, deque[Kept]] = {}  # by address; the first of a line is being answered
        self._held: set[int] = set()
        self._fetching: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    async def keep(self, natives: list[Native]) -> None:
        """Write updates to the inbox; they are answered from there. Returns once they are committed."""
        rows = [(n.native_id, n.address, json.dumps(n.body, ensure_ascii=False)) for n in natives]
        name, bot = self.channel.name, self.channel.bot
        kept = await self._store.run(lambda db: inbox.keep(db, name, bot, rows, clock.now()))
        metrics.UPDATES.labels(name).inc(len(kept))
        metrics.REPEATS.labels(name).inc(len(natives) - len(kept))
        self._take(kept)

    async def recover(self, before: datetime) -> None:
        """Take up the updates kept before a moment and never answered."""
        name, bot = self.channel.name, self.channel.bot
        last = 0
        while True:
            found = await self._store.run(
                lambda db, last=last: inbox.unhandled(db, name, bot, before, SWEPT_AT_ONCE, last)  # type: ignore[misc]
            )
            self._take(found)
            if len(found) < SWEPT_AT_ONCE:
                return
            last = found[-1].id

    async def sweep(self) -> None:
        """Take up what fell through, and forget ids that no channel repeats any more."""
        now = clock.now()
        await self.recover(now - SWEPT_AFTER)
        await self._store.run(lambda db: inbox.forget(db, now - REMEMBERED))

    async def stop(self) -> None:
        """Begin no new turn; wait for those under way. What is left stays in the inbox."""
        self._is_stopping = True
        while self._held:
            await asyncio.sleep(0.01)

    # --- one line per chat

    def _take(self, kept: list[Kept]) -> None:
        for row in kept:
            if row.id in self._held or self._is_stopping:
                continue
            self._held.add(row.id)
            line = self._lines.get(row.address)
            if line is None:
                self._lines[row.address] = deque([row])
                self._begin(row)
            else:
                line.append(row)

    def _next(self, row: Kept) -> None:
        """The line's first update is over: the next one, please."""
        self._held.discard(row.id)
        line = self._lines[row.address]
        line.popleft()
        if self._is_stopping:
            self._held.difference_update(later.id for later in line)
            line.clear()
        if line:
            self._begin(line[0])
        else:
            del self._lines[row.address]

    def _begin(self, row: Kept) -> None:
        started = time.perf_counter()
        try:
            arrival = self.channel.read(json.loads(row.body))
        except Exception:
            log.exception("update %s cannot be read", row.id)
            arrival = Arrival(Update(other="unreadable"))
        if arrival and arrival.file:
            task = asyncio.get_running_loop().create_task(self._fetch_then_turn(row, arrival, started))
            self._fetching.add(task)
            task.add_done_callback(self._fetching.discard)
        else:
            self._turn(row, arrival.update if arrival else None, None, started)

    async def _fetch_then_turn(self, row: Kept, arrival: Arrival, started: float) -> None:
        assert arrival.file
        fetched = await self._files.take_in(self.channel, arrival.file)
        if isinstance(fetched, Fetched):
            self._turn(row, arrival.update, fetched, started)
        else:
            self._turn(row, replace(arrival.update, trouble=fetched), None, started)

    # --- one transaction

    def _turn(self, row: Kept, update: Update | None, file: Fetched | None, started: float) -> None:
        work = partial(self._work, row, update, file, clock.now())
        self._store.call(work, partial(self._on_turn, row, started))

    def _work(self, row: Kept, update: Update | None, file: Fetched | None, now: datetime, db: Db) -> list[Waiting]:
        """Everything an update changes. Runs in the store's thread."""
        if not inbox.done(db, row.id, now) or update is None:
            return []
        person = people.meet(db, self.channel.name, self.channel.bot, row.address, now)
        if not person.is_reachable:
            people.mark_reachable(db, person.chat_id)
        if file:
            file_id = files.add(db, file.sha256, file.type, file.size, file.name, person.person_id, now)
            update = replace(update, attachment=Attachment(file_id, file.type, file.size, file.name))
        messages = dispatch(Visit(db, person, now, self._office, clock.draw_code), update)
        return self._put(db, row, person.chat_id, messages, now)

    def _put(self, db: Db, row: Kept, chat_id: int, messages: list[Message], now: datetime) -> list[Waiting]:
        bodies = [message.dumps() for message in messages]
        name, bot = self.channel.name, self.channel.bot
        return outbox.put(db, chat_id, name, bot, row.address, bodies, now, inbox_id=row.id)

    def _on_turn(self, row: Kept, started: float, messages: list[Waiting] | None, error: BaseException | None) -> None:
        if error is not None:
            log.error("update %s failed", row.id, exc_info=error)
            now = clock.now()
            self._store.call(partial(self._apologise, row, now), partial(self._on_apology, row))
            return
        metrics.TURNS.labels(self.channel.name, "answered").inc()
        metrics.TURN_SECONDS.labels(self.channel.name).observe(time.perf_counter() - started)
        self._delivery.hand_over(messages or [])
        self._next(row)

    def _apologise(self, row: Kept, now: datetime, db: Db) -> list[Waiting]:
        if not inbox.failed(db, row.id, now):
            return []
        person = people.meet(db, self.channel.name, self.channel.bot, row.address, now)
        return self._put(db, row, person.chat_id, [Message(SORRY)], now)

    def _on_apology(self, row: Kept, messages: list[Waiting] | None, error: BaseException | None) -> None:
        if error is not None:
            # The database itself is away. The update stays in the inbox; the sweep takes it up again.
            log.error("update %s waits for the database: %s", row.id, type(error).__name__)
        metrics.TURNS.labels(self.channel.name, "failed").inc()
        self._delivery.hand_over(messages or [])
        self._next(row)
