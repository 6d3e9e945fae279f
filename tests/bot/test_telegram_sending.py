"""Sending to Telegram: what people hear, and what a failure says to do next."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels import telegram_request
from bot.channels.base import nothing_to_make
from bot.channels.telegram import TelegramChannel
from bot.outcomes import DeliveryFailed, Refused, TryLater, Unknown, Unreachable
from talk.message import Choice, Document, Message, Tap
from tests.fakes.inbox import Inbox, listening
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, HANG, RESET_AFTER, RESET_BEFORE, flood, refusal

COOP = Choice("1", "Hợp tác xã", Tap("17", "kind", "coop"))


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
async def channel(tg) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(tg.token, tg.url)
    yield channel
    await channel.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


async def test_a_message_reaches_the_person_with_its_buttons(tg, channel):
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")

    native_id = await channel.send("7", Message("Thuộc loại hình nào?", (COOP,)))

    heard = await lan.hears()
    assert (str(heard.message_id), heard.text, heard.labels) == (native_id, "Thuộc loại hình nào?", ["1. Hợp tác xã"])


async def test_what_people_typed_is_repeated_as_they_typed_it(tg, channel):
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")

    await channel.send("7", Message("Ghi là «<b>Miến & *Dong*_</b> 😀\u202e»."))

    assert (await lan.hears()).text == "Ghi là «<b>Miến & *Dong*_</b> 😀\u202e»."


async def test_a_text_too_long_for_telegram_goes_out_in_parts(tg, channel):
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")

    native_id = await channel.send("7", Message("đoạn một " * 400 + "\n\n" + "đoạn hai " * 400, (COOP,)))

    first, second = await lan.hears(), await lan.hears()
    assert (first.labels, second.labels) == ([], ["1. Hợp tác xã"])
    assert native_id == str(second.message_id)


async def test_the_phone_keyboard_comes_and_goes(tg, channel, inbox):
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")
    await channel.send("7", Message("Số điện thoại?", wants="phone"))
    assert (await lan.hears()).asks_for_contact

    await lan.shares_contact("+84912345678")
    async with listening(channel, inbox):
        natives = await inbox.holds(2)
    assert channel.read(natives[-1].body).update.phone == "+84912345678"

    await channel.send("7", Message("Đã lưu."))
    assert (await lan.hears()).removes_keyboard


async def outcome(channel: TelegramChannel, text: str = "xin chào", address: str = "7") -> Any:
    with pytest.raises(DeliveryFailed) as raised:
        await channel.send(address, Message(text))
    return raised.value


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        pytest.param(flood(7), TryLater, id="429"),
        pytest.param(refusal(429, "slow down"), TryLater, id="429 that does not say how long"),
        pytest.param(refusal(400, "Bad Request: BUTTON_DATA_INVALID"), Refused, id="400"),
        pytest.param(refusal(400, "Bad Request: chat not found"), Unreachable, id="400 chat not found"),
        pytest.param(refusal(403, "Forbidden: bot was blocked by the user"), Unreachable, id="403 blocked"),
        pytest.param(refusal(403, "Forbidden: user is deactivated"), Unreachable, id="403 account gone"),
        pytest.param(refusal(401, "Unauthorized"), TryLater, id="401"),
        pytest.param(refusal(503, "Service Unavailable"), TryLater, id="503"),
        pytest.param(refusal(500, "Internal Server Error: restart"), Unknown, id="500"),
        pytest.param(BAD_GATEWAY, TryLater, id="502"),
        pytest.param(refusal(504, "Gateway Timeout"), Unknown, id="504"),
        pytest.param(RESET_BEFORE, Unknown, id="reset, and it did not arrive"),
        pytest.param(RESET_AFTER, Unknown, id="reset, and it arrived"),
        pytest.param(HANG, Unknown, id="no answer in time"),
        pytest.param(GARBAGE, Unknown, id="a 200 that is not Telegram's"),
        pytest.param(refusal(200, "ok without a result"), Unknown, id="a 200 without a result"),
    ],
)
async def test_a_failed_send_says_what_to_do_next(tg, channel, monkeypatch, fault, expected):
    monkeypatch.setattr(telegram_request, "READ_SECONDS", 0.3)
    await tg.person(7).says("xin chào")
    tg.fail("sendMessage", fault)

    assert type(await outcome(channel)) is expected


async def test_a_send_that_never_connected_did_not_go_out(tg, channel):
    await tg.__aexit__()

    assert isinstance(await outcome(channel), TryLater)


async def test_a_send_on_a_kept_connection_that_was_closed_meanwhile_is_not_lost(tg, channel):
    await tg.person(7).says("xin chào")
    await channel.send("7", Message("một"))
    port = tg.port
    await tg.__aexit__()
    async with FakeTelegram(port=port) as restarted:
        await restarted.person(7).says("xin chào")
        await channel.send("7", Message("hai"))

        assert [message.text for message in restarted.sent[7]] == ["hai"]


async def test_people_who_never_wrote_blocked_the_bot_or_left_cannot_be_reached(tg, channel):
    blocker, leaver = tg.person(8, "Minh"), tg.person(9, "Hoa")
    for person in (blocker, leaver):
        await person.says("xin chào")
    await blocker.blocks_bot()
    await leaver.deletes_account()

    for address in ("10", "8", "9"):
        assert isinstance(await outcome(channel, address=address), Unreachable)

    await blocker.unblocks_bot()
    assert await channel.send("8", Message("chào lại"))


async def test_a_migrated_chat_names_its_new_address(tg, channel):
    tg.migrated[-5] = -100500

    failed = await outcome(channel, address="-5")

    assert isinstance(failed, Unreachable)
    assert failed.moved_to == "-100500"


async def test_an_empty_message_is_refused(tg, channel):
    await tg.person(7).says("xin chào")

    assert isinstance(await outcome(channel, text=" "), Refused)


async def test_a_chat_written_to_too_fast_waits_as_long_as_telegram_says(tg, channel):
    tg.chat_rate, tg.chat_burst = 0.5, 1
    for number in (7, 8):
        await tg.person(number).says("xin chào")
    await channel.send("7", Message("một"))

    failed = await outcome(channel)

    assert isinstance(failed, TryLater)
    assert (failed.after, failed.whole_bot) == (2, False)
    assert await channel.send("8", Message("người khác thì được"))


async def test_a_second_chat_told_to_wait_means_the_whole_bot_is_too_fast(tg, channel):
    for number in (7, 8):
        await tg.person(number).says("xin chào")
    tg.fail("sendMessage", flood(5), flood(5), flood(5))

    waits = [await outcome(channel, address=address) for address in ("7", "7", "8")]

    assert [wait.whole_bot for wait in waits] == [False, False, True]


async def test_a_file_that_is_gone_when_it_is_to_be_sent_is_said_in_words(tg):
    channel = TelegramChannel(tg.token, tg.url, make=nothing_to_make)
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")

    await channel.send("7", Message("", documents=(Document("file.jpg", "7 17 3 0", "Anh HH-997-35.jpg"),)))

    assert (await lan.hears()).text == (
        "Tệp «Anh HH-997-35.jpg» không còn nữa: cơ sở đã xóa, hoặc máy này không được xem nữa."
    )
    await channel.close()
