"""What the fake messengers share: a small HTTP server, and how it breaks when a fault says so."""

import asyncio
import json
import socket
import struct
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram_faults import Fault

UPLOAD_LIMIT = 60_000_000


class FakeServer:
    """Serves `_handle` on this machine between `async with` and its end; on a free port when `port` is 0."""

    port: int
    _runner: web.ServerRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """What the program has to be told to talk with this server, as it reads it from the environment."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(
            web.Server(self._handle, request_factory=_request, access_log=None), shutdown_timeout=0.01
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._let_go()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _let_go(self) -> None:
        """Stop what runs beside the server."""

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        raise NotImplementedError


async def parameters(request: web.BaseRequest) -> dict[str, Any]:
    """What a method was given: by query, JSON or form."""
    given: dict[str, Any] = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        body = await request.read()
        given.update(json.loads(body) if body else {})
    elif kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        given.update(await request.post())
    return given


def answer(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


async def suffer(request: web.BaseRequest, fault: Fault) -> web.StreamResponse:
    """End a request as the fault says."""
    if fault.kind == "hang":
        await asyncio.sleep(3600)
    transport = request.transport
    if fault.kind != "answer" and transport is not None:
        # Lingering for no time at all makes closing a reset.
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
    return web.Response(body=fault.body, status=fault.status or 500)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=UPLOAD_LIMIT)
