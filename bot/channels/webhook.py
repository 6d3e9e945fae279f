"""What every webhook does with a request before it believes it."""

import hmac

from starlette.requests import Request

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
