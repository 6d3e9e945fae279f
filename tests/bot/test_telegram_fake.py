"""The fake Telegram itself: the library's own unchanged client understands it, and it refuses as the real one does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram

from bot.channels.telegram import TelegramChannel
from talk.message import Choice, Message, Tap
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Faults
from tests.fakes.telegram_process import TelegramProcess

TO_LAN = {"chat_id": 7, "text": "x"}
BUTTON = {"inline_keyboard": [[{"text": "1. Hợp tác xã", "callback_data": "17:kind:coop"}]]}


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


async def ask(tg: FakeTelegram, method: str, token: str = "", **given: Any) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{tg.url}/bot{token or tg.token}/{method}", json=given) as answer,
    ):
        body = await answer.json()
        return answer.status, body["result"] if body["ok"] else body["description"]


async def given_out(tg: FakeTelegram, **given: Any) -> list[int]:
    _, updates = await ask(tg, "getUpdates", **given)
    return [update["update_id"] for update in updates]


async def test_the_librarys_own_client_understands_all_that_people_do(tg):
    async with telegram.Bot(tg.token, f"{tg.url}/bot", f"{tg.url}/file/bot") as bot:
        lan = tg.person(7, "Lan")
        first = await lan.says("/start sp-17")
        sent = await bot.send_message(
            7, "Thuộc loại hình nào?", reply_markup=telegram.InlineKeyboardMarkup.de_json(BUTTON)
        )
        await lan.taps("1")
        await lan.edits(first, "xin chào")
        await lan.sends_photo(b"\xff\xd8", "ảnh")
        await lan.sends_document(b"%PDF", "mẫu 01.pdf")
        await lan.shares_contact("+84912345678")
        for verb in (lan.sends_sticker, lan.sends_location, lan.sends_video, lan.sends_animation, lan.sends_voice):
            await verb()
        await lan.sends_poll()
        await lan.blocks_bot()
        updates = await bot.get_updates()

        assert len(updates) == 13
        assert not any(update.api_kwargs for update in updates)
        tap = updates[1].callback_query
        assert tap is not None
        assert (tap.data, tap.message) == ("17:kind:coop", sent)
        assert await tap.answer()
        photo = updates[3].effective_message
        assert photo is not None
        assert await (await photo.photo[-1].get_file()).download_as_bytearray() == b"\xff\xd8"


async def test_the_librarys_own_client_can_send_files_and_take_buttons_away(tg):
    async with telegram.Bot(tg.token, f"{tg.url}/bot", f"{tg.url}/file/bot") as bot:
        lan = tg.person(7, "Lan")
        await lan.says("xin chào")
        await bot.send_document(7, b"%PDF", caption="bản in", filename="mau-01.pdf")
        await bot.send_photo(7, b"\xff\xd8")
        asked = await bot.send_message(7, "?", reply_markup=telegram.InlineKeyboardMarkup.de_json(BUTTON))
        await bot.edit_message_reply_markup(7, asked.message_id)

        printed, _, question = await lan.hears(), await lan.hears(), await lan.hears()
        assert (printed.file_name, printed.file, printed.text) == ("mau-01.pdf", b"%PDF", "bản in")
        assert question.buttons == []
        with pytest.raises(telegram.error.BadRequest, match="not modified"):
            await bot.edit_message_reply_markup(7, asked.message_id)


def button(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}


@pytest.mark.parametrize(
    ("method", "given", "status", "words"),
    [
        pytest.param("sendMessage", TO_LAN, 200, "", id="a message"),
        pytest.param("SENDmessage", {"chat_id": "7", "text": "x"}, 200, "", id="names in any case, ids as text"),
        pytest.param(
            "sendMessage", {"chat_id": 7, "text": "x", "reply_markup": button("a" * 64)}, 200, "", id="64 bytes"
        ),
        pytest.param("sendMessage", {"chat_id": 7}, 400, "text is empty", id="no text"),
        pytest.param("sendMessage", {"chat_id": 7, "text": " \n"}, 400, "text is empty", id="only blanks"),
        pytest.param("sendMessage", {"chat_id": 7, "text": "a" * 4097}, 400, "too long", id="4,097 letters"),
        pytest.param("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, 400, "too long", id="2,049 emoji"),
        pytest.param("sendMessage", {"text": "x"}, 400, "chat_id is empty", id="to nobody"),
        pytest.param("sendMessage", {"chat_id": 99, "text": "x"}, 400, "chat not found", id="to a stranger"),
        pytest.param(
            "sendMessage",
            {**TO_LAN, "reply_markup": button("")},
            400,
            "BUTTON_DATA_INVALID",
            id="0 bytes",
        ),
        pytest.param(
            "sendMessage",
            {**TO_LAN, "reply_markup": button("ộ" * 22)},
            400,
            "BUTTON_DATA_INVALID",
            id="66 bytes in 22 letters",
        ),
        pytest.param("answerCallbackQuery", {"callback_query_id": "1"}, 400, "query is too old", id="an unknown tap"),
        pytest.param("getFile", {"file_id": "x"}, 400, "invalid file_id", id="an unknown file"),
        pytest.param("setWebhook", {"url": "http://x.vn/"}, 400, "HTTPS", id="a webhook without TLS"),
        pytest.param("setWebhook", {"url": "https://x.vn/", "secret_token": "ộ"}, 400, "unallowed", id="a bad secret"),
        pytest.param("sendRocket", {}, 404, "Not Found", id="no such method"),
        pytest.param("queue", {}, 404, "Not Found", id="something of ours"),
    ],
)
async def test_it_refuses_as_the_real_one_does(tg, method, given, status, words):
    await tg.person(7).says("xin chào")

    answered, result = await ask(tg, method, **given)

    assert (answered, words in str(result)) == (status, True)


async def test_it_knows_its_own_token_only(tg):
    assert await ask(tg, "getMe", token="700100200:wrong") == (401, "Unauthorized")
    assert await ask(tg, "getMe", token="wrong") == (404, "Not Found")


async def test_an_offset_forgets_what_was_before_it(tg):
    for _ in range(120):
        await tg.person(7).says("x")

    assert len(await given_out(tg)) == 100
    assert await given_out(tg, limit=2) == [1001, 1002]
    assert await given_out(tg, offset=1003, limit=2) == [1003, 1004]
    assert await given_out(tg, offset=1002, limit=1) == [1003]
    assert await given_out(tg, offset=-1) == [1120]
    assert await given_out(tg, offset=1121) == []


async def test_only_one_may_poll_and_none_beside_a_webhook(tg):
    first = asyncio.create_task(ask(tg, "getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(ask(tg, "getUpdates", timeout=5))
    status, words = await first
    assert (status, "other getUpdates" in words) == (409, True)

    await ask(tg, "setWebhook", url="https://ocop.example/telegram/webhook")
    assert (await second)[0] == 409
    status, words = await ask(tg, "getUpdates")
    assert (status, "webhook is active" in words) == (409, True)


async def test_a_tap_can_be_answered_once(tg):
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")
    await ask(tg, "sendMessage", chat_id=7, text="?", reply_markup=BUTTON)
    await lan.taps("Hợp tác xã")
    [_, update] = (await ask(tg, "getUpdates"))[1]

    answers = [await ask(tg, "answerCallbackQuery", callback_query_id=update["callback_query"]["id"]) for _ in range(2)]

    assert [status for status, _ in answers] == [200, 400]


async def test_nobody_can_tap_a_button_that_is_not_there(tg):
    with pytest.raises(AssertionError, match="no button 'Trang trại'"):
        await tg.person(7).taps("Trang trại")


async def test_random_faults_come_as_often_as_set_and_the_same_each_time():
    def fates(seed: int) -> list[str]:
        faults = Faults(seed=seed, bad_gateway=0.02, reset_before=0.01, reset_after=0.01)
        return [fault.kind if (fault := faults.next("sendmessage")) else "" for _ in range(10_000)]

    assert fates(1) == fates(1) != fates(2)
    assert 150 < fates(1).count("answer") < 250
    assert 60 < fates(1).count("reset_before") < 140


@pytest.mark.process
async def test_people_in_another_process_talk_as_people_here_do(tmp_path):
    async with TelegramProcess() as tg:
        lan = tg.person(7, "Lan")
        channel = TelegramChannel(tg.token, tg.url)
        await lan.says("xin chào")
        await lan.sends_photo(b"\xff\xd8", "ảnh")
        await channel.send("7", Message("Loại hình nào?", (Choice("1", "Hợp tác xã", Tap("17", "kind", "coop")),)))
        heard = await lan.hears()
        await lan.taps("1")
        with pytest.raises(AssertionError, match="heard nothing"):
            await lan.hears(timeout=0.1)
        await tg.faults(bad_gateway=0.5)
        stats = await tg.stats()
        await channel.close()

    assert (heard["text"], heard["buttons"][0]["label"]) == ("Loại hình nào?", "1. Hợp tác xã")
    assert (stats["pending"], stats["calls"]) == (3, {"sendmessage": 1})
