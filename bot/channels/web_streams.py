"""The open pages: who listens for which chat, woken when that chat has something new to read."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.web_limits import Slots
from talk.message import Message


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it was handed to a chat."""

    id: int
    message: Message


History = Callable[[str, int | None, int], Awaitable[list[Said]]]
"""`history(address, after, limit)`: what was handed to a chat, oldest first.

With `after` None the last `limit` messages, otherwise the first `limit` of those after that id. Ids must grow in the
order of handing over: a page that has seen id 9 never asks for 8 again. Messages still waiting to go out are left out.
"""


class Stream:
    """One listening page."""

    def __init__(self, chat: str, network: str):
        self.chat = chat
        self.network = network
        self.over = ""  # why it ends, as the page hears it
        self._bell = asyncio.Event()

    def ring(self) -> None:
        self._bell.set()

    def end(self, why: str) -> None:
        self.over = why
        self.ring()

    def hush(self) -> None:
        """Forget earlier rings. Call it before reading, so that a ring during the reading is heard."""
        self._bell.clear()

    async def rung_within(self, seconds: float) -> bool:
        """Wait for a ring; False when none came."""
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return False
        return True


class Streams:
    """All listening pages of this process.

    A chat keeps its newest few, the oldest of them gives way. Pages beyond the bounds for one network address or for
    all are not let in, and have to come by from time to time instead.
    """

    def __init__(self, per_chat: int, per_network: int, overall: int):
        self._per_chat = per_chat
        self._slots = Slots(per_network, overall)
        self._open: defaultdict[str, list[Stream]] = defaultdict(list)
        self._stopping = False

    def open(self, chat: str, network: str) -> Stream | None:
        """Let a page listen, or return None when the house is full or closing."""
        if self._stopping or not self._slots.take(network):
            return None
        stream = Stream(chat, network)
        listening = self._open[chat]
        listening.append(stream)
        if len(listening) > self._per_chat:
            listening.pop(0).end("elsewhere")
        return stream

    def close(self, stream: Stream) -> None:
        """Forget a page that went away. Its slot is free only now, however long ago it was told to go."""
        self._slots.give_back(stream.network)
        listening = self._open[stream.chat]
        if stream in listening:
            listening.remove(stream)
        if not listening:
            del self._open[stream.chat]

    def wake(self, chat: str) -> None:
        """Let the chat's pages look for something new."""
        for stream in self._open.get(chat, ()):
            stream.ring()

    def end(self, chat: str, why: str) -> None:
        """Send the chat's pages away."""
        for stream in self._open.get(chat, ()):
            stream.end(why)

    def end_all(self) -> None:
        """Send every page away and let no more in."""
        self._stopping = True
        for chat in self._open:
            self.end(chat, "stopping")
