"""The real program, showing in a shared file what it is at: `python -m tests.kill.victim LIGHTS run`.

LIGHTS holds one byte for each of PHASES, the number of those under way. The kernel keeps the file when the process is
killed, so afterwards it tells exactly what the kill hit.
"""

import mmap
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

PHASES = ("turn", "send", "commit")


class Lights:
    """The shared file, one byte for each phase."""

    def __init__(self, file: Path):
        with file.open("r+b") as opened:
            self._bytes = mmap.mmap(opened.fileno(), len(PHASES))
        self._lock = Lock()

    @contextmanager
    def on(self, phase: str) -> Iterator[None]:
        """Lit while the block runs, in whatever thread."""
        self._add(phase, 1)
        try:
            yield
        finally:
            self._add(phase, -1)

    def seen(self) -> frozenset[str]:
        """The phases that are lit."""
        return frozenset(phase for phase, number in zip(PHASES, self._bytes[:], strict=True) if number)

    def _add(self, phase: str, number: int) -> None:
        with self._lock:
            self._bytes[PHASES.index(phase)] += number


def light_up(lights: Lights) -> None:
    """Wrap the three places where a kill hurts most. Zalo's budgets, which no setting raises, are not watched here."""
    from sqlalchemy.engine.default import DefaultDialect

    from bot.channels import zalo
    from bot.channels.telegram import TelegramChannel
    from bot.channels.zalo import ZaloChannel
    from bot.turns import Turns

    work, commit = Turns._work, DefaultDialect.do_commit

    def lit_work(*args: Any) -> Any:
        with lights.on("turn"):
            return work(*args)

    def lit(send: Callable[..., Awaitable[str]]) -> Any:
        async def lit_send(*args: Any) -> Any:
            with lights.on("send"):
                return await send(*args)

        return lit_send

    def lit_commit(*args: Any) -> None:
        with lights.on("commit"):
            commit(*args)  # type: ignore[no-untyped-call]

    Turns._work = lit_work  # type: ignore[method-assign, assignment]
    TelegramChannel.send = lit(TelegramChannel.send)  # type: ignore[method-assign]
    ZaloChannel.send = lit(ZaloChannel.send)  # type: ignore[method-assign]
    zalo.SENDS_PER_SECOND = zalo.CHAT_SENDS_PER_SECOND = 300.0
    DefaultDialect.do_commit = lit_commit  # type: ignore[method-assign]


if __name__ == "__main__":
    from bot.__main__ import app

    light_up(Lights(Path(sys.argv.pop(1))))
    app()
