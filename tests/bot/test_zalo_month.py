"""Zalo's month: what is sent is counted where it was sent, and when four fifths are used up only replies go out."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot import clock
from bot.delivery import Delivery
from bot.outcomes import Refused, TryLater, Unknown
from bot.quota import HELD_BACK, Quota
from tests.fakes.channel import FakeChannel
from tests.fakes.frail_store import FrailStore
from tests.fakes.post import Post, until


def post_with(store: FrailStore, channel: FakeChannel, limit: int) -> tuple[Post, Quota]:
    quota = Quota(channel.name, channel.bot, limit, ZoneInfo("Asia/Ho_Chi_Minh"))
    post = Post(store, channel)
    post.delivery = Delivery(channel, store, 5_000, 5_000, quota)
    return post, quota


async def test_what_went_out_or_may_have_is_counted(store, channel):
    post, quota = post_with(store, channel, limit=100)
    channel.will("hai", TryLater("busy", 0), Unknown("reset"))
    channel.will("ba", Refused("no"))
    await post.say("một", "hai", "ba")

    assert await post.all_done() == ["sent", "sent", "refused"]
    assert await store.run(lambda db: quota.used(db, clock.now())) == 3, "one, and two that may have gone out twice"


async def test_the_last_fifth_goes_to_replies_and_the_others_wait(store, channel):
    post, quota = post_with(store, channel, limit=5)
    for number in range(6):
        await post.say(f"lời nhắc {number}", to=f"chat-{number}", lane="reminder")
        await until(lambda: not post.delivery._held)
    await post.say("trả lời", to="chat-5")

    await until(lambda: "trả lời" in channel.texts())
    rows = await post.rows("state, due_at")
    assert [state for state, _ in rows] == ["sent"] * 4 + ["waiting"] * 2 + ["sent"]
    assert await store.run(lambda db: quota.used(db, clock.now())) == 5
    assert not post.delivery._held, "it is the sweep that takes them up again"
    assert await store.run(lambda db: post.delivery._due(db, clock.now())) == []
    later = clock.now() + HELD_BACK + timedelta(seconds=1)
    assert len(await store.run(lambda db: post.delivery._due(db, later))) == 2
