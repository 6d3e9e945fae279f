"""How the Telegram channel speaks HTTP: one pool of connections, and failures that say whether the request was out.

telegram.error.TelegramError
├── TooFast              429: nothing was done; `after` says when to ask again
└── NetworkError
    ├── NeverConnected   nothing left this machine
    ├── ServerTrouble    Telegram's side answered 5xx: it may or may not have acted
    └── AnswerLost       the request was out and no whole answer came back

python-telegram-bot lets errors of its own tree through and wraps all others, quoting them; aiohttp's quote the address
and with it the token. So every failure is turned into one of these here, in our own words.
"""

import json
from pathlib import Path
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
WAIT_UNTOLD = 5.0  # a 429 from a gateway that does not say how long

_JSON = {"Content-Type": "application/json"}


class TooFast(TelegramError):
    """Telegram asks for silence for `after` seconds. In place of RetryAfter, which warns each time it is made."""

    def __init__(self, after: float):
        super().__init__(f"too many requests, again after {after:g} s")
        self.after = after


class NeverConnected(NetworkError):
    """No connection was made, so nothing was asked."""


class ServerTrouble(NetworkError):
    """The server answered with a `status` that does not say whether it acted."""

    def __init__(self, status: int):
        super().__init__(f"HTTP {status}")
        self.status = status


class AnswerLost(NetworkError):
    """The request was out, but the answer did not come back whole."""


class TooMuch(Exception):
    """A download went over its limit and was cut off."""


class TelegramRequest(BaseRequest):
    """A `telegram.request.BaseRequest` on aiohttp, at a tenth of the CPU of the one that comes with the library."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        self._open()

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask once. Of the timeouts only `read_timeout` is heeded: the long poll needs its own."""
        options: dict[str, Any] = {}
        if isinstance(read_timeout, int | float):
            options["timeout"] = _timeout(read_timeout)
        if request_data is not None and request_data.contains_files:
            options["data"] = _form(request_data)
        elif request_data is not None:
            options["data"] = json.dumps(request_data.parameters, separators=(",", ":")).encode()
            options["headers"] = _JSON
        try:
            async with self._open().request(method, self._address(url), allow_redirects=False, **options) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            failure: TelegramError = _failure(error)
        else:
            if status == 429:
                failure = TooFast(_seconds_to_wait(body))
            elif status >= 500:
                failure = ServerTrouble(status)
            else:
                return status, body
        # Raised outside the `except`, so that aiohttp's error, which names the token, is not even its context.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer as a dict. The library's own version logs the whole answer, people's words included."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise AnswerLost("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise AnswerLost("the answer is not what Telegram sends")
        return answer

    async def download(self, url: str, into: Path, at_most: int) -> None:
        """Write what lies at `url` to `into`. Raises TooMuch past `at_most` bytes, NetworkError when it fails."""
        try:
            async with self._open().get(URL(url, encoded=True), allow_redirects=False) as response:
                if response.status == 200:
                    return await _write(response, into, at_most)
                failure: NetworkError = ServerTrouble(response.status)
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            failure = _failure(error)
        raise failure

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=100),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_timeout(READ_SECONDS),
            )
        return self._session

    def _address(self, url: str) -> URL:
        # The same few addresses are asked over and over, and parsing one is dear.
        address = self._urls.get(url)
        if address is None:
            address = self._urls[url] = URL(url, encoded=True)
        return address


def _timeout(read: float) -> aiohttp.ClientTimeout:
    # `total` is longer than connecting may take, so a timeout before the connection is always known as such.
    return aiohttp.ClientTimeout(total=CONNECT_SECONDS + read, connect=CONNECT_SECONDS, sock_read=read)


def _failure(error: Exception) -> NetworkError:
    name = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | ValueError):
        return NeverConnected(f"no connection ({name})")
    return AnswerLost(f"no answer ({name})")


def _seconds_to_wait(body: bytes) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return WAIT_UNTOLD


async def _write(response: aiohttp.ClientResponse, into: Path, at_most: int) -> None:
    written = 0
    try:
        with into.open("wb") as file:
            async for chunk in response.content.iter_any():
                written += len(chunk)
                if written > at_most:
                    raise TooMuch
                file.write(chunk)
    except BaseException:
        into.unlink(missing_ok=True)  # noqa: ASYNC240
        raise


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form
