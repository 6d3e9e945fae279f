"""The HTTP side: the page, the webhooks, and how the operator sees that all is well."""

import asyncio
import logging

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot import metrics
from bot.house import House
from bot.loopback import is_from_here
from bot.trial import PATH, Trial

log = logging.getLogger(__name__)

HEALTH_SECONDS = 5


def make_app(house: House, trial: Trial) -> Starlette:
    """Everything that answers over HTTP."""

    async def healthz(request: Request) -> Response:
        """200 while the database takes part within five seconds, else 503."""
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                await house.feel()
        except Exception as error:
            log.error("not well: %s", type(error).__name__)
            return JSONResponse({"ok": False}, 503)
        return JSONResponse({"ok": True})

    async def measured(request: Request) -> Response:
        """The figures, for this machine only: they tell how many people write."""
        if not is_from_here(request):
            raise HTTPException(404)
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                waiting = await house.open_messages()
        except Exception as error:
            log.error("the outbox cannot be counted: %s", type(error).__name__)
            waiting = []  # the other figures are needed most while the database is away
        metrics.WAITING.clear()
        for row in waiting:
            metrics.WAITING.labels(row.channel, row.lane, row.state).inc(row.count)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    routes: list[BaseRoute] = [Route("/healthz", healthz), Route("/metrics", measured), Mount(PATH, trial)]
    for desk in house.desks:
        routes += desk.channel.routes(desk.turns.keep)
    return Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _broken})


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, HTTPException)
    words = {404: "Không có trang này.", 405: "Trang này không nhận cách gửi đó."}
    return PlainTextResponse(words.get(refusal.status_code, "Chưa làm được."), refusal.status_code, refusal.headers)


async def _broken(request: Request, error: Exception) -> Response:
    return PlainTextResponse("Xin lỗi, trợ lý vừa gặp trục trặc. Thử lại sau một phút giúp.", 500)
