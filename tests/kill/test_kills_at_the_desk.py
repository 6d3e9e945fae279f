"""The process is killed while officials record what their office did: it is recorded once, and producers hear it."""

from itertools import count

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Faults
from tests.kill import desk
from tests.kill.hunt import PATIENCE, PATIENCE_ON_POSTGRESQL, UNHURRIED, hunt, nobody_noticed
from tests.kill.killer import Killer
from tests.kill.official import Official
from tests.kill.running import RunningBot

PRODUCERS, OFFICIALS = 8, 5

pytestmark = pytest.mark.process


async def record_all(
    folder, database_url: str, *, kills: int, faults: Faults | None = None, seed: int = 1, patience: float = PATIENCE
) -> set[str]:
    """Five officials of one commune record things until the killing is over; returns of what kinds."""
    async with FakeTelegram(delay=0.01, faults=faults) as telegram:
        bot = RunningBot(folder, telegram, database_url, **UNHURRIED)
        here = desk.set_up(database_url, telegram, PRODUCERS, OFFICIALS)
        marks = count(101)
        officials = [
            Official(
                telegram.person(700 + n, f"Cán bộ {n}"), invite, marks, seed * 1000 + n, lambda: bot.uptime, patience
            )
            for n, invite in enumerate(here.invites)
        ]
        killer = Killer(bot, kills, seed)
        log = await hunt(bot, killer, [official.works for official in officials])
        heard = desk.reckon(bot, telegram, here, officials)

    deeds = [deed.kind for official in officials for deed in official.confirmed]
    print(f"\n{killer}\n{len(deeds)} recorded, {sum(official.put_off for official in officials)} put off\n{heard}")
    assert not [question for official in officials for question in official.lost]
    assert not [words for official in officials for words in official.strange]
    nobody_noticed(heard, officials, log)
    return set(deeds)


async def test_a_few_kills_and_updates_that_come_twice_record_nothing_twice_and_keep_no_news_back(tmp_path, sqlite_url):
    await record_all(tmp_path, sqlite_url, kills=2, faults=Faults(seed=1, duplicates=0.2))


@pytest.mark.slow
async def test_twenty_five_kills_record_nothing_twice_and_keep_no_news_back(tmp_path, sqlite_url):
    assert await record_all(tmp_path, sqlite_url, kills=25, seed=2) == {"received", "needs_more", "forwarded"}


@pytest.mark.slow
async def test_five_kills_on_postgresql_record_nothing_twice_and_keep_no_news_back(tmp_path, postgres_url):
    await record_all(tmp_path, postgres_url, kills=5, seed=3, patience=PATIENCE_ON_POSTGRESQL)
