"""A Zalo Bot Platform for tests: it answers over real HTTP, refuses what Zalo refuses, and has people in it.

In a test:

    async with FakeZalo() as zalo:
        lan = zalo.person("0f1e2d3c4b5a69788796", "Lan")
        await lan.says("xin chào")
        ...                               # the bot under test, with zalo.url and zalo.token
        message = await lan.hears()

An event is handed over once, by polling or to the webhook, and cannot be had again; whether the real one posts an
event again that was not taken is not known, so this one does with `insists`. Where nobody knows how the real one
refuses (a text too long, a stranger's chat, polling beside a webhook), this one answers 400.
"""

import asyncio
import json
import time
from collections import Counter, defaultdict, deque
from contextlib import suppress
from ipaddress import ip_address
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.settings import is_loopback
from tests.fakes.server import FakeServer, answer, parameters, suffer
from tests.fakes.telegram_faults import Fault, Faults
from tests.fakes.zalo_people import Person, Sent

TOKEN = "3141592653589793238:made-up-for-tests_0123456789"
TEXT_LIMIT = 2_000
INSISTS_SECONDS = 0.1

Parameters = dict[str, Any]


class Refusal(Exception):
    def __init__(self, code: int, description: str):
        super().__init__(description)
        self.code = code
        self.description = description

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error_code": self.code, "description": self.description}


def refusal(code: int, description: str, status: int | None = None) -> Fault:
    """Zalo's own form of a refusal, under an HTTP status of its own where one is given."""
    body = Refusal(code, description).body()
    return Fault("answer", code if status is None else status, json.dumps(body).encode())


