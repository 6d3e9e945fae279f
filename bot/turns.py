"""Turns: updates of the inbox are answered in order per chat, many chats at once, each in one transaction.

    keep ─► queue of its chat ─► fetch its file ─► one transaction: inbox mark, dispatch, answers, outbox ─► delivery

Where the reply could go out this very moment, delivery keeps a place for it and the transaction claims it as well.

A turn that raises is undone. A second small transaction then marks the update failed and apologises, so that it never
holds up those behind it. While the database is away, though, nothing is anybody's fault: the queue waits for it.
"""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from bot import clock, metrics
from bot.async_store import AsyncStore
from bot.channels.base import Arrival, Channel, Native
from bot.delivery import LEASE, Delivery
from bot.files import Fetched, FileStore
from bot.retries import backoff
from bot.shelf import Shelf
from handlers.dispatch import dispatch
from handlers.visit import Office, Traces, Visit
from ocop.asking import NOTHING, Understood, understand
from ocop.library import Library
from storage import files, inbox, outbox, people
from storage.inbox import Kept
from storage.outbox import Waiting
from storage.store import Db, is_away
from talk.message import Attachment, Message, Update

log = logging.getLogger(__name__)

SORRY = "Xin lỗi, trợ lý vừa gặp trục trặc nên chưa làm được việc này. Những gì đã ghi vẫn còn đủ. Gõ lại giúp nhé."
SWEPT_AT_ONCE = 500
SWEPT_AFTER = timedelta(seconds=30)
REMEMBERED = timedelta(days=8)  # how long an update's id is kept, so that a late repeat is known
TRIES = 3  # of a turn that fails by the database, before that is taken for the turn's own fault
LONGEST_WAIT = 15.0  # seconds until the database is asked again
STOP_SECONDS = 3

