"""Delivery: messages of the outbox go to their channel, in order per chat, replies first, within the budgets.

A message comes here right after the commit that wrote it (`hand_over`), or by the sweep: after a crash, after a long
wait, or when another chat's turn wrote it. It is claimed in the database, sent with no transaction open, and its
outcome is recorded. Claims and outcomes are written many at a time.

    hand_over ─► line of its chat ─► claim ─► channel.send ─► outcome
                     ▲                            ▲              │
                     └──────── once more ─────────│──────────────┘
    reserve ─► the turn claims its own reply ─► send_now
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot import clock, metrics
from bot.async_store import AsyncStore
from bot.budget import Budget
from bot.channels.base import Channel
from bot.line import Line
from bot.outcomes import DeliveryFailed, TryLater
from bot.quota import HELD_BACK, Quota
from bot.results import Result, write
from bot.retries import Decision, Doubtful, Sent, after, silence
from storage import outbox
from storage.outbox import LANES, Waiting
from storage.store import Db, is_away
from talk.message import Message

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
SENDS_AT_ONCE = 64
KEPT_FOR_REPLIES = 16  # of these, so that a flood of slow broadcasts leaves room
# A file is drawn once it is claimed. What a crash finds claimed is in doubt, so no more than can be drawn at once are.
FILES_AT_ONCE = 2
SEND_SECONDS = 60  # no channel takes longer over a message, unless it hangs
STOP_SECONDS = 4
AGAIN_SECONDS = 1.0  # until the database is asked again
CHAT_BURST = 3
SWEPT_AT_ONCE = 500


class Delivery:
    """Hands messages to one channel. Made and used on the event loop."""

    def __init__(
        self,
        channel: Channel,
        store: AsyncStore,
        sends_per_second: float,
        chat_sends_per_second: float,
        quota: Quota | None = None,
    ):
        self.channel = channel
        self._quota = quota
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._budget = Budget(sends_per_second, sends_per_second / 5)
        self._chat_rate = chat_sends_per_second
        self._lines: dict[str, Line] = {}
        self._ready: dict[str, OrderedDict[Line, None]] = {lane: OrderedDict() for lane in LANES}
        self._held: set[int] = set()  # every message in this process's hands, until its outcome is recorded
        self._claiming = 0
        self._claimed: set[int] = set()
        self._files: set[int] = set()  # those of the lane for files that are claimed or being claimed
        self._results: list[Result] = []
        self._recording = 0
        self._timer: asyncio.TimerHandle | None = None
        self._sends: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._at_rest = asyncio.Event()

    # --- in

    def hand_over(self, messages: Iterable[Waiting]) -> None:
        """Take messages that are committed to the outbox. One that is here already is not taken twice."""
        for message in messages:
            if message.id in self._held or self._is_stopping:
                continue
            self._held.add(message.id)
            line = self._line(message.address)
            line.add(message)
            self._queue(line)
        self._pump()

    def reserve(self, address: str) -> bool:
        """Keep a place for a reply to this chat, if one could go out this very moment.

        Its turn then claims the reply in the transaction that writes it: one commit less before it is sent. Whatever
        becomes of the turn, `send_now` must follow; what the place took of the budgets is spent either way.
        """
        line, now = self._line(address), self._loop.time()
        others_first = not line.is_empty() or self._ready["reply"]
        if self._is_stopping or others_first or self._under_way() >= SENDS_AT_ONCE:
            return False
        if self._budget.wait(now) or line.budget.wait(now):
            return False
        self._budget.take(now)
        line.budget.take(now)
        line.is_busy = True
        self._claiming += 1
        return True

    def send_now(self, address: str, message: Waiting | None) -> None:
        """Send the reply that was claimed for a reserved place; None when there is no reply after all."""
        self._claiming -= 1
        line = self._line(address)
        if message is None:
            self._requeue(line)
        else:
            self._held.add(message.id)
            self._begin(line, message)
        self._note_rest()

    async def sweep(self) -> None:
        """Free what a dead process left claimed, take up what has become due, and keep what takes long."""
        now = clock.now()
        mine = list(self._claimed)

        def work(db: Db) -> list[Waiting]:
            outbox.renew(db, mine, now + LEASE)
            outbox.free_expired(db, now)
            return self._due(db, now)

        self.hand_over(await self._store.run(work))
        at = self._loop.time()
        for address in [a for a, line in self._lines.items() if line.is_empty() and line.budget.is_full(at)]:
            del self._lines[address]

    async def stop(self) -> None:
        """Send nothing new; wait for what is under way and its outcome, though not for a channel that hangs.

        What is cut off stays claimed in the outbox: nobody knows whether it went out.
        """
        self._is_stopping = True
        if self._timer:
            self._timer.cancel()
        self._note_rest()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._at_rest.wait()
        except TimeoutError:
            hanging = list(self._sends)
            log.warning("stopped while %d messages were being sent", len(hanging))
            for send in hanging:
                send.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)

    def _line(self, address: str) -> Line:
        line = self._lines.get(address)
        if line is None:
            line = self._lines[address] = Line(address, Budget(self._chat_rate, CHAT_BURST))
        return line

    def _under_way(self) -> int:
        return len(self._sends) + self._claiming

    def _due(self, db: Db, now: datetime) -> list[Waiting]:
        return outbox.due(db, self.channel.name, self.channel.bot, now, SWEPT_AT_ONCE)

    def _note_rest(self) -> None:
        if self._is_stopping and not (self._claiming or self._sends or self._results or self._recording):
            self._at_rest.set()

    # --- order and budgets

    def _queue(self, line: Line) -> None:
        """Let the line stand in the lane of its next message, as soon as its own budget allows."""
        lane = line.lane()
        if line.is_busy or lane is None or lane == line.stands_in:
            return
        if line.stands_in is not None:  # a reply came in while it stood in a slower lane
            del self._ready[line.stands_in][line]
        elif (wait := line.budget.wait(self._loop.time())) > 0:
            line.is_busy = True
            self._loop.call_later(wait, self._requeue, line)
            return
        line.stands_in = lane
        self._ready[lane][line] = None

    def _requeue(self, line: Line) -> None:
        line.is_busy = False
        self._queue(line)
        self._pump()

    def _pump(self) -> None:
        """Claim as many messages as the budgets allow, lane by lane, replies first."""
        if self._is_stopping:
            return
        batch: list[tuple[Line, Waiting]] = []
        now = self._loop.time()
        while lane := self._next_lane(len(batch)):
            if wait := self._budget.wait(now):
                if self._timer is None:
                    self._timer = self._loop.call_later(wait, self._on_timer)
                break
            line, _ = self._ready[lane].popitem(last=False)
            line.stands_in, line.is_busy = None, True
            self._budget.take(now)
            line.budget.take(now)
            message = line.waiting[lane].popleft()
            batch.append((line, message))
            if lane == "file":
                self._files.add(message.id)
        if batch:
            messages = [message for _, message in batch]
            self._claiming += len(batch)
            self._store.call(partial(self._claim, messages, clock.now()), partial(self._on_claim, batch))

    def _next_lane(self, planned: int) -> str | None:
        """The lane whose turn it is, as far as there is room beside what is under way."""
        under_way = self._under_way() + planned
        for lane in LANES:
            room = SENDS_AT_ONCE if lane == "reply" else SENDS_AT_ONCE - KEPT_FOR_REPLIES
            if self._ready[lane] and under_way < room and (lane != "file" or len(self._files) < FILES_AT_ONCE):
                return lane
        return None

    def _claim(self, messages: list[Waiting], at: datetime, db: Db) -> list[int]:
        """Make messages ours, but for those the month has no room for: they wait. Runs in the store's thread."""
        claimed = set(outbox.claim(db, [message.id for message in messages], at, at + LEASE))
        if self._quota:
            for message in self._quota.too_many(db, [m for m in messages if m.id in claimed], at):
                outbox.retry(db, message.id, at + HELD_BACK, "what is left of the month is kept for replies")
                claimed.remove(message.id)
        return sorted(claimed)

    def _on_timer(self) -> None:
        self._timer = None
        self._pump()

    # --- sending

    def _on_claim(
        self, batch: list[tuple[Line, Waiting]], claimed: list[int] | None, error: BaseException | None
    ) -> None:
        self._claiming -= len(batch)
        if error is not None or claimed is None:
            log.warning("claiming failed, once more in a moment: %s", type(error).__name__)
            for line, message in batch:
                self._files.discard(message.id)
                line.add(message)
                self._loop.call_later(AGAIN_SECONDS, self._requeue, line)
            self._note_rest()
            return
        ours = set(claimed)
        for line, message in batch:
            if message.id in ours:
                self._begin(line, message)
            else:  # sent or ended elsewhere, or too late by now
                self._held.discard(message.id)
                self._files.discard(message.id)
                self._requeue(line)
        self._note_rest()

    def _begin(self, line: Line, message: Waiting) -> None:
        self._claimed.add(message.id)
        task = self._loop.create_task(self._send(line, message))
        self._sends.add(task)
        task.add_done_callback(partial(self._after_send, line))

    async def _send(self, line: Line, message: Waiting) -> None:
        decision: Decision
        try:
            async with asyncio.timeout(SEND_SECONDS):
                native_id = await self.channel.send(message.address, Message.loads(message.body))
            now, decision = clock.now(), Sent(native_id)
        except Exception as failure:
            now = clock.now()
            decision = after(failure, message.tries + 1, now)
            log.info("message %s: %s", message.id, decision)
            if isinstance(failure, TryLater) and failure.whole_bot:
                self._budget.pause(self._loop.time() + silence(failure))
            elif not isinstance(failure, DeliveryFailed | TimeoutError):
                log.exception("sending message %s failed in a way no channel should", message.id)
        self._files.discard(message.id)
        metrics.SENDS.labels(self.channel.name, type(decision).__name__.lower()).inc()
        result = Result(line, message, decision, now)
        line.held.update(result.holds())
        self._results.append(result)
        self._record()

    def _after_send(self, line: Line, task: asyncio.Task[None]) -> None:
        self._sends.discard(task)
        self._requeue(line)
        self._note_rest()

    def _try_again(self, line: Line, message: Waiting) -> None:
        line.held.discard(message.lane)
        line.add(message)
        self._queue(line)
        self._pump()

    # --- outcomes

    def _record(self) -> None:
        """Write down every outcome that has come in, unless some are just being written."""
        if not self._recording and self._results:
            results, self._results = self._results, []
            self._write_down(results)

    def _write_down(self, results: list[Result]) -> None:
        self._recording += 1
        now = clock.now()

        def work(db: Db) -> list[Waiting]:
            write(results, self.channel.name, self.channel.bot, now, db)
            if self._quota:
                self._quota.count(db, sum(isinstance(r.decision, Sent | Doubtful) for r in results), now)
            return self._due(db, now) if any(result.has_moved() for result in results) else []

        self._store.call(work, partial(self._on_recorded, results))

    def _on_recorded(self, results: list[Result], moved: list[Waiting] | None, error: BaseException | None) -> None:
        self._recording -= 1
        if error is None:
            for result in results:
                self._settle(result)
            self.hand_over(moved or [])
        elif is_away(error):
            log.warning("outcomes not recorded, once more in a moment: %s", type(error).__name__)
            self._results = results + self._results
            self._loop.call_later(AGAIN_SECONDS, self._record)
            return
        elif len(results) > 1:
            for result in results:  # one of them is the trouble, and must not be that of the others
                self._write_down([result])
            return
        else:
            log.error("the outcome of message %s cannot be recorded", results[0].message.id, exc_info=error)
            self._let_go(results[0])
        self._record()
        self._note_rest()

    def _settle(self, result: Result) -> None:
        """Its outcome is in the database: what waited for that goes on."""
        line, message = result.line, result.message
        self._claimed.discard(message.id)
        due = result.again_at()
        if due and result.holds():
            unknowns = message.unknowns + isinstance(result.decision, Doubtful)
            again = replace(message, tries=message.tries + 1, unknowns=unknowns)
            self._loop.call_later(max(0.0, (due - clock.now()).total_seconds()), self._try_again, line, again)
            return
        self._held.discard(message.id)
        if result.has_moved():
            # Those behind it have a new address by now, and come back with it.
            self._held.difference_update(line.drop_all())
            line.held.clear()

    def _let_go(self, result: Result) -> None:
        """Leave a message to its lease: when that runs out it counts as unknown, which ends by itself."""
        self._claimed.discard(result.message.id)
        self._held.discard(result.message.id)
        result.line.held.difference_update(result.holds())
        self._queue(result.line)
        self._pump()
