"""How many messages a bot may send in a month, where its plan allows only so many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from storage import counts
from storage.outbox import ASKED_FOR, Waiting
from storage.store import Db

KEPT_FOR_REPLIES = 5  # the last fifth
# Asked again so often, since the operator may raise the limit, and a new month begins at midnight.
HELD_BACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """The month's messages of one bot; the last fifth is for replies only.

    A reply goes out whatever the count says: our figure may be wrong, the channel is the one to refuse, and nobody is
    to wait in silence. What is under way is not counted yet, so a month may end a few messages over its mark.
    """

    channel: str
    bot: str
    limit: int
    zone: tzinfo

    def used(self, db: Db, now: datetime) -> int:
        """How many were sent this month."""
        return counts.of_month(db, self.channel, self.bot, self._month(now))

    def count(self, db: Db, sends: int, now: datetime) -> None:
        """Count messages that went out, or may have."""
        if sends:
            counts.add(db, self.channel, self.bot, self._month(now), sends)

    def too_many(self, db: Db, messages: Iterable[Waiting], now: datetime) -> list[Waiting]:
        """Those of these messages that nobody asked for, and for which this month has no room left."""
        others = [message for message in messages if message.lane not in ASKED_FOR]
        if not others:
            return []
        room = self.limit - self.limit // KEPT_FOR_REPLIES - self.used(db, now)
        return others[max(0, room) :]

    def _month(self, now: datetime) -> str:
        return now.astimezone(self.zone).strftime("%Y-%m")
