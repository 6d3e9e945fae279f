"""What the house does by the clock."""

import asyncio
import time
from datetime import datetime
from pathlib import Path

import pytest

from bot.house import House
from bot.settings import Settings
from handlers.visit import Moment
from storage.store import Store
from talk.message import Document
from tests.fakes.inbox import until


async def test_promises_are_looked_at_again_and_again_and_one_failure_stops_nothing(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[datetime] = []

    def sweep(moment: Moment) -> None:
        looks.append(moment.now)
        if len(looks) == 1:
            raise RuntimeError("the database went away")

    monkeypatch.setattr("bot.house.promises.sweep", sweep)
    monkeypatch.setattr("bot.house.PROMISES_SECONDS", 0.05)
    settings = Settings(database_url=sqlite_url, files_dir=tmp_path / "files", secret_key="k" * 32, _env_file=None)
    store = Store(sqlite_url)
    house = House(settings, store)
    await house.open()

    await until(lambda: len(looks) >= 3)

    await house.close()
    store.close()


async def test_papers_are_drawn_one_after_the_other(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two drawn at once shared their letters, and one in two broke where both were the first."""
    at_once: list[int] = []
    drawing = 0

    def draw() -> bytes:
        nonlocal drawing
        drawing += 1
        at_once.append(drawing)
        time.sleep(0.01)
        drawing -= 1
        return b"%PDF"

    monkeypatch.setattr("bot.house.documents.prepare", lambda db, document, now: draw)
    settings = Settings(database_url=sqlite_url, files_dir=tmp_path / "files", secret_key="k" * 32, _env_file=None)
    store = Store(sqlite_url)
    houses = [House(settings, store), House(settings, store)]

    made = await asyncio.gather(*(house._make(Document("form01.pdf", "1", "a.pdf")) for house in houses * 4))

    assert made == [b"%PDF"] * 8
    assert at_once == [1] * 8
    store.close()
