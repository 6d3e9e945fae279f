"""Zalo's Bot Platform: polling or a webhook in, its Bot API out.

Failures are in zalo_request.py, the shapes of events and messages in zalo_forms.py. Zalo hands an event over once and
cannot be asked again, so whatever has come in is held on to until it is kept. While polling, a crash may lose the one
event in hand; nothing else is lost, and a webhook loses nothing that it has acknowledged.
"""

import asyncio
import logging
import random
from asyncio import sleep
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.channels import public_file
from bot.channels.base import Arrival, FileRef, Keep, Native
from bot.channels.webhook import webhook_route
from bot.channels.zalo_forms import draw, event_of, is_private, native_of, read_event
from bot.channels.zalo_request import NeverConnected, SaidNo, TokenRefused, ZaloError, ZaloRequest
from bot.outcomes import DeliveryFailed, Refused, TryLater, Unknown
from bot.retries import pause_after
from bot.settings import is_loopback
from talk.message import Document, Message

API_URL = "https://bot-api.zaloplatforms.com"
WEBHOOK_PATH = "/zalo/webhook"
WEBHOOK_SECONDS = 20.0  # an event that cannot be kept for so long is given back to Zalo as not taken

# Short, since the last poll is let finish when we stop, and a stop takes ten seconds at most.
LONG_POLL_SECONDS = 5
LAST_POLL_SECONDS = 6.5

# How fast a bot may be is not published; its users are fifty.
SENDS_PER_SECOND = 10.0
CHAT_SENDS_PER_SECOND = 1.0

RECONNECT_SECONDS = 3.0
TOKEN_REFUSED_SECONDS = 600.0
QUOTA_SECONDS = 10.0  # after the first "too many", twice as long after each further one
LONGEST_QUOTA_SECONDS = 1_800.0

T = TypeVar("T")

log = logging.getLogger(__name__)


