"""What was measured, as a table a person can read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tests.bench.figures import DELAY, PACE, Easy, Figures, Plan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """One bot."""

    name: str
    figures: Figures
    among_many: Easy | None = None


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A figure: what it is called, what we aim at, how it is written."""

    label: str
    aim: str
    form: str
    figure: Callable[[T], float]


ROWS: tuple[Row[Figures], ...] = (
    Row("turns/s", "≥ 800", ".0f", lambda f: f.flat_out.turns_per_second),
    Row("  of its core it got, %", "", ".0f", lambda f: f.flat_out.share * 100),
    Row("CPU per turn, ms", "≤ 1.0", ".2f", lambda f: f.flat_out.cpu_per_turn * 1e3),
    Row("  yardstick: the same Python, ms", "", ".0f", lambda f: f.yardstick * 1e3),
    Row(f"turns/s, {DELAY * 1e3:g} ms per API call", "≥ 300", ".0f", lambda f: f.slow.turns_per_second),
    Row(f"p50 at {PACE:g} turns/s, ms", "< 5", ".1f", lambda f: f.easy.paced.wait(0.5) * 1e3),
    Row("  p99, ms", "< 10", ".1f", lambda f: f.easy.paced.wait(0.99) * 1e3),
    Row("  longest, ms", "", ".0f", lambda f: f.easy.paced.wait(1) * 1e3),
    Row("  CPU per turn, ms", "", ".2f", lambda f: f.easy.paced.cpu_per_turn * 1e3),
    Row("cold start to first reply, s", "< 1.5", ".2f", lambda f: f.easy.cold_start),
    Row("memory, MB", "", ".0f", lambda f: f.easy.memory),
    Row("  after all this talk, MB", "", ".0f", lambda f: f.easy.memory_later),
)
ROWS_AMONG_MANY: tuple[Row[Easy], ...] = (
    Row("  cold start to first reply, s", "< 1.5", ".2f", lambda e: e.cold_start),
    Row(f"  p50 at {PACE:g} turns/s, ms", "< 5", ".1f", lambda e: e.paced.wait(0.5) * 1e3),
    Row("  p99, ms", "< 10", ".1f", lambda e: e.paced.wait(0.99) * 1e3),
    Row("  longest, ms", "", ".0f", lambda e: e.paced.wait(1) * 1e3),
    Row("  memory, MB", "< 150", ".0f", lambda e: e.memory),
    Row("  memory after, MB", "< 150", ".0f", lambda e: e.memory_later),
)


def show(columns: list[Column], plan: Plan) -> None:
    """Print every figure; behind those of the later bots, how many times the first one's it is."""
    print(f"{plan.people} people, {plan.seconds:g} s each, the bot on one core. ×: how many times {columns[0].name}\n")
    _print("", "aim", [f"{column.name}        " for column in columns])
    _section(ROWS, [column.figures for column in columns])
    print(f"among {plan.known_chats:,} known chats")
    _section(ROWS_AMONG_MANY, [column.among_many for column in columns])
    print()


def _section(rows: Sequence[Row[T]], bots: Sequence[T | None]) -> None:
    for row in rows:
        first = row.figure(bots[0]) if bots[0] else None
        cells = []
        for number, bot in enumerate(bots):
            figure = row.figure(bot) if bot else None
            ratio = f"×{figure / first:.2f}" if number and figure and first else ""
            cells.append("" if figure is None else f"{figure:{row.form}}{ratio:>8}")
        _print(row.label, row.aim, cells)


def _print(label: str, aim: str, cells: list[str]) -> None:
    print(f"{label:34}{aim:>8}" + "".join(f"{cell:>19}" for cell in cells).rstrip())
