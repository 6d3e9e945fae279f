"""What officials change is answered from at once, and soon in every process."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import clock
from bot.shelf import Shelf
from handlers import places
from ocop.asking import understand
from ocop.library import official_version
from storage import official_versions, people
from storage.store import Db
from tests.bot.conftest import both_databases
from tests.fakes.frail_store import FrailStore

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ASKED = "ở đâu bán vỏ hộp giấy đựng miến"


def write(db: Db) -> int:
    """A version in use from 21 to 30 November 2026."""
    now = clock.now()
    places.put_all(db)
    me = people.meet(db, "web", "", "chat-1", now).person_id
    said = official_version("cao-bang", "Hỏi xã.", "theo Sở 2026", date(2026, 11, 21), date(2026, 11, 30))
    row = official_versions.write(db, "", "", said, [ASKED], "", me, now)
    assert official_versions.approve(db, row, me, now)
    return row


@both_databases
async def test_only_what_changed_is_read_anew(store: FrailStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 9, tzinfo=HANOI))
    here, there = Shelf(store, HANOI), Shelf(store, HANOI)
    for shelf in (here, there):
        await shelf.refresh()
    row = await store.run(write)

    await there.refresh()
    assert understand(ASKED, there.library.bank).topics == (f"own-{row}",)
    assert understand(ASKED, here.library.bank).topics != (f"own-{row}",)

    before = there.library
    await there.refresh()
    assert there.library is before

    await store.run(lambda db: official_versions.end(db, row, clock.now()))
    await there.refresh()
    assert not there.library.has(f"own-{row}")


@both_databases
async def test_a_new_day_is_read_anew(store: FrailStore, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 30, 23, tzinfo=HANOI)
    monkeypatch.setattr(clock, "now", lambda: now)
    shelf = Shelf(store, HANOI)
    row = await store.run(write)
    await shelf.refresh()
    assert understand(ASKED, shelf.library.bank).topics[0] == f"own-{row}"

    now = datetime(2026, 12, 1, 0, tzinfo=HANOI)
    await shelf.refresh()

    assert f"own-{row}" not in understand(ASKED, shelf.library.bank).topics
