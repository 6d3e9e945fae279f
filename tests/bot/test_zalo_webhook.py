"""Zalo's webhook through the real web server: what is kept, what is refused, and how early."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels import zalo as zalo_channel
from bot.channels.base import Native
from bot.channels.webhook import BODY_LIMIT
from bot.channels.zalo import WEBHOOK_PATH, ZaloChannel
from tests.fakes.inbox import until
from tests.fakes.telegram_faults import BAD_GATEWAY
from tests.fakes.zalo import FakeZalo

SECRET = "made-up_secret"
EVENT = {
    "event_name": "message.text.received",
    "message": {
        "message_id": "m0a1b2c3",
        "from": {"id": "0f1e"},
        "chat": {"id": "0f1e", "chat_type": "PRIVATE"},
        "text": "x",
    },
}
WRAPPED = {"ok": True, "result": EVENT}


class Site:
    """The bot's own server with the webhook on it."""

    def __init__(self, zalo: FakeZalo) -> None:
        self.kept: dict[str, Native] = {}
        self.fails = 0
        self.zalo = zalo

    async def keep(self, natives: list[Native]) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("disk full")
        for native in natives:
            self.kept.setdefault(native.native_id, native)

    @property
    def texts(self) -> list[str]:
        return [native.body["message"]["text"] for native in self.kept.values()]

    @asynccontextmanager
    async def open(self, secret: str = SECRET) -> AsyncIterator["Site"]:
        app = Starlette()
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.channel = ZaloChannel(
            self.zalo.token, self.zalo.url, mode="webhook", webhook_secret=secret, public_url=self.url
        )
        app.router.routes.extend(self.channel.routes(self.keep))
        try:
            yield self
        finally:
            await self.channel.close()
            server.should_exit = True
            await serving

    async def posts(self, body: Any, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {"X-Bot-Api-Secret-Token": secret}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + WEBHOOK_PATH, data=_as_file(body), headers=headers) as answer,
        ):
            return answer.status


def _as_file(body: Any) -> Any:
    """In a form that aiohttp sends without warning of its size."""
    return BytesIO(body.encode() if isinstance(body, str) else body) if isinstance(body, str | bytes) else body


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Pauses between tries as they are, only a tenth as long."""
    monkeypatch.setattr("bot.channels.zalo.sleep", lambda seconds: asyncio.sleep(seconds / 10))


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        yield zalo


@pytest.fixture
async def site(zalo) -> AsyncIterator[Site]:
    async with Site(zalo).open() as site:
        yield site


@pytest.mark.parametrize("wraps", [True, False])
async def test_zalo_posts_what_people_say_once_the_webhook_is_set(zalo, site, wraps):
    zalo.wraps = wraps
    await site.channel.listen(site.keep)
    await zalo.person().says("xin chào")
    await zalo.person().says("còn đó không")
    await until(lambda: len(zalo.webhook_answers) == 2)

    assert site.texts == ["xin chào", "còn đó không"]
    assert zalo.webhook_answers == ["200", "200"]


async def test_an_event_posted_twice_is_the_same_event(zalo, site):
    zalo.faults.duplicates = 1.0
    await site.channel.listen(site.keep)
    await zalo.person().says("xin chào")
    await until(lambda: len(zalo.webhook_answers) == 2)

    assert site.texts == ["xin chào"]


async def test_an_event_is_not_acknowledged_before_it_is_kept_and_not_given_up_soon(zalo, site):
    site.fails = 3
    await site.channel.listen(site.keep)
    await zalo.person().says("đừng mất")
    await until(lambda: zalo.webhook_answers)

    assert (site.texts, zalo.webhook_answers) == (["đừng mất"], ["200"])


async def test_an_event_that_cannot_be_kept_for_long_is_given_back(site, monkeypatch):
    monkeypatch.setattr(zalo_channel, "WEBHOOK_SECONDS", 0.1)
    site.fails = 1_000

    assert await site.posts(json.dumps(WRAPPED)) == 503


async def test_setting_the_webhook_is_tried_until_zalo_answers(zalo, site):
    zalo.fail("setWebhook", BAD_GATEWAY, BAD_GATEWAY)

    await site.channel.listen(site.keep)

    assert zalo.webhook == site.url + WEBHOOK_PATH


async def test_a_webhook_that_zalo_cannot_reach_is_said_to_be_so(zalo, site, caplog):
    zalo.verification = {"ok": False, "outcome": "webhook.http.403", "status_code": 403, "hint": "Forbidden"}

    await site.channel.listen(site.keep)

    assert "403, Forbidden" in caplog.text


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 10_000):
        yield b" " * 10_000


@pytest.mark.parametrize(
    ("body", "secret", "status", "kept"),
    [
        pytest.param(json.dumps(WRAPPED), SECRET, 200, 1, id="genuine"),
        pytest.param(json.dumps(EVENT), SECRET, 200, 1, id="genuine and bare"),
        pytest.param(json.dumps(WRAPPED), None, 403, 0, id="no secret"),
        pytest.param(json.dumps(WRAPPED), "made-up_secreT", 403, 0, id="a forged secret"),
        pytest.param(json.dumps(WRAPPED), "bí mật", 403, 0, id="a secret that is not ASCII"),
        pytest.param(" " * 10_000_000, "forged", 403, 0, id="10 MB from a stranger"),
        pytest.param(b"{" + b" " * BODY_LIMIT, SECRET, 413, 0, id="too long"),
        pytest.param("{'ok': 5", SECRET, 400, 0, id="broken JSON"),
        pytest.param(b"\xff\xfe", SECRET, 400, 0, id="not even text"),
        pytest.param("[1]", SECRET, 200, 0, id="JSON that is no event: sending it again would not help"),
        pytest.param('{"ok": true, "result": {"event_name": "x"}}', SECRET, 200, 0, id="an event of no chat"),
    ],
)
async def test_the_webhook_answers(site, body, secret, status, kept):
    try:
        answered = await site.posts(body, secret)
    except aiohttp.ClientOSError:
        answered = status if len(body) > BODY_LIMIT else 0  # hung up while we were still talking

    assert (answered, len(site.kept)) == (status, kept)


@pytest.mark.parametrize(("size", "status"), [(200_000, 400), (100_000_000, 413)])
async def test_a_body_without_a_length_is_cut_off_at_the_same_size(site, size, status):
    try:
        answered = await site.posts(chunks(size))
    except aiohttp.ClientOSError:
        answered = 413

    assert answered == status


async def test_without_a_secret_of_our_own_nobody_gets_in(zalo):
    async with Site(zalo).open(secret="") as site:
        assert await site.posts(json.dumps(WRAPPED), None) == 403
        assert await site.posts(json.dumps(WRAPPED), "") == 403


async def test_what_strangers_post_is_not_logged(site, caplog):
    caplog.set_level(logging.DEBUG)
    await site.posts('{"message": {"text": "0912345678"}}')

    assert "0912345678" not in caplog.text


async def test_there_is_no_webhook_while_polling(zalo):
    channel = ZaloChannel(zalo.token, zalo.url)
    assert channel.routes(Site(zalo).keep) == []
    await channel.close()
