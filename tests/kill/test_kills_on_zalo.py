"""The process is killed while people register over Zalo's webhook: what it acknowledged is answered, and once."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.zalo_forms import draw
from storage.store import Db
from storage.tables import APPLICATION, APPLICATION_VERSION, INBOX
from talk.message import Message
from tests.fakes.telegram_faults import Faults
from tests.fakes.zalo import FakeZalo
from tests.kill.hunt import PATIENCE, hunt, nobody_noticed
from tests.kill.killer import Killer
from tests.kill.reckoning import memory_of, nothing_was_said_twice_to_one_update, person_at, what_was_heard
from tests.kill.running import RunningBot
from tests.kill.villager import Villager

PEOPLE = 8
WEBHOOK = {
    "ZALO_BOT_MODE": "webhook",
    "ZALO_BOT_WEBHOOK_SECRET": "made-up_secret",
    "ZALO_BOT_MONTHLY_LIMIT": "1000000",
}

pytestmark = pytest.mark.process


async def register_all(folder: Path, *, kills: int, insists: bool, faults: Faults | None = None, seed: int) -> int:
    """Eight people register until the killing is over; returns how often they had to say something again."""
    async with FakeZalo(faults=faults) as zalo:
        zalo.insists = insists
        bot = RunningBot(folder, zalo, **WEBHOOK)
        people = [
            Villager(zalo.person(f"{n:04x}c0ffee", f"Người {n}"), seed * 1000 + n, lambda: bot.uptime, PATIENCE)
            for n in range(PEOPLE)
        ]
        killer = Killer(bot, kills, seed)
        log = await hunt(bot, killer, [villager.registers for villager in people])

    with memory_of(bot) as db:
        _what_was_acknowledged_was_answered_once(db, zalo)
        for villager in people:
            _what_was_confirmed_is_what_was_typed(db, villager)
        heard = what_was_heard(
            db,
            {villager.person.id: [message.text for message in villager.messages] for villager in people},
            _drawn,
        )
    retold = sum(villager.retold for villager in people)
    print(f"\n{killer}\n{sum(len(villager.codes) for villager in people)} products, {retold} retold\n{heard}")
    nobody_noticed(heard, people, log)
    return retold


def _drawn(message: Message) -> list[str]:
    """The texts of a message as Zalo shows them; where a file lies is said anew each time."""
    return [] if message.document else [part["text"] for part in draw(message)]


def _what_was_acknowledged_was_answered_once(db: Db, zalo: FakeZalo) -> None:
    kept = {row.native_id: row.state for row in db.execute(select(INBOX.c.native_id, INBOX.c.state))}
    assert zalo.taken <= set(kept)
    assert set(kept.values()) == {"done"}
    nothing_was_said_twice_to_one_update(db)


def _what_was_confirmed_is_what_was_typed(db: Db, villager: Villager) -> None:
    mine = APPLICATION.c.person_id == person_at(db, villager.person.id)
    bodies = select(APPLICATION.c.code, APPLICATION_VERSION.c.body).join_from(APPLICATION, APPLICATION_VERSION)
    confirmed = [(row.code, row.body) for row in db.execute(bodies.where(mine))]
    assert sorted(code for code, _ in confirmed) == sorted(villager.codes), "each is confirmed once"
    by_code = dict(confirmed)
    for paper in villager.papers:
        if paper.code:
            assert paper.names
            assert all(name in by_code[paper.code] for name in paper.names)


async def test_a_few_kills_and_events_that_come_twice_lose_nothing_that_zalo_posts_until_it_is_taken(tmp_path):
    retold = await register_all(tmp_path, kills=3, insists=True, faults=Faults(seed=1, duplicates=0.2), seed=1)

    assert retold == 0


@pytest.mark.slow
async def test_twenty_kills_lose_nothing_that_was_acknowledged_though_zalo_posts_each_event_once(tmp_path):
    await register_all(tmp_path, kills=20, insists=False, seed=2)
