"""A budget never gives out more than it may, and never holds back for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budget import Budget

rates = st.floats(0.05, 200.0)
bursts = st.floats(0.1, 50.0)
gaps = st.lists(st.floats(0.0, 5.0), max_size=60)
HAIR = 1e-5  # what it forgives a timer that fires on the dot, summed up over a test


def permits(budget: Budget, at: list[float]) -> list[float]:
    """The moments at which somebody who asks at these moments, and takes whatever there is, got a permit."""
    taken = []
    for now in at:
        while budget.wait(now) == 0.0:
            budget.take(now)
            taken.append(now)
    return taken


def moments(gaps: list[float], start: float = 1_000.0) -> list[float]:
    at = [start]
    for gap in gaps:
        at.append(at[-1] + gap)
    return at


@given(rates, bursts, gaps)
def test_no_stretch_of_time_sees_more_than_its_rate_and_one_burst(rate: float, burst: float, gaps: list[float]) -> None:
    taken = permits(Budget(rate, burst), moments(gaps))

    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            allowed = rate * (taken[last] - start) + max(1.0, burst)
            assert last - first + 1 <= allowed * (1 + HAIR) + HAIR


@given(rates, bursts, gaps)
def test_whoever_waits_as_long_as_told_gets_a_permit(rate: float, burst: float, gaps: list[float]) -> None:
    budget = Budget(rate, burst)
    now = 1_000.0
    for gap in gaps:
        now += gap
        wait = budget.wait(now)
        assert wait <= 1.0 / rate + HAIR
        now += wait
        assert budget.wait(now) == 0.0
        budget.take(now)


@given(rates, bursts, st.floats(0.01, 100.0), gaps)
def test_nothing_is_given_out_during_a_pause_and_all_goes_on_after_it(
    rate: float, burst: float, pause: float, gaps: list[float]
) -> None:
    budget = Budget(rate, burst)
    start = 1_000.0
    budget.pause(start + pause)

    assert all(at >= start + pause for at in permits(budget, moments(gaps, start)))
    later = start + pause + sum(gaps) + 1.0 / rate + HAIR
    assert budget.wait(later) == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    budget = Budget(1.0, 1)
    budget.pause(1_060.0)
    budget.pause(1_010.0)

    assert budget.wait(1_000.0) == 60.0


def test_a_burst_of_less_than_one_would_never_let_anything_through() -> None:
    budget = Budget(0.5, 0.1)

    assert permits(budget, [1_000.0, 1_001.0, 1_002.0]) == [1_000.0, 1_002.0]


def test_a_clock_that_steps_back_gives_nothing_extra() -> None:
    budget = Budget(1.0, 1)

    assert permits(budget, [1_000.0, 990.0, 1_000.5, 1_001.0]) == [1_000.0, 1_001.0]


@pytest.mark.parametrize(
    ("taken", "paused", "later", "is_full"),
    [
        pytest.param(0, 0.0, 0.0, True, id="never used"),
        pytest.param(2, 0.0, 1.9, False, id="used a moment ago"),
        pytest.param(2, 0.0, 2.1, True, id="filled up again"),
        pytest.param(0, 9.0, 2.1, False, id="told to be silent"),
    ],
)
def test_a_budget_can_be_forgotten_once_a_new_one_would_be_the_same(
    taken: int, paused: float, later: float, is_full: bool
) -> None:
    budget = Budget(1.0, 3)
    for _ in range(taken):
        budget.take(1_000.0)
    budget.pause(1_000.0 + paused)

    assert budget.is_full(1_000.0 + later) is is_full
