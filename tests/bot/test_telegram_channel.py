"""Listening to Telegram by polling, over real HTTP against a server that behaves as Telegram does."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.channels.base import Native
from bot.channels.telegram import TelegramChannel
from talk.message import Choice, Message, Tap
from tests.fakes.inbox import Inbox, listening, until
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, RESET_AFTER, RESET_BEFORE, Faults, flood, refusal
from tests.fakes.telegram_methods import Refusal

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


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Pauses between tries as they are, only a tenth as long."""
    monkeypatch.setattr("bot.channels.telegram.sleep", lambda seconds: asyncio.sleep(seconds / 10))


async def test_what_people_say_is_kept_in_order(tg, channel, inbox):
    lan, minh = tg.person(7, "Lan"), tg.person(8, "Minh")
    await lan.says("một")
    async with listening(channel, inbox):
        await inbox.holds(1)
        await minh.says("hai")
        await lan.says("ba")
        natives = await inbox.holds(3)

    assert inbox.texts == ["một", "hai", "ba"]
    assert [(native.native_id, native.address) for native in natives] == [("1001", "7"), ("1002", "8"), ("1003", "7")]


async def test_an_update_is_confirmed_only_once_it_is_kept(tg, channel, inbox):
    inbox.broken = 2
    await tg.person(7).says("đừng mất")
    async with listening(channel, inbox):
        await inbox.holds(1)

    assert inbox.handed_over == 3


async def test_an_update_kept_but_never_confirmed_comes_again_after_a_restart(tg, channel, inbox):
    confirmed = asyncio.Event()

    async def keep_and_die(natives: list[Native]) -> None:
        await inbox.keep(natives)
        confirmed.set()
        raise asyncio.CancelledError

    await tg.person(7).says("xin chào")
    with pytest.raises(asyncio.CancelledError):
        await channel.listen(keep_and_die)
    async with listening(channel, inbox):
        await tg.person(7).says("còn đó không")
        await inbox.holds(2)

    assert inbox.texts == ["xin chào", "còn đó không"]
    assert inbox.handed_over == 3


async def test_numbers_that_start_anew_after_a_quiet_week_are_followed(tg, inbox):
    channel = TelegramChannel(tg.token, tg.url)
    for number in range(150):
        await tg.person(7).says(str(number))
    async with listening(channel, inbox):
        await inbox.holds(150)
    await channel.close()

    assert inbox.handed_over == 150
    assert tg.calls["getupdates"] <= 4


async def test_a_broken_update_neither_blocks_nor_loses_its_neighbours(tg, channel, inbox):
    await tg.person(7).says("trước")
    tg.push_raw({"message": {"text": "không có người gửi"}})
    tg.push_raw({"message": None})
    await tg.person(7).says("sau")
    async with listening(channel, inbox):
        await inbox.holds(2)
        await tg.person(7).says("sau nữa")
        await inbox.holds(3)

    assert inbox.texts == ["trước", "sau", "sau nữa"]


async def test_a_webhook_left_over_is_taken_down_before_polling(tg, channel, inbox):
    await tg.updates.setwebhook({"url": "https://old.example/hook"})
    await tg.person(7).says("xin chào")
    async with listening(channel, inbox):
        await inbox.holds(1)

    assert tg.updates.webhook == ""


async def test_the_command_menu_is_set_and_only_wanted_updates_are_asked_for(tg, channel, inbox):
    async with listening(channel, inbox):
        await tg.person(7).says("xin chào")
        await inbox.holds(1)

    assert [command["command"] for command in tg.commands] == ["menu"]
    assert tg.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(BAD_GATEWAY, id="502"),
        pytest.param(RESET_BEFORE, id="reset before"),
        pytest.param(RESET_AFTER, id="reset after"),
        pytest.param(GARBAGE, id="not Telegram at all"),
        pytest.param(refusal(409, "Conflict: terminated by other getUpdates request"), id="409"),
        pytest.param(flood(2), id="429"),
        pytest.param(refusal(500, "Internal Server Error: restart"), id="500"),
    ],
)
async def test_listening_survives(tg, channel, inbox, fault, caplog):
    caplog.set_level(logging.INFO)
    tg.fail("getUpdates", fault, fault, fault)
    await tg.person(7).says("xin chào")
    async with listening(channel, inbox):
        await inbox.holds(1)
        await tg.person(7).says("còn đó không")
        await inbox.holds(2)

    assert inbox.texts == ["xin chào", "còn đó không"]
    assert caplog.text.count("trying again until it does") == 1
    assert caplog.text.count("answers getupdates again after 3 tries") == 1


async def test_a_poller_that_was_cut_off_by_another_one_comes_back(tg, channel, inbox):
    async with listening(channel, inbox):
        await tg.person(7).says("một")
        await inbox.holds(1)
        await until(lambda: tg.calls["getupdates"] == 2)
        other = asyncio.create_task(tg.updates.getupdates({"timeout": 60}))
        with pytest.raises(Refusal, match="terminated by other getUpdates"):
            await other
        await tg.person(7).says("hai")
        await inbox.holds(2)

    assert inbox.texts == ["một", "hai"]


@pytest.mark.parametrize("token", ["700100200:wrong", "no-token-at-all"])
async def test_a_refused_token_stops_listening_with_one_line(tg, inbox, token, caplog):
    channel = TelegramChannel(token, tg.url)
    async with asyncio.timeout(5):
        await channel.listen(inbox.keep)
    await channel.close()

    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "TELEGRAM_API_URL" in caplog.text


async def test_a_tap_is_answered_at_once_so_that_the_button_comes_to_rest(tg, channel, inbox):
    lan = tg.person(7, "Lan")
    async with listening(channel, inbox):
        await lan.says("xin chào")
        await inbox.holds(1)
        await channel.send("7", Message("Thuộc loại hình nào?", (COOP,)))
        await lan.taps("Hợp tác xã")
        [_, tap] = await inbox.holds(2)
        await until(lambda: not tg.open_taps)

    assert channel.read(tap.body).update.tap == COOP.tap


async def test_a_tap_too_old_to_be_answered_is_a_tap_all_the_same(tg, channel, inbox):
    tg.tap_lifetime = -1
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")
    await channel.send("7", Message("Thuộc loại hình nào?", (COOP,)))
    await lan.taps("1")
    async with listening(channel, inbox):
        await inbox.holds(2)
        await until(lambda: tg.calls["answercallbackquery"] == 1)


async def test_updates_delivered_twice_are_handed_over_twice_and_nothing_stops(tg, channel, inbox):
    tg.faults.duplicates = 1.0
    async with listening(channel, inbox):
        for number in range(5):
            await tg.person(7).says(str(number))
        await inbox.holds(5)
        await tg.person(7).says("hết")
        await inbox.holds(6)

    assert inbox.texts == ["0", "1", "2", "3", "4", "hết"]
    assert inbox.handed_over > 6


async def test_on_a_bad_day_everything_is_kept_all_the_same(tg, channel, inbox):
    tg.faults = Faults(seed=3, bad_gateway=0.2, reset_before=0.1, reset_after=0.1, duplicates=0.2)
    said = [str(number) for number in range(200)]
    async with listening(channel, inbox):
        for number, text in enumerate(said):
            await tg.person(7 + number % 20).says(text)
            if number % 10 == 9:
                await inbox.holds(number - 20)
        await inbox.holds(200)

    assert inbox.texts == said
    assert set(tg.faults.happened) == {"bad_gateway", "reset_before", "reset_after", "duplicates"}
