"""What an attempt that failed means for its message."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.outcomes import Refused, TryLater, Unknown, Unreachable
from bot.retries import GIVE_UP_AFTER, LONGEST_WAIT, MOST_MOVES, Again, Decision, Doubtful, Ended, after, backoff

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


def in_seconds(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failure", "tries", "decision"),
    [
        pytest.param(TryLater("busy", 0.1), 1, Again(in_seconds(1), "busy"), id="at once would be too soon"),
        pytest.param(TryLater("busy", 7.5), 1, Again(in_seconds(7.5), "busy"), id="as late as the channel says"),
        pytest.param(TryLater("busy", 3), 4, Again(in_seconds(8), "busy"), id="later after every try"),
        pytest.param(TryLater("busy", 3), 50, Again(in_seconds(300), "busy"), id="but within five minutes"),
        pytest.param(TryLater("busy", 3), GIVE_UP_AFTER, Ended("refused", "gave up: busy"), id="not for ever"),
        pytest.param(TryLater("busy", 1e300), 1, Again(in_seconds(86_400), "busy"), id="a day of silence at most"),
        pytest.param(TryLater("busy", float("inf")), 1, Again(in_seconds(86_400), "busy"), id="endless silence"),
        pytest.param(TryLater("busy", float("nan")), 1, Again(in_seconds(1), "busy"), id="no number at all"),
        pytest.param(TryLater("busy", -5), 1, Again(in_seconds(1), "busy"), id="a time gone by"),
        pytest.param(Refused("too long"), 1, Ended("refused", "too long"), id="refused"),
        pytest.param(Unreachable("blocked"), 1, Ended("unreachable", "blocked"), id="blocked"),
        pytest.param(
            Unreachable("moved", moved_to="-100"), 1, Ended("unreachable", "moved", "-100"), id="the chat moved"
        ),
        pytest.param(
            Unreachable("moved", moved_to="-100"),
            MOST_MOVES + 1,
            Ended("unreachable", "moved"),
            id="the chat moves in circles",
        ),
        pytest.param(Unknown("reset"), 1, Doubtful(in_seconds(1), "reset"), id="the network broke"),
        pytest.param(KeyError("a phone number"), 1, Doubtful(in_seconds(1), "KeyError"), id="a bug of ours"),
        pytest.param(TimeoutError(), 1, Doubtful(in_seconds(1), "TimeoutError"), id="the channel hung"),
    ],
)
def test_what_becomes_of_a_message(failure: Exception, tries: int, decision: Decision) -> None:
    assert after(failure, tries, NOW) == decision


def test_what_a_server_said_is_kept_short_and_storable() -> None:
    decision = after(Refused("a\0b" * 1_000), 1, NOW)

    assert isinstance(decision, Ended)
    assert decision.why.startswith("abab")
    assert len(decision.why) == 500


def test_the_waits_grow_to_five_minutes_and_stay_there() -> None:
    waits = [backoff(tries) for tries in range(1, 2_000)]

    assert waits[:4] == [1, 2, 4, 8]
    assert waits == sorted(waits)
    assert max(waits) == LONGEST_WAIT
    assert 86_400 < sum(waits[: GIVE_UP_AFTER - 1]) < 90_000  # a whole day before it is given up
