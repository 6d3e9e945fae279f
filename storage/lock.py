"""One process at a time on a SQLite file."""

import fcntl
import os
from pathlib import Path
from types import TracebackType


class StoreInUse(Exception):
    """Một chương trình khác đang mở cơ sở dữ liệu này; dừng chương trình đó trước, rồi chạy lại."""

    def __init__(self, path: Path):
        super().__init__(f"Một chương trình khác đang mở {path}; dừng chương trình đó trước, rồi chạy lại.")


class FileLock:
    """Hold `<file>.lock` for this process until `release`; raise StoreInUse when another process holds it.

    The kernel gives it back when the process ends in whatever way, so a crash never leaves the file locked.
    """

    def __init__(self, file: Path):
        file.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(file.with_name(file.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            raise StoreInUse(file) from None

    def release(self) -> None:
        """Let the next process in."""
        os.close(self._handle)

    def __enter__(self) -> "FileLock":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()
