"""Delivery: messages of the outbox go to their channel, in order per chat, replies first, within the budgets.

A message comes here right after the commit that wrote it (`hand_over`), or by the sweep when a crash or a long wait
lies between. It is claimed in the database, sent with no transaction open, and its outcome is recorded:

    hand_over ─► line of its chat ─► claim ─► channel.send ─► outcome
                     ▲                                           │
                     └────────────── once more ──────────────────┘

Claims and outcomes are written many at a time.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot import clock, metrics
from bot.async_store import AsyncStore
from bot.budget import Budget
from bot.channels.base import Channel
from bot.outcomes import TryLater
from bot.retries import Again, Decision, Doubtful, Ended, Sent, after
from storage import outbox, people
from storage.outbox import LANES, PATIENCE, Waiting
from storage.store import Db
from talk.message import Message

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
SENDS_AT_ONCE = 64
CHAT_BURST = 3
SWEPT_AT_ONCE = 500


@dataclass(slots=True, eq=False)
class Line:
    """The messages of one chat that wait their turn."""

    address: str
    budget: Budget
    waiting: dict[str, deque[Waiting]] = field(default_factory=lambda: {lane: deque() for lane in LANES})
    is_busy: bool = False  # one of them is being claimed, sent, or waits for another try

    def lane(self) -> str | None:
        """The lane of the message to send next; None when none waits."""
        return next((lane for lane in LANES if self.waiting[lane]), None)


@dataclass(frozen=True, slots=True)
class Result:
    """One attempt and what it came to, until it is recorded."""

    message: Waiting
    decision: Decision


class Delivery:
    """Hands messages to one channel. Made and used on the event loop."""

    def __init__(self, channel: Channel, store: AsyncStore, sends_per_second: float, chat_sends_per_second: float):
        self.channel = channel
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._budget = Budget(sends_per_second, sends_per_second / 5)
        self._chat_rate = chat_sends_per_second
        self._lines: dict[str, Line] = {}
        self._ready: dict[str, deque[Line]] = {lane: deque() for lane in LANES}
        self._held: set[int] = set()  # every message in this process's hands, from hand_over to its recorded outcome
        self._claiming = 0
        self._claimed: set[int] = set()
        self._again: set[int] = set()  # those that wait here for another try
        self._results: list[Result] = []
        self._is_recording = False
        self._timer: asyncio.TimerHandle | None = None
        self._sends: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    # --- in

    def hand_over(self, messages: Iterable[Waiting]) -> None:
        """Take messages that are committed to the outbox. One that is here already is not taken twice."""
        for message in messages:
            if message.id in self._held or self._is_stopping:
                continue
            self._held.add(message.id)
            line = self._lines.get(message.address)
            if line is None:
                budget = Budget(self._chat_rate, CHAT_BURST)
                line = self._lines[message.address] = Line(message.address, budget)
            line.waiting[message.lane].append(message)
            self._queue(line)
        self._pump()

    async def sweep(self) -> None:
        """Free what a dead process left claimed, take up what has become due, and keep what takes long."""
        now = clock.now()
        mine = list(self._claimed)
        name, bot = self.channel.name, self.channel.bot

        def work(db: Db) -> list[Waiting]:
            outbox.renew(db, mine, now + LEASE)
            outbox.free_expired(db, now)
            return outbox.due(db, name, bot, now, SWEPT_AT_ONCE)

        self.hand_over(await self._store.run(work))
        quiet = [a for a, line in self._lines.items() if self._is_quiet(line)]
        for address in quiet:
            del self._lines[address]

    async def stop(self) -> None:
        """Send nothing new; wait for what is under way and its outcome."""
        self._is_stopping = True
        if self._timer:
            self._timer.cancel()
        while self._sends or self._results or self._is_recording:
            await asyncio.sleep(0.01)

    # --- order and budgets

    def _is_quiet(self, line: Line) -> bool:
        return not line.is_busy and line.lane() is None and line.budget.is_full(self._loop.time())

    def _queue(self, line: Line) -> None:
        """Let the line take part as soon as its own budget allows, unless it is at it already."""
        lane = line.lane()
        if line.is_busy or lane is None:
            return
        line.is_busy = True
        wait = line.budget.wait(self._loop.time())
        if wait > 0:
            self._loop.call_later(wait, self._requeue, line)
        else:
            self._ready[lane].append(line)

    def _requeue(self, line: Line) -> None:
        line.is_busy = False
        self._queue(line)
        self._pump()

    def _pump(self) -> None:
        """Claim as many messages as the budgets allow, replies before reminders before broadcasts."""
        if self._is_stopping:
            return
        batch: list[tuple[Line, Waiting]] = []
        wait = 0.0
        while len(self._sends) + self._claiming + len(batch) < SENDS_AT_ONCE and any(self._ready.values()):
            now = self._loop.time()
            if wait := self._budget.wait(now):
                break
            lane = next(lane for lane in LANES if self._ready[lane])
            line = self._ready[lane].popleft()
            first = line.lane()
            if first != lane and first is not None:
                self._ready[first].append(line)  # a reply came in while it stood in a slower lane
                continue
            self._budget.take(now)
            line.budget.take(now)
            batch.append((line, line.waiting[lane].popleft()))
        if wait and self._timer is None:
            self._timer = self._loop.call_later(wait, self._on_timer)
        if batch:
            ids = [message.id for _, message in batch]
            lease = clock.now() + LEASE
            self._claiming += len(batch)
            self._store.call(lambda db: outbox.claim(db, ids, lease), partial(self._on_claim, batch))

    def _on_timer(self) -> None:
        self._timer = None
        self._pump()

    # --- sending

    def _on_claim(
        self, batch: list[tuple[Line, Waiting]], claimed: list[int] | None, error: BaseException | None
    ) -> None:
        self._claiming -= len(batch)
        if error is not None or claimed is None:
            log.warning("claiming failed, once more in a second: %s", type(error).__name__)
            for line, message in reversed(batch):
                line.waiting[message.lane].appendleft(message)
                self._loop.call_later(1.0, self._requeue, line)
            return
        ours = set(claimed)
        for line, message in batch:
            if message.id in ours:
                self._claimed.add(message.id)
                task = self._loop.create_task(self._send(line, message))
                self._sends.add(task)
                task.add_done_callback(self._sends.discard)
            else:  # sent or ended elsewhere
                self._held.discard(message.id)
                self._requeue(line)

    async def _send(self, line: Line, message: Waiting) -> None:
        tries = message.tries + 1
        try:
            native_id = await self.channel.send(message.address, Message.loads(message.body))
            decision: Decision = Sent(native_id)
        except Exception as failure:
            decision = after(failure, tries, clock.now())
            log.info("message %s: %s", message.id, decision)
            if isinstance(failure, TryLater) and failure.whole_bot:
                self._budget.pause(self._loop.time() + failure.after)
        metrics.SENDS.labels(self.channel.name, type(decision).__name__.lower()).inc()
        self._results.append(Result(message, decision))
        self._after_send(line, message, decision)
        self._record()

    def _after_send(self, line: Line, message: Waiting, decision: Decision) -> None:
        match decision:
            case Again(due) | Doubtful(due) if due - clock.now() <= PATIENCE:
                # The younger ones of this chat wait behind it.
                wait = max(0.0, (due - clock.now()).total_seconds())
                self._again.add(message.id)
                self._loop.call_later(wait, self._try_again, line, message, decision)
            case _:
                self._requeue(line)

    def _try_again(self, line: Line, message: Waiting, decision: Again | Doubtful) -> None:
        self._again.discard(message.id)
        unknowns = message.unknowns + isinstance(decision, Doubtful)
        if unknowns < 2:
            again = Waiting(
                message.id, message.chat_id, message.address, message.lane, message.body, message.tries + 1, unknowns
            )
            self._held.add(message.id)
            line.waiting[message.lane].appendleft(again)
        self._requeue(line)

    # --- outcomes

    def _record(self) -> None:
        """Write down every outcome that has come in, unless a batch of them is just being written."""
        if self._is_recording or not self._results:
            return
        self._is_recording = True
        results, self._results = self._results, []
        work = partial(_write, results, self.channel.name, self.channel.bot, clock.now())
        self._store.call(work, partial(self._on_recorded, results))

    def _on_recorded(self, results: list[Result], _: None, error: BaseException | None) -> None:
        self._is_recording = False
        if error is not None:
            log.warning("outcomes not recorded, once more in a second: %s", type(error).__name__)
            self._results = results + self._results
            self._loop.call_later(1.0, self._record)
            return
        for result in results:
            self._claimed.discard(result.message.id)
        self._held.difference_update({result.message.id for result in results} - self._again)
        self._record()
        self._pump()


def _write(results: list[Result], channel: str, bot: str, now: datetime, db: Db) -> None:
    """Record outcomes, in one transaction."""
    outbox.sent(db, [(r.message.id, r.decision.native_id) for r in results if isinstance(r.decision, Sent)], now)
    for result in results:
        message = result.message
        match result.decision:
            case Again(due, why):
                outbox.retry(db, message.id, due, why)
            case Doubtful(due, why):
                outbox.unknown(db, message.id, due, why, now)
            case Ended(_, why, moved_to) if moved_to:
                outbox.retry(db, message.id, now, why)
                people.move_chat(db, channel, bot, message.address, moved_to, now)
            case Ended("unreachable", why):
                outbox.end(db, message.id, "unreachable", why, now)
                people.mark_unreachable(db, message.chat_id, now)
            case Ended(_, why):
                outbox.end(db, message.id, "refused", why, now)
