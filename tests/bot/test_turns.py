"""Updates are answered in order per chat and once, whatever is in them and whatever befalls the database."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot import clock, turns
from bot.channels.base import Native
from bot.files import FileStore
from bot.shelf import Shelf
from bot.turns import SORRY, Turns
from bot.upkeep import Upkeep
from handlers.visit import Office, Visit
from storage import inbox, people
from talk.message import Message, Update
from tests.bot.conftest import both_databases
from tests.fakes.channel import FakeChannel, native
from tests.fakes.frail_store import FrailStore, gone
from tests.fakes.pictures import photo
from tests.fakes.post import Post, until, until_async

Answer = Callable[[Visit, Update], list[Message]]
SECOND = timedelta(seconds=1)


class Desk:
    """One channel with its turns and its delivery, as the house sets them up."""

    def __init__(self, store: FrailStore, channel: FakeChannel, folder: Path):
        self.channel = channel
        self.store = store
        self.post = Post(store, channel)
        office = Office("Văn phòng", "", ZoneInfo("Asia/Ho_Chi_Minh"))
        files = FileStore(folder)
        self.posted = 0
        wipe, shelf = Upkeep(store, files, 1095).wipe, Shelf(store, office.timezone)
        self.turns = Turns(channel, store, self.post.delivery, office, shelf, files, wipe, self._count_posts)

    def _count_posts(self) -> None:
        self.posted += 1

    async def says(self, *natives: Native) -> None:
        await self.turns.keep(list(natives))

    async def hears(self, count: int, address: str | None = None) -> list[str]:
        """Wait for so many messages; what they say."""
        await until(lambda: len(self.channel.texts(address)) >= count)
        return self.channel.texts(address)

    async def inbox(self, columns: str = "state") -> list[Any]:
        found = await self.store.run(lambda db: db.execute(text(f"SELECT {columns} FROM inbox ORDER BY id")).all())
        return [row[0] if len(row) == 1 else tuple(row) for row in found]

    async def all_done(self) -> list[str]:
        async def is_done() -> bool:
            return "new" not in await self.inbox()

        await until_async(is_done)
        return await self.inbox()


@pytest.fixture
async def desk(store: FrailStore, channel: FakeChannel, tmp_path: Path) -> Desk:
    return Desk(store, channel, tmp_path / "files")


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    """Have updates answered this way instead of by the conversations."""
    return lambda how: monkeypatch.setattr(turns, "dispatch", how)


def echo(visit: Visit, update: Update) -> list[Message]:
    return [Message(f"nghe {update.text or update.other or update.trouble or update.attachment}")]


@pytest.fixture(autouse=True)
def echoes(answer: Callable[[Answer], None]) -> None:
    answer(echo)


def tells_somebody_else(visit: Visit, update: Update) -> list[Message]:
    visit.traces.told_others = True
    return []


class TestOtherPeople:
    async def test_what_a_turn_wrote_to_others_is_sent_once_it_is_committed_also_when_it_says_nothing_itself(
        self, desk: Desk, answer: Callable[[Answer], None]
    ) -> None:
        answer(tells_somebody_else)
        await desk.says(native(1))

        assert await desk.all_done() == ["done"]
        await until(lambda: desk.posted == 1)
        assert desk.channel.texts() == []

    async def test_a_turn_that_tells_nobody_else_has_nothing_sent(self, desk: Desk) -> None:
        await desk.says(native(1))

        await desk.hears(1)
        assert desk.posted == 0


class TestOrder:
    @both_databases
    async def test_fifty_messages_in_a_row_are_answered_in_order(self, desk: Desk) -> None:
        for number in range(0, 50, 10):
            await desk.says(*(native(n) for n in range(number, number + 10)))

        assert await desk.hears(50) == [f"nghe {n}" for n in range(50)]
        assert await desk.inbox("state, body") == [("done", None)] * 50

    async def test_a_chat_does_not_wait_while_a_file_of_another_is_fetched(self, desk: Desk) -> None:
        desk.channel.files["ảnh"] = photo()
        desk.channel.hold("ảnh")
        await desk.says(native(1, file="ảnh"), native(2))
        await desk.says(native(3, "chat-2"))

        assert await desk.hears(1) == ["nghe 3"]
        desk.channel.release()
        first, second = (await desk.hears(3))[1:]
        assert "image/jpeg" in first
        assert second == "nghe 2"

    @both_databases
    async def test_the_same_update_three_times_is_answered_once(self, desk: Desk) -> None:
        await asyncio.gather(*(desk.says(native(1)) for _ in range(3)))
        await desk.says(native(1), native(2))

        assert await desk.hears(2) == ["nghe 1", "nghe 2"]
        assert await desk.inbox() == ["done", "done"]

    async def test_two_processes_answer_an_update_once(self, desk: Desk, tmp_path: Path) -> None:
        other = Desk(desk.store, desk.channel, tmp_path / "files")
        await desk.says(native(1))
        await other.turns.recover(clock.now() + SECOND)
        await desk.turns.recover(clock.now() + SECOND)

        await desk.all_done()
        await until(lambda: not desk.turns._held and not other.turns._held)
        assert await desk.hears(1) == ["nghe 1"]


class TestTroubleWithAnUpdate:
    @both_databases
    async def test_a_turn_that_raises_is_undone_and_said_sorry_for_and_the_next_one_goes_on(
        self, desk: Desk, answer: Callable[[Answer], None], caplog: pytest.LogCaptureFixture
    ) -> None:
        def bad(visit: Visit, update: Update) -> list[Message]:
            people.focus_on(visit.db, visit.person.person_id, 77)
            if update.text == "1":
                raise ValueError("a bug of ours")
            return [Message(f"nghe {update.text}, bận {visit.person.focus}")]

        answer(bad)
        await desk.says(native(1), native(2))

        assert await desk.hears(2) == [SORRY, "nghe 2, bận None"]
        assert await desk.inbox("state, body") == [("failed", None), ("done", None)]
        logged = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert len(logged) == 1
        assert logged[0].exc_info

    async def test_a_poison_update_is_not_tried_again_by_a_sweep(
        self, desk: Desk, answer: Callable[[Answer], None]
    ) -> None:
        tried = []

        def bad(visit: Visit, update: Update) -> list[Message]:
            tried.append(update.text)
            raise ValueError

        answer(bad)
        await desk.says(native(1))
        assert await desk.all_done() == ["failed"]
        await desk.turns.recover(clock.now() + 60 * SECOND)
        await until(lambda: not desk.turns._held)

        assert tried == ["1"]

    async def test_an_update_that_cannot_be_read_is_answered_and_the_next_one_too(self, desk: Desk) -> None:
        await desk.says(native(1, odd=True), native(2))

        assert await desk.hears(2) == ["nghe unreadable", "nghe 2"]

    @both_databases
    async def test_half_an_emoji_and_a_nul_are_kept_and_hold_nobody_up(self, desk: Desk) -> None:
        await desk.says(native(1, text="\ud83d"), native(2, text="a\0b"), native(3))

        assert (await desk.hears(3))[2] == "nghe 3"

    async def test_an_update_with_nothing_to_answer_is_done_in_silence(self, desk: Desk) -> None:
        await desk.says(native(1, note="joined"), native(2))

        assert await desk.hears(1) == ["nghe 2"]
        assert await desk.all_done() == ["done", "done"]

    async def test_who_had_blocked_the_bot_and_writes_again_can_be_reached_again(self, desk: Desk) -> None:
        def block(db: Any) -> None:
            people.mark_unreachable(db, people.meet(db, "telegram", "1", "chat-1", clock.now()).chat_id, clock.now())

        await desk.store.run(block)
        await desk.says(native(1))
        await desk.all_done()

        known = await desk.store.run(lambda db: people.meet(db, "telegram", "1", "chat-1", clock.now()))
        assert known.is_reachable


class TestFiles:
    async def test_a_photo_is_remembered_with_its_owner(self, desk: Desk) -> None:
        desk.channel.files["ảnh"] = photo()
        await desk.says(native(1, file="ảnh"))
        await desk.all_done()

        rows = await desk.store.run(lambda db: db.execute(text("SELECT type, name, owner_id FROM file")).all())
        person = await desk.store.run(lambda db: people.meet(db, "telegram", "1", "chat-1", clock.now()))
        assert rows == [("image/jpeg", "ảnh.jpg", person.person_id)]

    async def test_a_file_that_cannot_be_had_or_kept_is_spoken_about(self, desk: Desk) -> None:
        desk.channel.files["chương trình"] = b"MZ\x90\x00"
        await desk.says(native(1, file="mất rồi"), native(2, file="chương trình"))

        assert await desk.hears(2) == ["nghe not_fetched", "nghe unsafe"]
        assert await desk.store.run(lambda db: db.execute(text("SELECT count(*) FROM file")).scalar()) == 0

    async def test_a_disk_without_room_does_not_stop_the_chat(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*args: object, **options: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("bot.files.NamedTemporaryFile", full)
        await desk.says(native(1, file="ảnh"), native(2))

        assert await desk.hears(2) == ["nghe not_fetched", "nghe 2"]


class TestTheDatabaseInTrouble:
    async def test_what_cannot_be_kept_is_not_acknowledged(self, desk: Desk) -> None:
        desk.store.is_away = True
        with pytest.raises(type(gone())):
            await desk.says(native(1))
        desk.store.is_away = False
        await desk.says(native(1))

        assert await desk.hears(1) == ["nghe 1"]

    async def test_while_it_is_away_nobody_is_apologised_to_and_the_order_stays(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(turns, "LONGEST_WAIT", 0.02)
        desk.channel.files["ảnh"] = photo()
        desk.channel.hold("ảnh")
        await desk.says(native(1, file="ảnh"), native(2), native(3))
        desk.store.is_away = True
        desk.channel.release()
        await until(lambda: desk.store.failed > 8)
        desk.store.is_away = False

        first, *others = await desk.hears(3)
        assert "image/jpeg" in first
        assert others == ["nghe 2", "nghe 3"]
        assert await desk.all_done() == ["done"] * 3

    async def test_a_turn_that_always_fails_by_the_database_is_its_own_fault_in_the_end(
        self, desk: Desk, answer: Callable[[Answer], None]
    ) -> None:
        tried = []

        def bad(visit: Visit, update: Update) -> list[Message]:
            tried.append(update.text)
            if update.text == "1":
                visit.db.execute(text("SELECT no_such_column FROM person"))
            return echo(visit, update)

        answer(bad)
        await desk.says(native(1), native(2))

        assert await desk.hears(2) == [SORRY, "nghe 2"]
        assert tried == ["1"] * turns.TRIES + ["2"]

    async def test_stopping_does_not_wait_for_it(self, desk: Desk) -> None:
        await desk.says(native(1, file="mất rồi"), native(2))
        desk.store.is_away = True
        await until(lambda: desk.store.failed)
        await desk.turns.stop()
        desk.store.is_away = False

        assert await desk.inbox() == ["new", "new"]


class TestBeginningAndEnd:
    @both_databases
    async def test_what_a_former_run_left_is_answered_in_order(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(turns, "SWEPT_AT_ONCE", 3)
        rows = [(f"update-{n}", "chat-1", f'{{"text": "{n}"}}') for n in range(8)]
        await desk.store.run(lambda db: inbox.keep(db, "telegram", "1", rows, clock.now() - SECOND))
        await desk.turns.recover(clock.now())

        assert await desk.hears(8) == [f"nghe {n}" for n in range(8)]

    async def test_a_sweep_takes_up_what_fell_through_and_leaves_what_has_just_come(self, desk: Desk) -> None:
        for number, age in (("1", 60), ("2", 1)):
            row, then = (number, "chat-1", '{"text": "x"}'), clock.now() - age * SECOND
            await desk.store.run(partial(inbox.keep, channel="telegram", bot="1", natives=[row], now=then))
        await desk.turns.sweep()

        await until(lambda: not desk.turns._held)
        assert await desk.inbox() == ["done", "new"]

    async def test_a_sweep_forgets_updates_that_no_channel_repeats_any_more(self, desk: Desk) -> None:
        long_ago = clock.now() - turns.REMEMBERED - SECOND
        kept = await desk.store.run(lambda db: inbox.keep(db, "telegram", "1", [("old", "chat-1", "{}")], long_ago))
        await desk.store.run(lambda db: inbox.done(db, kept[0].id, long_ago))
        await desk.turns.sweep()

        assert await desk.inbox() == []

    async def test_stopping_leaves_what_waits_behind_a_file_in_the_inbox(
        self, desk: Desk, store: FrailStore, channel: FakeChannel, tmp_path: Path
    ) -> None:
        channel.files["ảnh"] = photo()
        channel.hold("ảnh")
        await desk.says(native(1, file="ảnh"), native(2))
        await asyncio.sleep(0.01)
        await desk.turns.stop()
        await desk.says(native(3))
        assert await desk.inbox() == ["new"] * 3
        assert not [path for path in (tmp_path / "files").iterdir() if path.is_file()]

        channel.release()
        next_run = Desk(store, channel, tmp_path / "files")
        await next_run.turns.recover(clock.now() + SECOND)
        assert (await next_run.hears(3))[1:] == ["nghe 2", "nghe 3"]

    async def test_stopping_finishes_the_turns_in_their_transaction(self, desk: Desk) -> None:
        await desk.says(*(native(n) for n in range(20)), *(native(n, "chat-2") for n in range(20, 40)))
        await desk.turns.stop()
        await desk.post.delivery.stop()

        done = (await desk.inbox()).count("done")
        assert 2 <= done < 40
        assert len(channel_rows := await desk.post.rows()) == done
        assert set(channel_rows) <= {"sent", "waiting"}

    async def test_nothing_is_left_of_chats_that_are_answered(self, desk: Desk) -> None:
        await desk.says(*(native(n, f"chat-{n}") for n in range(30)))
        await desk.all_done()
        await until(lambda: not desk.turns._held)

        assert not desk.turns._queues
        assert not desk.turns._fetching
        assert not desk.turns._waiting
