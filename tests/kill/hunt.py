"""People busy with the bot while the killer strikes: what every kill test does around its own people."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from bot.delivery import LEASE
from tests.kill.killer import Killer
from tests.kill.patient import Patient
from tests.kill.reckoning import Heard, all_is_settled
from tests.kill.running import RunningBot

# Above what so few people can ask for: here the kills are watched, not the budgets.
UNHURRIED = {"TELEGRAM_SENDS_PER_SECOND": "300", "TELEGRAM_CHAT_SENDS_PER_SECOND": "30"}

# Seconds the bot has to find what a crash left behind: two sweeps, and on PostgreSQL, where another process might
# still be sending it, the lease before.
PATIENCE = 12.0
PATIENCE_ON_POSTGRESQL = PATIENCE + LEASE.total_seconds()

Busy = Callable[[Callable[[], bool]], Coroutine[Any, Any, None]]  # goes on until it has done something and it is enough


async def hunt(bot: RunningBot, killer: Killer, people: Sequence[Busy]) -> str:
    """Have them busy until the killing is over and the bot has said everything; returns what it logged."""
    try:
        await bot.start()
        async with asyncio.TaskGroup() as group:
            for busy in people:
                group.create_task(busy(lambda: killer.is_over))
            group.create_task(killer.rage())
        await all_is_settled(bot)
        await bot.stop()
    except BaseException:
        print(bot.log.read_text()[-4000:])
        raise
    finally:
        await bot.put_away()
    return bot.log.read_text()


def nobody_noticed(heard: Heard, people: Sequence[Patient[Any]], log: str) -> None:
    """Nobody was left in silence, and whatever came twice was counted as such."""
    assert heard.repeats <= heard.maybe_twice
    assert heard.unheard == 0
    assert not [words for person in people for words in person.silences]
    assert "Traceback" not in log, log[log.index("Traceback") :][:3_000]
