"""Fetching photos from Zalo, and keeping the token out of everything that is told."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels import public_file, zalo_request
from bot.channels.base import FileNotFetched, FileRef
from bot.channels.zalo import ZaloChannel
from bot.outcomes import DeliveryFailed
from talk.message import Message
from tests.fakes.inbox import Inbox, listening
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, HANG, RESET_BEFORE, Fault
from tests.fakes.zalo import FakeZalo, refusal

PHOTO = b"\xff\xd8" + bytes(range(256)) * 2000


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as zalo:
        yield zalo


@pytest.fixture
async def channel(zalo) -> AsyncIterator[ZaloChannel]:
    channel = ZaloChannel(zalo.token, zalo.url)
    yield channel
    await channel.close()


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Pauses between tries as they are, only a tenth as long; a poll ends soon after nobody wants it any more."""
    monkeypatch.setattr("bot.channels.zalo.sleep", lambda seconds: asyncio.sleep(seconds / 10))
    monkeypatch.setattr("bot.channels.public_file.sleep", lambda seconds: asyncio.sleep(seconds / 10))
    monkeypatch.setattr("bot.channels.zalo.LONG_POLL_SECONDS", 0.3)


async def fetched(channel: ZaloChannel, into: Path) -> bytes:
    inbox = Inbox()
    async with listening(channel, inbox):
        native = (await inbox.holds(1))[-1]
    arrival = channel.read(native.body)
    assert arrival is not None
    assert arrival.file is not None
    await channel.fetch(arrival.file, into, 20_000_000)
    return into.read_bytes()  # noqa: ASYNC240


@pytest.mark.parametrize("as_documented", [False, True])
async def test_a_photo_is_fetched_whole(zalo, channel, tmp_path, as_documented):
    await zalo.person().sends_photo(PHOTO, "ảnh nhãn", as_documented=as_documented)

    assert await fetched(channel, tmp_path / "photo") == PHOTO


async def test_a_download_that_breaks_is_tried_again(zalo, channel, tmp_path):
    zalo.fail("download", BAD_GATEWAY, RESET_BEFORE)
    await zalo.person().sends_photo(PHOTO)

    assert await fetched(channel, tmp_path / "photo") == PHOTO


async def test_a_photo_on_this_machine_is_not_fetched_for_the_real_zalo(zalo, tmp_path):
    channel = ZaloChannel(zalo.token, "https://bot-api.zaloplatforms.com")

    with pytest.raises(FileNotFetched, match="not_fetched"):
        await channel.fetch(FileRef(zalo.store(PHOTO), "", None), tmp_path / "photo", 20_000_000)

    await channel.close()


async def test_a_photo_that_cannot_be_had_is_said_to_be_so(zalo, channel, tmp_path):
    with pytest.raises(FileNotFetched, match="not_fetched"):
        await channel.fetch(FileRef(f"{zalo.url}/photo/none.jpg", "", None), tmp_path / "a", 100_000)


FAULTS = [BAD_GATEWAY, RESET_BEFORE, HANG, GARBAGE, refusal(429, "Quota"), refusal(401, "Unauthorized"), None]


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_token_is_never_told(zalo, monkeypatch, caplog, tmp_path, fault: Fault | None):
    monkeypatch.setattr(zalo_request, "READ_SECONDS", 0.3)
    monkeypatch.setattr(public_file, "SECONDS", 0.5)
    caplog.set_level(logging.DEBUG)
    secret = zalo.token.partition(":")[2]
    channel = ZaloChannel(zalo.token, zalo.url)
    if fault is None:
        await zalo.__aexit__()
    told = []
    for method, ask in (
        ("sendMessage", lambda: channel.send("7", Message("xin chào"))),
        ("download", lambda: channel.fetch(FileRef(f"{zalo.url}/photo/1.jpg", "", None), tmp_path / "a", 10)),
    ):
        zalo.fail(method, *[fault] * 3)
        with pytest.raises((DeliveryFailed, FileNotFetched)) as raised:
            await ask()
        told.append("".join(traceback.format_exception(raised.value, chain=True)))
        error: BaseException | None = raised.value
        while error is not None:
            told.append(repr(vars(error)) + repr(error) + str(error))
            error = error.__cause__ or error.__context__
    zalo.fail("getUpdates", *[fault if fault != HANG else RESET_BEFORE] * 2)
    async with listening(channel, Inbox()):
        await asyncio.sleep(0.2)
    await channel.close()

    assert secret not in "".join(told)
    assert secret not in caplog.text
