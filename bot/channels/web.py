"""The web page as a channel: it needs no token, and is what a newcomer sees first.

What page and server say to each other. The chat is the one that the signed cookie names.

    GET  /                                   the page; gives the cookie; all else is beside it, wherever it is mounted
    GET  /static/{version}/{name}            its files
    POST /chat/say     {"id", "text"}        something typed
                       {"id", "tap"}         a touched choice: its `tap` as it came
                       {"id", "start"}       the chat was opened: true, or the payload of the link that did it
    POST /chat/files   the bytes; X-File-Id, X-File-Name (percent-encoded)
    POST /chat/leave   log-out: the cookie goes, the next page is a new chat
    GET  /chat/events  Server-Sent Events

`id` is made up by the page. 202 means kept for good; until then the page sends the same id again, which is harmless.
Any refusal is {"say", "reload"}: a sentence for the person, and whether the page should open itself again;
`Retry-After` says that the same may be sent again later.

Events: `message`, the outbox row's id and what `render` gives, the last 50 of the chat or those after ?after=;
`ready` {"earlier"} when those are through, `earlier` if there may be older ones; `beat` so that the page notices a dead
connection; `over` {"why"}: the page shall close the stream ("elsewhere": open in too many places, "full" and
"stopping": come again in a while, "left": logged out, "gone": no cookie). A stream that just ends is opened again.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.channels.base import Arrival, FileRef, Keep, Native
from bot.channels.web_door import Door, TurnedAway, network_address, new_chat
from bot.channels.web_drop_box import HOUR, BoxFull, DropBox, TooBig
from bot.channels.web_limits import Allowance, Clock, Limits, Slots
from bot.channels.web_page import Page, Switch, no_switch
from bot.channels.web_streams import History, Streams
from bot.links import Links
from talk.message import TAP_BYTES, Message, Tap, Update

SHOWN_AT_ONCE = 50
SENT_AS = re.compile(r"[A-Za-z0-9-]{8,64}")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
UNSEEN = re.compile(r"[\x00-\x1f\x7f]")

TOO_FAST = "Tin tới nhanh quá. Tin đã giữ, vài giây nữa tự gửi tiếp."
TOO_LONG = "Tin dài quá. Chia làm vài tin ngắn rồi gửi giúp."
NOT_READ = "Trợ lý chưa đọc được tin này. Mở lại trang rồi gửi giúp."
TOO_BIG = "Tệp này nặng quá, gửi được tới {} MB. Chụp lại ảnh nhỏ hơn giúp."
TOO_SLOW = "Mạng chậm quá, tệp chưa tới đủ. Ra chỗ sóng khỏe hơn rồi gửi lại giúp."
FILES_TOO_FAST = "Ảnh và tệp tới nhiều quá. Đã giữ, lát nữa tự gửi tiếp."
NO_ROOM = "Trợ lý đang nhận nhiều tệp quá. Đã giữ, lát nữa tự gửi lại."


class WebChannel:
    """The local web page."""

    name = "web"
    bot = ""

    def __init__(
        self,
        *,
        secret_key: str,
        public_url: str,
        drop_box: Path,
        history: History,
        links: Links,
        switch: Switch = no_switch,
        limits: Limits | None = None,
        clock: Clock = time.monotonic,
    ):
        self._limits = bounds = limits or Limits()
        self._history = history
        self._links = links
        self._switch = switch
        self._door = Door(secret_key, public_url)
        self._drop_box = DropBox(drop_box, bounds.drop_box_bytes)
        self._streams = Streams(bounds.streams_per_chat, bounds.streams_per_address, bounds.streams)
        self._says = Allowance(bounds.says_at_once, bounds.says_per_second, clock)
        self._network_says = Allowance(bounds.address_says_at_once, bounds.address_says_per_second, clock)
        self._files = Allowance(bounds.files_at_once, 1 / bounds.seconds_per_file, clock)
        self._uploads = Slots(bounds.uploads_per_chat, bounds.uploads)
        self._network_uploads = Slots(bounds.uploads_per_address)

    async def listen(self, keep: Keep) -> None:
        """Tidy the drop box until cancelled: updates come in over the routes."""
        while True:
            await asyncio.to_thread(self._drop_box.tidy)
            await asyncio.sleep(HOUR)

    async def send(self, address: str, message: Message) -> str:
        """Wake the chat's open pages. They read what was said from the history, so nothing is lost or out of order."""
        self._streams.wake(address)
        return ""

    def read(self, body: dict[str, Any]) -> Arrival | None:
        """What a kept update says."""
        sent_as = body["id"]
        if "text" in body:
            return Arrival(Update(text=body["text"], native_id=sent_as))
        if "start" in body:
            return Arrival(
                Update(start=body["start"] if isinstance(body["start"], str) else "start", native_id=sent_as)
            )
        if "file" in body:
            file = body["file"]
            return Arrival(Update(native_id=sent_as), FileRef(file["where"], file["name"], file["size"]))
        tap = Tap.decode(body["tap"])
        return Arrival(Update(tap=tap, other="" if tap else "unreadable", native_id=sent_as))

    def render(self, message: Message) -> dict[str, Any]:
        """The message as the page gets it."""
        choices = [{"number": c.number, "label": c.label, "tap": c.tap.encode()} for c in message.choices]
        body: dict[str, Any] = {"text": message.text, "choices": choices, "wants": message.wants}
        if document := message.document:
            body["document"] = {"name": document.name, "href": self._links.path(document)}
        return body

    async def fetch(self, file: FileRef, into: Path, at_most: int) -> None:
        """Copy an upload out of the drop box. Raises FileNotFetched."""
        await self._drop_box.fetch(file.where, into, at_most)

    def routes(self, keep: Keep) -> list[BaseRoute]:
        """The page, its files, and what it says and hears."""
        page = Page()

        async def front(request: Request) -> Response:
            known = self._door.known_chat(request)
            chat = known or new_chat(request)
            response = page.draw(request, chat, self._switch(request))
            if known is None or self._door.is_aging(request):
                self._door.give_cookie(request, response, chat)
            return response

        async def say(request: Request) -> Response:
            return await self._say(request, keep)

        async def files(request: Request) -> Response:
            return await self._take_file(request, keep)

        return [
            Route("/", self._door.guard(front)),
            self._links.route(),
            Route("/static/{version}/{name}", self._door.guard(page.file)),
            Route("/chat/say", self._door.guard(say), methods=["POST"]),
            Route("/chat/files", self._door.guard(files), methods=["POST"]),
            Route("/chat/leave", self._door.guard(self._leave), methods=["POST"]),
            Route("/chat/events", self._door.guard(self._events)),
        ]

    async def close(self) -> None:
        """End all streams. To be called before the server waits for its last requests."""
        self._streams.end_all()

    async def _say(self, request: Request, keep: Keep) -> Response:
        chat = self._door.chat_of(request)
        wait = self._network_says.wait(network_address(request)) or self._says.wait(chat)
        if wait:
            raise TurnedAway(429, TOO_FAST, wait=wait)
        body = _understood(await self._short_body(request))
        await keep([Native(f"{chat}.{body['id']}", chat, body)])
        return JSONResponse({"id": body["id"]}, 202)

    async def _take_file(self, request: Request, keep: Keep) -> Response:
        chat = self._door.chat_of(request)
        sent_as = request.headers.get("x-file-id", "")
        if not SENT_AS.fullmatch(sent_as):
            raise TurnedAway(400, NOT_READ)
        at_most = self._limits.file_bytes
        if _announced_bytes(request) > at_most:
            raise TurnedAway(413, TOO_BIG.format(at_most // 1024**2))
        network = network_address(request)
        with self._uploads.held(chat) as has_slot, self._network_uploads.held(network) as network_has_slot:
            wait = self._files.wait(chat) if has_slot and network_has_slot else self._limits.seconds_per_file
            if wait:
                raise TurnedAway(429, FILES_TOO_FAST, wait=wait)
            try:
                async with asyncio.timeout(self._limits.file_seconds):
                    pieces = _pieces(request, self._limits.silent_seconds)
                    where, size = await self._drop_box.take_in(f"{chat}.{sent_as}", pieces, at_most)
            except TooBig:
                raise TurnedAway(413, TOO_BIG.format(at_most // 1024**2)) from None
            except TimeoutError:
                raise TurnedAway(408, TOO_SLOW) from None
            except BoxFull:
                raise TurnedAway(503, NO_ROOM, wait=60) from None
        name = UNSEEN.sub("", unquote(request.headers.get("x-file-name", ""))).replace("\\", "/").rsplit("/", 1)[-1]
        body = {"id": sent_as, "file": {"where": where, "name": name[-120:], "size": size}}
        await keep([Native(f"{chat}.{sent_as}", chat, body)])
        return JSONResponse({"id": sent_as}, 202)

    async def _leave(self, request: Request) -> Response:
        self._streams.end(self._door.chat_of(request), "left")
        response = Response(status_code=204)
        self._door.take_cookie(request, response)
        return response

    async def _events(self, request: Request) -> Response:
        chat = self._door.known_chat(request)
        headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
        if chat is None:
            # A refusal would reach the page without its words: EventSource tells no status.
            return Response(_event("over", {"why": "gone"}), headers=headers, media_type="text/event-stream")
        seen = request.query_params.get("after", "")
        told = self._told(chat, network_address(request), int(seen) if re.fullmatch(r"[0-9]{1,18}", seen) else None)
        return StreamingResponse(told, headers=headers, media_type="text/event-stream")

    async def _told(self, chat: str, network: str, seen: int | None) -> AsyncIterator[str]:
        """Everything the chat is told, as it goes out; when the house is full, only what there is now."""
        stream = self._streams.open(chat, network)
        try:
            is_ready = False
            while True:
                if stream:
                    stream.hush()
                is_opening = seen is None
                news = await self._history(chat, seen, SHOWN_AT_ONCE)
                for said in news:
                    yield _event("message", {"id": said.id, **self.render(said.message)})
                seen = news[-1].id if news else seen or 0
                if len(news) == SHOWN_AT_ONCE and not is_opening:
                    continue
                if not is_ready:
                    yield _event("ready", {"earlier": len(news) == SHOWN_AT_ONCE})
                    is_ready = True
                if stream is None:
                    yield _event("over", {"why": "full"})
                    return
                if stream.over:
                    yield _event("over", {"why": stream.over})
                    return
                # Also without a ring the history is read again: the message may have been handed over elsewhere.
                if not await stream.rung_within(self._limits.heartbeat_seconds):
                    yield _event("beat", {})
        finally:
            if stream:
                self._streams.close(stream)

    async def _short_body(self, request: Request) -> bytes:
        at_most = self._limits.json_bytes
        if _announced_bytes(request) > at_most:
            raise TurnedAway(413, TOO_LONG)
        body = b""
        try:
            async with asyncio.timeout(self._limits.json_seconds):
                async for piece in request.stream():
                    body += piece
                    if len(body) > at_most:
                        raise TurnedAway(413, TOO_LONG)
        except (TimeoutError, ClientDisconnect):
            raise TurnedAway(408, TOO_SLOW) from None
        return body


async def _pieces(request: Request, silent_seconds: float) -> AsyncIterator[bytes]:
    """The body as it comes in. Raises TimeoutError when the sender falls silent."""
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(silent_seconds):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        except ClientDisconnect:
            raise TurnedAway(408, TOO_SLOW) from None
        yield piece


def _announced_bytes(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if re.fullmatch(r"[0-9]{1,18}", length) else 0


def _understood(content: bytes) -> dict[str, Any]:
    """The one thing a page says, with nothing else in it. Raises TurnedAway."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        raise TurnedAway(400, NOT_READ) from None
    match body:
        case {"id": str(sent_as), **parts} if SENT_AS.fullmatch(sent_as) and len(parts) == 1:
            match parts:
                case {"text": str(text)}:
                    # Half an emoji and NUL cannot be stored.
                    text = text.encode(errors="ignore").decode().replace("\0", "").replace("\r\n", "\n")
                    return {"id": sent_as, "text": text}
                case {"tap": str(tap)} if len(tap.encode(errors="replace")) <= TAP_BYTES:
                    return {"id": sent_as, "tap": tap.encode(errors="replace").decode()}
                case {"start": True}:
                    return {"id": sent_as, "start": True}
                case {"start": str(payload)} if PAYLOAD.fullmatch(payload):
                    return {"id": sent_as, "start": payload}
    raise TurnedAway(400, NOT_READ)


def _event(kind: str, content: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n\n"
