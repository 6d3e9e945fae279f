"""Whatever becomes of each attempt, no message overtakes an older one of its chat and lane, and each one ends."""

import asyncio
import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.outcomes import Refused, TryLater, Unknown, Unreachable
from storage.store import Store
from tests.fakes.channel import FakeChannel
from tests.fakes.frail_store import FrailStore
from tests.fakes.post import Post

FAILURES = (
    TryLater("busy", 0),
    TryLater("busy", 0.01),
    TryLater("flood", 0.01, whole_bot=True),
    Unknown("reset"),
    Refused("too long"),
    Unreachable("blocked"),
    KeyError("a bug"),
)


class Planned(NamedTuple):
    """A message, and what its first attempts come to."""

    chat: str
    lane: str
    failures: list[Exception]


messages = st.lists(
    st.builds(
        Planned,
        st.sampled_from(["chat-1", "chat-2", "chat-3"]),
        st.sampled_from(["reply", "file", "reminder", "broadcast"]),
        st.lists(st.sampled_from(FAILURES), max_size=3),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=messages, handed_over=st.integers(0, 12), away=st.booleans())
def test_no_message_overtakes_an_older_one_of_its_chat_and_lane(
    migrated_sqlite: Path, in_a_hurry: None, plan: list[Planned], handed_over: int, away: bool
) -> None:
    with TemporaryDirectory() as folder:
        file = shutil.copy(migrated_sqlite, folder)
        with closing(Store(f"sqlite:///{file}")) as store:
            asyncio.run(carry_out(store, plan, handed_over, away))


async def carry_out(store: Store, plan: list[Planned], handed_over: int, away: bool) -> None:
    """Hand over some, leave the others to a sweep, and look at every attempt there was."""
    channel = FakeChannel()
    post = Post(FrailStore(store), channel)
    put = []
    for number, planned in enumerate(plan):
        channel.will(str(number), *planned.failures)
        put += await post.put(str(number), to=planned.chat, lane=planned.lane)
    post.delivery.hand_over(put[:handed_over])
    if away:
        post.store.is_away = True
        asyncio.get_running_loop().call_later(0.05, setattr, post.store, "is_away", False)
        await asyncio.sleep(0.06)
    states = await post.all_done(with_sweeps=True)
    await post.delivery.stop()

    assert set(states) <= {"sent", "refused", "unreachable", "unsure"}
    attempted = [int(number) for _, number in channel.attempts]
    assert set(attempted) == set(range(len(plan))), "each was tried"
    for chat, lane in {(planned.chat, planned.lane) for planned in plan}:
        ours = [number for number in attempted if (plan[number].chat, plan[number].lane) == (chat, lane)]
        assert ours == sorted(ours)
    for number in range(len(plan)):
        assert channel.texts().count(str(number)) == (states[number] == "sent")
