"""What the house does by the clock."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.house import House
from bot.settings import Settings
from handlers.visit import Moment
from storage.store import Store
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
