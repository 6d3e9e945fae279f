"""Registering a product on Zalo, where there is not one button: the whole house, over real HTTP."""

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