Done: TypeAlias = Callable[[list[Waiting] | None, BaseException | None], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """An update read, with its file fetched: ready to be answered, in a transaction."""

    row: Kept
    update: Update | None  # None when there is nothing to answer
    file: Fetched | None
    started: float
    library: Library
    understood: Understood = NOTHING
    tries: int = 0


class Turns:
    """Answers the updates of one channel. Made and used on the event loop."""

    def __init__(
        self,
        channel: Channel,
        store: AsyncStore,
        delivery: Delivery,
        office: Office,
        shelf: Shelf,
        files: FileStore,
        wipe: Callable[[Traces], Awaitable[None]],
        post: Callable[[], None],
    ):
        """`post` has what was written to other people sent, whichever channel they are on."""
        self.channel = channel
        self._store = store
        self._delivery = delivery
        self._office = office
        self._shelf = shelf
        self._files = files
        self._wipe = wipe
        self._post = post
        self._queues: dict[str, deque[Kept]] = {}  # by address; the first of each is being answered
        self._held: set[int] = set()
        self._fetching: set[asyncio.Task[None]] = set()
        self._wiping: set[asyncio.Future[None]] = set()
        self._waiting: dict[int, asyncio.TimerHandle] = {}  # the updates that wait for the database
        self._in_transaction = 0
        self._is_stopping = False
        self._at_rest = asyncio.Event()

    async def keep(self, natives: list[Native]) -> None:
        """Write updates to the inbox; they are answered from there. Returns once they are committed."""
        # In ASCII: half an emoji, which some phones send, is nothing a database would take.
        rows = [(n.native_id, n.address, json.dumps(n.body)) for n in natives]
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
        """Begin no new turn; wait for those in their transaction. What is left stays in the inbox."""
        self._is_stopping = True
        for fetch in self._fetching:
            fetch.cancel()
        for timer in self._waiting.values():
            timer.cancel()
        self._note_rest()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self._at_rest.wait()

    def _note_rest(self) -> None:
        if self._is_stopping and not self._in_transaction:
            self._at_rest.set()

    # --- one queue per chat

    def _take(self, kept: list[Kept]) -> None:
        for row in kept:
            if row.id in self._held or self._is_stopping:
                continue
            self._held.add(row.id)
            queue = self._queues.get(row.address)
            if queue is None:
                self._queues[row.address] = deque([row])
                self._begin(row)
            else:
                queue.append(row)

    def _next(self, row: Kept) -> None:
        """The queue's first update is over: the next one, please."""
        self._held.discard(row.id)
        queue = self._queues[row.address]
        queue.popleft()
        if not queue:
            del self._queues[row.address]
        elif not self._is_stopping:
            self._begin(queue[0])

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
            update = arrival.update if arrival else None
            library = self._shelf.library
            understood = understand(update.text, library.bank) if update and update.text else NOTHING
            self._answer(Ready(row, update, None, started, library, understood))

    async def _fetch_then_turn(self, row: Kept, arrival: Arrival, started: float) -> None:
        assert arrival.file
        fetched = await self._files.take_in(self.channel, arrival.file)
        if isinstance(fetched, Fetched):
            self._answer(Ready(row, arrival.update, fetched, started, self._shelf.library))
        else:
            update = replace(arrival.update, trouble=fetched)
            self._answer(Ready(row, update, None, started, self._shelf.library))

    # --- one transaction

    def _answer(self, ready: Ready) -> None:
        self._waiting.pop(ready.row.id, None)
        traces = Traces()
        has_place = ready.update is not None and self._delivery.reserve(ready.row.address)
        work = partial(self._work, ready, clock.now(), traces, has_place)
        self._call(work, partial(self._on_turn, ready, traces, has_place))

    def _call(self, work: Callable[[Db], list[Waiting]], done: Done) -> None:
        self._in_transaction += 1
        self._store.call(work, partial(self._on_call, done))

    def _on_call(self, done: Done, messages: list[Waiting] | None, error: BaseException | None) -> None:
        self._in_transaction -= 1
        done(messages, error)
        self._note_rest()

    def _work(self, ready: Ready, now: datetime, traces: Traces, has_place: bool, db: Db) -> list[Waiting]:
        """Everything an update changes. Runs in the store's thread."""
        row, update, file = ready.row, ready.update, ready.file
        if not inbox.done(db, row.id, now) or update is None:
            return []
        person = people.meet(db, self.channel.name, self.channel.bot, row.address, now)
        if not person.is_reachable:
            people.mark_reachable(db, person.chat_id)
        if file and not self._files.path(file.sha256).exists():
            # Somebody deleted their last copy of the same bytes since they were fetched.
            update = replace(update, trouble="not_fetched")
        elif file:
            file_id = files.add(db, file.sha256, file.type, file.size, file.name, person.person_id, now)
            update = replace(update, attachment=Attachment(file_id, file.type, file.size, file.name))
        visit = Visit(db, now, self._office, person, clock.draw_code, ready.understood, ready.library, traces=traces)
        messages = dispatch(visit, update)
        return self._put(db, row, person.chat_id, messages, now, now + LEASE if has_place else None)

    def _put(
        self,
        db: Db,
        row: Kept,
        chat_id: int,
        messages: list[Message],
        now: datetime,
        lease_until: datetime | None = None,
    ) -> list[Waiting]:
        parts = [part for message in messages for part in message.parts()]
        words = [part.dumps() for part in parts if not part.document]
        papers = [part.dumps() for part in parts if part.document]
        name, bot = self.channel.name, self.channel.bot
        put = partial(outbox.put, db, chat_id, name, bot, row.address, now=now, inbox_id=row.id)
        return [*put(words, lease_until=lease_until), *put(papers, lane="file")]

    def _on_turn(
        self,
        ready: Ready,
        traces: Traces,
        has_place: bool,
        messages: list[Waiting] | None,
        error: BaseException | None,
    ) -> None:
        if has_place:
            reply = next((message for message in messages or [] if message.lane == "reply"), None)
            messages = [message for message in messages or [] if message is not reply]
            self._delivery.send_now(ready.row.address, reply)
        if error is None:
            if traces.told_others:
                self._post()
            if traces.library:
                self._shelf.refresh_soon()
            if traces.files or traces.words:
                self._begin_wiping(traces)
            metrics.TURNS.labels(self.channel.name, "answered").inc()
            metrics.TURN_SECONDS.labels(self.channel.name).observe(time.perf_counter() - ready.started)
            self._over(ready, messages)
        elif is_away(error) and ready.tries + 1 < TRIES:
            self._later(ready, error)
        else:
            log.error("update %s failed", ready.row.id, exc_info=error)
            self._call(partial(self._apologise, ready.row, clock.now()), partial(self._on_apology, ready))

    def _apologise(self, row: Kept, now: datetime, db: Db) -> list[Waiting]:
        if not inbox.failed(db, row.id, now):
            return []
        person = people.meet(db, self.channel.name, self.channel.bot, row.address, now)
        return self._put(db, row, person.chat_id, [Message(SORRY)], now)

    def _on_apology(self, ready: Ready, messages: list[Waiting] | None, error: BaseException | None) -> None:
        if error is None:
            metrics.TURNS.labels(self.channel.name, "failed").inc()
            self._over(ready, messages)
        else:  # not even that can be written down: it was the database after all, and no try counts
            self._later(replace(ready, tries=0), error)

    def _begin_wiping(self, traces: Traces) -> None:
        task = asyncio.ensure_future(self._wipe(traces))
        self._wiping.add(task)
        task.add_done_callback(self._on_wiped)

    def _on_wiped(self, task: "asyncio.Future[None]") -> None:
        self._wiping.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("what was deleted is not wiped yet; the nightly upkeep tries again", exc_info=error)

    def _over(self, ready: Ready, messages: list[Waiting] | None) -> None:
        self._delivery.hand_over(messages or [])
        self._next(ready.row)

    def _later(self, ready: Ready, error: BaseException) -> None:
        """Take the turn once more, and let nothing of its chat pass meanwhile."""
        log.warning("update %s waits for the database: %s", ready.row.id, type(error).__name__)
        if not self._is_stopping:
            again = replace(ready, tries=ready.tries + 1)
            wait = min(backoff(again.tries), LONGEST_WAIT)
            self._waiting[ready.row.id] = asyncio.get_running_loop().call_later(wait, self._answer, again)
