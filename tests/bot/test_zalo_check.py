"""What `check` says of Zalo: whether the token is good, and where the month's messages stand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from bot import clock
from bot.check import check
from bot.settings import Settings
from storage import counts
from storage.store import Store
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE
from tests.fakes.zalo import FakeZalo


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        yield zalo


async def said(zalo: FakeZalo, database_url: str, token: str | None = None) -> str:
    settings = Settings(
        database_url=database_url,
        zalo_bot_token=zalo.token if token is None else token,
        zalo_bot_api_url=zalo.url,
        _env_file=None,
    )
    findings = await asyncio.to_thread(check, settings)
    [line] = [finding.line for finding in findings if "Zalo" in finding.words]
    return line


async def test_a_bot_that_is_ready_and_its_month(zalo, sqlite_url):
    month = clock.now().astimezone(Settings(_env_file=None).timezone).strftime("%Y-%m")
    with closing(Store(sqlite_url)) as store:
        store.run(lambda db: counts.add(db, "zalo", zalo.token.partition(":")[0], month, 1_240))

    assert await said(zalo, sqlite_url) == "✅ Zalo: bot.ocop sẵn sàng, tháng này đã gửi 1.240/3.000 tin."


async def test_a_month_is_not_told_while_the_database_is_in_use_or_not_there_yet(zalo, sqlite_url, tmp_path):
    with closing(Store(sqlite_url)):
        assert await said(zalo, sqlite_url) == "✅ Zalo: bot.ocop sẵn sàng."

    assert await said(zalo, f"sqlite:///{tmp_path}/none.db") == "✅ Zalo: bot.ocop sẵn sàng."


@pytest.mark.parametrize("says_no_with_200", [False, True])
async def test_a_token_that_is_refused(zalo, sqlite_url, says_no_with_200):
    zalo.says_no_with_200 = says_no_with_200

    assert (await said(zalo, sqlite_url, "314159:wrong")).startswith("⚠️ Zalo: mã bot không được nhận.")


@pytest.mark.parametrize(("fault", "status"), [(BAD_GATEWAY, 502), (GARBAGE, 200)])
async def test_a_server_that_is_not_itself(zalo, sqlite_url, fault, status):
    zalo.fail("getMe", fault)

    assert await said(zalo, sqlite_url) == f"⚠️ Zalo: máy chủ trả lời khác thường (mã {status}). Thử lại sau."


async def test_a_server_that_cannot_be_reached(zalo, sqlite_url):
    await zalo.__aexit__()

    assert (await said(zalo, sqlite_url)).startswith("⚠️ Zalo: không nối được.")


async def test_without_a_token_zalo_is_not_asked(zalo, sqlite_url):
    assert await said(zalo, sqlite_url, "") == "✅ Zalo: không dùng (chưa có ZALO_BOT_TOKEN)."
    assert not zalo.calls
