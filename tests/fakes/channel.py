"""A channel in memory: it takes what it is given, unless a test has written down what happens instead.

channel.will("một", TryLater("busy", 0), Unknown("reset"))   # the first two attempts at «một»
channel.hold("hai")                                          # «hai» hangs until release
"""

import asyncio
from collections import defaultdict, deque
from pathlib import Path
from typing import Any

from starlette.routing import BaseRoute

from bot.channels.base import Arrival, FileNotFetched, FileRef, Keep, Native
from talk.message import Message, Update


class FakeChannel:
    """Named like Telegram's, since nothing below a channel may depend on its name."""

    name = "telegram"
    bot = "1"

    def __init__(self) -> None:
        self.attempts: list[tuple[str, str]] = []  # (address, text), as `send` was called
        self.sent: list[tuple[str, str]] = []  # those that went through
        self.native_ids: dict[str, str] = {}  # by text, where it is not "id-<n>"
        self.files: dict[str, bytes] = {}
        self.is_closed = False
        self._script: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self._gates: dict[str, asyncio.Event] = {}

    def will(self, text: str, *failures: Exception) -> None:
        """What the next attempts at sending this text come to."""
        self._script[text].extend(failures)

    def hold(self, *keys: str) -> None:
        """Let sending these texts, or fetching these files, hang."""
        for key in keys:
            self._gates[key] = asyncio.Event()

    def release(self) -> None:
        """Let everything that hangs go on."""
        for gate in self._gates.values():
            gate.set()

    def texts(self, address: str | None = None) -> list[str]:
        """What went through, to everybody or to one chat."""
        return [text for to, text in self.sent if address in (None, to)]

    # --- as every channel

    async def listen(self, keep: Keep) -> None:
        await asyncio.Event().wait()

    async def send(self, address: str, message: Message) -> str:
        self.attempts.append((address, message.text))
        if gate := self._gates.get(message.text):
            await gate.wait()
        await asyncio.sleep(0)
        if script := self._script[message.text]:
            raise script.popleft()
        self.sent.append((address, message.text))
        return self.native_ids.get(message.text, f"id-{len(self.sent)}")

    def read(self, body: dict[str, Any]) -> Arrival | None:
        match body:
            case {"text": text}:
                return Arrival(Update(text=text))
            case {"file": where}:
                return Arrival(Update(), FileRef(where, "ảnh.jpg", None))
            case {"note": _}:
                return None
        raise KeyError("text")

    def render(self, message: Message) -> Any:
        return message.text

    async def fetch(self, file: FileRef, into: Path, at_most: int) -> None:
        if gate := self._gates.get(file.where):
            await gate.wait()
        if file.where not in self.files:
            raise FileNotFetched("not_fetched")
        into.write_bytes(self.files[file.where])  # noqa: ASYNC240 (a few bytes of a test)

    def routes(self, keep: Keep) -> list[BaseRoute]:
        return []

    async def close(self) -> None:
        self.is_closed = True


def native(number: int, address: str = "chat-1", **body: Any) -> Native:
    """An update with this native id."""
    return Native(f"update-{number}", address, body or {"text": str(number)})
