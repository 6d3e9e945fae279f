"""Whole talks on Zalo, where there is not one button: the house, over real HTTP."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from bot import clock
from bot.channels import zalo as zalo_channel
from bot.clock import draw_invite
from bot.house import House
from bot.settings import Settings
from storage import grants
from storage.store import Store
from tests.fakes.inbox import until
from tests.fakes.pictures import photo
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo_people import Person


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        yield zalo


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    store = Store(sqlite_url)
    yield store
    store.close()


@pytest.fixture(params=["polling", "webhook"])
async def lan(
    request: pytest.FixtureRequest,
    zalo: FakeZalo,
    sqlite_url: str,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Person]:
    """Somebody who has the bot on her phone, and the house behind it at work."""
    monkeypatch.setattr(zalo_channel, "CHAT_SENDS_PER_SECOND", 1_000.0)
    monkeypatch.setattr(zalo_channel, "LONG_POLL_SECONDS", 0.3)
    with _free_socket() as listening:
        settings = Settings(
            database_url=sqlite_url,
            files_dir=tmp_path / "files",
            port=listening.getsockname()[1],
            secret_key="k" * 32,
            operator_contact="0209 3870 000",
            zalo_bot_token=zalo.token,
            zalo_bot_api_url=zalo.url,
            zalo_bot_mode=request.param,
            zalo_bot_webhook_secret="made-up_secret",
            _env_file=None,
        )
        house = House(settings, store)
        routes = [route for desk in house.desks for route in desk.channel.routes(desk.turns.keep)]
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off"))
        await house.open()
        serving = asyncio.create_task(server.serve([listening]))
        if request.param == "webhook":
            await until(lambda: zalo.webhook)
        yield zalo.person(name="Lan")
        await house.close()
        server.should_exit = True
        await serving


def _free_socket() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


async def told(lan: Person, text: str) -> str:
    """What is said to a text."""
    await lan.says(text)
    return (await lan.hears()).text


async def test_noodles_are_registered_by_typing_numbers_and_words(zalo, lan):
    assert ". Soạn giấy đăng ký\n" in await told(lan, "alo")
    assert "\n2. Chị\n" in await told(lan, "soan giay dang ky")
    assert (await told(lan, "chi")).endswith("1. Đồng ý cho soạn giấy\n2. Không đồng ý\n3. Hỏi thêm đã")
    assert (await told(lan, "dong y")).endswith(
        "1. Xin chấm lần đầu\n2. Xin lên sao\n3. Giấy sắp hết hạn, xin chấm lại"
    )
    assert "Cơ sở tên gì?" in await told(lan, "lan dau")
    assert (await told(lan, "Hợp tác xã Tài Hoan")).endswith("\n0. Quay lại")
    assert "\n1. Giám đốc\n" in await told(lan, "Nguyễn Thị Mẫu")
    assert "Địa chỉ cơ sở?" in await told(lan, "1")
    assert "xã Côn Minh, tỉnh Thái Nguyên" in await told(lan, "thôn Nà Mẫu xa con minh huyen na ri")
    assert "\n1. Chưa có\n" in await told(lan, "0912.345.678")
    assert "Tên sản phẩm?" in await told(lan, "1")
    assert "\n1. Củ dong (bộ 7)\n" in await told(lan, "Miến dong Tài Hoan")
    assert "Bản tự chấm (Mẫu 02) có chưa?" in await told(lan, "1")
    assert "\n1. Ảnh sản phẩm\n" in await told(lan, "chua co")
    await told(lan, "1")
    assert "Gửi một tấm ảnh" in await told(lan, "xong")
    await lan.sends_photo(photo())
    assert "\n12. Ảnh: đã có ảnh\n" in (await lan.hears()).text

    assert "Đang ghi: «Miến dong Tài Hoan»" in await told(lan, "sửa 8")
    assert (await told(lan, "Miến dong đỏ Tài Hoan")).endswith("Xem cả tờ thì gõ «xem lại».\nHoặc gõ «sửa».")
    assert re.search(r"mã [HKMRVX]{2}-\d{3}-\d{2}", await told(lan, "xong"))
    for kind in ("pdf", "docx"):
        assert f".{kind}\nhttp://127.0.0.1:" in (await lan.hears()).text
    assert zalo.typing[lan.id] > 10
    await lan.hears_nothing()


async def test_an_official_is_asked_and_the_two_write_to_each_other_while_the_bot_is_silent(zalo, lan, store):
    code = draw_invite()
    now = clock.now()
    store.run(lambda db: grants.invite(db, code, "commune", "thai-nguyen/con-minh", now, now + timedelta(days=7)))
    official = zalo.person("77aa", "Cán bộ")
    assert "✅ Anh/chị nay là cán bộ xã Côn Minh." in await told(official, code)

    await told(lan, "alo")
    assert "muốn hỏi cán bộ chuyện gì?" in await told(lan, "9")
    assert "ở xã, phường nào?" in await told(lan, "thu mau mien o dau")
    assert "✅ Đã chuyển cán bộ OCOP xã Côn Minh." in await told(lan, "con minh")
    assert (await official.hears(2)).text.endswith("1. Trả lời\n2. Nhắn trực tiếp\n3. Để người khác")

    assert "Đang nhắn trực tiếp với bà con ở xã Côn Minh." in await told(official, "2")
    assert "đang nhắn trực tiếp với bà con" in (await lan.hears(2)).text
    await lan.says("chao can bo")
    assert (await official.hears(2)).text == "Bà con ở xã Côn Minh: «chao can bo»"
    await official.says("Xã trả tiền, chị cứ gửi mẫu.")
    assert (await lan.hears(2)).text == "Cán bộ OCOP xã Côn Minh: «Xã trả tiền, chị cứ gửi mẫu.»"
    assert "Trợ lý trả lời lại đây." in await told(lan, "xong")
    assert "Trợ lý trả lời lại đây." in (await official.hears(2)).text
    await lan.hears_nothing()
    await official.hears_nothing()


async def test_questions_are_answered_and_followed_up_by_numbers(lan):
    await told(lan, "alo")
    seen = await told(lan, "dk ocop can giay to j")
    assert "Cần hai tờ chính" in seen
    assert "· áp dụng từ 22/5/2026 · kiểm tra" in seen
    assert "\n1. Xem thêm\n2. Các bước\n3. Không hiểu\n" in seen
    assert "15 loại" in await told(lan, "1")
    assert "Ví dụ nhà làm miến" in await told(lan, "ko hieu")
    assert "Bộ Nông nghiệp và Môi trường chấm" in await told(lan, "the con 5 sao")

    assert "huyện công nhận 3 sao" in await told(lan, "nam 2023 ai cong nhan 3 sao")
    assert "Huyện đã thôi chấm" in await told(lan, "8/2025 thi sao")
    assert "tỉnh cấp giấy 3 sao và 4 sao" in await told(lan, "bay gio")


async def test_numbers_are_told_with_their_parts_and_support_is_found_by_four_numbers(lan):
    await told(lan, "alo")
    assert "Bắc Kạn, tháng 4/2025: 21 sản phẩm 4 sao." in await told(lan, "bac kan co bao nhieu san pham 4 sao")
    assert "Bắc Kạn, đầu năm 2024: 18 sản phẩm 4 sao." in await told(lan, "1")
    assert "Đang hỏi về: Cao Bằng" in await told(lan, "cao bang thi sao")

    assert "Câu 1/4." in await told(lan, "tim ho tro")
    for number in "111":
        assert "✅" in await told(lan, number)
    seen = await told(lan, "1")
    assert "Theo Nghị định 156/2025/NĐ-CP, từ 01/7/2025. Hỏi: ngân hàng" in seen
    assert "\n1. Vay cho hữu cơ, tuần hoàn\n" in seen


async def test_an_answer_called_no_good_is_written_anew_by_officials_and_comes_back(zalo, lan, store):
    now = clock.now()
    codes = [draw_invite(), draw_invite()]
    for code in codes:
        store.run(lambda db, code=code: grants.invite(db, code, "province", "thai-nguyen", now, now + timedelta(7)))
    writer, second = zalo.person("77aa", "Cán bộ"), zalo.person("77bb", "Cán bộ hai")
    for official, code in zip((writer, second), codes, strict=True):
        assert "✅ Anh/chị nay là cán bộ tỉnh Thái Nguyên." in await told(official, code)

    await told(lan, "alo")
    assert "Nộp ở ủy ban xã" in await told(lan, "nop ho so o dau o con minh")
    assert "cán bộ trả lời thì trợ lý báo" in await told(lan, "chua dung")

    assert "1. chê câu trả lời: «nop ho so o dau o con minh»" in await told(writer, "cau chua tra loi")
    assert "\n2. Thay câu trả lời «Nộp giấy ở đâu»" in await told(writer, "1")
    await told(writer, "2")
    await told(writer, "Nộp ở trung tâm hành chính công xã, sáng thứ Hai")
    await told(writer, "theo cán bộ Sở, 20/11/2026")
    await told(writer, "1")
    assert "Bà con sẽ thấy:\n«Nộp ở trung tâm" in await told(writer, "1")
    assert "duyệt xong thì bà con được báo" in await told(writer, "1")

    assert "Gõ «câu chưa trả lời» để xem." in (await second.hears(2)).text
    await told(second, "cau chua tra loi")
    assert "Thay cho:\n«Nộp ở ủy ban xã" in await told(second, "1")
    assert "✅ Đã cho dùng, báo 1 người đã hỏi." in await told(second, "1")
    assert "Nay đã có trả lời:\nNộp ở trung tâm hành chính công xã" in (await lan.hears(2)).text
    assert "Nộp ở trung tâm hành chính công xã" in await told(lan, "nop ho so o dau o con minh")
    await lan.hears_nothing()


async def test_what_is_no_answer_on_zalo_is_answered_all_the_same(lan):
    await told(lan, "alo")
    for does in (lan.sends_sticker, lan.sends_voice, lan.sends_what_zalo_keeps_to_itself):
        await does()
        assert (await lan.hears()).text
    lan.sends_photo_at("https://10.0.0.1/anh.jpg")
    assert (await lan.hears()).text


async def test_nobody_in_a_group_is_spoken_to(zalo, lan):
    await lan.says_in_a_group("alo")
    await told(lan, "alo")

    assert set(zalo.sent) == {lan.id}
