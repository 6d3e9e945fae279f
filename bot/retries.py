"""What becomes of a message after an attempt: decisions, apart from the sending."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outcomes import DeliveryFailed, Refused, TryLater, Unreachable

FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
# A reply that could not go out for a whole day would only confuse.
GIVE_UP_AFTER = 300
LONGEST_SILENCE = 86_400.0
# A chat that says it has moved at every try goes round in circles.
MOST_MOVES = 3
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Sent:
    """It went out; the channel calls it this."""

    native_id: str


@dataclass(frozen=True, slots=True)
class Again:
    """It surely did not go out: once more at `due`."""

    due: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It may have arrived. Sent once more at `due`; after too many doubts it ends as unsure."""

    due: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """It will not be sent. `moved_to`: where the chat is now; then it goes there instead."""

    state: str  # "refused" or "unreachable"
    why: str
    moved_to: str | None = None


Decision = Sent | Again | Doubtful | Ended


def after(failure: BaseException, tries: int, now: datetime) -> Decision:
    """What a failed attempt means for the message; `tries` counts this attempt."""
    why = failure.why if isinstance(failure, DeliveryFailed) else type(failure).__name__
    # Channels quote what a server said: not every sign can be stored, and nobody reads a page of it.
    why = why.encode(errors="replace").decode().replace("\0", "")[:500]
    match failure:
        case TryLater() if tries >= GIVE_UP_AFTER:
            return Ended("refused", f"gave up: {why}")
        case TryLater():
            return Again(now + timedelta(seconds=max(silence(failure), backoff(tries))), why)
        case Refused():
            return Ended("refused", why)
        case Unreachable():
            return Ended("unreachable", why, failure.moved_to if tries <= MOST_MOVES else None)
        case _:
            # Unknown, or a bug of ours in the middle of sending: either way it may be out.
            return Doubtful(now + timedelta(seconds=backoff(tries)), why)


def silence(failure: TryLater) -> float:
    """Seconds the channel wants to hear nothing, a day at most, whatever it says."""
    return min(LONGEST_SILENCE, max(0.0, failure.after))


def backoff(tries: int) -> float:
    """Seconds to wait after this many tries: 1, 2, 4, … up to five minutes."""
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries - 1, 20)))


def pause_after(failures: int) -> float:
    """Seconds until a listener asks again: twice as long after each failure, never two bots at the same instant."""
    return float(min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 10)) * random.uniform(0.5, 1.0))
