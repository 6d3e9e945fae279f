"""The Bot API's methods that send and answer, refusing what the real one refuses, in its words."""

import json
import time
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_people import Button, Sent

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram

TEXT_LIMIT = 4_096
CAPTION_LIMIT = 1_024
CALLBACK_LIMIT = 64
DOWNLOAD_LIMIT = 20 << 20

Parameters = dict[str, Any]


class Refusal(Exception):
    def __init__(self, status: int, description: str, **parameters: Any):
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


class Methods:
    """One method of the class per method of the Bot API, in lower case as the real server compares them."""

    def __init__(self, telegram: "FakeTelegram"):
        self.telegram = telegram
        self._budgets: dict[int, tuple[float, float]] = {}  # chat → messages left, as of when

    async def getme(self, given: Parameters) -> Any:
        return {**self.telegram.me, "can_join_groups": True, "can_read_all_group_messages": False}

    async def setmycommands(self, given: Parameters) -> Any:
        commands = structure(given.get("commands"))
        for command in commands:
            if not 1 <= len(command["command"]) <= 32 or not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_INVALID")
        self.telegram.commands = commands
        return True

    async def sendchataction(self, given: Parameters) -> Any:
        self._chat(given)
        return True

    async def sendmessage(self, given: Parameters) -> Any:
        text = str(given.get("text") or "")
        if not text.strip():
            raise bad("message text is empty")
        if len(text.encode("utf-16-le", "surrogatepass")) > TEXT_LIMIT * 2:
            raise bad("message is too long")
        return self._sends(given, text)

    async def senddocument(self, given: Parameters) -> Any:
        return self._sends_file(given, "document")

    async def sendphoto(self, given: Parameters) -> Any:
        return self._sends_file(given, "photo")

    async def editmessagereplymarkup(self, given: Parameters) -> Any:
        chat = self._chat(given)
        for message in self.telegram.sent[chat]:
            if str(message.message_id) == str(given.get("message_id")):
                before = message.buttons
                message.buttons = []
                _draw_markup(message, structure(given.get("reply_markup")))
                if message.buttons == before:
                    raise bad(
                        "message is not modified: specified new message content and reply markup are exactly the same "
                        "as a current content and reply markup of the message"
                    )
                return self.telegram.native(message, {"id": chat, "type": "private"})
        raise bad("message to edit not found")

    async def answercallbackquery(self, given: Parameters) -> Any:
        if len(str(given.get("text") or "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        opened = self.telegram.open_taps.pop(str(given.get("callback_query_id")), None)
        if opened is None or time.monotonic() - opened > self.telegram.tap_lifetime:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return True

    async def getfile(self, given: Parameters) -> Any:
        stored = self.telegram.files.get(str(given.get("file_id")))
        if stored is None:
            raise bad("invalid file_id")
        if stored.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        return {**stored.native(), "file_path": stored.path}

    def _sends_file(self, given: Parameters, kind: str) -> Any:
        upload = given.get(kind)
        if not upload:
            raise bad(f"there is no {kind} in the request")
        caption = str(given.get("caption") or "")
        if len(caption) > CAPTION_LIMIT:
            raise bad("message caption is too long")
        if hasattr(upload, "file"):
            name, content = upload.filename, upload.file.read()
        elif (stored := self.telegram.files.get(str(upload))) is not None:
            name, content = stored.name, stored.content
        else:
            raise bad("wrong remote file identifier specified: Wrong string length")
        if not content:
            raise bad("file must be non-empty")
        return self._sends(given, caption, name, content)

    def _sends(self, given: Parameters, text: str, file_name: str = "", file: bytes = b"") -> Any:
        telegram = self.telegram
        message = Sent(0, 0, text, time.time(), file_name=file_name, file=file)
        _draw_markup(message, structure(given.get("reply_markup")))
        chat = message.chat_id = self._chat(given)
        self._spend(chat)
        message.message_id = next(telegram.message_ids)
        telegram.note_sent(message)
        return telegram.native(message, {"id": chat, "type": "private", "first_name": "x"})

    def _chat(self, given: Parameters) -> int:
        try:
            chat = int(given["chat_id"])
        except KeyError:
            raise bad("chat_id is empty") from None
        except ValueError:
            raise bad("chat not found") from None
        telegram = self.telegram
        if chat in telegram.migrated:
            new = telegram.migrated[chat]
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
        if chat not in telegram.known:
            raise bad("chat not found")
        if chat in telegram.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat in telegram.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return chat

    def _spend(self, chat: int) -> None:
        rate, burst = self.telegram.chat_rate, self.telegram.chat_burst
        if rate is None:
            return
        now = time.monotonic()
        left, since = self._budgets.get(chat, (burst, now))
        left = min(burst, left + (now - since) * rate)
        if left < 1:
            self._budgets[chat] = (left, now)
            wait = max(1, round((1 - left) / rate + 0.5))
            raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        self._budgets[chat] = (left - 1, now)


def structure(value: Any) -> Any:
    """Nested values come as JSON, or as JSON inside a string."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None


def _draw_markup(message: Sent, markup: Any) -> None:
    if not markup:
        return
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            if not button.get("text"):
                raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
            if "callback_data" not in button and "url" not in button:
                raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
            data = button.get("callback_data", button.get("url", ""))
            if not 1 <= len(data.encode()) <= CALLBACK_LIMIT:
                raise bad("BUTTON_DATA_INVALID")
            message.buttons.append(Button(button["text"], data))
    for row in markup.get("keyboard", ()):
        for key in row:
            asks = isinstance(key, dict) and key.get("request_contact")
            message.asks_for_contact = message.asks_for_contact or bool(asks)
            if not asks:
                message.keyboard.append(key if isinstance(key, str) else key["text"])
    message.removes_keyboard = bool(markup.get("remove_keyboard"))