class ZaloChannel:
    """The Zalo channel, for one bot token; `api_url` is the root without /bot."""

    name = "zalo"

    def __init__(
        self,
        token: str,
        api_url: str = API_URL,
        *,
        mode: Literal["polling", "webhook"] = "polling",
        webhook_secret: str = "",
        public_url: str = "",
        address_of: Callable[[Document], str] = lambda document: "",
    ):
        self.bot = token.partition(":")[0]
        self._request = ZaloRequest(api_url.rstrip("/"), token)
        self._is_at_home = is_loopback(urlsplit(api_url).hostname or "")
        self._mode = mode
        self._secret = webhook_secret
        self._public_url = public_url.rstrip("/")
        self._address_of = address_of
        self._background: set[asyncio.Task[None]] = set()
        self._in_hand: asyncio.Task[bool] | None = None
        self._quiet_until = 0.0
        self._floods = 0  # how often in a row Zalo said it was too much

    async def listen(self, keep: Keep) -> None:
        """Poll until cancelled; with a webhook, register it and return. Returns also when the token is refused."""
        try:
            if self._mode == "webhook":
                await self._register()
            else:
                # A webhook left over would take everything; that there is none may be answered with a refusal.
                await self._insist("deleteWebhook", self._asking("deleteWebhook", fine=(400, 404)))
                await self._poll(keep)
        except TokenRefused:
            log.error("Zalo refuses the bot token (or ZALO_BOT_API_URL is wrong): not listening any more")

    async def send(self, address: str, message: Message) -> str:
        """The id of the last part: nearly always there is one. A later part that fails repeats the earlier ones."""
        native_id = ""
        for part in self.render(message):
            try:
                sent = await self._request.ask("sendMessage", chat_id=address, **part)
                native_id = str(sent["message_id"])
            except ZaloError as error:
                raise self._outcome(error) from error
            except (KeyError, TypeError):
                raise Unknown("the answer does not name the message") from None
        self._floods = 0
        return native_id

    def read(self, body: dict[str, Any]) -> Arrival | None:
        return read_event(body)

    def render(self, message: Message) -> list[dict[str, Any]]:
        if document := message.document:  # there is no way to upload one
            return draw(Message(f"{document.name}\n{self._address_of(document)}".strip()))
        return draw(message)

    async def fetch(self, file: FileRef, into: Path, at_most: int) -> None:
        await public_file.download(file.where, into, at_most, may_be_local=self._is_at_home)

    def routes(self, keep: Keep) -> list[BaseRoute]:
        if self._mode != "webhook":
            return []

        async def take(body: Any) -> Response:
            event = event_of(body)
            try:
                async with asyncio.timeout(WEBHOOK_SECONDS):
                    await self._take(event, keep)
            except TimeoutError:
                return Response(status_code=503)
            return Response()

        return [webhook_route(WEBHOOK_PATH, "X-Bot-Api-Secret-Token", self._secret, take)]

    async def close(self) -> None:
        if self._in_hand is not None:
            await asyncio.wait({self._in_hand}, timeout=LAST_POLL_SECONDS)
            if self._in_hand.cancel():
                log.warning("stopped in the middle of a poll: a message to Zalo may have been lost")
            await asyncio.gather(self._in_hand, return_exceptions=True)
        for task in self._background:
            task.cancel()
        await self._request.close()

    async def _register(self) -> None:
        url = self._public_url + WEBHOOK_PATH
        told = await self._insist("setWebhook", self._asking("setWebhook", url=url, secret_token=self._secret))
        tried = told.get("verification") if isinstance(told, dict) else None
        if isinstance(tried, dict) and not tried.get("ok"):
            # It is registered all the same.
            log.warning("Zalo could not reach %s: %s, %s", url, tried.get("status_code"), tried.get("hint"))

    async def _poll(self, keep: Keep) -> None:
        def one_poll() -> Awaitable[bool]:
            # Not cancelled together with us: what Zalo hands over while we hang up would be lost. `close` waits for it.
            self._in_hand = asyncio.create_task(self._poll_once(keep))
            return asyncio.shield(self._in_hand)

        while True:
            asked = asyncio.get_running_loop().time()
            came = await self._insist("getUpdates", one_poll)
            if not came and asyncio.get_running_loop().time() - asked < 1:
                await sleep(1)  # something on the way does not hold a long poll open

    async def _poll_once(self, keep: Keep) -> bool:
        """Ask for one event and hold on to it until it is kept. False when none came."""
        # An idle poll ends with 408.
        ask = self._asking("getUpdates", fine=(408,), read_seconds=LONG_POLL_SECONDS + 10, timeout=LONG_POLL_SECONDS)
        event = event_of(await ask())
        await self._take(event, keep)
        return event is not None

    async def _take(self, event: dict[str, Any] | None, keep: Keep) -> None:
        """Keep an event, however long that takes."""
        native = native_of(event)
        if native is None:
            if event is not None:
                log.warning("an event from Zalo names no chat or not itself; it holds %s", list(event))
            return
        if is_private(native.body):
            self._show_typing(native)
        failures = 0
        while True:
            try:
                return await keep([native])
            except Exception:
                log.exception("an event from Zalo could not be kept; trying until it can")
                await sleep(pause_after(failures))
                failures += 1

    def _show_typing(self, native: Native) -> None:
        """Nothing waits for it, and a failure costs nobody anything."""

        async def ask() -> None:
            with suppress(ZaloError):
                await self._request.ask("sendChatAction", chat_id=native.address, action="typing")

        if asyncio.get_running_loop().time() >= self._quiet_until:
            task = asyncio.create_task(ask())
            self._background.add(task)
            task.add_done_callback(self._background.discard)

    def _asking(
        self, method: str, *, fine: Collection[int] = (), read_seconds: float | None = None, **parameters: Any
    ) -> Callable[[], Coroutine[Any, Any, Any]]:
        """What asks for a method when it is called. Refusals whose code is `fine` give None."""

        async def ask() -> Any:
            try:
                return await self._request.ask(method, read_seconds=read_seconds, **parameters)
            except SaidNo as error:
                if error.code not in fine:
                    raise
                return None

        return ask

    async def _insist(self, what: str, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask until there is an answer. Each kind of trouble is logged once. Raises TokenRefused, and only that."""
        failures, trouble = 0, ""
        while True:
            try:
                answer = await ask()
            except TokenRefused:
                raise
            except ZaloError as error:
                if str(error) != trouble:
                    trouble = str(error)
                    log.warning("Zalo does not answer %s: %s; trying again until it does", what, trouble)
                await sleep(pause_after(failures))
                failures += 1
            else:
                if failures:
                    log.info("Zalo answers %s again after %d tries", what, failures)
                return answer

    def _outcome(self, error: ZaloError) -> DeliveryFailed:
        """What to do after a failed send. That somebody has blocked the bot is told nowhere in a way we know."""
        match error:
            case NeverConnected():
                return TryLater(str(error), RECONNECT_SECONDS)
            case TokenRefused():
                log.error("Zalo refuses the bot token: nothing is sent")
                return TryLater("the bot token is refused", TOKEN_REFUSED_SECONDS, whole_bot=True)
            case SaidNo(code=429):
                return self._too_much()
            case SaidNo(code=502 | 503):
                # An outage can last for hours. The gateway found nobody to take the message, or hardly ever did.
                return TryLater(str(error), RECONNECT_SECONDS)
            case SaidNo(code=code) if code < 500 and code not in (403, 408):
                return Refused(str(error))
            case _:
                # 403 is an "internal server error" in Zalo's own table: like 408 and 500, it may have acted.
                log.warning("Zalo's answer to a message leaves open whether it went out: %s", error)
                return Unknown(str(error))

    def _too_much(self) -> TryLater:
        # A 429 says neither for how long nor whether the month's messages are used up, so the whole bot is silent, and
        # longer each time. Those that were under way together count as one.
        now = asyncio.get_running_loop().time()
        if now >= self._quiet_until:
            longest = min(LONGEST_QUOTA_SECONDS, QUOTA_SECONDS * 2 ** min(self._floods, 10))
            self._floods += 1
            self._quiet_until = now + longest * random.uniform(0.5, 1.0)
            log.warning("Zalo says it is too much: nothing is sent for %.0f s", self._quiet_until - now)
        return TryLater(
            "too many requests, or the month's messages are used up", self._quiet_until - now, whole_bot=True
        )
