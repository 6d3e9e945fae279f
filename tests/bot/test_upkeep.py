"""What is deleted is gone from the disk: at once when a person says so, at night when it was kept for long enough."""

import logging
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from bot import clock
from bot.files import FileStore
from bot.shelf import Shelf
from bot.turns import Turns
from bot.upkeep import Upkeep
from handlers import places
from handlers.visit import Office
from storage.tables import APPLICATION, CHAT, FILE, OUTBOX, PROGRESS
from tests.bot.conftest import both_databases
from tests.fakes.channel import FakeChannel, native
from tests.fakes.frail_store import FrailStore
from tests.fakes.pictures import photo
from tests.fakes.post import Post, until
from tests.handlers.filling import answers

DAYS = 100
PRODUCT, PRODUCER, PHONE = "Miến dong Tài Hoan", "Hợp tác xã Tài Hoan", "0912345678"
FORM = [*answers(before="extras", producer=PRODUCER, phone=PHONE, product=PRODUCT), "ảnh sản phẩm", "xong"]
WORDS = [word.encode() for word in (PRODUCT, PRODUCER, PHONE, "0912 345 678", "Tài Hoan")]


class Village:
    """One channel on a real database and a real folder, with a clock that can be set."""

    def __init__(self, store: FrailStore, channel: FakeChannel, folder: Path):
        self.channel = channel
        self.store = store
        self.folder = folder
        self.files = FileStore(folder / "files")
        self.upkeep = Upkeep(store, self.files, DAYS)
        self.now = clock.now()
        self._sent = 0
        office = Office("Văn phòng", "", ZoneInfo("Asia/Ho_Chi_Minh"), DAYS)
        delivery, shelf = Post(store, channel).delivery, Shelf(store, office.timezone)
        self.turns = Turns(channel, store, delivery, office, shelf, self.files, self.upkeep.wipe, lambda: None)

    async def says(self, *texts: str, chat: str = "chat-1", picture: bytes = b"") -> str:
        """Say each text in turn, then send the picture, waiting for each answer; the last answer."""
        self.channel.files["ảnh"] = picture
        for body in (*({"text": text} for text in texts), *([{"file": "ảnh"}] if picture else [])):
            self._sent += 1
            heard = len(self.heard(chat))
            await self.turns.keep([native(self._sent, chat, **body)])
            await until(lambda heard=heard: len(self.heard(chat)) > heard)  # type: ignore[misc]
        return self.heard(chat)[-1]

    def heard(self, chat: str) -> list[str]:
        """What a chat was told in words."""
        return [text for text in self.channel.texts(chat) if text]

    async def registers(self, chat: str = "chat-1", picture: bytes = b"") -> str:
        """Agree, and go through the form; what is said at its end."""
        await self.says("alo", "1", "bỏ qua", "đồng ý", *FORM, chat=chat)
        await self.says(chat=chat, picture=picture or photo())
        return await self.says("xong", chat=chat)

    async def rows(self, *tables: Any) -> int:
        """How many rows there are in these tables."""
        return await self.store.run(lambda db: sum(len(db.execute(select(table)).all()) for table in tables))

    def on_disk(self) -> list[Path]:
        """The photos and files that are kept."""
        return [path for path in (self.folder / "files").rglob("*") if path.is_file()]

    async def forgotten(self) -> None:
        """Wait until what was deleted is wiped."""
        await until(lambda: not self.turns._wiping)

    async def sweeps(self, *, after_days: int) -> None:
        await self.upkeep.sweep(self.now + timedelta(days=after_days))


@pytest.fixture
async def village(store: FrailStore, channel: FakeChannel, tmp_path: Path) -> Village:
    await store.run(places.put_all)
    return Village(store, channel, tmp_path)


async def in_any_row(village: Village, words: list[bytes]) -> list[bytes]:
    """Those of the words that stand in some row of some table."""
    tables = SQLModel.metadata.sorted_tables
    everything = await village.store.run(
        lambda db: "\n".join(str(tuple(row)) for table in tables for row in db.execute(select(table)))
    )
    return [word for word in words if word in everything.encode()]


def in_any_file(village: Village, words: list[bytes]) -> list[tuple[str, bytes]]:
    """Those of the words that stand in some file: the database's own, its log, the photos."""
    found = [path for path in village.folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in found for word in words if word in path.read_bytes()]


