"""Telegram: long polling or a webhook in, the Bot API out.

Failures are in telegram_request.py, the shapes of updates and messages in telegram_forms.py. What is here is the order
of things: an update is acknowledged only once it is kept, and a send says truthfully whether it may have gone out.
"""

import asyncio
import logging
from asyncio import sleep
from collections.abc import Coroutine, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import BaseRoute
from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.base import Arrival, FileNotFetched, FileRef, Keep, Make, Native, nothing_to_make
from bot.channels.telegram_forms import chat_of, draw, read_update
from bot.channels.telegram_request import AnswerLost, NeverConnected, ServerTrouble, TelegramRequest, TooFast, TooMuch
from bot.channels.webhook import webhook_route
from bot.outcomes import DeliveryFailed, Refused, TryLater, Unknown, Unreachable
from bot.retries import pause_after
from handlers.documents import GONE
from talk.message import Message

API_URL = "https://api.telegram.org"
WEBHOOK_PATH = "/telegram/webhook"

LONG_POLL_SECONDS = 50
UPDATES_AT_ONCE = 100
WANTED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

COMMANDS = (("menu", "Về đầu"),)

RECONNECT_SECONDS = 3.0
TOKEN_REFUSED_SECONDS = 600.0
DOWNLOAD_PAUSES = (0.5, 2.0, 0.0)  # seconds after each try

_GONE = ("chat not found", "user not found", "peer_id_invalid", "user_id_invalid")

log = logging.getLogger(__name__)
# At DEBUG the library writes the address with the token in it, and what people say.
logging.getLogger("telegram").setLevel(logging.INFO)


