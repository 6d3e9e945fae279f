"""The trial: the same page in the place of a producer, an official or a consumer, kept apart from what is real.

It is a second house with a database and a folder of its own, opened when somebody first looks in. Only who sits at
this machine is let in: a role that anybody may take is nothing for a page that others reach.
"""

import asyncio
import logging
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from pydantic import SecretStr
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send

from bot.channels.web_page import Way, Ways
from bot.house import House
from bot.loopback import is_from_here
from bot.settings import Settings, is_loopback
from storage.migrate import migrate
from storage.store import Store

log = logging.getLogger(__name__)

PATH = "/thu"
NOT_OPENED = "Sổ dùng thử chưa mở được. Xem dòng báo ở cửa sổ đang chạy trợ lý."
BACK = Way("Về sổ thật", "/")


@dataclass(frozen=True, slots=True)
class Role:
    """Whom the page is tried as."""

    name: str  # ends the path, and begins the address of every chat there: "can-bo.3f…"
    title: str

    @property
    def way(self) -> Way:
        """The way to this role's page."""
        return Way(f"Làm {self.title}", f"{PATH}/{self.name}/")


ROLES = (Role("chu-the", "chủ thể"), Role("can-bo", "cán bộ"), Role("nguoi-mua", "người mua"))


@dataclass(frozen=True, slots=True)
class Opened:
    """The trial house at work, and its pages."""

    store: Store
    house: House
    pages: Router  # the same in every room; where it is mounted says whose it is


class Trial:
    """Every page of the trial, as one application to be mounted at PATH."""

    def __init__(self, settings: Settings):
        public_host = urlsplit(settings.public_url).hostname or ""
        self._is_private = is_loopback(settings.host) and is_loopback(public_host)
        self._settings = trial_settings(settings)
        self._rooms = Router([Mount(f"/{role.name}", self._enter) for role in ROLES])
        self._opening: asyncio.Task[Opened] | None = None
        self._is_closing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_closing or not self._is_for(Request(scope)):
            raise HTTPException(404)
        await self._rooms(scope, receive, send)

    def switch(self, request: Request) -> Ways | None:
        """The ways between the real page and those of the trial; None for whoever the trial is not for."""
        if not self._is_for(request):
            return None
        here = request.scope.get("root_path", "").removeprefix(f"{PATH}/")
        others = tuple(role.way for role in ROLES if role.name != here)
        lead = "Dùng thử, không giữ vào sổ thật:"
        for role in ROLES:
            if role.name == here:
                return Ways(lead, others, strip=f"Đang dùng thử, vai {role.title}", back=BACK)
        return Ways(lead, others)

    async def close(self) -> None:
        """Let nobody in any more, and put away what was opened."""
        self._is_closing = True
        if self._opening is None:
            return
        try:
            opened = await self._opening
        except Exception:  # it was logged when it was to be opened
            return
        try:
            await opened.house.close()
        finally:
            opened.store.close()

    def _is_for(self, request: Request) -> bool:
        return self._is_private and is_from_here(request)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            opened = await self._opened()
        except Exception:
            log.exception("the trial cannot be opened")
            await PlainTextResponse(NOT_OPENED, 503)(scope, receive, send)
            return
        await opened.pages(scope, receive, send)

    async def _opened(self) -> Opened:
        if self._opening is None or _has_failed(self._opening):
            self._opening = asyncio.create_task(self._open())
        return await asyncio.shield(self._opening)  # a visitor who goes away leaves it to the next one

    async def _open(self) -> Opened:
        store = await asyncio.to_thread(_open_store, self._settings)
        try:
            house = House(self._settings, store, self.switch)
            await house.open()
        except BaseException:
            store.close()
            raise
        log.info("the trial is open")
        return Opened(store, house, Router([r for desk in house.desks for r in desk.channel.routes(desk.turns.keep)]))


def trial_settings(settings: Settings) -> Settings:
    """The same settings with a database and files of the trial's own, beside the real files; the page is all it has."""
    beside = settings.files_dir.resolve().parent
    # Without its token no other channel is opened: a second poller would take real people's messages away.
    tokens = {name for name, value in settings if isinstance(value, SecretStr)} - {"secret_key"}
    return settings.model_copy(
        update={
            **dict.fromkeys(tokens, SecretStr("")),
            # What one signs must open nothing in the other: their rows have the same numbers.
            "secret_key": SecretStr(sha256(f"trial {settings.secret_key.get_secret_value()}".encode()).hexdigest()),
            "database_url": f"sqlite:///{beside / 'trial.db'}",
            "files_dir": beside / "trial_files",
        }
    )


def _open_store(settings: Settings) -> Store:
    settings.files_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.database_url)
    return Store(settings.database_url)


def _has_failed(opening: "asyncio.Task[Opened]") -> bool:
    return opening.done() and (opening.cancelled() or opening.exception() is not None)
