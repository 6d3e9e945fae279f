"""What every channel offers: the same verbs in the same order, so that the next channel is one more file."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from starlette.routing import BaseRoute

from talk.message import Document, Message, Update


@dataclass(frozen=True, slots=True)
class Native:
    """One update as the channel gave it, ready for the inbox."""

    native_id: str  # unique within (channel, bot)
    address: str  # the channel's id of the chat
    body: dict[str, Any]  # JSON, read again by the same channel's `read`


Keep = Callable[[list[Native]], Awaitable[None]]
"""Writes updates to the inbox and returns once they are committed. Only then may a channel acknowledge them."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A photo or file that still lies with the channel, or in the web page's drop box."""

    where: str  # Telegram's file_id, Zalo's address, the drop box's name
    name: str  # as the sender called it, "" when the channel does not say
    size: int | None  # bytes, where the channel says so beforehand


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update read: what the person meant, and the file to fetch before the turn."""

    update: Update
    file: FileRef | None = None


Make = Callable[[Document], Awaitable[bytes | None]]
"""Makes a document that a message carries; None when what it was made from is gone."""


async def nothing_to_make(document: Document) -> None:
    """For a channel that never sends documents."""


class FileNotFetched(Exception):
    """The file cannot be had. `trouble` is one of talk.message.FileTrouble."""

    def __init__(self, trouble: str):
        super().__init__(trouble)
        self.trouble = trouble


class Channel(Protocol):
    """A way in and out."""

    name: str  # "telegram", "web", "zalo"
    bot: str  # which account: the digits before the colon of Telegram's token; "" where there is only one

    async def listen(self, keep: Keep) -> None:
        """Take updates in until cancelled, acknowledging each only once it is kept."""

    async def send(self, address: str, message: Message) -> str:
        """Hand one message over; the channel's id of it. Raises DeliveryFailed (bot.outcomes)."""

    def read(self, body: dict[str, Any]) -> Arrival | None:
        """What a kept update says; None when there is nothing to answer (a chat left, a service note)."""

    def render(self, message: Message) -> Any:
        """The message in the channel's own form. No network."""

    async def fetch(self, file: FileRef, into: Path, at_most: int) -> None:
        """Write the file's bytes to `into`, refusing more than `at_most` bytes. Raises FileNotFetched."""

    def routes(self, keep: Keep) -> list[BaseRoute]:
        """The HTTP routes the channel answers on: a webhook, a page."""

    async def close(self) -> None:
        """Let go of connections."""
