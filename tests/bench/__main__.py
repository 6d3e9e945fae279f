"""`make bench`: turns a second, CPU per turn, waiting times, memory and cold start, beside a plain bot in the same run.

The bot runs on one core, as `python -m bot run` does for an operator, but with its send budgets lifted. The fake
Telegram with everybody in it is this process, on the other core. PostgreSQL is measured where TEST_POSTGRES_URL names
a server; its own processes run wherever they like, and their CPU is not counted.
"""

import argparse
import os
import socket
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from tests.bench import asking, databases, parts
from tests.bench.crowd import Crowd, TalkLost, chats, registers
from tests.bench.figures import Easy, Figures, Plan, measure, measure_among_many
from tests.bench.process import Bot, stay_on
from tests.bench.table import Column, show
from tests.fakes.telegram import TOKEN

BOTS_CORE, OUR_CORE = 0, 1
NO_BUDGET = "100000"
PARTS = ("plain", "sqlite", "postgres", "asking", "parts")


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="of each measurement (8)")
    parser.add_argument("--people", type=int, default=200, help="who talk at the same time (200)")
    parser.add_argument("--known-chats", type=int, default=50_000, help="in the database, for the last part (50000)")
    parser.add_argument("--only", choices=PARTS, action="append", default=[])
    given = parser.parse_args()
    if not Path("/proc/self/stat").exists():
        sys.exit("The bench reads /proc, so it runs on Linux only.")
    stay_on(OUR_CORE)
    try:
        uvloop.run(bench(Plan(given.seconds, given.people, given.known_chats), given.only))
    except TalkLost as lost:
        sys.exit(f"Nothing to measure: {lost}")


async def bench(plan: Plan, only: list[str]) -> None:
    """One bot after the other, so that they meet the same machine."""
    wanted = only or list(PARTS)
    if "postgres" in wanted and not os.environ.get(databases.POSTGRES):
        wanted.remove("postgres")
        print(f"PostgreSQL is not measured: {databases.POSTGRES} names no server.\n")
    columns = []
    with TemporaryDirectory(prefix="bench") as temporary:
        folder = Path(temporary)
        if "plain" in wanted:
            columns.append(Column("plain PTB", await _plain(folder, plan)))
        if "sqlite" in wanted:
            with databases.sqlite(folder / "sqlite") as url:
                columns.append(Column("SQLite", *await _ours(folder / "sqlite", url, plan)))
        if "postgres" in wanted:
            with databases.postgres() as url:
                columns.append(Column("PostgreSQL", *await _ours(folder / "postgres", url, plan)))
        if columns:
            show(columns, plan)
        if "parts" in wanted:
            await _parts(folder, wanted)
        if "asking" in wanted:
            asking.show()


async def _parts(folder: Path, wanted: list[str]) -> None:
    with ExitStack() as databases_open:
        urls = {"SQLite": databases_open.enter_context(databases.sqlite(folder / "parts"))}
        if "postgres" in wanted:
            urls["PostgreSQL"] = databases_open.enter_context(databases.postgres())
        await parts.show(urls, BOTS_CORE)


async def _plain(folder: Path, plan: Plan) -> Figures:
    async with Crowd(chats) as crowd:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": crowd.url}
        return await measure(
            crowd, partial(Bot, folder / "plain", "tests.bench.plain_bot", core=BOTS_CORE, **settings), plan
        )


async def _ours(folder: Path, url: str, plan: Plan) -> tuple[Figures, Easy]:
    async with Crowd(registers) as crowd:
        settings = {
            "DATABASE_URL": url,
            "PORT": str(_free_port()),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": crowd.url,
            "TELEGRAM_SENDS_PER_SECOND": NO_BUDGET,
            "TELEGRAM_CHAT_SENDS_PER_SECOND": NO_BUDGET,
        }
        bot = partial(Bot, folder, "bot", "run", core=BOTS_CORE, **settings)
        figures = await measure(crowd, bot, plan)
        if not crowd.finished:
            raise TalkLost(f"nobody came to the end; see the words in {__package__}.crowd")
        databases.fill(url, TOKEN.partition(":")[0], plan.known_chats)
        return figures, await measure_among_many(crowd, bot, plan)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main()
