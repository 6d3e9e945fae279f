"""Telegram's webhook through the real web server: what is kept, what is refused, and how early."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.base import Native
from bot.channels.telegram import WEBHOOK_PATH, TelegramChannel
from bot.channels.webhook import BODY_LIMIT
from tests.fakes.inbox import until
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import BAD_GATEWAY

SECRET = "made-up_secret"
UPDATE = {
    "update_id": 5,
    "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "from": {"id": 7, "is_bot": False}, "text": "x"},
}


class Site:
    """The bot's own server with the webhook on it."""

    def __init__(self, tg: FakeTelegram) -> None:
        self.kept: list[Native] = []
        self.fails = 0
        self.tg = tg

    async def keep(self, natives: list[Native]) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("disk full")
        self.kept += natives

    @asynccontextmanager
    async def open(self, secret: str = SECRET) -> AsyncIterator["Site"]:
        app = Starlette()
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.channel = TelegramChannel(
            self.tg.token, self.tg.url, mode="webhook", webhook_secret=secret, public_url=self.url
        )
        app.router.routes.extend(self.channel.routes(self.keep))
        try:
            yield self
        finally:
            await self.channel.close()
            server.should_exit = True
            await serving

    async def posts(self, body: Any, secret: str | None = SECRET, **headers: str) -> int:
        if secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + WEBHOOK_PATH, data=_as_file(body), headers=headers) as answer,
        ):
            return answer.status


def _as_file(body: Any) -> Any:
    """In a form that aiohttp sends without warning of its size."""
    return BytesIO(body.encode() if isinstance(body, str) else body) if isinstance(body, str | bytes) else body


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
async def site(tg) -> AsyncIterator[Site]:
    async with Site(tg).open() as site:
        yield site


async def test_telegram_posts_what_people_say_once_the_webhook_is_set(tg, site):
    await tg.person(7).says("từ trước")
    await site.channel.listen(site.keep)
    await tg.person(7).says("xin chào")
    await until(lambda: len(site.kept) == 2)

    assert [native.body["message"]["text"] for native in site.kept] == ["từ trước", "xin chào"]
    assert tg.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_an_update_that_could_not_be_kept_is_posted_again(tg, site):
    site.fails = 2
    await site.channel.listen(site.keep)
    await tg.person(7).says("đừng mất")
    await until(lambda: site.kept and not tg.updates.queue)

    assert len(site.kept) == 1
    assert len(tg.updates.webhook_errors) == 2


async def test_setting_the_webhook_is_tried_until_telegram_answers(tg, site, monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.sleep", lambda seconds: asyncio.sleep(seconds / 10))
    tg.fail("setWebhook", BAD_GATEWAY, BAD_GATEWAY)

    await site.channel.listen(site.keep)

    assert tg.updates.webhook == site.url + WEBHOOK_PATH


async def test_a_tap_by_webhook_is_answered(tg, site):
    await site.posts(json.dumps({"update_id": 6, "callback_query": {"id": "1", "message": UPDATE["message"]}}))
    await until(lambda: tg.calls["answercallbackquery"] == 1)

    assert len(site.kept) == 1


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 10_000):
        yield b" " * 10_000


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        pytest.param(json.dumps(UPDATE), SECRET, 200, id="genuine"),
        pytest.param(json.dumps(UPDATE), None, 403, id="no secret"),
        pytest.param(json.dumps(UPDATE), "made-up_secreT", 403, id="a forged secret"),
        pytest.param(json.dumps(UPDATE), "bí mật", 403, id="a secret that is not ASCII"),
        pytest.param(" " * 10_000_000, "forged", 403, id="10 MB from a stranger"),
        pytest.param(b"{" + b" " * BODY_LIMIT, SECRET, 413, id="too long"),
        pytest.param("{'update_id': 5", SECRET, 400, id="broken JSON"),
        pytest.param(b"\xff\xfe", SECRET, 400, id="not even text"),
        pytest.param("[1]", SECRET, 200, id="JSON that is no update: asking again would not help"),
        pytest.param('{"update_id": 9, "poll": {}}', SECRET, 200, id="an update of no chat"),
    ],
)
async def test_the_webhook_answers(site, body, secret, status):
    try:
        answered = await site.posts(body, secret)
    except aiohttp.ClientOSError:
        answered = status if len(body) > BODY_LIMIT else 0  # hung up while we were still talking

    assert answered == status
    assert len(site.kept) == (body == json.dumps(UPDATE) and status == 200)


@pytest.mark.parametrize(("size", "status"), [(200_000, 400), (100_000_000, 413)])
async def test_a_body_without_a_length_is_cut_off_at_the_same_size(site, size, status):
    try:
        answered = await site.posts(chunks(size))
    except aiohttp.ClientOSError:
        answered = 413

    assert answered == status


async def test_without_a_secret_of_our_own_nobody_gets_in(tg):
    async with Site(tg).open(secret="") as site:
        assert await site.posts(json.dumps(UPDATE), None) == 403
        assert await site.posts(json.dumps(UPDATE), "") == 403


def test_there_is_no_webhook_while_polling(tg):
    assert TelegramChannel(tg.token, tg.url).routes(Site(tg).keep) == []
