"""The real program on a folder of its own: started, stopped, killed, started again at the same address."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
STOP_SECONDS = 10  # what `run` promises


class RealHouse:
    """`python -m bot run` in `folder`; what it logs goes to `log` there."""

    def __init__(self, folder: Path, **settings: str):
        with socket.create_server(("127.0.0.1", 0)) as holder:
            port: int = holder.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.files = folder / "files"
        self.log = folder / "log"
        self._folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
            "FILES_DIR": str(self.files),
            "PORT": str(port),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self._folder,  # not the repository: an .env that lies there must not be read
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + START_SECONDS
        while not self._is_well():
            assert self._process.poll() is None, f"it did not start:\n{self.log.read_text()[-3000:]}"
            assert time.monotonic() < end, "it took too long to start"
            time.sleep(0.03)

    def stop(self) -> None:
        """SIGTERM, and all is put away within the promised time."""
        assert self._end(signal.SIGTERM) == 0

    def kill(self) -> None:
        """SIGKILL, without warning."""
        self._end(signal.SIGKILL)

    def put_away(self) -> None:
        """Leave nothing running, however the test went."""
        if self._process and self._process.poll() is None:
            self._end(signal.SIGKILL)

    def _end(self, by: signal.Signals) -> int:
        assert self._process
        self._process.send_signal(by)
        return self._process.wait(STOP_SECONDS + 1)

    def _is_well(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def real_house(folder: Path, **settings: str) -> Iterator[RealHouse]:
    house = RealHouse(folder, **settings)
    try:
        house.start()
        yield house
    finally:
        house.put_away()
