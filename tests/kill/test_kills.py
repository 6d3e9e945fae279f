"""The process is killed while twenty people register; none of them notices more than a pause."""

from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Faults
from tests.kill.hunt import PATIENCE, PATIENCE_ON_POSTGRESQL, UNHURRIED, hunt, nobody_noticed
from tests.kill.killer import Killer
from tests.kill.reckoning import reckon
from tests.kill.registrant import Registrant
from tests.kill.running import RunningBot
from tests.kill.victim import PHASES

PEOPLE, FEW = 20, 8


async def register_all(
    folder: Path,
    database_url: str = "",
    *,
    people: int = PEOPLE,
    kills: int = 0,
    faults: Faults | None = None,
    seed: int = 1,
    patience: float = PATIENCE,
) -> Killer:
    """So many people register until the killing is over, and all is as they typed it."""
    async with FakeTelegram(delay=0.01, faults=faults) as telegram:
        bot = RunningBot(folder, telegram, database_url, **UNHURRIED)
        registrants = [
            Registrant(telegram.person(100 + n, f"Người {n}"), seed * 1000 + n, lambda: bot.uptime, patience)
            for n in range(people)
        ]
        killer = Killer(bot, kills, seed)
        log = await hunt(bot, killer, [registrant.register for registrant in registrants])
        heard = reckon(bot, telegram, registrants)

    lost = [key for registrant in registrants for key in registrant.lost]
    strange = [words for registrant in registrants for words in registrant.strange]
    print(
        f"\n{killer}\n{sum(len(registrant.confirmed) for registrant in registrants)} products of {people} people, "
        f"lost {len(lost)}\n{heard}\nfaults {dict(telegram.faults.happened)}"
    )
    assert not lost
    assert not strange
    nobody_noticed(heard, registrants, log)
    return killer


@pytest.mark.process
async def test_a_few_kills_and_updates_that_come_twice_lose_nothing_and_leave_nobody_in_silence(tmp_path):
    await register_all(tmp_path, people=FEW, kills=4, faults=Faults(seed=1, duplicates=0.2))


@pytest.mark.process
async def test_on_a_bad_network_nobody_has_to_start_again(tmp_path):
    faults = Faults(seed=5, bad_gateway=0.02, reset_before=0.01, reset_after=0.01)
    await register_all(tmp_path, people=FEW, faults=faults, seed=5)

    assert set(faults.happened) == {"bad_gateway", "reset_before", "reset_after"}


@pytest.mark.process
@pytest.mark.slow
async def test_fifty_kills_lose_nothing_and_leave_nobody_in_silence(tmp_path):
    killer = await register_all(tmp_path, kills=50, seed=2)

    assert all(killer.hits[phase] for phase in PHASES)


@pytest.mark.process
@pytest.mark.slow
async def test_fifteen_kills_and_every_fifth_update_twice_have_no_double_effect(tmp_path):
    await register_all(tmp_path, kills=15, faults=Faults(seed=3, duplicates=0.2), seed=3)


@pytest.mark.process
@pytest.mark.slow
async def test_ten_kills_on_postgresql_lose_nothing_and_leave_nobody_in_silence(tmp_path, postgres_url):
    await register_all(tmp_path, postgres_url, kills=10, seed=4, patience=PATIENCE_ON_POSTGRESQL)