class FakeZalo(FakeServer):
    """The server, its memory of what was sent, and its people."""

    def __init__(self, *, port: int = 0, token: str = TOKEN, faults: Faults | None = None):
        self.port, self.token = port, token
        self.faults = faults or Faults()
        self.says_no_with_200 = False
        self.month_left: int | None = None  # messages the plan still allows; None: as many as you like
        self.insists = False  # whether an event is posted again until the webhook takes it
        self.wraps = True  # whether the webhook gets {"ok": true, "result": event}, or the bare event
        self.verification = {"ok": True, "outcome": "webhook.ok", "status_code": 200, "hint": ""}
        self.queue: deque[dict[str, Any]] = deque()
        self.known: set[str] = set()  # chats that wrote to the bot
        self.sent: dict[str, list[Sent]] = defaultdict(list)
        self.typing: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.webhook = ""
        self.webhook_answers: list[str] = []
        self.taken: set[str] = set()  # ids of the messages whose event the webhook has acknowledged
        self._secret = ""
        self._webhook_changed_at: int | None = None
        self._files: dict[str, bytes] = {}
        self._people: dict[str, Person] = {}
        self._numbers = count(1)
        self._polls: deque[asyncio.Future[None]] = deque()
        self._listeners: list[asyncio.Future[None]] = []
        self._posting: asyncio.Task[None] | None = None
        self._methods = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._send_chat_action,
        }

    @property
    def settings(self) -> dict[str, str]:
        return {"ZALO_BOT_TOKEN": self.token, "ZALO_BOT_API_URL": self.url}

    def person(self, number: str = "0f1e2d3c4b5a69788796", name: str = "Lan") -> Person:
        return self._people.setdefault(number, Person(self, number, name))

    def fail(self, method: str, *faults: Fault | None) -> None:
        """The next calls of `method` end so, one after the other (tests.fakes.telegram_faults); None behaves."""
        self.faults.script(method, *faults)

    def push(self, event: dict[str, Any]) -> None:
        """Put an event in the queue as it stands, a broken one too."""
        with suppress(KeyError, TypeError):
            self.known.add(event["message"]["chat"]["id"])
        self.queue.append(event)
        self._wake()

    def store(self, content: bytes) -> str:
        """Keep a file, and say where it lies."""
        path = f"/photo/{len(self._files) + 1}.jpg"
        self._files[path] = content
        return self.url + path

    def new_id(self) -> str:
        return f"m{next(self._numbers):016x}"

    def now(self) -> int:
        return int(time.time() * 1000)

    async def something_sent(self) -> None:
        """Wait until the bot sends anything to anybody."""
        listener = asyncio.get_running_loop().create_future()
        self._listeners.append(listener)
        await listener

    async def _let_go(self) -> None:
        for poll in self._polls:
            poll.cancel()
        if self._posting is not None:
            self._posting.cancel()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path in self._files:
            fault = self.faults.next("download")
            return await suffer(request, fault) if fault else web.Response(body=self._files[path])
        token, _, method = path.removeprefix("/bot").partition("/")
        if not path.startswith("/bot") or token != self.token:
            return self._refuse(Refusal(401, "Unauthorized") if ":" in token else Refusal(404, "Not Found"))
        if method not in self._methods:
            return self._refuse(Refusal(400, "Bad Request: no such method"))
        self.calls[method] += 1
        given = await parameters(request)
        fault = self.faults.next(method.lower())
        if fault is not None and fault.kind != "reset_after":
            return await suffer(request, fault)
        try:
            if method == "getUpdates":
                given["caller"] = request
            result = await self._methods[method](given)
            response = answer({"ok": True} if result is None else {"ok": True, "result": result})
        except Refusal as no:
            response = self._refuse(no)
        return response if fault is None else await suffer(request, fault)

    def _refuse(self, no: Refusal) -> web.Response:
        return answer(no.body(), 200 if self.says_no_with_200 else no.code)

    # --- methods

    async def _get_me(self, given: Parameters) -> Any:
        number = self.token.partition(":")[0]
        return {"id": number, "account_name": "bot.ocop", "account_type": "BASIC", "can_join_groups": False}

    async def _get_updates(self, given: Parameters) -> Any:
        if self.webhook:
            raise Refusal(400, "Bad Request: a webhook is set")
        ends = time.monotonic() + float(given.get("timeout") or 30)
        while not self.queue:
            poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._polls.append(poll)
            try:
                async with asyncio.timeout(ends - time.monotonic()):
                    await poll
            except TimeoutError:
                raise Refusal(408, "Request timeout") from None
            finally:
                with suppress(ValueError):
                    self._polls.remove(poll)
            if given["caller"].transport is None:  # hung up meanwhile
                self._wake()
                raise Refusal(408, "Request timeout")
        return self.queue.popleft()

    async def _set_webhook(self, given: Parameters) -> Any:
        url, secret = str(given.get("url") or ""), str(given.get("secret_token") or "")
        address = urlsplit(url)
        # This machine is allowed, for the tests' sake, and without TLS.
        if not is_loopback(address.hostname or "") and (address.scheme != "https" or _is_private(address.hostname)):
            raise Refusal(400, "Bad Request: the webhook must be a public https address")
        if not 8 <= len(secret) <= 256:
            raise Refusal(400, "Bad Request: secret_token must have 8 to 256 characters")
        self.webhook, self._secret, self._webhook_changed_at = url, secret, self.now()
        self._wake()
        return {"url": url, "updated_at": self._webhook_changed_at, "verification": self.verification}

    async def _delete_webhook(self, given: Parameters) -> Any:
        self.webhook, self._webhook_changed_at = "", self.now()
        return {"url": "", "updated_at": self._webhook_changed_at}

    async def _get_webhook_info(self, given: Parameters) -> Any:
        if self._webhook_changed_at is None:
            raise Refusal(404, "Not Found")
        return {"url": self.webhook, "updated_at": self._webhook_changed_at}

    async def _send_message(self, given: Parameters) -> Any:
        text = _text(given, "text", at_least=1)
        return self._sends(given, text)

    async def _send_photo(self, given: Parameters) -> Any:
        photo = str(given.get("photo") or "")
        if urlsplit(photo).scheme not in ("http", "https"):
            raise Refusal(400, "Bad Request: photo must be an address")
        return self._sends(given, _text(given, "caption", at_least=0), photo)

    async def _send_chat_action(self, given: Parameters) -> None:
        if given.get("action") != "typing":
            raise Refusal(400, "Bad Request: no such action")
        self.typing[self._chat(given)] += 1

    def _sends(self, given: Parameters, text: str, photo: str = "") -> Any:
        chat = self._chat(given)
        if self.month_left is not None:
            if self.month_left == 0:
                raise Refusal(429, "Quota exceeded")
            self.month_left -= 1
        message = Sent(self.new_id(), chat, text, time.time(), photo)
        self.sent[chat].append(message)
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            if not listener.done():
                listener.set_result(None)
        return {"message_id": message.message_id, "date": self.now()}

    def _chat(self, given: Parameters) -> str:
        chat = given.get("chat_id")
        if not isinstance(chat, str) or chat not in self.known:
            raise Refusal(400, "Bad Request: chat not found")
        return chat

    # --- handing events over

    def _wake(self) -> None:
        if self.webhook:
            if self._posting is None or self._posting.done():
                self._posting = asyncio.create_task(self._post_all())
        elif self.queue and self._polls:
            poll = self._polls.popleft()
            if not poll.done():
                poll.set_result(None)

    async def _post_all(self) -> None:
        """One event after the other, each once, whatever becomes of it, or until it is taken."""
        headers = {"X-Bot-Api-Secret-Token": self._secret, "Content-Type": "application/json"}
        async with aiohttp.ClientSession() as session:
            while self.queue and self.webhook:
                event = self.queue.popleft()
                body = json.dumps({"ok": True, "result": event} if self.wraps else event)
                for _ in range(2 if self.faults.repeats() else 1):
                    while not await self._post(session, event, body, headers) and self.insists:  # noqa: ASYNC110
                        await asyncio.sleep(INSISTS_SECONDS)

    async def _post(
        self, session: aiohttp.ClientSession, event: dict[str, Any], body: str, headers: dict[str, str]
    ) -> bool:
        """Whether it was taken."""
        try:
            async with session.post(self.webhook, data=body, headers=headers) as response:
                self.webhook_answers.append(str(response.status))
                is_taken = response.status < 300
        except (aiohttp.ClientError, OSError) as error:
            self.webhook_answers.append(type(error).__name__)
            return False
        if is_taken:
            with suppress(KeyError, TypeError):
                self.taken.add(event["message"]["message_id"])
        return is_taken


def _text(given: Parameters, key: str, at_least: int) -> str:
    text = str(given.get(key) or "")
    if not at_least <= len(text.strip()) or len(text.encode("utf-16-le", "surrogatepass")) > TEXT_LIMIT * 2:
        raise Refusal(400, f"Bad Request: {key} must have {at_least} to {TEXT_LIMIT} characters")
    return text


def _is_private(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_private
    except ValueError:
        return False