class TelegramChannel:
    """The Telegram channel, for one bot token; `api_url` is the root without /bot."""

    name = "telegram"

    def __init__(
        self,
        token: str,
        api_url: str = API_URL,
        *,
        mode: Literal["polling", "webhook"] = "polling",
        webhook_secret: str = "",
        public_url: str = "",
        make: Make = nothing_to_make,
        commands: Sequence[tuple[str, str]] = COMMANDS,
    ):
        self.bot = token.partition(":")[0]
        root = api_url.rstrip("/")
        self._files = f"{root}/file/bot{token}"
        self._request = TelegramRequest()
        self._api = Bot(token, f"{root}/bot", f"{root}/file/bot", self._request, self._request)
        self._mode = mode
        self._secret = webhook_secret
        self._public_url = public_url.rstrip("/")
        self._commands = commands
        self._make = make
        self._background: set[asyncio.Task[None]] = set()
        self._waiting: dict[str, float] = {}  # chats that were told to wait, and until when

    async def listen(self, keep: Keep) -> None:
        """Poll until cancelled; with a webhook, register it and return. Returns also when the token is refused."""
        menu = [{"command": command, "description": description} for command, description in self._commands]
        self._soon(self._insist("setmycommands", commands=menu))
        try:
            if self._mode == "webhook":
                await self._insist(
                    "setwebhook",
                    url=self._public_url + WEBHOOK_PATH,
                    secret_token=self._secret,
                    allowed_updates=WANTED_UPDATES,
                )
            else:
                await self._insist("deletewebhook")
                await self._poll(keep)
        except InvalidToken:
            log.error("Telegram refuses the bot token (or TELEGRAM_API_URL is wrong): not listening any more")

    async def send(self, address: str, message: Message) -> str:
        """The id of the last part: nearly always there is one. A later part that fails repeats the earlier ones."""
        if document := message.document:
            content = await self._make(document)
            if content is None:
                return await self._send(address, "sendmessage", {"text": GONE.format(name=document.name)})
            # Photos, too: sent as a photo, a paper would be shrunk until nobody can read it.
            return await self._send(address, "senddocument", {"document": InputFile(content, document.name)})
        native_id = ""
        for part in self.render(message):
            native_id = await self._send(address, "sendmessage", part)
        return native_id

    def read(self, body: dict[str, Any]) -> Arrival | None:
        return read_update(body)

    def render(self, message: Message) -> list[dict[str, Any]]:
        return draw(message)

    async def fetch(self, file: FileRef, into: Path, at_most: int) -> None:
        if file.size is not None and file.size > at_most:
            raise FileNotFetched("too_big")
        for pause in DOWNLOAD_PAUSES:
            try:
                found = await self._ask("getfile", file_id=file.where)
                return await self._request.download(f"{self._files}/{quote(found['file_path'])}", into, at_most)
            except TooMuch:
                raise FileNotFetched("too_big") from None
            except BadRequest as error:
                raise FileNotFetched("too_big" if "too big" in error.message else "not_fetched") from error
            except (TelegramError, KeyError, TypeError):
                await sleep(pause)
        raise FileNotFetched("not_fetched")

    def routes(self, keep: Keep) -> list[BaseRoute]:
        if self._mode != "webhook":
            return []

        async def take(update: Any) -> Response:
            # One that cannot be kept is answered with 200 all the same: Telegram would only send it again.
            natives = _natives([update]) if _is_whole(update) else []
            if natives:
                await keep(natives)
            self._answer_taps(natives)
            return Response()

        return [webhook_route(WEBHOOK_PATH, "X-Telegram-Bot-Api-Secret-Token", self._secret, take)]

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        await self._request.shutdown()

    async def _send(self, address: str, method: str, parameters: dict[str, Any]) -> str:
        try:
            sent = await self._ask(method, chat_id=address, **parameters)
            return str(sent["message_id"])
        except TelegramError as error:
            raise self._outcome(error, address) from error
        except (KeyError, TypeError):
            raise Unknown("the answer does not name the message") from None

    async def _poll(self, keep: Keep) -> None:
        # Telegram repeats what was never confirmed; what is in the inbox already is known there.
        offset: int | None = None
        failures = 0
        while True:
            asked = asyncio.get_running_loop().time()
            updates = await self._insist(
                "getupdates",
                read_timeout=LONG_POLL_SECONDS + 10,
                offset=offset,
                limit=UPDATES_AT_ONCE,
                timeout=LONG_POLL_SECONDS,
                allowed_updates=WANTED_UPDATES,
            )
            whole = [update for update in updates if _is_whole(update)] if isinstance(updates, list) else []
            if not whole and asyncio.get_running_loop().time() - asked < 1:
                await sleep(1)  # something on the way does not hold a long poll open
            natives = _natives(whole)
            try:
                if natives:
                    await keep(natives)
            except Exception:
                # Not confirmed, so Telegram hands the same ones over again.
                log.exception("%d updates from Telegram could not be kept; asking for them again", len(natives))
                await sleep(pause_after(failures))
                failures += 1
                continue
            failures = 0
            self._answer_taps(natives)
            # Taken from this batch, never as the highest ever seen: after a quiet week, or on another API server, the
            # numbers start anew, lower ones too, and a higher offset would get the same batch for ever.
            if whole:
                offset = max(update["update_id"] for update in whole) + 1

    def _answer_taps(self, natives: Iterable[Native]) -> None:
        # Until it is answered the button shows a clock. Nothing waits for it, and a failure costs nobody anything.
        for native in natives:
            if tap := native.body.get("callback_query"):
                self._soon(self._ask("answercallbackquery", callback_query_id=tap.get("id")))

    def _soon(self, asking: Coroutine[Any, Any, Any]) -> None:
        """Ask in the background, and let it be if it fails."""

        async def ask() -> None:
            with suppress(TelegramError):
                await asking

        task = asyncio.create_task(ask())
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _ask(self, method: str, *, read_timeout: float | None = None, **parameters: Any) -> Any:
        # Raw JSON both ways: `Bot.send_message` builds and parses objects nobody looks at, for 0.53 ms of CPU instead
        # of 0.20. Method names are in lower case, which Telegram takes as well, since the library warns at each call
        # of a name that it has a method for.
        timeout = TelegramRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        try:
            return await self._api.do_api_request(method, parameters, read_timeout=timeout)
        except KeyError:
            raise AnswerLost("the answer holds no result") from None

    async def _insist(self, method: str, *, read_timeout: float | None = None, **parameters: Any) -> Any:
        """Ask until there is an answer. Each kind of trouble is logged once. Raises InvalidToken, and only that."""
        failures, trouble = 0, ""
        while True:
            try:
                answer = await self._ask(method, read_timeout=read_timeout, **parameters)
            except InvalidToken:
                raise
            except TelegramError as error:
                if error.message != trouble:
                    trouble = error.message
                    log.warning("Telegram does not answer %s: %s; trying again until it does", method, trouble)
                pause = pause_after(failures)
                if isinstance(error, TooFast):
                    pause = max(pause, error.after)
                elif isinstance(error, Conflict):
                    # Another process polls with this token; two that hurry would only keep cutting each other off.
                    pause = max(pause, 3.0)
                failures += 1
                await sleep(pause)
            else:
                if failures:
                    log.info("Telegram answers %s again after %d tries", method, failures)
                return answer

    def _outcome(self, error: TelegramError, address: str) -> DeliveryFailed:
        """What to do after a failed send. BadRequest is a NetworkError, so it comes first."""
        match error:
            case TooFast():
                return self._told_to_wait(address, error.after)
            case ChatMigrated():
                return Unreachable("the group became a supergroup", moved_to=str(error.new_chat_id))
            case Forbidden():
                return Unreachable(error.message)
            case BadRequest() if error.message.lower().startswith(_GONE):
                return Unreachable(error.message)
            case BadRequest():
                return Refused(error.message)
            case InvalidToken():
                log.error("Telegram refuses the bot token: nothing is sent")
                return TryLater("the bot token is refused", TOKEN_REFUSED_SECONDS, whole_bot=True)
            case NeverConnected():
                return TryLater(error.message, RECONNECT_SECONDS)
            case ServerTrouble() if error.status in (502, 503):
                # An outage can last for hours. The gateway found nobody to take the message, or hardly ever did.
                return TryLater(error.message, RECONNECT_SECONDS)
        # Among these 500 and 504: the server behind the gateway may have taken the message.
        return Unknown(error.message)

    def _told_to_wait(self, address: str, after: float) -> TryLater:
        # A 429 does not say whether it is about the chat or about the bot. When a second chat is told to wait before
        # the first one's time is over, it is about the bot.
        now = asyncio.get_running_loop().time()
        self._waiting = {chat: until for chat, until in self._waiting.items() if until > now}
        others_wait = any(chat != address for chat in self._waiting)
        self._waiting[address] = now + after
        return TryLater("too many requests", after, whole_bot=others_wait)


def _is_whole(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _natives(updates: Iterable[dict[str, Any]]) -> list[Native]:
    natives = []
    for update in updates:
        address = chat_of(update)
        if address is None:
            log.warning("update %s from Telegram names no chat; it holds %s", update["update_id"], list(update))
        else:
            natives.append(Native(str(update["update_id"]), address, update))
    return natives
