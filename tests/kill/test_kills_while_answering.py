"""The process is killed while officials write and approve answers: each is written once, and whoever asked is told."""

from itertools import count

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Faults
from tests.kill import answers
from tests.kill.answerer import Answerer
from tests.kill.hunt import PATIENCE, PATIENCE_ON_POSTGRESQL, UNHURRIED, hunt, nobody_noticed
from tests.kill.killer import Killer
from tests.kill.running import RunningBot

ASKERS, OFFICIALS = 15, 4

pytestmark = pytest.mark.process


async def answer_all(
    folder, database_url: str, *, kills: int, faults: Faults | None = None, seed: int = 1, patience: float = PATIENCE
) -> None:
    """Four officials of one province answer and approve until the killing is over."""
    async with FakeTelegram(delay=0.01, faults=faults) as telegram:
        bot = RunningBot(folder, telegram, database_url, **UNHURRIED)
        waiting = answers.set_up(database_url, telegram, ASKERS, OFFICIALS)
        marks = count(101)
        officials = [
            Answerer(
                telegram.person(700 + n, f"Cán bộ {n}"), invite, marks, seed * 1000 + n, lambda: bot.uptime, patience
            )
            for n, invite in enumerate(waiting.invites)
        ]
        killer = Killer(bot, kills, seed)
        log = await hunt(bot, killer, [official.works for official in officials])
        heard = answers.reckon(bot, telegram, waiting, officials)

    written = sum(len(official.written) for official in officials)
    approved = sum(len(official.approved) for official in officials)
    put_off = sum(official.put_off for official in officials)
    print(f"\n{killer}\n{written} written, {approved} approved, {put_off} put off\n{heard}")
    assert approved
    assert not [question for official in officials for question in official.lost]
    assert not [words for official in officials for words in official.strange]
    nobody_noticed(heard, officials, log)


async def test_a_few_kills_and_updates_that_come_twice_write_nothing_twice_and_tell_everybody_once(
    tmp_path, sqlite_url
):
    await answer_all(tmp_path, sqlite_url, kills=2, faults=Faults(seed=1, duplicates=0.2))


@pytest.mark.slow
async def test_twenty_kills_write_nothing_twice_and_tell_everybody_once(tmp_path, sqlite_url):
    await answer_all(tmp_path, sqlite_url, kills=20, seed=2)


@pytest.mark.slow
async def test_five_kills_on_postgresql_write_nothing_twice_and_tell_everybody_once(tmp_path, postgres_url):
    await answer_all(tmp_path, postgres_url, kills=5, seed=3, patience=PATIENCE_ON_POSTGRESQL)
