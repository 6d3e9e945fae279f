"""One bot measured: cold start, flat out, with a slow Telegram, at an easy pace, and among many known chats."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.crowd import Crowd, TalkLost
from tests.bench.process import Bot

PACE = 60.0  # turns a second, as on the busiest evening anybody expects
DELAY = 0.05  # seconds that each call to the Bot API takes, as from Viet Nam
WARM_UP = 1.5
COLD_STARTS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, and with how many."""

    seconds: float
    people: int
    known_chats: int


@dataclass(frozen=True, slots=True)
class Window:
    """What happened while somebody looked."""

    seconds: float
    cpu: float  # seconds of the bot's process
    waits: Sequence[float]  # seconds, sorted

    @property
    def turns_per_second(self) -> float:
        return len(self.waits) / self.seconds

    @property
    def share(self) -> float:
        """How much of its core the bot got; the rest went to waiting, or to others on this machine."""
        return self.cpu / self.seconds

    @property
    def cpu_per_turn(self) -> float:
        return self.cpu / len(self.waits)

    def wait(self, fraction: float) -> float:
        """This part of all turns was answered within so many seconds."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * fraction))]


@dataclass(frozen=True, slots=True)
class Easy:
    """A bot that has little to do."""

    cold_start: float  # seconds from starting the process to the first answer
    memory: float  # MB
    paced: Window
    memory_later: float  # MB, after all that was asked of it


@dataclass(frozen=True, slots=True)
class Figures:
    """What one bot came to."""

    easy: Easy
    flat_out: Window
    slow: Window  # flat out, with a Bot API that takes its time
    yardstick: float  # seconds of CPU that always the same piece of Python took next to it: how fast the machine was


async def measure(crowd: Crowd, bot: Callable[[], Bot], plan: Plan) -> Figures:
    """Everything, of a bot that finds this crowd at Telegram."""
    starts = []
    for _ in range(COLD_STARTS - 1):
        async with _started(crowd, bot()) as (_, cold_start):
            starts.append(cold_start)
    async with _started(crowd, bot()) as (running, cold_start):
        starts.append(cold_start)
        memory = running.memory()
        paced = await _watch(crowd, running, crowd.stroll(PACE, plan.seconds))
        await crowd.rest()
        before = _yardstick()
        flat_out = await _flat_out(crowd, running, plan)
        yardstick = (before + _yardstick()) / 2
        crowd.delay = DELAY
        slow = await _flat_out(crowd, running, plan)
        crowd.delay = 0.0
        easy = Easy(median(starts), memory, paced, running.memory())
        return Figures(easy, flat_out, slow, yardstick)


async def measure_among_many(crowd: Crowd, bot: Callable[[], Bot], plan: Plan) -> Easy:
    """The easy things, of a bot whose database knows many chats."""
    async with _started(crowd, bot()) as (running, cold_start):
        memory = running.memory()
        paced = await _watch(crowd, running, crowd.stroll(PACE, plan.seconds))
        await crowd.rest()
        return Easy(cold_start, memory, paced, running.memory())


async def _flat_out(crowd: Crowd, bot: Bot, plan: Plan) -> Window:
    await crowd.hurry(plan.people, WARM_UP)
    window = await _watch(crowd, bot, crowd.hurry(plan.people, plan.seconds))
    await crowd.rest()
    return window


@asynccontextmanager
async def _started(crowd: Crowd, bot: Bot) -> AsyncIterator[tuple[Bot, float]]:
    """The bot, and how long it took to answer somebody who was there before it."""
    began = time.perf_counter()
    async with bot:
        try:
            await crowd.first_answer()
        except TalkLost as lost:
            raise TalkLost(f"{lost}; the end of the bot's log:\n{bot.log.read_text()[-2_000:]}") from None
        seconds = time.perf_counter() - began
        await asyncio.sleep(0.5)  # what it does last of all when it starts is no part of what follows
        yield bot, seconds


async def _watch(crowd: Crowd, bot: Bot, talk: Coroutine[Any, Any, None]) -> Window:
    turns, cpu, began = len(crowd.waits), bot.cpu(), time.perf_counter()
    await talk
    seconds = time.perf_counter() - began
    return Window(seconds, bot.cpu() - cpu, sorted(crowd.waits[turns:]))


def _yardstick() -> float:
    began = time.thread_time()
    for number in range(20_000):
        json.loads(json.dumps({"number": number, "words": ["Hợp tác xã", "Bản Mẫu"] * 5}))
    return time.thread_time() - began
