"""People with Zalo on their phones, talking to the bot under test."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.zalo import FakeZalo


@dataclass(frozen=True, slots=True)
class Sent:
    """A message from the bot, as its reader sees it."""

    message_id: str
    chat_id: str
    text: str
    at: float  # Unix time
    photo: str = ""  # where it lies

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


class Person:
    """Somebody in a private chat with the bot. Each verb returns the id of the message it made."""

    def __init__(self, zalo: "FakeZalo", number: str, name: str):
        self.zalo = zalo
        self.id = number
        self.user = {"id": number, "display_name": name, "is_bot": False}
        self.chat = {"id": number, "chat_type": "PRIVATE"}
        self._heard = 0

    async def says(self, text: str) -> str:
        return self._sends("text", text=text)

    async def says_in_a_group(self, text: str) -> str:
        """Say something to the bot in a group, by mentioning it there."""
        return self._sends("text", chat={"id": f"g{self.id}", "chat_type": "GROUP"}, text=text)

    async def sends_photo(self, content: bytes, caption: str = "", *, as_documented: bool = False) -> str:
        """A photo, in the shape that was seen coming, or in the one of Zalo's papers."""
        key = "photo" if as_documented else "photo_url"
        return self.sends_photo_at(self.zalo.store(content), caption, key)

    def sends_photo_at(self, where: str, caption: str = "", key: str = "photo_url") -> str:
        """A photo that is said to lie somewhere."""
        content: dict[str, Any] = {key: where, **({"caption": caption} if caption else {})}
        return self._sends("image", "CHAT_PHOTO", **content)

    async def sends_sticker(self) -> str:
        return self._sends("sticker", "CHAT_STICKER", sticker="5dbb5a0e", url="https://stickers.example/5dbb5a0e.png")

    async def sends_voice(self) -> str:
        return self._sends("voice", "CHAT_VOICE", voice_url="https://voices.example/a.aac")

    async def sends_what_zalo_keeps_to_itself(self) -> str:
        """A link, a card, or anything from somebody whom the law protects: the bot hears only that there was one."""
        return self._sends("unsupported")

    async def hears(self, timeout: float = 5.0) -> Sent:  # noqa: ASYNC109 - the reader of a test sees the limit
        """The next message from the bot that was not heard yet."""
        async with asyncio.timeout(timeout):
            while len(self.messages) <= self._heard:
                await self.zalo.something_sent()
        self._heard += 1
        return self.messages[self._heard - 1]

    async def hears_nothing(self, seconds: float = 0.3) -> None:
        await asyncio.sleep(seconds)
        unheard = [message.text for message in self.messages[self._heard :]]
        assert not unheard, f"{self.user['display_name']} heard {unheard}"

    @property
    def messages(self) -> list[Sent]:
        return self.zalo.sent[self.id]

    def _sends(
        self, kind: str, message_type: str = "CHAT_MESSAGE", chat: dict[str, str] | None = None, **content: Any
    ) -> str:
        message_id = self.zalo.new_id()
        self.zalo.push(
            {
                "event_name": f"message.{kind}.received",
                "message": {
                    "message_id": message_id,
                    "date": self.zalo.now(),
                    "from": self.user,
                    "chat": chat or self.chat,
                    "message_type": message_type,
                    **content,
                },
            }
        )
        return message_id
