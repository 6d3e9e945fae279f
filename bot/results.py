"""What an attempt to send came to, until it is written down."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.line import Line
from bot.retries import Again, Decision, Doubtful, Ended, Sent
from storage import outbox, people
from storage.outbox import LANES, PATIENCE, Waiting
from storage.store import Db


@dataclass(frozen=True, slots=True)
class Result:
    """One attempt and what it came to, until it is recorded."""

    line: Line
    message: Waiting
    decision: Decision
    at: datetime  # when it came to that

    def holds(self) -> Collection[str]:
        """The lanes of its chat that wait for it."""
        if self.has_moved():
            return LANES
        due = self.again_at()
        return () if due is None or due - self.at > PATIENCE else (self.message.lane,)

    def again_at(self) -> datetime | None:
        """When it is tried again; None when this was its last attempt."""
        match self.decision:
            case Again(due):
                return due
            case Doubtful(due) if not outbox.is_last_doubt(self.message):
                return due
        return None

    def has_moved(self) -> bool:
        """Whether the chat went elsewhere, and the message has to follow."""
        return isinstance(self.decision, Ended) and self.decision.moved_to is not None


def write(results: list[Result], channel: str, bot: str, now: datetime, db: Db) -> None:
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
