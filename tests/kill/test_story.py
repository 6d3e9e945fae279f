"""Talks over Telegram with the real program, as people see them, in spite of what goes wrong between the two."""

import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import flood, refusal
from tests.fakes.telegram_people import Person, Sent
from tests.kill.registrant import a_photo, asked_in
from tests.kill.running import RunningBot

pytestmark = [pytest.mark.process, pytest.mark.asyncio(loop_scope="module")]

CONFLICT = refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory, telegram) -> AsyncIterator[RunningBot]:
    """One program for all the stories, each with a person of its own."""
    bot = RunningBot(tmp_path_factory.mktemp("story"), telegram, TELEGRAM_CHAT_SENDS_PER_SECOND="20")
    await bot.start()
    try:
        yield bot
        assert "Traceback" not in bot.log.read_text()
    finally:
        await bot.put_away()


@pytest.fixture
def lan(telegram, bot) -> Person:
    """Somebody the bot has not met."""
    person: Person = telegram.person(7 + len(telegram.sent), "Lan")
    return person


async def asked(person: Person, question: str) -> Sent:
    """The next message, which shows this question."""
    heard = await person.hears(timeout=20)
    assert asked_in(heard)[1] == question, heard.text
    return heard


async def opened(person: Person) -> None:
    """A talk begun, up to the producer's name."""
    await person.says("/start")
    await asked(person, "menu")
    await person.taps("Soạn giấy đăng ký")
    while asked_in(heard := await person.hears(timeout=20))[1] != "case":
        await person.taps(heard.labels[0])  # leave to keep what is said, and the like
    await person.taps("Xin chấm lần đầu")
    await asked(person, "producer")


async def test_a_product_is_registered_by_typing_and_tapping_though_the_bot_restarts_in_the_middle(lan, bot):
    await opened(lan)
    await lan.says("Tổ Bản Mẫu")
    await asked(lan, "kind")
    await lan.says("1")
    await asked(lan, "representative")
    await lan.says("Nguyễn Thị Mẫu")
    await asked(lan, "position")
    await lan.taps("Tổ trưởng")
    await asked(lan, "commune")
    await lan.says("thôn Nà Mẫu, xã Côn Minh")
    await asked(lan, "phone")

    await bot.stop()
    await lan.shares_contact("+84912345678")
    await bot.start()

    await asked(lan, "email")
    await lan.taps("Chưa có")
    await asked(lan, "product")
    message_id = await lan.says("Miến giong")
    await asked(lan, "set")
    await lan.edits(message_id, "Miến dong")
    assert "Miến dong" in (await asked(lan, "set")).text
    await lan.taps("Củ dong (bộ 7)")
    await asked(lan, "report")
    await lan.taps("Đang làm")
    await asked(lan, "extras")
    await lan.taps("Ảnh sản phẩm")
    await asked(lan, "extras")
    await lan.taps("Xong")
    await asked(lan, "photo")
    await lan.sends_photo(a_photo(random.Random(7)))
    review = (await asked(lan, "review")).text
    assert all(words in review for words in ("Tổ Bản Mẫu", "xã Côn Minh", "0912 345 678", "Miến dong"))
    await lan.taps("Xong")
    assert "đọc là" in (await lan.hears()).text


async def test_a_question_is_answered_in_the_middle_of_a_form_and_the_open_step_shown_again(lan):
    await opened(lan)
    await lan.says("Tổ Bản Mẫu")
    await asked(lan, "kind")
    await lan.says("nộp hồ sơ ở đâu?")
    assert "Nộp ở ủy ban xã" in (await asked(lan, "kind")).text
    await lan.taps("Tổ hợp tác")
    await asked(lan, "representative")


async def test_an_answer_is_followed_up_by_its_buttons_old_ones_too(lan):
    await lan.says("dk ocop can giay to j")
    answer = await asked(lan, "dossier-contents")
    assert answer.labels == ["1. Xem thêm", "2. Các bước", "3. Không hiểu", "4. Các mẫu giấy (Mẫu 01, 02, 03)"]
    await lan.taps("Không hiểu")
    assert "Ví dụ nhà làm miến" in (await asked(lan, "dossier-contents")).text
    await lan.taps("Các mẫu giấy (Mẫu 01, 02, 03)")
    await asked(lan, "forms")
    await lan.taps("Xem thêm", on=answer)
    assert "15 loại" in (await asked(lan, "dossier-contents")).text


async def test_numbers_and_support_are_found_by_taps_alone(lan):
    await lan.says("bac kan co bao nhieu san pham 4 sao")
    assert "21 sản phẩm 4 sao" in (await lan.hears()).text
    await lan.taps("Số của Cao Bằng")
    assert "Cao Bằng" in (await lan.hears()).text

    await lan.says("tìm hỗ trợ")
    for choice in ("Hợp tác xã", "Đồ ăn, nông sản, chè", "Bao bì, nhãn, tem", "Cao Bằng"):
        assert "/4. " in (await lan.hears()).text
        await lan.taps(choice)
    assert "Được hay không là do nơi ấy xét." in (await lan.hears()).text


async def test_an_update_delivered_three_times_is_answered_once(telegram, lan):
    await opened(lan)
    await lan.says("Tổ Bản Mẫu")
    [update] = telegram.updates.queue.values()
    telegram.updates.repeats += [update, update]
    await asked(lan, "kind")
    await lan.hears_nothing()


async def test_somebody_who_blocked_the_bot_goes_on_where_they_were_when_they_come_back(lan):
    await opened(lan)
    await lan.says("Tổ Bản Mẫu")
    await lan.blocks_bot()
    await lan.hears_nothing(1)
    await lan.unblocks_bot()
    await lan.says("nhắc lại")
    assert "Tổ Bản Mẫu" in (await asked(lan, "kind")).text


async def test_told_to_wait_by_telegram_the_bot_waits_and_then_says_it_once(telegram, lan):
    telegram.fail("sendMessage", flood(2))
    await lan.says("/start")
    await lan.hears_nothing(1.5)
    await asked(lan, "menu")
    await lan.hears_nothing()


async def test_a_chat_that_moved_hears_the_answer_where_it_is_now(telegram, lan):
    await opened(lan)
    moved = telegram.person(lan.id + 1_000_000, "Lan")
    telegram.migrated[lan.id] = moved.id
    telegram.known.add(moved.id)
    await lan.says("Tổ Bản Mẫu")
    await asked(moved, "kind")


async def test_nobody_notices_that_another_poller_was_in_the_way_for_a_while(telegram, lan):
    await opened(lan)
    telegram.fail("getUpdates", CONFLICT, CONFLICT)
    await lan.says("Tổ Bản Mẫu")
    await asked(lan, "kind")
    await lan.says("1")
    await asked(lan, "representative")
