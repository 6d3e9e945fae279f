"""The month's messages: counted as the calendar of the office has it, the last fifth for replies only."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.quota import Quota
from storage.outbox import Waiting
from tests.fakes.frail_store import FrailStore

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LAST_EVENING = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)  # in Hà Nội one minute to midnight
MIDNIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
QUOTA = Quota("zalo", "1", 10, ZoneInfo("Asia/Ho_Chi_Minh"))


def messages(*lanes: str) -> list[Waiting]:
    return [Waiting(number, 1, "chat-1", lane, "{}") for number, lane in enumerate(lanes, 1)]


async def held_back(store: FrailStore, *lanes: str, now: datetime = NOW) -> list[int]:
    return [m.id for m in await store.run(lambda db: QUOTA.too_many(db, messages(*lanes), now))]


@pytest.mark.parametrize(
    ("used", "held"),
    [
        pytest.param(0, [], id="a fresh month"),
        pytest.param(6, [], id="room for two"),
        pytest.param(7, [3], id="room for one"),
        pytest.param(8, [2, 3], id="the last fifth"),
        pytest.param(12, [2, 3], id="even past the limit a reply goes out"),
    ],
)
async def test_the_last_fifth_of_a_month_is_kept_for_replies(store, used, held):
    await store.run(lambda db: QUOTA.count(db, used, NOW))

    assert await held_back(store, "reply", "reminder", "broadcast") == held


async def test_a_new_month_begins_at_midnight_of_the_office(store):
    await store.run(lambda db: QUOTA.count(db, 10, LAST_EVENING))

    assert await held_back(store, "reminder", now=LAST_EVENING) == [1]
    assert await held_back(store, "reminder", now=MIDNIGHT) == []
    assert await store.run(lambda db: QUOTA.used(db, MIDNIGHT)) == 0
