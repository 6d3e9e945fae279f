"""Listening to Zalo by polling, over real HTTP against a server that hands each event over once."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.channels import zalo as zalo_channel
from bot.channels.zalo import ZaloChannel
from tests.fakes.inbox import Inbox, listening, until
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, RESET_BEFORE
from tests.fakes.zalo import FakeZalo, refusal

MINH = "a1a2a3a4a5a6a7a8a9a0"


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        yield zalo


@pytest.fixture
async def channel(zalo) -> AsyncIterator[ZaloChannel]:
    channel = ZaloChannel(zalo.token, zalo.url)
    yield channel
    await channel.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Pauses between tries as they are, only a tenth as long; a poll ends soon after nobody wants it any more."""
    monkeypatch.setattr("bot.channels.zalo.sleep", lambda seconds: asyncio.sleep(seconds / 10))
    monkeypatch.setattr(zalo_channel, "LONG_POLL_SECONDS", 0.3)


async def test_what_people_say_is_kept_in_order(zalo, channel, inbox):
    lan, minh = zalo.person(), zalo.person(MINH, "Minh")
    first = await lan.says("một")
    async with listening(channel, inbox):
        await inbox.holds(1)
        await minh.says("hai")
        await lan.says("ba")
        natives = await inbox.holds(3)

    assert inbox.texts == ["một", "hai", "ba"]
    assert (natives[0].native_id, natives[0].address) == (first, lan.id)
    assert natives[1].address == MINH


async def test_an_idle_poll_is_no_trouble(zalo, channel, inbox, caplog):
    async with listening(channel, inbox):
        await until(lambda: zalo.calls["getUpdates"] >= 3)
        await zalo.person().says("xin chào")
        await inbox.holds(1)

    assert caplog.records == []


async def test_an_event_that_cannot_be_kept_is_held_on_to_until_it_can(zalo, channel, inbox):
    inbox.broken = 3
    await zalo.person().says("đừng mất")
    await zalo.person().says("cả tin này")
    async with listening(channel, inbox):
        await inbox.holds(2)

    assert inbox.texts == ["đừng mất", "cả tin này"]
    assert inbox.handed_over == 5


async def test_what_comes_while_we_stop_is_kept(zalo, inbox):
    channel = ZaloChannel(zalo.token, zalo.url)
    async with listening(channel, inbox):
        await until(lambda: zalo.calls["getUpdates"])
    await zalo.person().says("đúng lúc tắt")
    await channel.close()

    assert inbox.texts == ["đúng lúc tắt"]


async def test_stopping_does_not_wait_for_a_database_that_is_away_for_good(zalo, inbox, monkeypatch, caplog):
    monkeypatch.setattr(zalo_channel, "LAST_POLL_SECONDS", 0.2)
    inbox.broken = 1_000
    channel = ZaloChannel(zalo.token, zalo.url)
    await zalo.person().says("mất thật")
    async with listening(channel, inbox):
        await until(lambda: inbox.handed_over)
    await channel.close()

    assert "may have been lost" in caplog.text


async def test_a_broken_event_neither_blocks_nor_loses_its_neighbours(zalo, channel, inbox, caplog):
    await zalo.person().says("trước")
    zalo.push({"event_name": "message.text.received", "message": {"text": "không có người gửi"}})
    zalo.push({"message": None})
    await zalo.person().says("sau")
    async with listening(channel, inbox):
        await inbox.holds(2)

    assert inbox.texts == ["trước", "sau"]
    assert caplog.text.count("names no chat") == 2
    assert "không có người gửi" not in caplog.text


async def test_a_webhook_left_over_is_taken_down_before_polling(zalo, channel, inbox):
    zalo.webhook = "https://old.example/hook"
    async with listening(channel, inbox):
        await until(lambda: not zalo.webhook)
        await zalo.person().says("xin chào")
        await inbox.holds(1)


async def test_a_bot_that_never_had_a_webhook_need_not_have_one_to_take_down(zalo, channel, inbox):
    zalo.fail("deleteWebhook", refusal(404, "Not Found"))
    await zalo.person().says("xin chào")
    async with listening(channel, inbox):
        await inbox.holds(1)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(BAD_GATEWAY, id="502"),
        pytest.param(RESET_BEFORE, id="reset"),
        pytest.param(GARBAGE, id="not Zalo at all"),
        pytest.param(refusal(429, "Quota exceeded"), id="429"),
        pytest.param(refusal(403, "Internal Server Error"), id="403"),
        pytest.param(refusal(500, "Error", status=200), id="a 500 inside a 200"),
    ],
)
async def test_listening_survives(zalo, channel, inbox, fault, caplog):
    caplog.set_level(logging.INFO)
    zalo.fail("getUpdates", fault, fault, fault)
    await zalo.person().says("xin chào")
    async with listening(channel, inbox):
        await inbox.holds(1)
        await zalo.person().says("còn đó không")
        await inbox.holds(2)

    assert inbox.texts == ["xin chào", "còn đó không"]
    assert caplog.text.count("trying again until it does") == 1
    assert caplog.text.count("answers getUpdates again after 3 tries") == 1


@pytest.mark.parametrize("says_no_with_200", [False, True])
async def test_a_refused_token_stops_listening_with_one_line(zalo, inbox, says_no_with_200, caplog):
    zalo.says_no_with_200 = says_no_with_200
    channel = ZaloChannel("314159:wrong", zalo.url)
    async with asyncio.timeout(5):
        await channel.listen(inbox.keep)
    await channel.close()

    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "ZALO_BOT_API_URL" in caplog.text


async def test_who_writes_sees_that_an_answer_is_coming(zalo, channel, inbox):
    lan = zalo.person()
    await lan.says("xin chào")
    async with listening(channel, inbox):
        await inbox.holds(1)
        await until(lambda: zalo.typing[lan.id] == 1)


async def test_nothing_is_shown_to_a_group(zalo, channel, inbox):
    await zalo.person().says_in_a_group("xin chào")
    async with listening(channel, inbox):
        [native] = await inbox.holds(1)

    assert channel.read(native.body) is None
    assert zalo.calls["sendChatAction"] == 0


async def test_that_an_answer_is_coming_may_fail_without_harm(zalo, channel, inbox, caplog):
    zalo.fail("sendChatAction", BAD_GATEWAY)
    await zalo.person().says("xin chào")
    async with listening(channel, inbox):
        await inbox.holds(1)
        await until(lambda: zalo.calls["sendChatAction"] == 1)
        await zalo.person().says("còn đó không")
        await inbox.holds(2)

    assert caplog.records == []
