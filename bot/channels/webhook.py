"""What every webhook does with a request before it believes it."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

BODY_LIMIT = 256_000


def knows(secret: str, given: str) -> bool:
    """Whether a caller gave our secret, in a time that tells nothing about it. Without a secret nobody does."""
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


async def body_of(request: Request, limit: int = BODY_LIMIT) -> bytes | None:
    """The body, or None as soon as it is known to be longer than `limit`."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > limit:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def webhook_route(path: str, header: str, secret: str, take: Callable[[Any], Awaitable[Response]]) -> Route:
    """A webhook for those who send our secret in `header`: `take` gets the JSON of the body and answers."""

    async def webhook(request: Request) -> Response:
        if not knows(secret, request.headers.get(header, "")):
            return Response(status_code=403)
        body = await body_of(request)
        if body is None:
            return Response(status_code=413, headers={"Connection": "close"})
        try:
            native = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        return await take(native)

    return Route(path, webhook, methods=["POST"])
