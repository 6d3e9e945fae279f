"""A Bot API server for tests: it answers over real HTTP, refuses what Telegram refuses, and has people in it.

In a test:

    async with FakeTelegram() as tg:
        lan = tg.person(7, "Lan")
        await lan.says("xin chào")
        ...                               # the bot under test, with tg.url and tg.token
        message = await lan.hears()
        await lan.taps("Hợp tác xã")

As a process of its own: `python -m tests.fakes.telegram --port 8081`; telegram_control.py for the rest.
"""

import argparse
import asyncio
import time
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import count
from typing import Any

from aiohttp import web

from tests.fakes.server import FakeServer, answer, parameters, suffer
from tests.fakes.telegram_control import control
from tests.fakes.telegram_faults import Fault, Faults
from tests.fakes.telegram_methods import Refusal
from tests.fakes.telegram_people import Person, Sent
from tests.fakes.telegram_updates import METHODS, Updates

TOKEN = "700100200:AAF-made-up-for-tests_0123456789abcde"


@dataclass(slots=True)
class Stored:
    """A file that lies with Telegram. `size` is what it claims to be."""

    id: str
    name: str
    path: str
    content: bytes
    size: int

    def native(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": self.size}


class FakeTelegram(FakeServer):
    """The server, its memory of what was sent, and its people."""

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = TOKEN,
        delay: float = 0.0,
        quiet: bool = False,
        faults: Faults | None = None,
        chat_rate: float | None = None,
        chat_burst: float = 3.0,
        first_update_id: int = 1001,
    ):
        self.port, self.token, self.delay, self.quiet = port, token, delay, quiet
        self.faults = faults or Faults()
        self.chat_rate, self.chat_burst = chat_rate, chat_burst  # messages a second; None: as many as you like
        self.first_update_id = first_update_id
        self.tap_lifetime = 60.0  # seconds in which a tap can be answered
        self.webhook_pause = 0.1  # seconds before a refused update is posted again, doubling
        username = "ocop_test_bot"
        self.me = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "OCOP", "username": username}
        self.commands: list[dict[str, str]] = []
        self.known: set[int] = set()  # chats that wrote to the bot
        self.blocked: set[int] = set()
        self.deactivated: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.sent: dict[int, list[Sent]] = defaultdict(list)
        self.calls: Counter[str] = Counter()
        self.answer_times = array("d")  # with quiet: seconds from a person's update to the next message to them
        self.files: dict[str, Stored] = {}
        self.message_ids = count(1)
        self.open_taps: dict[str, float] = {}
        self._people: dict[int, Person] = {}
        self._tap_ids = count(4_000_000_000)
        self._waits_since: dict[int, float] = {}
        self._listeners: list[asyncio.Future[None]] = []
        self.updates = Updates(self)

    @property
    def settings(self) -> dict[str, str]:
        return {"TELEGRAM_BOT_TOKEN": self.token, "TELEGRAM_API_URL": self.url}

    async def _let_go(self) -> None:
        await self.updates.close()

    def person(self, number: int, name: str = "Lan") -> Person:
        return self._people.setdefault(number, Person(self, number, name))

    def fail(self, method: str, *faults: Fault | None) -> None:
        """The next calls of `method` end so, one after the other (tests.fakes.telegram_faults); None behaves."""
        self.faults.script(method, *faults)

    def push(self, kind: str, content: Any, chat: int, update_id: int | None = None) -> dict[str, Any]:
        """Put an update in the queue; with `update_id` one that may have been there before."""
        update = {"update_id": self.updates.newest + 1 if update_id is None else update_id, kind: content}
        if kind != "my_chat_member":
            self.known.add(chat)
        if self.quiet:
            self._waits_since[chat] = time.perf_counter()
        self.updates.add(update, kind)
        return update

    def push_raw(self, update: dict[str, Any]) -> None:
        """Put an update in the queue as it stands, numbered if it is not: one of last week, one that is broken."""
        kind = next((key for key in update if key != "update_id"), "message")
        if (chat := self.chat_of(update)) is not None:
            self.known.add(chat)
            if self.quiet:
                self._waits_since[chat] = time.perf_counter()
        self.updates.add({"update_id": self.updates.newest + 1, **update}, kind)

    @staticmethod
    def chat_of(update: dict[str, Any]) -> int | None:
        for content in update.values():
            if isinstance(content, dict):
                holder = content.get("message", content)
                return holder.get("chat", {}).get("id") if isinstance(holder, dict) else None
        return None

    def store(self, content: bytes, name: str, size: int | None) -> dict[str, Any]:
        """Keep a file, and describe it as an update does."""
        number = len(self.files) + 1
        claimed = len(content) if size is None else size
        file = Stored(f"BQAC{number:06}", name, f"documents/file_{number}", content, claimed)
        self.files[file.id] = file
        return file.native()

    def open_tap(self) -> str:
        tap_id = str(next(self._tap_ids))
        self.open_taps[tap_id] = time.monotonic()
        return tap_id

    def note_sent(self, message: Sent) -> None:
        if self.quiet:
            since = self._waits_since.pop(message.chat_id, None)
            if since is not None:
                self.answer_times.append(time.perf_counter() - since)
            return
        self.sent[message.chat_id].append(message)
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            if not listener.done():
                listener.set_result(None)

    async def something_sent(self) -> None:
        """Wait until the bot sends anything to anybody."""
        listener = asyncio.get_running_loop().create_future()
        self._listeners.append(listener)
        await listener

    def native(self, message: Sent, chat: dict[str, Any]) -> dict[str, Any]:
        """A message of the bot as the Bot API shows it."""
        native = {"message_id": message.message_id, "from": self.me, "chat": chat, "date": int(message.at)}
        if message.file_name:
            document = {"file_id": "sent", "file_unique_id": "sent", "file_name": message.file_name}
            native.update(document=document, caption=message.text)
        else:
            native["text"] = message.text
        if message.buttons:
            rows = [[{"text": button.label, "callback_data": button.data}] for button in message.buttons]
            native["reply_markup"] = {"inline_keyboard": rows}
        return native

    def now(self) -> int:
        return int(time.time())

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            return await self._call(request, token, method.lower())
        if path.startswith("/file/bot"):
            token, _, file_path = path[9:].partition("/")
            return await self._download(request, token, file_path)
        if path.startswith("/control/"):
            return await control(self, request)
        return _refusal(Refusal(404, "Not Found"))

    async def _call(self, request: web.BaseRequest, token: str, method: str) -> web.StreamResponse:
        if token != self.token:
            return _refusal(Refusal(401, "Unauthorized") if ":" in token else Refusal(404, "Not Found"))
        if method not in METHODS:
            return _refusal(Refusal(404, "Not Found"))
        self.calls[method] += 1
        given = await parameters(request)
        if self.delay and method != "getupdates":
            await asyncio.sleep(self.delay)
        fault = self.faults.next(method)
        if fault is not None and fault.kind != "reset_after":
            return await suffer(request, fault)
        try:
            response = answer({"ok": True, "result": await getattr(self.updates, method)(given)})
        except Refusal as refusal:
            response = _refusal(refusal)
        return response if fault is None else await suffer(request, fault)

    async def _download(self, request: web.BaseRequest, token: str, path: str) -> web.StreamResponse:
        if token != self.token:
            return _refusal(Refusal(401, "Unauthorized"))
        if (fault := self.faults.next("download")) is not None:
            return await suffer(request, fault)
        for file in self.files.values():
            if file.path == path:
                return web.Response(body=file.content, content_type="application/octet-stream")
        return _refusal(Refusal(404, "Not Found"))


def _refusal(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return answer(body, refusal.status)


async def serve(telegram: FakeTelegram) -> None:
    async with telegram:
        print(f"listening on {telegram.url}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A Bot API server for tests.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each call is carried out")
    parser.add_argument("--quiet", action="store_true", help="keep no messages, only counts and times: for benchmarks")
    parser.add_argument("--seed", type=int, default=0, help="of the random faults, set through /control/faults")
    given = parser.parse_args()
    faults = Faults(seed=given.seed)
    telegram = FakeTelegram(port=given.port, token=given.token, delay=given.delay, quiet=given.quiet, faults=faults)
    try:
        import uvloop

        uvloop.run(serve(telegram))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
