"""Addresses under which a document can be fetched for a day: for the page, and for channels that carry no files."""

from urllib.parse import quote

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.base import Make
from handlers.documents import GONE, TYPES
from talk.message import Document

A_DAY = 24 * 60 * 60
FOLDER = "giay"


class Links:
    """Signs and serves them. Whoever holds an address may fetch the document, so it is short-lived and unguessable."""

    def __init__(self, secret_key: str, public_url: str, make: Make):
        self._signer = URLSafeTimedSerializer(secret_key, salt="document")
        self._public_url = public_url.rstrip("/")
        self._make = make

    def path(self, document: Document) -> str:
        """The address as seen from the page."""
        return f"{FOLDER}/{self._signer.dumps([document.kind, document.of, document.name])}"

    def address(self, document: Document) -> str:
        """The address as seen from anywhere."""
        return f"{self._public_url}/{self.path(document)}"

    def route(self) -> Route:
        """Where they lead."""
        return Route(f"/{FOLDER}/{{token}}", self._serve)

    async def _serve(self, request: Request) -> Response:
        try:
            document = Document(*self._signer.loads(request.path_params["token"], max_age=A_DAY))
        except BadData:
            raise HTTPException(404) from None
        content = await self._make(document)
        if content is None:
            return PlainTextResponse(GONE.format(name=document.name), 404, {"Cache-Control": "no-store"})
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name)}",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
        }
        return Response(content, media_type=TYPES[document.kind], headers=headers)
