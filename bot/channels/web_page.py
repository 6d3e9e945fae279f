"""The page itself: its one template and the few files it loads, read once and kept in memory, packed and unpacked."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parents[1] / "page"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to another page of this site."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Where else the page's menu leads."""

    lead: str
    others: tuple[Way, ...]
    strip: str = ""  # says on top of the talk that this is not the page one usually talks on
    back: Way | None = None  # and how to get there


Switch = Callable[[Request], Ways | None]
"""The other pages that may be offered to whoever sent this request."""


def no_switch(request: Request) -> None:
    """There is this one page."""


class Page:
    """Serves the page and its files.

    The files' version is a hash of them all and part of their address, so a browser keeps them for good and a release
    is seen at once. It stands in the path, not in a query, so that scripts find each other beside themselves.
    """

    def __init__(self) -> None:
        self._files = {
            path.name: path.read_bytes() for path in sorted((FOLDER / "static").iterdir()) if path.suffix in TYPES
        }
        self._packed = {name: gzip.compress(content, mtime=0) for name, content in self._files.items()}
        digest = hashlib.sha256()
        for name, content in self._files.items():
            digest.update(name.encode() + b"\0" + content)
        self.version = digest.hexdigest()[:12]

    @cached_property
    def _template(self) -> "Template":
        # Imported with the first page: a fifth of a second that a start without visitors need not wait for.
        import jinja2

        loader = jinja2.FileSystemLoader(FOLDER / "templates")
        environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        return environment.get_template("chat.html")

    def draw(self, request: Request, chat: str, ways: Ways | None) -> Response:
        """The page for one chat, whose tag tells the browser whether what it keeps is still of this chat."""
        tag = hashlib.sha256(chat.encode()).hexdigest()[:16]
        scripts = [name for name in self._files if name.endswith(".js")]
        html = self._template.render(chat=tag, static=f"static/{self.version}", scripts=scripts, ways=ways).encode()
        response = _packed_if_wanted(request, html, None, "text/html; charset=utf-8")
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    async def file(self, request: Request) -> Response:
        """One file of the page, at /static/{version}/{name}."""
        name = request.path_params["name"]
        if name not in self._files:
            return Response(status_code=404)
        response = _packed_if_wanted(request, self._files[name], self._packed[name], TYPES[Path(name).suffix])
        is_current = request.path_params["version"] == self.version
        response.headers["Cache-Control"] = A_YEAR if is_current else "no-cache"
        return response


def _packed_if_wanted(request: Request, content: bytes, packed: bytes | None, media_type: str) -> Response:
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, compresslevel=6) if packed is None else packed
    return Response(content, headers=headers, media_type=media_type)
