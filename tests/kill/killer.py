"""Who kills the bot, aiming at what it is in the middle of, and starts it again."""

import asyncio
import random
from collections import Counter

from tests.kill.running import RunningBot
from tests.kill.victim import PHASES

AIMS = (*PHASES, "anything", "start")
WAITS_SECONDS = 5.0
LOOKS_SECONDS = 0.0001


class Killer:
    """Strikes so many times, at each of AIMS in turn, and counts what each strike hit."""

    def __init__(self, bot: RunningBot, kills: int, seed: int):
        self._bot = bot
        self._kills = kills
        self._random = random.Random(seed)
        self.hits: Counter[str] = Counter()  # of what was under way; one kill may hit several things
        self.done = 0

    @property
    def is_over(self) -> bool:
        return self.done >= self._kills

    def __str__(self) -> str:
        return f"{self.done} kills hit: {dict(sorted(self.hits.items()))}"

    async def rage(self) -> None:
        """Kill and start again, and leave the bot running in the end. It runs already."""
        while not self.is_over:
            aim = AIMS[self.done % len(AIMS)]
            if aim == "start":
                await self._bot.kill()
                await self._bot.begin()
                await asyncio.sleep(self._random.uniform(0.2, 2.0))
            else:
                await self._lie_in_wait(aim)
            self.hits.update(await self._bot.kill() or {"nothing"})
            self.done += 1
            await self._bot.start()

    async def _lie_in_wait(self, aim: str) -> None:
        await asyncio.sleep(self._random.uniform(0.0, 1.0))
        if aim not in PHASES:
            return
        try:
            async with asyncio.timeout(WAITS_SECONDS):
                while aim not in self._bot.lights.seen():  # noqa: ASYNC110 - nobody can tell us
                    await asyncio.sleep(LOOKS_SECONDS)
        except TimeoutError:
            pass  # nobody writes just now: the strike falls where it falls
