"""A small house in memory behind the web channel: it keeps what comes in, and answers like the first minutes of a talk.

`serve` runs it on a free port in a thread, as the real server would.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.channels.base import Native, nothing_to_make
from bot.channels.web import WebChannel
from bot.channels.web_limits import Limits
from bot.channels.web_streams import Said
from bot.links import Links
from talk.message import Choice, Message, Tap, Update

SECRET = "a secret of the tests"


def choices(step: str, *labels: str, aside: bool = True) -> tuple[Choice, ...]:
    numbered = [Choice(str(n), label, Tap("17", step, f"c{n}")) for n, label in enumerate(labels, start=1)]
    if aside:
        numbered += [
            Choice("0", "Quay lại", Tap("17", step, "back")),
            Choice("9", "Gặp cán bộ", Tap("17", step, "person")),
        ]
    return tuple(numbered)


WELCOME = Message(
    "Chào bà con. Đây là Trợ lý OCOP, máy trả lời tự động của Văn phòng Nông thôn mới. Gõ câu hỏi, không dấu cũng được,"
    " hoặc chọn:",
    (
        *choices(
            "menu", "Hỏi về OCOP", "Soạn giấy đăng ký", "Hạn giấy, lời nhắc", "Tìm, kiểm tra sản phẩm", aside=False
        ),
        Choice("9", "Gặp cán bộ", Tap("17", "menu", "person")),
    ),
)
KIND = Message(
    "✅ Đã lưu.\nCâu 2/9. Cơ sở thuộc loại nào?",
    choices("kind", "Hợp tác xã", "Tổ hợp tác", "Doanh nghiệp nhỏ và vừa", "Trang trại hoặc hộ có đăng ký kinh doanh"),
)
NAME = Message("Câu 1/9. Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.")
PHOTO = Message("Câu 3/9.\n📷 Gửi ảnh giấy đăng ký kinh doanh, đủ bốn góc.", choices("photo", "Chưa có"), wants="photo")
SOURCE = Message(
    "OCOP là chương trình Mỗi xã một sản phẩm.\nNguồn: Điều 2 QĐ 26/2026/QĐ-TTg, https://vanban.example.vn/26-2026."
)


class House:
    """Keeps updates, answers each after a moment, remembers what it said to whom."""

    def __init__(self) -> None:
        self.kept: dict[str, Native] = {}
        self.arrived: list[Update] = []
        self.said: dict[str, list[Said]] = {}
        self.is_broken = False
        self.answers_after = 0.05
        self._last_id = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.channel: WebChannel
        self.files: list[bytes] = []
        self.folder: Path

    async def keep(self, natives: list[Native]) -> None:
        if self.is_broken:
            raise RuntimeError("the disk is full: /secret/path")
        for native in natives:
            if native.native_id not in self.kept:
                self.kept[native.native_id] = native
                task = asyncio.create_task(self._answer(native))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def history(self, address: str, after: int | None, limit: int) -> list[Said]:
        said = self.said.get(address, [])
        return said[-limit:] if after is None else [one for one in said if one.id > after][:limit]

    async def say(self, address: str, message: Message) -> None:
        self._last_id += 1
        self.said.setdefault(address, []).append(Said(self._last_id, message))
        await self.channel.send(address, message)

    async def _answer(self, native: Native) -> None:
        arrival = self.channel.read(native.body)
        assert arrival
        if arrival.file:
            into = self.folder / f"fetched-{len(self.files)}"
            await self.channel.fetch(arrival.file, into, 20 * 1024 * 1024)
            self.files.append(into.read_bytes())
        self.arrived.append(arrival.update)
        await asyncio.sleep(self.answers_after)
        for message in self._replies(arrival.update, is_file=arrival.file is not None):
            await self.say(native.address, message)

    def _replies(self, update: Update, *, is_file: bool) -> list[Message]:
        chosen = update.tap.choice if update.tap else ""
        step = update.tap.step if update.tap else ""
        if update.start or update.text == "menu":
            return [WELCOME]
        if is_file:
            return [Message("✅ Có ảnh rồi."), Message("Câu 4/9. Địa chỉ của cơ sở?")]
        if (step, chosen) == ("menu", "c1"):
            return [SOURCE]
        if (step, chosen) == ("menu", "c2"):
            return [NAME]
        if step == "kind":
            return [PHOTO]
        if update.text.startswith("HTX"):
            return [KIND]
        if update.text == "im lặng":
            return []
        return [Message(f"Trợ lý nghe: «{update.text[:200]}»")]


class Served:
    """The house with its server: where it is, and how to stop and start it."""

    def __init__(self, folder: Path, limits: Limits, public_url: str):
        self.house = House()
        self.house.folder = folder
        self.port = 0
        self._folder = folder
        self._limits = limits
        self._public_url = public_url
        self.loop: asyncio.AbstractEventLoop
        self.start()

    def start(self) -> None:
        # The port stays ours from the moment it is known, so that tests running side by side never get the same one.
        self._socket = socket.create_server(("127.0.0.1", self.port))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(ready)), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        _wait_until(lambda: self._server.started)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.channel.close(), self.loop).result(5)
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()
        assert not self._thread.is_alive(), "the server did not stop"

    def say(self, message: Message, address: str | None = None) -> None:
        """Let the house say something nobody asked for."""
        address = address or next(iter(self.house.kept.values())).address
        asyncio.run_coroutine_threadsafe(self.house.say(address, message), self.loop).result(5)

    async def _run(self, ready: threading.Event) -> None:
        self.loop = asyncio.get_running_loop()
        self.channel = self.house.channel = WebChannel(
            links=Links("k" * 32, "http://127.0.0.1", nothing_to_make),
            secret_key=SECRET,
            public_url=self._public_url or self.url,
            drop_box=self._folder / "drop",
            history=self.house.history,
            limits=self._limits,
        )
        app = Starlette(routes=self.channel.routes(self.house.keep))
        config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=3)
        self._server = uvicorn.Server(config)
        ready.set()
        await self._server.serve(sockets=[self._socket])


@contextmanager
def serve(folder: Path, public_url: str = "", **limits: Any) -> Iterator[Served]:
    served = Served(folder, replace(Limits(), **limits), public_url)
    try:
        yield served
    finally:
        served.stop()


def _wait_until(is_true: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
