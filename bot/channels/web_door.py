"""Who may speak to the web channel: a page of this site, known again by the signed cookie that names its chat."""

import asyncio
import hashlib
import math
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[Response]]

A_MONTH = 30 * 24 * 60 * 60
A_YEAR = 365 * 24 * 60 * 60
FORGOTTEN_BYTES, FORGOTTEN_SECONDS = 1024 * 1024, 1.0
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OPEN_AGAIN = "Trang mở lâu quá rồi. Mở lại trang giúp, chuyện đã nói vẫn còn."
ELSEWHERE = "Trang này mở từ chỗ khác nên trợ lý không nhận. Mở đúng địa chỉ của trợ lý giúp."


class TurnedAway(Exception):
    """A request that gets no further. `say` is what the page shows the person."""

    def __init__(self, status: int, say: str, *, wait: float = 0, reload: bool = False):
        super().__init__(say)
        self.status = status
        self.say = say
        self.wait = wait
        self.reload = reload

    def response(self) -> Response:
        """The refusal as the page reads it."""
        headers = {"Connection": "close"}
        if self.wait:
            headers["Retry-After"] = str(math.ceil(self.wait))
        return _LastWord({"say": self.say, "reload": self.reload}, self.status, headers)


class _LastWord(JSONResponse):
    """An answer after which the connection is closed, though the sender may still be sending.

    Closed at once, the network would throw the answer away with what was not read. So for a moment the rest is read and
    forgotten.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        left = FORGOTTEN_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(FORGOTTEN_SECONDS):
                while left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    if not message.get("more_body"):
                        break
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Door:
    """Looks at Host, Origin and cookie before anything else does, and sends the safety headers with every answer.

    A page mounted at a path of its own is a room of its own: its cookie stays on that path, and opens no other room.
    """

    def __init__(self, secret_key: str, public_url: str):
        public = urlsplit(public_url)
        self._secret_key = secret_key
        self._public_host = public.hostname
        self._public_origin = f"{public.scheme}://{public.netloc}".lower()
        self._secure = public.scheme == "https"

    def guard(self, endpoint: Endpoint) -> Endpoint:
        """Wrap an endpoint: foreign requests and TurnedAway are answered here."""

        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            try:
                self._check_host(request)
                if request.method == "POST":
                    self._check_origin(request)
                response = await endpoint(request)
            except TurnedAway as refusal:
                response = refusal.response()
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    def known_chat(self, request: Request) -> str | None:
        """The chat that the cookie names, or None without an unforged cookie."""
        try:
            return self._signer(request).unsign(self._given(request)).decode()
        except BadSignature:
            return None

    def is_aging(self, request: Request) -> bool:
        """Whether the cookie should be given anew, so that who comes back within a year is known for ever.

        Not at every visit: a page that opens while another logs out would bring the old chat back.
        """
        try:
            self._signer(request).unsign(self._given(request), max_age=A_MONTH)
        except BadSignature:
            return True
        return False

    def chat_of(self, request: Request) -> str:
        """The chat that the cookie names. Raises TurnedAway without one."""
        chat = self.known_chat(request)
        if chat is None:
            raise TurnedAway(403, OPEN_AGAIN, reload=True)
        return chat

    def give_cookie(self, request: Request, response: Response, chat: str) -> None:
        """Let the browser remember the chat for a year from now."""
        value = self._signer(request).sign(chat).decode()
        name, path = self._cookie(request), _room(request) or "/"
        response.set_cookie(name, value, A_YEAR, path=path, secure=self._secure, httponly=True, samesite="lax")

    def take_cookie(self, request: Request, response: Response) -> None:
        """Let the browser forget the chat."""
        name, path = self._cookie(request), _room(request) or "/"
        response.delete_cookie(name, path=path, secure=self._secure, httponly=True, samesite="lax")

    def _given(self, request: Request) -> str:
        return request.cookies.get(self._cookie(request), "")

    def _cookie(self, request: Request) -> str:
        # A browser sends the cookie of / along to every room, so each has its own name.
        if room := _room(request):
            return "chat" + room.replace("/", "-")
        # Browsers take a __Host- cookie from this very host only, never from a neighbour under the same domain.
        return "__Host-chat" if self._secure else "chat"

    def _signer(self, request: Request) -> TimestampSigner:
        salt = "web chat" + _room(request)
        return TimestampSigner(self._secret_key, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)

    def _check_host(self, request: Request) -> None:
        # A name pointed at us by a stranger (DNS rebinding) is refused; a bare IP address cannot be such a name.
        try:
            host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
            if host not in ("localhost", self._public_host):
                ip_address(host)
        except ValueError:
            raise TurnedAway(421, ELSEWHERE) from None

    def _check_origin(self, request: Request) -> None:
        origin = request.headers.get("origin", "").lower()
        # Behind a proxy the scheme we see may be http though the page is https, so only host and port are compared.
        _, _, host = origin.partition("://")
        if origin != self._public_origin and (not host or host != request.headers["host"].lower()):
            raise TurnedAway(403, ELSEWHERE)


def new_chat(request: Request) -> str:
    """A chat address that nobody can guess: 128 random bits, in a room of its own led by the room's name."""
    room = _room(request).rpartition("/")[2]
    return f"{room}.{secrets.token_hex(16)}" if room else secrets.token_hex(16)


def _room(request: Request) -> str:
    """The path where the page is mounted, "" for the root."""
    room: str = request.scope.get("root_path", "")
    return room


def network_address(request: Request) -> str:
    """The sender's IP address; of IPv6 the half that one household shares."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return address.exploded[:19] if isinstance(address, IPv6Address) else host
