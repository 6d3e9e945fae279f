"""A bot under test: a process on a core of its own, watched through /proc."""

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 15


def stay_on(core: int) -> None:
    """Keep this process on one core, where there are several."""
    if core in os.sched_getaffinity(0):
        os.sched_setaffinity(0, {core})


class Bot:
    """Runs `python -m module arguments` with these settings in `folder`; what it says goes to its log there."""

    def __init__(self, folder: Path, *command: str, core: int, **settings: str):
        self._command = [sys.executable, "-m", *command]
        # The folder is not the repository's: an .env that lies there must not be read.
        self._folder = folder
        path = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        self._environment = path | settings
        self._core = core

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
                preexec_fn=partial(stay_on, self._core),
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    @property
    def log(self) -> Path:
        return self._folder / "log"

    def cpu(self) -> float:
        """Seconds of CPU so far, all threads together."""
        fields = self._proc("stat").rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """MB of memory it holds."""
        line = next(line for line in self._proc("status").splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()
