"""Sending to Zalo: what people hear, and what a failure says to do next."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from bot.channels import zalo as zalo_channel
from bot.channels import zalo_request
from bot.channels.zalo import ZaloChannel
from bot.outcomes import DeliveryFailed, Refused, TryLater, Unknown
from talk.message import Choice, Message, Tap
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, HANG, RESET_AFTER, RESET_BEFORE, Fault
from tests.fakes.zalo import FakeZalo, refusal

COOP = Choice("1", "Hợp tác xã", Tap("17", "kind", "coop"))
TOO_MUCH = refusal(429, "Quota exceeded")


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        await zalo.person().says("xin chào")
        yield zalo


@pytest.fixture
async def channel(zalo) -> AsyncIterator[ZaloChannel]:
    channel = ZaloChannel(zalo.token, zalo.url)
    yield channel
    await channel.close()


async def outcome(zalo: FakeZalo, channel: ZaloChannel, text: str = "xin chào") -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as raised:
        await channel.send(zalo.person().id, Message(text))
    return raised.value


async def test_a_message_reaches_the_person_with_its_choices_as_lines(zalo, channel):
    native_id = await channel.send(zalo.person().id, Message("Thuộc loại nào?", (COOP,), wants="phone"))

    heard = await zalo.person().hears()
    assert (heard.message_id, heard.text) == (native_id, "Thuộc loại nào?\n1. Hợp tác xã")


async def test_what_people_typed_is_repeated_as_they_typed_it(zalo, channel):
    await channel.send(zalo.person().id, Message("Ghi là «<b>**Miến** & Dong_</b> 😀»."))

    assert (await zalo.person().hears()).text == "Ghi là «<b>**Miến** & Dong_</b> 😀»."


async def test_a_text_too_long_for_zalo_goes_out_in_parts(zalo, channel):
    lan = zalo.person()

    native_id = await channel.send(lan.id, Message("đoạn một " * 200 + "\n\n" + "đoạn hai " * 200, (COOP,)))

    first, last = await lan.hears(), await lan.hears()
    assert first.text == ("đoạn một " * 200).strip()
    assert last.lines[-1] == "1. Hợp tác xã"
    assert last.message_id == native_id


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        pytest.param(TOO_MUCH, TryLater, id="429"),
        pytest.param(refusal(429, "Quota exceeded", status=200), TryLater, id="429 inside a 200"),
        pytest.param(refusal(400, "Bad Request"), Refused, id="400"),
        pytest.param(refusal(400, "Bad Request", status=200), Refused, id="refused inside a 200"),
        pytest.param(Fault("answer", 200, b'{"ok": false}'), Refused, id="refused without a word"),
        pytest.param(refusal(404, "Invalid access"), Refused, id="404"),
        pytest.param(refusal(401, "Unauthorized"), TryLater, id="401"),
        pytest.param(refusal(403, "Internal Server Error"), Unknown, id="403, whose name is a server error"),
        pytest.param(Fault("answer", 403, b"<html>Cloudflare</html>"), Unknown, id="403 from something before Zalo"),
        pytest.param(refusal(408, "Request timeout"), Unknown, id="408"),
        pytest.param(refusal(500, "Error"), Unknown, id="500"),
        pytest.param(refusal(500, "Error", status=200), Unknown, id="500 inside a 200"),
        pytest.param(BAD_GATEWAY, TryLater, id="502"),
        pytest.param(refusal(503, "Service Unavailable"), TryLater, id="503"),
        pytest.param(refusal(504, "Gateway Timeout"), Unknown, id="504"),
        pytest.param(RESET_BEFORE, Unknown, id="reset, and it did not arrive"),
        pytest.param(RESET_AFTER, Unknown, id="reset, and it arrived"),
        pytest.param(HANG, Unknown, id="no answer in time"),
        pytest.param(GARBAGE, Unknown, id="a 200 that is not Zalo's"),
        pytest.param(Fault("answer", 200, b'{"ok": true}'), Unknown, id="a 200 that names no message"),
    ],
)
async def test_a_failed_send_says_what_to_do_next(zalo, channel, monkeypatch, fault, expected):
    monkeypatch.setattr(zalo_request, "READ_SECONDS", 0.3)
    zalo.fail("sendMessage", fault)

    assert type(await outcome(zalo, channel)) is expected


async def test_a_send_that_never_connected_did_not_go_out(zalo, channel):
    await zalo.__aexit__()

    assert isinstance(await outcome(zalo, channel), TryLater)


async def test_a_send_on_a_kept_connection_that_was_closed_meanwhile_is_not_lost(zalo, channel):
    lan = zalo.person()
    await channel.send(lan.id, Message("một"))
    await zalo.__aexit__()
    async with FakeZalo(port=zalo.port) as restarted:
        await restarted.person().says("xin chào")
        await channel.send(lan.id, Message("hai"))

        assert [message.text for message in restarted.sent[lan.id]] == ["hai"]


async def test_a_refused_token_silences_the_bot_for_long(zalo, channel, caplog):
    zalo.fail("sendMessage", refusal(401, "Unauthorized"))

    failed = await outcome(zalo, channel)

    assert isinstance(failed, TryLater)
    assert (failed.after, failed.whole_bot) == (600, True)
    assert "refuses the bot token" in caplog.text


async def test_too_much_silences_the_whole_bot_longer_each_time(zalo, channel, monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    monkeypatch.setattr(zalo_channel, "QUOTA_SECONDS", 0.05)
    zalo.fail("sendMessage", TOO_MUCH, TOO_MUCH, TOO_MUCH, None, TOO_MUCH)

    waits = []
    for number in range(5):
        if number == 3:
            await channel.send(zalo.person().id, Message("lọt"))
            continue
        failed = await outcome(zalo, channel)
        assert isinstance(failed, TryLater)
        assert failed.whole_bot
        waits.append(round(failed.after, 2))
        await asyncio.sleep(failed.after)

    assert waits == [0.05, 0.1, 0.2, 0.05]


async def test_those_told_together_that_it_is_too_much_count_as_one(zalo, channel, monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    zalo.fail("sendMessage", *[TOO_MUCH] * 8)

    failures = await asyncio.gather(*(outcome(zalo, channel) for _ in range(8)))

    assert all(isinstance(failed, TryLater) and 9 < failed.after <= 10 for failed in failures)


async def test_an_empty_message_is_refused(zalo, channel):
    assert isinstance(await outcome(zalo, channel, text=" "), Refused)
