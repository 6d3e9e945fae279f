"""The HTTP side: the page, the webhooks, and how the operator sees that all is well."""

import asyncio
import logging

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import metrics
from bot.house import House
from bot.settings import is_loopback

log = logging.getLogger(__name__)

HEALTH_SECONDS = 5


def make_app(house: House) -> Starlette:
    """Everything that answers over HTTP."""

    async def healthz(request: Request) -> Response:
        """200 while the database takes part within five seconds, else 503."""
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                await house.open_messages()
        except Exception as error:
            log.error("not well: %s", type(error).__name__)
            return JSONResponse({"ok": False}, 503)
        return JSONResponse({"ok": True})

    async def measured(request: Request) -> Response:
        """The figures, for this machine only: they tell how many people write."""
        if not _is_from_here(request):
            raise HTTPException(404)
        metrics.WAITING.clear()
        for row in await house.open_messages():
            metrics.WAITING.labels(row.channel, row.lane, row.state).set(row.count)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    routes: list[BaseRoute] = [Route("/healthz", healthz), Route("/metrics", measured)]
    for desk in house.desks:
        routes += desk.channel.routes(desk.turns.keep)
    return Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _broken})


def _is_from_here(request: Request) -> bool:
    """Whether nobody but this machine can be asking: no proxy in between, no foreign host name."""
    host = request.url.hostname or ""
    forwarded = any(name.startswith("x-forwarded") or name == "forwarded" for name in request.headers)
    return request.client is not None and is_loopback(request.client.host) and is_loopback(host) and not forwarded


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, HTTPException)
    words = {404: "Không có trang này.", 405: "Trang này không nhận cách gửi đó."}
    return PlainTextResponse(words.get(refusal.status_code, "Chưa làm được."), refusal.status_code, refusal.headers)


async def _broken(request: Request, error: Exception) -> Response:
    return PlainTextResponse("Xin lỗi, trợ lý vừa gặp trục trặc. Thử lại sau một phút giúp.", 500)
