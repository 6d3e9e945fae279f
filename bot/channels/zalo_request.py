"""How the Zalo channel speaks HTTP: one pool of connections, and failures that say whether the request was out.

ZaloError
├── NeverConnected   nothing left this machine
├── AnswerLost       the request was out and no whole answer came back
└── SaidNo           Zalo answered no; `code` says which no
    └── TokenRefused

The token is part of every address, and httpx shows addresses in its log and keeps them in its errors. So every failure
is turned into one of these here, in our own words.
"""

import logging
from typing import Any

import httpx

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
SHOWN_DESCRIPTION = 200  # characters of what Zalo says about a failure

for name in ("httpx", "httpcore"):
    logging.getLogger(name).setLevel(logging.WARNING)

_NEVER_OUT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class ZaloError(Exception):
    """Zalo did not do what it was asked, or nobody knows. Its text is for the operator: no token, no personal data."""


class NeverConnected(ZaloError):
    """No connection was made, so nothing was asked."""


class AnswerLost(ZaloError):
    """The request was out, but the answer did not come back whole."""


class SaidNo(ZaloError):
    """Zalo answered no. `code` is the `error_code` of its answer, else the HTTP status."""

    def __init__(self, code: int, status: int, description: str):
        super().__init__(f"error {code} (HTTP {status}): {description or 'no description'}")
        self.code = code


class TokenRefused(SaidNo):
    """The bot token is wrong, or its owner has had a new one made."""


class ZaloRequest:
    """Asks the Bot Platform for one method after the other."""

    def __init__(self, api_url: str, token: str):
        self._root = f"{api_url}/bot{token}"
        # Without the environment: what a bot says goes through no proxy that nobody named in its settings.
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(trust_env=False, limits=limits)

    async def ask(self, method: str, *, read_seconds: float | None = None, **parameters: Any) -> Any:
        """The result of one method, None where it has none. Raises ZaloError."""
        read = READ_SECONDS if read_seconds is None else read_seconds
        timeout = httpx.Timeout(read, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS)
        try:
            answer = await self._client.post(f"{self._root}/{method}", json=parameters, timeout=timeout)
        except _NEVER_OUT as error:
            failure: ZaloError = NeverConnected(f"no connection ({type(error).__name__})")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            failure = AnswerLost(f"no answer ({type(error).__name__})")
        else:
            return _result(answer)
        # Raised outside the `except`, so that httpx's error, which carries the token, is not even its context.
        raise failure

    async def close(self) -> None:
        await self._client.aclose()


def _result(answer: httpx.Response) -> Any:
    # Zalo answers 200 even to some refusals; the verdict is in "ok".
    status = answer.status_code
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or "ok" not in body:
        if status < 400:
            raise AnswerLost("the answer is not what Zalo sends")
        body = {}
    if body.get("ok") is True:
        return body.get("result")
    code = body.get("error_code")
    code = code if isinstance(code, int) else status
    description = str(body.get("description", ""))[:SHOWN_DESCRIPTION]
    raise (TokenRefused if code == 401 else SaidNo)(code, status, description)
