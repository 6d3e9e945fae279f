"""An upload is kept whole or not at all, never beyond the bounds, and copied out for its turn."""

import os
import time
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.channels.base import FileNotFetched, FileRef
from bot.channels.web_drop_box import DAY, HOUR, DropBox
from tests.page.web_house import Served, serve
from tests.page.web_visitor import listen, raw_line, read_to_end, visitor

KB = 1024


@pytest.fixture
def served(tmp_path):
    with serve(tmp_path, file_bytes=100 * KB, silent_seconds=0.5, files_at_once=5, uploads_per_chat=2) as served:
        yield served


def send_file(
    client: httpx.Client, content: bytes | Iterator[bytes], sent_as: str = "file-0001", name: str = "%E1%BA%A3nh.jpg"
) -> httpx.Response:
    return client.post("/chat/files", content=content, headers={"X-File-Id": sent_as, "X-File-Name": name})


def dropped(served: Served) -> list[str]:
    return sorted(path.name for path in (served.house.folder / "drop").glob("*"))


@pytest.mark.process
def test_a_file_is_kept_and_reaches_the_turn(served):
    with visitor(served) as person:
        assert send_file(person, b"x" * 90 * KB).status_code == 202
        listen(person, until="message")

    (native,) = served.house.kept.values()
    assert native.body["file"]["name"] == "ảnh.jpg"
    assert native.body["file"]["size"] == 90 * KB
    assert served.house.files == [b"x" * 90 * KB]


@pytest.mark.process
def test_a_file_sent_again_under_the_same_id_is_kept_once(served):
    with visitor(served) as person:
        for _ in range(3):
            assert send_file(person, b"x" * KB).status_code == 202
        listen(person, until="message")

    assert len(served.house.kept) == 1
    assert len(dropped(served)) == 1


@pytest.mark.process
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"x" * 101 * KB, id="says how big it is"),
        pytest.param((b"x" * KB for _ in range(101)), id="does not say"),
    ],
)
def test_a_file_that_is_too_big_is_refused_in_words_and_leaves_nothing(served, content):
    with visitor(served) as person:
        answer = send_file(person, content)

    assert answer.status_code == 413
    assert "nặng quá" in answer.json()["say"]
    assert not served.house.kept
    assert dropped(served) == []


@pytest.mark.process
def test_an_upload_that_falls_silent_is_cut_off_and_leaves_nothing(served):
    with visitor(served) as person:
        headers = {"X-File-Id": "file-0001", "Content-Length": "90000"}
        answer = read_to_end(raw_line(served, "POST /chat/files", person, headers, b"x" * 1000))

    assert answer.startswith(b"HTTP/1.1 408")
    assert dropped(served) == []


@pytest.mark.process
def test_uploads_one_after_the_other_without_end_are_slowed_down_in_words(served):
    with visitor(served) as person:
        answers = [send_file(person, b"x", f"file-000{n}") for n in range(7)]

    assert [answer.status_code for answer in answers] == [202] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].json()["say"]


@pytest.mark.process
def test_when_the_box_is_full_the_page_is_told_to_come_again(tmp_path):
    with serve(tmp_path, drop_box_bytes=10) as served, visitor(served) as person:
        answer = send_file(person, b"x")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"


@pytest.mark.process
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("..%2F..%2Fetc%2Fpasswd", "passwd", id="a path"),
        pytest.param("C%3A%5Canh.jpg", "anh.jpg", id="a Windows path"),
        pytest.param("a%00b%0D%0A.jpg", "ab.jpg", id="control characters"),
        pytest.param("", "", id="none"),
        pytest.param("%FF%FE", "��", id="not UTF-8"),
        pytest.param("a" * 300 + ".jpg", "a" * 116 + ".jpg", id="long"),
    ],
)
def test_the_name_is_only_a_name(served, sent, kept):
    with visitor(served) as person:
        send_file(person, b"x", name=sent)

    assert next(iter(served.house.kept.values())).body["file"]["name"] == kept


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


async def test_a_fetched_file_can_be_fetched_again_for_an_hour(tmp_path):
    box = DropBox(tmp_path / "drop", room=KB)
    name, size = await box.take_in("chat.file-1", pieces(b"ab", b"c"), at_most=10)
    assert size == 3

    for _ in range(2):
        await box.fetch(name, tmp_path / "out", at_most=10)
        assert (tmp_path / "out").read_bytes() == b"abc"

    box.tidy(now=time.time() + HOUR + 60)
    with pytest.raises(FileNotFetched, match="not_fetched"):
        await box.fetch(name, tmp_path / "out", at_most=10)


async def test_a_file_nobody_fetched_waits_as_long_as_updates_are_remembered(tmp_path):
    box = DropBox(tmp_path / "drop", room=KB)
    name, _ = await box.take_in("chat.file-1", pieces(b"abc"), at_most=10)

    box.tidy(now=time.time() + 7 * DAY)
    await box.fetch(name, tmp_path / "out", at_most=10)

    name, _ = await box.take_in("chat.file-2", pieces(b"abc"), at_most=10)
    box.tidy(now=time.time() + 8 * DAY + 60)
    assert list((tmp_path / "drop").iterdir()) == []


async def test_what_a_dead_process_left_half_written_goes(tmp_path):
    box = DropBox(tmp_path / "drop", room=KB)
    box.tidy()
    (tmp_path / "drop" / "abc.1234.coming").write_bytes(b"x")
    os.utime(tmp_path / "drop" / "abc.1234.coming", (0, 0))

    box.tidy()
    assert list((tmp_path / "drop").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "at_most", "trouble"),
    [
        pytest.param(b"", 10, "empty", id="0 bytes"),
        pytest.param(b"x" * 11, 10, "too_big", id="more than the house takes"),
    ],
)
async def test_why_a_file_cannot_be_fetched(tmp_path, content, at_most, trouble):
    box = DropBox(tmp_path / "drop", room=KB)
    name, _ = await box.take_in("chat.file-1", pieces(content), at_most=100)

    with pytest.raises(FileNotFetched, match=trouble):
        await box.fetch(name, tmp_path / "out", at_most)


@pytest.mark.process
async def test_a_name_that_the_box_never_gave_is_not_looked_for(served, tmp_path):
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(FileNotFetched):
        await served.channel.fetch(FileRef("../secret", "", None), tmp_path / "out", 100)


@pytest.mark.process
def test_a_page_of_another_site_cannot_send_files(served):
    with visitor(served) as person:
        answer = httpx.post(
            f"{served.url}/chat/files",
            content=b"x",
            headers={"X-File-Id": "file-0001", "Origin": "https://evil.example"},
            cookies=dict(person.cookies),
        )
    assert answer.status_code == 403
