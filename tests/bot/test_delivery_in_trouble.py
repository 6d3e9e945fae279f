"""No message is lost or sent twice in silence when the database is away, the process dies, or it is told to stop."""

import asyncio
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text

from bot import clock, delivery
from bot.outcomes import TryLater
from storage import outbox
from storage.store import Store
from tests.bot.conftest import both_databases
from tests.fakes.channel import FakeChannel
from tests.fakes.frail_store import FrailStore
from tests.fakes.post import Post, until

SECOND = timedelta(seconds=1)
BUSY = TryLater("busy", 0)
CUT = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name")


@pytest.fixture
async def post(store: FrailStore, channel: FakeChannel) -> Post:
    return Post(store, channel)


class TestTheDatabaseInTrouble:
    async def test_outcomes_are_recorded_once_it_is_back_and_nothing_is_sent_twice(self, post: Post) -> None:
        post.channel.hold("một", "hai")
        await post.say("một", "sau", to="chat-1")
        await post.say("hai", to="chat-2")
        await until(lambda: len(post.channel.attempts) == 2)
        post.store.is_away = True
        post.channel.release()
        await until(lambda: post.store.failed > 4)
        post.store.is_away = False

        assert await post.all_done() == ["sent"] * 3
        assert sorted(post.channel.texts()) == ["hai", "một", "sau"]

    async def test_one_to_be_tried_again_waits_until_that_is_recorded(self, post: Post) -> None:
        post.channel.hold("một")
        post.channel.will("một", BUSY)
        await post.say("một", "hai")
        await until(lambda: post.channel.attempts)
        post.store.is_away = True
        post.channel.release()
        await until(lambda: post.store.failed > 4)
        post.store.is_away = False

        assert await post.all_done() == ["sent", "sent"]
        assert post.channel.texts() == ["một", "hai"]

    async def test_what_cannot_be_claimed_now_is_claimed_later_in_order(self, post: Post) -> None:
        put = await post.put("một", "hai")
        post.store.is_away = True
        post.delivery.hand_over(put)
        await until(lambda: post.store.failed > 2)
        post.store.is_away = False

        await post.all_done()
        assert post.channel.texts() == ["một", "hai"]

    async def test_an_outcome_that_can_never_be_recorded_is_nobody_elses_trouble(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivery, "LEASE", 0.05 * SECOND)
        post.channel.native_ids["một"] = "\udc80"  # no database stores half a sign
        post.channel.hold("một", "hai")
        await post.say("một", "sau", to="chat-1", lane="reminder")
        await post.say("hai", to="chat-2")
        await until(lambda: len(post.channel.attempts) == 2)
        post.channel.release()
        await until(lambda: len(post.channel.sent) == 3)
        for _ in range(2):  # its lease runs out: sent once more, and then left
            await asyncio.sleep(0.06)
            await post.delivery.sweep()
            await until(lambda: not post.delivery._held)

        assert await post.rows() == ["unsure", "sent", "sent"]
        assert post.channel.texts().count("một") == 2

    async def test_every_connection_cut_off_in_the_middle_loses_nothing(
        self, channel: FakeChannel, postgres_url: str, in_a_hurry: None
    ) -> None:
        name = f"cut-off-{uuid4()}"
        with closing(Store(named(postgres_url, name))) as store, closing(Store(postgres_url)) as steady:
            post, onlooker = Post(FrailStore(store), channel, per_second=400), Post(FrailStore(steady), channel)
            for n in range(60):
                post.delivery.hand_over(await onlooker.put("một", "hai", to=f"chat-{n}"))
            for _ in range(3):
                await asyncio.sleep(0.03)
                await onlooker.store.run(lambda db: db.execute(CUT, {"name": name}).all())
            await until(lambda: not post.delivery._results and not post.delivery._held)
            # Where a claim was committed but not its answer heard, the message waits for its lease.
            await onlooker.store.run(lambda db: outbox.free_expired(db, clock.now() + 30 * SECOND))

            assert set(await onlooker.all_done(with_sweeps=True)) <= {"sent", "unsure"}
            assert {(f"chat-{n}", words) for n in range(60) for words in ("một", "hai")} == set(channel.sent)
            await post.delivery.stop()

    async def test_what_waits_behind_an_outcome_that_cannot_be_recorded_goes_on(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise ValueError("a bug of ours")

        monkeypatch.setattr(outbox, "retry", refuse)
        post.channel.will("một", BUSY)
        await post.say("một", "hai")

        await until(lambda: post.channel.texts() == ["hai"])


class TestBeginningAndEnd:
    async def test_a_sweep_takes_up_what_nobody_handed_over(self, post: Post) -> None:
        await post.put("một", "hai")
        await post.put("mai", due_at=clock.now() + 60 * SECOND)
        await post.delivery.sweep()

        await until(lambda: post.channel.texts() == ["một", "hai"])
        await until(lambda: not post.delivery._held)
        assert await post.rows() == ["sent", "sent", "waiting"]

    @both_databases
    async def test_after_a_crash_what_was_being_sent_is_sent_once_more_and_counted(self, post: Post) -> None:
        ids = [message.id for message in await post.put("một", "hai")]
        now = clock.now()
        await post.store.run(lambda db: outbox.claim(db, ids[:1], now, now + 20 * SECOND))
        await post.store.run(lambda db: outbox.free_all(db, now))

        assert await post.all_done(with_sweeps=True) == ["sent", "sent"]
        assert post.channel.texts() == ["một", "hai"]
        assert await post.rows("unknowns") == [1, 0]

    async def test_a_lease_that_ran_out_frees_its_message(self, post: Post) -> None:
        ids = [message.id for message in await post.put("một")]
        now = clock.now()
        await post.store.run(lambda db: outbox.claim(db, ids, now, now - SECOND))
        await post.delivery.sweep()

        assert await post.all_done() == ["sent"]

    async def test_what_takes_long_to_send_keeps_its_lease(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delivery, "LEASE", 0.05 * SECOND)
        post.channel.hold("một")
        await post.say("một")
        await until(lambda: post.channel.attempts)
        await asyncio.sleep(0.06)
        await post.delivery.sweep()
        post.channel.release()

        assert await post.all_done() == ["sent"]
        assert len(post.channel.attempts) == 1
        assert await post.rows("unknowns") == [0]

    async def test_chats_that_are_quiet_are_forgotten(self, post: Post) -> None:
        for n in range(30):
            await post.say("một", to=f"chat-{n}")
        await post.all_done()
        await until(lambda: not post.delivery._held)
        await asyncio.sleep(0.01)
        await post.delivery.sweep()

        assert not post.delivery._lines
        assert not any(post.delivery._ready.values())

    async def test_stopping_waits_for_what_is_under_way_and_begins_nothing(self, post: Post) -> None:
        post.channel.hold("một")
        await post.say("một", *(str(number) for number in range(200)))
        await until(lambda: post.channel.attempts)
        stopping = asyncio.create_task(post.delivery.stop())
        await asyncio.sleep(0.02)
        assert not stopping.done()
        post.channel.release()
        await stopping
        await post.say("sau", to="chat-2")

        assert await post.rows() == ["sent"] + ["waiting"] * 201

    async def test_stopping_waits_for_what_has_just_been_claimed(self, post: Post) -> None:
        await post.say("một")  # its claim is on the way
        await post.delivery.stop()

        assert post.channel.texts() == ["một"]
        assert await post.rows() == ["sent"]

    async def test_stopping_does_not_wait_for_a_channel_that_hangs(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivery, "STOP_SECONDS", 0.05)
        post.channel.hold("một")
        await post.say("một", "hai")
        await until(lambda: post.channel.attempts)
        await post.delivery.stop()

        assert await post.rows() == ["sending", "waiting"]

    async def test_stopping_does_not_wait_for_a_database_that_is_away(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivery, "STOP_SECONDS", 0.05)
        await post.say("một")
        await until(lambda: post.channel.attempts)
        post.store.is_away = True
        await post.delivery.stop()


def named(url: str, name: str) -> str:
    """The same database, over connections that can be told from others."""
    return make_url(url).update_query_dict({"application_name": name}).render_as_string(hide_password=False)
