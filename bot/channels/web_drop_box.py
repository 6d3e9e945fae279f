"""Where photos and files sent through the page lie until their turn has fetched them."""

import asyncio
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.channels.base import FileNotFetched

NAME = re.compile(r"[0-9a-f]{32}")
COMING, FETCHED = ".coming", ".fetched"
HOUR, DAY = 60 * 60, 24 * 60 * 60


class TooBig(Exception):
    """The file has more bytes than it may have."""


class BoxFull(Exception):
    """There is no room in the drop box at present."""


class DropBox:
    """A folder of files under names that only we give.

    A file is there in full under its name, or not at all. Fetching copies it, so that a turn that fails can fetch it
    again; what was fetched goes an hour later.
    """

    def __init__(self, folder: Path, room: int):
        self._folder = folder
        self._room = room

    async def take_in(self, sent_as: str, pieces: AsyncIterator[bytes], at_most: int) -> tuple[str, int]:
        """Keep a file for good and return its name and size. Sent again under the same id it is kept once."""
        await asyncio.to_thread(self._make_room, at_most)
        name = hashlib.sha256(sent_as.encode()).hexdigest()[:32]
        coming = self._folder / f"{name}.{secrets.token_hex(4)}{COMING}"
        size = 0
        try:
            with coming.open("xb") as file:
                async for piece in pieces:
                    size += len(piece)
                    if size > at_most:
                        raise TooBig
                    file.write(piece)
                await asyncio.to_thread(_write_through, file)
            await asyncio.to_thread(self._settle, coming, name)
        finally:
            coming.unlink(missing_ok=True)
        return name, size

    async def fetch(self, name: str, into: Path, at_most: int) -> None:
        """Copy a file out. Raises FileNotFetched."""
        if not NAME.fullmatch(name):
            raise FileNotFetched("not_fetched")
        await asyncio.to_thread(self._copy, name, into, at_most)

    def tidy(self, now: float | None = None) -> None:
        """Remove what was fetched, what broke off, and what nobody fetched for longer than updates are remembered."""
        now = time.time() if now is None else now
        for path, facts in self._contents():
            keep_for = HOUR if path.name.endswith((COMING, FETCHED)) else 8 * DAY
            if now - facts.st_mtime > keep_for:
                path.unlink(missing_ok=True)

    def _contents(self) -> Iterator[tuple[Path, os.stat_result]]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self._folder.iterdir():
            try:
                yield path, path.stat()
            except FileNotFoundError:  # renamed or tidied away meanwhile
                continue

    def _make_room(self, size: int) -> None:
        taken = sum(facts.st_size for _, facts in self._contents())
        if taken + size > self._room:
            raise BoxFull

    def _settle(self, coming: Path, name: str) -> None:
        kept = self._folder / name
        if kept.exists() or (self._folder / (name + FETCHED)).exists():
            return
        coming.replace(kept)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _copy(self, name: str, into: Path, at_most: int) -> None:
        kept, fetched = self._folder / name, self._folder / (name + FETCHED)
        source = fetched if fetched.exists() else kept
        try:
            size = source.stat().st_size
            if size == 0:
                raise FileNotFetched("empty")
            if size > at_most:
                raise FileNotFetched("too_big")
            shutil.copyfile(source, into)
        except FileNotFoundError:
            raise FileNotFetched("not_fetched") from None
        source.replace(fetched)
        os.utime(fetched)


def _write_through(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
