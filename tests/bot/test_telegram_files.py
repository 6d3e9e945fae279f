"""Fetching photos and documents from Telegram, and keeping the token out of everything that is told."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels import telegram_request
from bot.channels.base import FileNotFetched, FileRef
from bot.channels.telegram import TelegramChannel
from bot.outcomes import DeliveryFailed
from talk.message import Message
from tests.fakes.inbox import Inbox, listening
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, HANG, RESET_BEFORE, Fault, flood, refusal


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


async def fetched(channel: TelegramChannel, inbox: Inbox, into: Path) -> bytes:
    async with listening(channel, inbox):
        native = (await inbox.holds(1))[-1]
    arrival = channel.read(native.body)
    assert arrival is not None
    assert arrival.file is not None
    await channel.fetch(arrival.file, into, 20_000_000)
    return into.read_bytes()  # noqa: ASYNC240


async def test_a_photo_is_fetched_whole(tg, channel, inbox, tmp_path):
    photo = b"\xff\xd8" + bytes(range(256)) * 2000
    await tg.person(7).sends_photo(photo, "ảnh nhãn")

    assert await fetched(channel, inbox, tmp_path / "photo") == photo


async def test_a_download_that_breaks_is_tried_again(tg, channel, inbox, tmp_path):
    tg.fail("getFile", BAD_GATEWAY)
    tg.fail("download", RESET_BEFORE)
    await tg.person(7).sends_document(b"%PDF-1.4", "mẫu 01.pdf")

    assert await fetched(channel, inbox, tmp_path / "document") == b"%PDF-1.4"


async def test_a_document_past_twenty_megabytes_is_not_asked_for(tg, channel, inbox, tmp_path):
    await tg.person(7).sends_document(b"x", "video.zip", size=60_000_000)

    with pytest.raises(FileNotFetched) as raised:
        await fetched(channel, inbox, tmp_path / "document")

    assert raised.value.trouble == "too_big"
    assert tg.calls["getfile"] == 0


async def test_a_file_that_telegram_calls_too_big_is_too_big(tg, channel, tmp_path):
    stored = tg.store(b"x", "a.zip", 60_000_000)

    with pytest.raises(FileNotFetched, match="too_big"):
        await channel.fetch(FileRef(stored["file_id"], "", None), tmp_path / "a", 20_000_000)


async def test_a_file_larger_than_it_claims_is_cut_off_and_leaves_nothing(tg, channel, tmp_path):
    stored = tg.store(b"x" * 500_000, "a.zip", 10)

    with pytest.raises(FileNotFetched, match="too_big"):
        await channel.fetch(FileRef(stored["file_id"], "", None), tmp_path / "a", 100_000)

    assert not (tmp_path / "a").exists()


async def test_a_file_that_cannot_be_had_is_said_to_be_so(tg, channel, tmp_path):
    with pytest.raises(FileNotFetched, match="not_fetched"):
        await channel.fetch(FileRef("unknown", "", None), tmp_path / "a", 100_000)


FAULTS: list[Fault | None] = [BAD_GATEWAY, RESET_BEFORE, HANG, GARBAGE, flood(1), refusal(401, "Unauthorized")]


@pytest.mark.parametrize(
    "fault", [BAD_GATEWAY, RESET_BEFORE, HANG, GARBAGE, flood(1), refusal(401, "Unauthorized"), None]
)
async def test_the_token_is_never_told(tg, monkeypatch, caplog, tmp_path, fault):
    monkeypatch.setattr(telegram_request, "READ_SECONDS", 0.3)
    caplog.set_level(logging.DEBUG)
    secret = tg.token.partition(":")[2]
    channel = TelegramChannel(tg.token, tg.url)
    if fault is None:
        await tg.__aexit__()
    told = []
    for method, ask in (
        ("sendMessage", lambda: channel.send("7", Message("xin chào"))),
        ("getFile", lambda: channel.fetch(FileRef("x", "", None), tmp_path / "a", 10)),
    ):
        tg.fail(method, *[fault] * 3)
        with pytest.raises((DeliveryFailed, FileNotFetched)) as raised:
            await ask()
        told.append("".join(traceback.format_exception(raised.value, chain=True)))
        error: BaseException | None = raised.value
        while error is not None:
            told.append(repr(error) + str(error))
            error = error.__cause__ or error.__context__
    tg.fail("getUpdates", *[fault] * 2)
    async with listening(channel, Inbox()):
        await asyncio.sleep(0.2)
    await channel.close()

    assert secret not in "".join(told)
    assert secret not in caplog.text
