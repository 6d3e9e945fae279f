"""The fake Zalo itself: it behaves and refuses as far as anybody has written down how the real one does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.inbox import until
from tests.fakes.zalo import FakeZalo

LAN = "0f1e2d3c4b5a69788796"
SECRET = "eight-88"
TO_LAN = {"chat_id": LAN, "text": "x"}


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        yield zalo


async def ask(zalo: FakeZalo, method: str, token: str = "", **given: Any) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{zalo.url}/bot{token or zalo.token}/{method}", json=given) as answer,
    ):
        return answer.status, await answer.json()


async def test_each_poll_gives_one_update_and_gives_it_once(zalo):
    lan = zalo.person(LAN)
    first = await lan.says("một")
    await lan.says("hai")

    _, one = await ask(zalo, "getUpdates")
    _, two = await ask(zalo, "getUpdates", timeout="5")
    status, none = await ask(zalo, "getUpdates", timeout=0.1)

    assert one["result"]["message"]["message_id"] == first
    assert two["result"]["message"]["text"] == "hai"
    assert (status, none) == (408, {"ok": False, "error_code": 408, "description": "Request timeout"})


async def test_a_poll_waits_for_what_comes(zalo):
    poll = asyncio.create_task(ask(zalo, "getUpdates"))
    await until(lambda: zalo.calls["getUpdates"])
    await zalo.person(LAN).says("xin chào")

    assert (await poll)[1]["result"]["event_name"] == "message.text.received"


async def test_a_poll_whose_caller_hung_up_takes_nothing(zalo):
    poll = asyncio.create_task(ask(zalo, "getUpdates"))
    await until(lambda: zalo.calls["getUpdates"])
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await asyncio.sleep(0.05)
    await zalo.person(LAN).says("xin chào")

    assert (await ask(zalo, "getUpdates"))[0] == 200


async def test_dates_are_milliseconds_and_ids_are_words(zalo):
    await zalo.person(LAN).says("xin chào")

    message = (await ask(zalo, "getUpdates"))[1]["result"]["message"]

    assert message["date"] > 1_700_000_000_000
    assert isinstance(message["message_id"], str)
    assert message["chat"]["id"] == message["from"]["id"] == LAN


@pytest.mark.parametrize(
    ("method", "given", "code"),
    [
        pytest.param("getMe", {}, 200, id="who am I"),
        pytest.param("getme", {}, 400, id="names in their own case only"),
        pytest.param("sendMessage", TO_LAN, 200, id="a message"),
        pytest.param("sendMessage", {**TO_LAN, "text": "a" * 2000}, 200, id="2,000 letters"),
        pytest.param("sendMessage", {**TO_LAN, "text": "a" * 2001}, 400, id="2,001 letters"),
        pytest.param("sendMessage", {**TO_LAN, "text": " "}, 400, id="only blanks"),
        pytest.param("sendMessage", {"chat_id": "stranger", "text": "x"}, 400, id="to a stranger"),
        pytest.param("sendPhoto", {"chat_id": LAN, "photo": "https://x.vn/a.jpg"}, 200, id="a photo by its address"),
        pytest.param("sendPhoto", {"chat_id": LAN, "photo": "a.jpg"}, 400, id="a photo without one"),
        pytest.param(
            "sendPhoto", {"chat_id": LAN, "photo": "https://x.vn/a", "caption": "a" * 2001}, 400, id="caption"
        ),
        pytest.param("sendChatAction", {"chat_id": LAN, "action": "typing"}, 200, id="typing"),
        pytest.param("sendChatAction", {"chat_id": LAN, "action": "upload_photo"}, 400, id="announced, not live"),
        pytest.param("setWebhook", {"url": "https://x.vn/zalo", "secret_token": SECRET}, 200, id="a webhook"),
        pytest.param("setWebhook", {"url": "https://x.vn/zalo"}, 400, id="a webhook without a secret"),
        pytest.param("setWebhook", {"url": "https://x.vn/zalo", "secret_token": "seven-7"}, 400, id="a short secret"),
        pytest.param("setWebhook", {"url": "http://x.vn/zalo", "secret_token": SECRET}, 400, id="without TLS"),
        pytest.param("setWebhook", {"url": "https://10.0.0.1/", "secret_token": SECRET}, 400, id="a private host"),
        pytest.param("getWebhookInfo", {}, 404, id="never had a webhook"),
        pytest.param("deleteWebhook", {}, 200, id="none to delete"),
    ],
)
@pytest.mark.parametrize("says_no_with_200", [False, True])
async def test_it_answers_and_refuses(zalo, method, given, code, says_no_with_200):
    await zalo.person(LAN).says("xin chào")
    zalo.says_no_with_200 = says_no_with_200

    status, body = await ask(zalo, method, **given)

    assert (body["ok"], body.get("error_code", 200)) == (code == 200, code)
    assert status == (200 if says_no_with_200 else code)


async def test_it_knows_its_own_token_only(zalo):
    assert (await ask(zalo, "getMe", token="314159:wrong"))[0] == 401
    assert (await ask(zalo, "getMe", token="wrong"))[0] == 404


async def test_there_is_no_polling_beside_a_webhook(zalo):
    await ask(zalo, "setWebhook", url="https://x.vn/zalo", secret_token=SECRET)
    assert (await ask(zalo, "getUpdates"))[0] == 400

    await ask(zalo, "deleteWebhook")
    assert (await ask(zalo, "getUpdates", timeout=0.1))[0] == 408


async def test_a_months_messages_come_to_an_end_that_names_no_day(zalo):
    await zalo.person(LAN).says("xin chào")
    zalo.month_left = 1

    assert (await ask(zalo, "sendMessage", **TO_LAN))[0] == 200
    status, body = await ask(zalo, "sendMessage", **TO_LAN)

    assert (status, set(body)) == (429, {"ok", "error_code", "description"})
