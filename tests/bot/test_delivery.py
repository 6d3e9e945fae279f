"""Messages reach their chat in order, replies first, each once or honestly twice, whatever the channel does."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot import clock, delivery
from bot.outcomes import Refused, TryLater, Unknown, Unreachable
from storage import people
from tests.bot.conftest import both_databases
from tests.fakes.channel import FakeChannel
from tests.fakes.frail_store import FrailStore
from tests.fakes.post import Post, until

SECOND = timedelta(seconds=1)
BUSY = TryLater("busy", 0)


@pytest.fixture
async def post(store: FrailStore, channel: FakeChannel) -> Post:
    return Post(store, channel)


class TestOrder:
    @both_databases
    async def test_the_messages_of_a_chat_arrive_in_the_order_they_were_put(self, post: Post) -> None:
        texts = [str(number) for number in range(30)]
        await post.say(*texts)

        assert await post.all_done() == ["sent"] * 30
        assert post.channel.texts() == texts
        assert (await post.rows("native_id"))[:2] == ["id-1", "id-2"]

    async def test_a_chat_does_not_wait_for_another_that_hangs(self, post: Post) -> None:
        post.channel.hold("chậm")
        await post.say("chậm", "sau", to="chat-1")
        await post.say("nhanh", to="chat-2")

        await until(lambda: post.channel.texts() == ["nhanh"])
        post.channel.release()
        await post.all_done()
        assert post.channel.texts("chat-1") == ["chậm", "sau"]

    async def test_the_younger_ones_wait_for_one_that_is_tried_again(self, post: Post) -> None:
        post.channel.will("một", BUSY, Unknown("reset"), BUSY)
        await post.say("một", "hai")
        await post.say("ba")

        assert await post.all_done() == ["sent"] * 3
        assert [text for _, text in post.channel.attempts] == ["một"] * 4 + ["hai", "ba"]
        assert (await post.rows("tries, unknowns"))[0] == (4, 1)

    async def test_one_that_waits_over_thirty_seconds_lets_later_ones_pass(self, post: Post) -> None:
        post.channel.will("một", TryLater("flood", 31))
        await post.say("một", "hai")

        await until(lambda: post.channel.texts() == ["hai"])
        await until(lambda: not post.delivery._held)
        assert await post.rows() == ["waiting", "sent"], "the first is for the sweep to take up in time"

    async def test_an_older_one_that_comes_later_still_goes_first(self, post: Post) -> None:
        first, second, third = await post.put("một", "hai", "ba")
        post.channel.hold("không")
        await post.say("không")
        post.delivery.hand_over([third, first])
        post.delivery.hand_over([second])
        post.channel.release()

        await post.all_done()
        assert post.channel.texts() == ["không", "một", "hai", "ba"]

    async def test_handed_over_twice_it_is_sent_once(self, post: Post) -> None:
        put = await post.put("một")
        post.delivery.hand_over(put)
        post.delivery.hand_over(put)
        await post.delivery.sweep()
        await post.all_done()
        post.delivery.hand_over(put)  # a sweep that had read it just before

        await post.say("hai")
        await post.all_done()
        assert post.channel.texts() == ["một", "hai"]

    async def test_two_processes_never_send_the_same_message(self, post: Post) -> None:
        other = Post(post.store, post.channel)
        put = await post.put(*(str(number) for number in range(20)))
        post.delivery.hand_over(put)
        other.delivery.hand_over(put)

        await post.all_done()
        assert sorted(post.channel.texts()) == sorted(str(number) for number in range(20))


class TestLanes:
    async def test_a_reply_passes_a_flood_of_broadcasts(self, store: FrailStore, channel: FakeChannel) -> None:
        post = Post(store, channel, per_second=50)  # a busy machine may stand still for a third of a second
        flood = [await post.put("thông báo", to=f"chat-{n}", lane="broadcast") for n in range(60)]
        for put in flood:
            post.delivery.hand_over(put)
        await until(lambda: len(channel.attempts) >= 20)
        # Its chat stands at the far end of the broadcasts.
        await post.say("trả lời", to="chat-59")

        await until(lambda: "trả lời" in channel.texts())
        assert channel.texts().index("trả lời") < 40
        await post.all_done()
        assert len(channel.sent) == 61

    async def test_a_reply_does_not_wait_for_a_reminder_that_is_tried_again(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.retries.FIRST_WAIT", 0.5)
        post.channel.will("lời nhắc", BUSY)
        await post.say("lời nhắc", "lời nhắc sau", lane="reminder")
        await until(lambda: post.channel.attempts)
        await post.say("trả lời")

        await post.all_done()
        assert post.channel.texts() == ["trả lời", "lời nhắc", "lời nhắc sau"]

    async def test_broadcasts_that_hang_leave_room_for_replies(self, post: Post) -> None:
        post.channel.hold("thông báo")
        for n in range(80):
            await post.say("thông báo", to=f"chat-{n}", lane="broadcast")
        await post.say("trả lời", to="khác")

        await until(lambda: post.channel.texts() == ["trả lời"])
        assert len(post.channel.attempts) == delivery.SENDS_AT_ONCE - delivery.KEPT_FOR_REPLIES + 1
        post.channel.release()
        assert await post.all_done() == ["sent"] * 81

    async def test_a_chat_gets_a_short_burst_and_then_its_rate(self, store: FrailStore, channel: FakeChannel) -> None:
        post = Post(store, channel, per_chat=20)
        loop = asyncio.get_running_loop()
        started = loop.time()
        await post.say(*(str(number) for number in range(7)))

        await post.all_done()
        assert loop.time() - started >= (7 - delivery.CHAT_BURST) / 20 - 0.01

    async def test_a_late_reminder_is_not_sent_stale(self, post: Post) -> None:
        post.channel.hold("trước")
        await post.say("trước", lane="reminder")
        await post.say("hôm nay là ngày cuối", lane="reminder", not_after=clock.now() + 0.03 * SECOND)
        await asyncio.sleep(0.05)
        post.channel.release()

        assert await post.all_done(with_sweeps=True) == ["sent", "expired"]
        assert post.channel.texts() == ["trước"]


class TestOutcomes:
    async def test_unknown_once_it_is_sent_once_more(self, post: Post) -> None:
        post.channel.will("một", Unknown("reset"))
        await post.say("một", "hai")

        assert await post.all_done() == ["sent", "sent"]
        assert await post.rows("unknowns") == [1, 0]

    @both_databases
    async def test_unknown_twice_it_ends_as_unsure_and_the_next_one_goes_on(self, post: Post) -> None:
        post.channel.will("một", Unknown("reset"), Unknown("reset"))
        await post.say("một", "hai", lane="reminder")

        assert await post.all_done() == ["unsure", "sent"]
        assert [text for _, text in post.channel.attempts] == ["một", "một", "hai"]

    async def test_what_is_refused_or_blocked_ends_and_says_why(self, post: Post) -> None:
        post.channel.will("một", Refused("too \udc80 long"))
        post.channel.will("hai", Unreachable("blocked by the user"))
        await post.say("một", "hai")

        assert await post.all_done() == ["refused", "unreachable"]
        assert await post.rows("why") == ["too ? long", "blocked by the user"]
        assert not await is_reachable(post, "chat-1")

    async def test_a_bug_in_a_channel_counts_as_unknown_and_is_logged_with_its_trace(
        self, post: Post, caplog: pytest.LogCaptureFixture
    ) -> None:
        post.channel.will("một", KeyError("ok"), KeyError("ok"))
        await post.say("một", "hai", lane="reminder")

        assert await post.all_done() == ["unsure", "sent"]
        logged = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert len(logged) == 2
        assert all(record.exc_info for record in logged)

    async def test_a_channel_that_hangs_over_a_message_is_not_waited_for(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivery, "SEND_SECONDS", 0.05)
        post.channel.hold("một")
        await post.say("một", "hai", lane="reminder")

        assert await post.all_done() == ["unsure", "sent"]

    async def test_silence_for_the_whole_bot_is_kept_by_all(self, post: Post) -> None:
        loop = asyncio.get_running_loop()
        post.channel.will("một", TryLater("flood", 0.15, whole_bot=True))
        await post.say("một")
        await until(lambda: post.channel.attempts)
        asked = loop.time()
        await post.say("hai", to="chat-2")

        await post.all_done()
        assert len(post.channel.attempts) == 3
        assert loop.time() - asked >= 0.1

    async def test_silence_for_one_chat_is_kept_by_no_other(self, post: Post) -> None:
        post.channel.will("một", TryLater("flood", 0.2))
        await post.say("một", "hai")
        await until(lambda: post.channel.attempts)
        await post.say("ba", to="chat-2")

        await post.all_done()
        assert post.channel.texts() == ["ba", "một", "hai"]

    @both_databases
    async def test_a_chat_that_moved_is_followed_with_all_that_waits_for_it(self, post: Post) -> None:
        post.channel.will("một", Unreachable("supergroup", moved_to="-100"))
        put = await post.put("một", "hai", "ba") + await post.put("lời nhắc", lane="reminder")
        post.delivery.hand_over(put)

        assert await post.all_done(with_sweeps=True) == ["sent"] * 4
        assert post.channel.attempts[0] == ("chat-1", "một")
        assert sorted(post.channel.sent) == sorted(("-100", words) for words in ("một", "hai", "ba", "lời nhắc"))
        assert [words for words in post.channel.texts() if words != "lời nhắc"] == ["một", "hai", "ba"]
        assert await post.store.run(lambda db: db.exec_driver_sql("SELECT address FROM chat").scalars().all()) == [
            "-100"
        ]

    async def test_a_chat_that_moves_in_circles_ends_as_unreachable(self, post: Post) -> None:
        post.channel.will("một", *[Unreachable("supergroup", moved_to="chat-1")] * 20)
        await post.say("một")

        assert await post.all_done() == ["unreachable"]
        assert len(post.channel.attempts) == 4


async def is_reachable(post: Post, address: str) -> bool:
    found = await post.store.run(lambda db: people.meet(db, "telegram", "1", address, clock.now()))
    return found.is_reachable


class TestAPlaceKeptForAReply:
    async def test_an_idle_chat_has_one_place_and_the_reply_in_it_goes_out_without_another_claim(
        self, post: Post
    ) -> None:
        assert post.delivery.reserve("chat-1")
        assert not post.delivery.reserve("chat-1")
        (reply,) = await post.put("một", lease_until=clock.now() + 20 * SECOND)
        assert await post.rows() == ["sending"]
        post.delivery.send_now("chat-1", reply)

        assert await post.all_done() == ["sent"]
        assert post.channel.texts() == ["một"]

    async def test_what_comes_meanwhile_waits_behind_it(self, post: Post) -> None:
        assert post.delivery.reserve("chat-1")
        (first,) = await post.put("một", lease_until=clock.now() + 20 * SECOND)
        await post.say("hai")
        post.delivery.send_now("chat-1", first)

        await post.all_done()
        assert post.channel.texts() == ["một", "hai"]

    async def test_a_turn_without_a_reply_gives_its_place_back(self, post: Post) -> None:
        assert post.delivery.reserve("chat-1")
        await post.say("hai")
        post.delivery.send_now("chat-1", None)

        assert await post.all_done() == ["sent"]

    async def test_there_is_none_where_a_message_waits_or_the_budget_is_used_up(
        self, store: FrailStore, channel: FakeChannel
    ) -> None:
        slow = Post(store, channel, per_second=1, per_chat=1)
        slow.channel.hold("một")
        await slow.say("một")

        assert not slow.delivery.reserve("chat-1")
        assert not slow.delivery.reserve("chat-2")
        slow.channel.release()
        await slow.all_done()


class TestFiles:
    async def test_no_more_files_are_claimed_than_are_drawn_at_once_and_replies_pass_them(self, post: Post) -> None:
        post.channel.hold("giấy")
        for number in range(5):
            await post.say("giấy", to=f"chat-{number}", lane="file")
        await post.say("trả lời", to="chat-9")

        await until(lambda: post.channel.texts() == ["trả lời"])
        assert sorted(await post.rows()) == ["sending", "sending", "sent", "waiting", "waiting", "waiting"]
        post.channel.release()
        assert await post.all_done() == ["sent"] * 6
