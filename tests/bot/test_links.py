"""Addresses under which a file can be fetched: for a day, by whoever was sent it, while there is something to fetch."""

import httpx
from starlette.applications import Starlette

from bot.links import Links
from talk.message import Document

PHOTO = Document("file.jpg", "7 17 3 0", "Ảnh HH-997-35.jpg")


def visitor(content: bytes | None) -> tuple[httpx.AsyncClient, Links]:
    """Somebody with a browser, where making any document gives this."""

    async def make(document: Document) -> bytes | None:
        assert document == PHOTO
        return content

    links = Links("a secret", "https://ocop.vn", make)
    transport = httpx.ASGITransport(Starlette(routes=[links.route()]))
    return httpx.AsyncClient(transport=transport, base_url="https://ocop.vn"), links


async def test_a_photo_comes_as_what_it_is_and_is_kept_by_nobody_between():
    browser, links = visitor(b"\xff\xd8\xff")

    answer = await browser.get(f"/{links.path(PHOTO)}")

    assert answer.content == b"\xff\xd8\xff"
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-store"


async def test_what_is_gone_meanwhile_is_said_in_words():
    browser, links = visitor(None)

    answer = await browser.get(f"/{links.path(PHOTO)}")

    assert answer.status_code == 404
    assert answer.text == "Tệp «Ảnh HH-997-35.jpg» không còn nữa: cơ sở đã xóa, hoặc máy này không được xem nữa."


async def test_an_address_made_up_leads_nowhere():
    browser, _ = visitor(b"secret")

    assert (await browser.get("/giay/made-up")).status_code == 404
