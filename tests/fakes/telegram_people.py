"""People with Telegram on their phones, talking to the bot under test."""

import asyncio
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str


@dataclass(slots=True)
class Sent:
    """A message from the bot, as its reader sees it."""

    message_id: int
    chat_id: int
    text: str
    at: float  # Unix time
    buttons: list[Button] = field(default_factory=list)
    keyboard: list[str] = field(default_factory=list)  # keys that type their label
    asks_for_contact: bool = False
    removes_keyboard: bool = False
    file_name: str = ""
    file: bytes = b""

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "file": len(self.file)}


class Person:
    """Somebody in a private chat with the bot. Each verb returns the id of the message it made, where it made one."""

    def __init__(self, telegram: "FakeTelegram", number: int, name: str):
        self.telegram = telegram
        self.id = number
        self.user = {"id": number, "is_bot": False, "first_name": name, "language_code": "vi"}
        self.chat = {"id": number, "first_name": name, "type": "private"}
        self._heard = 0

    async def says(self, text: str, **more: Any) -> int:
        if text.startswith("/"):
            length = len(text.split()[0])
            more = {"entities": [{"type": "bot_command", "offset": 0, "length": length}], **more}
        return self._sends(text=text, **more)

    async def taps(self, label: str, *, on: Sent | None = None) -> None:
        """Touch the button with this label or number, on the latest message that has one."""
        for message in [on] if on else reversed(self.messages):
            for button in message.buttons:
                if _names(label, button.label):
                    return self._taps(message, button)
            for key in message.keyboard:
                if _names(label, key):
                    self._sends(text=key)
                    return None
        offered = [message.labels + message.keyboard for message in self.messages]
        raise AssertionError(f"no button {label!r} among {offered}")

    async def sends_photo(self, content: bytes, caption: str = "", *, size: int | None = None) -> int:
        """A photo in two sizes, as Telegram makes them. `size` is what Telegram claims, where that should differ."""
        small = self.telegram.store(content[:1000], "thumb.jpg", None)
        large = self.telegram.store(content, "photo.jpg", size)
        sizes = [{**small, "width": 90, "height": 67}, {**large, "width": 1280, "height": 960}]
        return self._sends(photo=sizes, **({"caption": caption} if caption else {}))

    async def sends_document(self, content: bytes, name: str, caption: str = "", *, size: int | None = None) -> int:
        document = {**self.telegram.store(content, name, size), "file_name": name}
        return self._sends(document=document, **({"caption": caption} if caption else {}))

    async def shares_contact(self, phone: str, *, own: bool = True) -> int:
        contact = {"phone_number": phone, "first_name": self.user["first_name"]}
        return self._sends(contact={**contact, "user_id": self.id} if own else {**contact, "user_id": self.id + 1})

    async def sends_sticker(self) -> int:
        sticker = {**self.telegram.store(b"webp", "s.webp", None), "type": "regular", "width": 512, "height": 512}
        return self._sends(sticker={**sticker, "is_animated": False, "is_video": False})

    async def sends_location(self) -> int:
        return self._sends(location={"latitude": 22.14, "longitude": 105.83})

    async def sends_video(self) -> int:
        return self._sends(video={**self._media("v.mp4"), "width": 640, "height": 480})

    async def sends_animation(self) -> int:
        animation = {**self._media("a.mp4"), "width": 320, "height": 240}
        return self._sends(animation=animation, document=animation)

    async def sends_voice(self) -> int:
        return self._sends(voice=self._media("v.ogg"))

    async def sends_poll(self) -> int:
        poll: dict[str, Any] = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}
        poll |= {"allows_revoting": False, "members_only": False}
        return self._sends(poll={**poll, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False})

    async def edits(self, message_id: int, text: str) -> None:
        edited = {**self._message(message_id, text=text), "edit_date": self.telegram.now()}
        self.telegram.push("edited_message", edited, self.id)

    async def blocks_bot(self) -> None:
        self._becomes("member", "kicked")

    async def unblocks_bot(self) -> None:
        self._becomes("kicked", "member")

    async def deletes_account(self) -> None:
        self.telegram.deactivated.add(self.id)

    async def hears(self, timeout: float = 5.0) -> Sent:  # noqa: ASYNC109 - the reader of a test sees the limit
        """The next message from the bot that was not heard yet."""
        async with asyncio.timeout(timeout):
            while len(self.messages) <= self._heard:
                await self.telegram.something_sent()
        self._heard += 1
        return self.messages[self._heard - 1]

    async def hears_nothing(self, seconds: float = 0.3) -> None:
        await asyncio.sleep(seconds)
        unheard = [message.text for message in self.messages[self._heard :]]
        assert not unheard, f"{self.user['first_name']} heard {unheard}"

    @property
    def messages(self) -> list[Sent]:
        return self.telegram.sent[self.id]

    def _sends(self, **content: Any) -> int:
        message_id = next(self.telegram.message_ids)
        self.telegram.push("message", self._message(message_id, **content), self.id)
        return message_id

    def _message(self, message_id: int, **content: Any) -> dict[str, Any]:
        return {"message_id": message_id, "from": self.user, "chat": self.chat, "date": self.telegram.now(), **content}

    def _taps(self, message: Sent, button: Button) -> None:
        tap = {
            "id": self.telegram.open_tap(),
            "from": self.user,
            "chat_instance": str(-(self.id + 10**12)),
            "message": self.telegram.native(message, self.chat),
            "data": button.data,
        }
        self.telegram.push("callback_query", tap, self.id)

    def _becomes(self, old: str, new: str) -> None:
        bot = self.telegram.me
        change = {
            "chat": self.chat,
            "from": self.user,
            "date": self.telegram.now(),
            "old_chat_member": {"user": bot, "status": old},
            "new_chat_member": {"user": bot, "status": new, **({"until_date": 0} if new == "kicked" else {})},
        }
        self.telegram.push("my_chat_member", change, self.id)
        (self.telegram.blocked.add if new == "kicked" else self.telegram.blocked.discard)(self.id)

    def _media(self, name: str) -> dict[str, Any]:
        return {**self.telegram.store(b"\0" * 64, name, None), "duration": 3, "mime_type": "video/mp4"}


def _names(spoken: str, label: str) -> bool:
    number, dot, words = label.partition(". ")
    return spoken == label or (bool(dot) and spoken in (number, words))