class TestDeletingEverything:
    @both_databases
    async def test_no_row_and_no_file_holds_anything_of_the_person_any_more(
        self, village: Village, request: pytest.FixtureRequest
    ) -> None:
        assert "Xong bản nháp" in await village.registers()
        (kept,) = village.on_disk()
        pixels = kept.read_bytes()[-200:-100]
        assert await in_any_row(village, WORDS)
        assert in_any_file(village, [pixels])
        assert in_any_file(village, WORDS) or "postgres" in request.node.callspec.id

        await village.says("xóa hết")
        assert "Đã xóa hết ở đây" in await village.says("2")
        await village.forgotten()

        assert await in_any_row(village, WORDS) == []
        assert in_any_file(village, [*WORDS, pixels]) == []
        assert village.on_disk() == []

    async def test_a_photo_that_another_person_sent_as_well_stays_for_them(self, village: Village) -> None:
        same = photo()
        await village.registers("chat-1", same)
        await village.registers("chat-2", same)
        assert len(village.on_disk()) == 1

        await village.says("xóa hết", "2", chat="chat-1")
        await village.forgotten()
        assert len(village.on_disk()) == 1

        await village.says("xóa hết", "2", chat="chat-2")
        await village.forgotten()
        assert village.on_disk() == []

    async def test_what_a_crash_left_on_the_disk_goes_at_night(
        self, village: Village, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def dies(traces: object) -> None:
            raise OSError("the disk is away")

        await village.registers()
        village.turns._wipe = dies
        with caplog.at_level(logging.ERROR):
            await village.says("xóa hết", "2")
            await village.forgotten()
        assert "the nightly upkeep tries again" in caplog.text
        (left,) = village.on_disk()

        await village.sweeps(after_days=0)
        assert village.on_disk() == [left], "a file so young may belong to a turn under way"
        os.utime(left, (time.time() - 7200,) * 2)
        await village.sweeps(after_days=0)
        assert village.on_disk() == []

    async def test_a_photo_whose_bytes_went_while_it_was_fetched_is_asked_for_again(
        self, village: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await village.says("alo", "1", "bỏ qua", "1", *FORM)
        taken_in = FileStore.take_in

        async def and_gone(*args: Any) -> Any:
            fetched = await taken_in(*args)
            village.files.delete(fetched.sha256)  # type: ignore[union-attr]
            return fetched

        monkeypatch.setattr(FileStore, "take_in", and_gone)
        assert "Trợ lý chưa tải được tệp này." in await village.says(picture=photo())
        assert await village.rows(FILE) == 0

        monkeypatch.undo()
        assert "Có ảnh rồi." in await village.says(picture=photo())

    async def test_a_photo_sent_out_of_the_blue_does_not_stay_on_the_disk(self, village: Village) -> None:
        await village.says(picture=photo())
        await village.forgotten()

        assert village.on_disk() == []


class TestEveryNight:
    @both_databases
    async def test_who_was_not_heard_of_for_so_long_is_forgotten(self, village: Village) -> None:
        await village.registers()
        await village.sweeps(after_days=DAYS - 1)
        assert await village.rows(PROGRESS, APPLICATION, FILE) == 3

        await village.sweeps(after_days=DAYS + 1)

        assert await village.rows(PROGRESS, APPLICATION, FILE, CHAT, OUTBOX) == 0
        assert await in_any_row(village, WORDS) == []
        assert village.on_disk() == []
        assert "Đây là Trợ lý OCOP" in await village.says("alo")

    async def test_a_draft_left_lying_goes_and_its_person_who_is_here_stays(self, village: Village) -> None:
        await village.registers()
        await village.store.run(_long_ago(PROGRESS, "updated_at", village.now - timedelta(days=DAYS + 1)))

        await village.sweeps(after_days=0)

        assert await village.rows(PROGRESS, APPLICATION, FILE) == 0
        assert village.on_disk() == []
        assert "Chưa có giấy tờ nào ở đây." in await village.says("giấy tờ của tôi")

    async def test_more_people_than_one_transaction_takes_are_all_forgotten(
        self, village: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.upkeep.AT_ONCE", 2)
        for number in range(5):
            await village.says("alo", chat=f"chat-{number}")

        await village.sweeps(after_days=DAYS + 1)

        assert await village.rows(CHAT) == 0

    async def test_the_chat_that_was_told_of_the_end_goes_the_day_after(self, village: Village) -> None:
        await village.says("alo", "xóa hết", "2")
        await village.sweeps(after_days=0)
        assert await village.rows(CHAT) == 1

        await village.sweeps(after_days=2)

        assert await village.rows(CHAT, OUTBOX) == 0

    async def test_only_counts_are_logged(self, village: Village, caplog: pytest.LogCaptureFixture) -> None:
        await village.registers()

        with caplog.at_level(logging.INFO):
            await village.sweeps(after_days=DAYS + 1)

        told = "upkeep: forgot 1 people, 0 drafts, 0 messages, 0 codes, 0 matters, 0 lines, 0 chats, 0 files"
        assert told in caplog.text
        assert [word for word in WORDS if word.decode() in caplog.text] == []


def _long_ago(table: Any, column: str, moment: datetime) -> Callable[[Any], None]:
    return lambda db: db.execute(table.update().values({column: moment})).close()
