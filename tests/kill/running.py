"""The real program as a process of its own: started, killed, started again in the same folder."""

import asyncio
import os
import signal
import socket
import sys
import time
from pathlib import Path

import aiohttp

from tests.fakes.server import FakeServer
from tests.kill.victim import PHASES, Lights

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 10  # what `run` promises


class RunningBot:
    """`python -m bot run` in `folder`, with this messenger; what it logs goes to `log` there."""

    def __init__(self, folder: Path, messenger: FakeServer, database_url: str = "", **settings: str):
        self._folder = folder
        self._lights_file = folder / "lights"
        self.log = folder / "log"
        self.files = folder / "files"
        self.database_url = database_url or f"sqlite:///{folder / 'ocop.db'}"
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database_url,
            "FILES_DIR": str(self.files),
            "PORT": str(port),
            **messenger.settings,
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._ready_at: float | None = None
        self._was_up = 0.0

    @property
    def uptime(self) -> float:
        """Seconds it was there for people, all its lives together."""
        return self._was_up + (time.monotonic() - self._ready_at if self._ready_at else 0.0)

    async def begin(self) -> None:
        """Start the process, and do not wait for it."""
        self._lights_file.write_bytes(bytes(len(PHASES)))
        self.lights = Lights(self._lights_file)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.kill.victim", str(self._lights_file), "run"),
                cwd=self._folder,  # not the repository: an .env that lies there must not be read
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def is_ready(self) -> None:
        """Wait until it answers."""
        assert self._process
        async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as session:
            while self._process.returncode is None:
                try:
                    async with session.get(f"{self.url}/healthz") as response:
                        if response.status == 200:
                            self._ready_at = time.monotonic()
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.03)
        raise AssertionError(f"it did not start:\n{self.log.read_text()[-3000:]}")

    async def start(self) -> None:
        await self.begin()
        await self.is_ready()

    async def kill(self) -> frozenset[str]:
        """SIGKILL; returns the phases it was in the middle of, and "start" when it was not ready yet."""
        was_ready = self._ready_at is not None
        await self._end(signal.SIGKILL)
        return self.lights.seen() if was_ready else self.lights.seen() | {"start"}

    async def stop(self) -> None:
        """SIGTERM, and all is put away within the promised time."""
        async with asyncio.timeout(STOP_SECONDS + 1):
            assert await self._end(signal.SIGTERM) == 0

    async def put_away(self) -> None:
        """Leave nothing running, however the test went."""
        if self._process and self._process.returncode is None:
            await self._end(signal.SIGKILL)

    async def _end(self, by: signal.Signals) -> int:
        assert self._process
        assert self._process.returncode is None, f"it died by itself:\n{self.log.read_text()[-3000:]}"
        self._was_up, self._ready_at = self.uptime, None
        self._process.send_signal(by)
        return await self._process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port: int = holder.getsockname()[1]
        return port
