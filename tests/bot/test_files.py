"""What people send is fetched, looked into, cleaned and kept once, and what cannot be kept is named."""

import asyncio
import io
import os
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot import files
from bot.channels.base import FileRef
from bot.files import DOC, DOCX, JPEG, LEFT_OVER_SECONDS, LONGEST_SIDE, UNFINISHED, Fetched, FileStore
from talk.message import FileTrouble
from tests.fakes.channel import FakeChannel
from tests.fakes.pictures import ORIENTATION, WHERE_IT_WAS_TAKEN, old_office, phone_photo, photo, zipped

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


class Keeper:
    """A file store, and a channel to fetch from."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.channel = FakeChannel()
        self.store = FileStore(folder)

    async def take(
        self, content: bytes | None, name: str = "ảnh.jpg", size: int | None = None
    ) -> Fetched | FileTrouble:
        if content is not None:
            self.channel.files[name] = content
        return await self.store.take_in(self.channel, FileRef(name, name, size))

    async def keep(self, content: bytes, name: str = "ảnh.jpg") -> tuple[Fetched, bytes]:
        """A file that is kept, with its bytes as they lie on disk."""
        fetched = await self.take(content, name)
        assert isinstance(fetched, Fetched)
        path = self.store.path(fetched.sha256)
        assert path.stat().st_size == fetched.size
        return fetched, path.read_bytes()

    def on_disk(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "files")


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def is_blue(picture: Image.Image, x: int, y: int) -> bool:
    pixel = picture.convert("RGB").getpixel((x, y))
    assert isinstance(pixel, tuple)
    red, _, blue = pixel
    return blue > red


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that claim to be a picture of this size."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(bytes(999))) + part(b"IEND", b"")


class TestPictures:
    @pytest.mark.parametrize("orientation", range(1, 9))
    async def test_a_phones_photo_stands_upright_and_tells_nothing_else(self, keeper: Keeper, orientation: int) -> None:
        sent = phone_photo(orientation)
        assert WHERE_IT_WAS_TAKEN.encode() in sent
        _, kept = await keeper.keep(sent)

        assert WHERE_IT_WAS_TAKEN.encode() not in kept
        assert not opened(kept).getexif()
        upright = opened(kept)
        on_its_side = orientation >= 5
        assert upright.size == ((20, 40) if on_its_side else (40, 20))
        # The left edge of what the camera saw is blue.
        edges = {1: (1, 10), 2: (38, 10), 3: (38, 10), 4: (1, 10), 5: (10, 1), 6: (10, 1), 7: (10, 38), 8: (10, 38)}
        assert is_blue(upright, *edges[orientation])
        assert ORIENTATION not in upright.getexif()

    @pytest.mark.parametrize(
        ("kind", "mode"),
        [
            ("JPEG", "L"),
            ("JPEG", "CMYK"),
            ("PNG", "RGB"),
            ("PNG", "RGBA"),
            ("PNG", "P"),
            ("PNG", "1"),
            ("PNG", "LA"),
            ("WEBP", "RGBA"),
            ("GIF", "P"),
        ],
    )
    async def test_every_kind_of_picture_is_kept_as_a_jpeg(self, keeper: Keeper, kind: str, mode: str) -> None:
        fetched, kept = await keeper.keep(photo(kind=kind, mode=mode))

        assert fetched.type == JPEG
        assert opened(kept).format == "JPEG"
        assert opened(kept).size == (40, 20)

    async def test_of_a_moving_picture_the_first_one_is_kept(self, keeper: Keeper) -> None:
        out = io.BytesIO()
        frames = [Image.new("RGB", (30, 30), colour) for colour in ("blue", "red")]
        frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
        _, kept = await keeper.keep(out.getvalue())

        assert is_blue(opened(kept), 15, 15)

    async def test_what_can_be_seen_through_becomes_white(self, keeper: Keeper) -> None:
        out = io.BytesIO()
        Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(out, "PNG")
        _, kept = await keeper.keep(out.getvalue())

        assert opened(kept).convert("L").getpixel((15, 15)) == 255

    async def test_a_big_photo_is_made_smaller_and_stays_readable(self, keeper: Keeper) -> None:
        _, kept = await keeper.keep(photo(4_000, 3_000))

        assert opened(kept).size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)

    @pytest.mark.parametrize(
        ("width", "height"), [(8_000, 8_000), (30_000, 30_000), (100_000, 100_000), (2_000_000, 50)]
    )
    async def test_a_small_file_that_would_become_a_huge_picture_is_not_opened(
        self, keeper: Keeper, width: int, height: int
    ) -> None:
        bomb = huge_png(width, height)
        assert len(bomb) < 1_000

        assert await keeper.take(bomb) == "too_big"

    @pytest.mark.parametrize("size", [(1, 1), (1, 600), (600, 15)])
    async def test_a_dot_or_a_line_is_no_photo(self, keeper: Keeper, size: tuple[int, int]) -> None:
        assert await keeper.take(photo(*size)) == "too_small"

    async def test_a_photo_cut_off_on_the_way_is_unreadable(self, keeper: Keeper) -> None:
        whole = photo(400, 400)

        assert await keeper.take(whole[: len(whole) // 2]) == "unreadable"
        assert await keeper.take(whole[:20]) == "unreadable"

    async def test_a_picture_without_a_name_is_not_asked_for_one(self, keeper: Keeper) -> None:
        fetched, _ = await keeper.keep(photo(), "")

        assert fetched.name == ""


class TestPapers:
    @pytest.mark.parametrize(
        ("content", "real_type"),
        [
            pytest.param(PDF, "application/pdf", id="pdf"),
            pytest.param(zipped("[Content_Types].xml", "word/document.xml"), DOCX, id="docx"),
            pytest.param(old_office("WordDocument"), DOC, id="the old doc"),
        ],
    )
    async def test_a_paper_is_kept_as_it_is(self, keeper: Keeper, content: bytes, real_type: str) -> None:
        fetched, kept = await keeper.keep(content, "giấy phép.jpg")

        assert fetched.type == real_type
        assert kept == content

    @pytest.mark.parametrize(
        ("content", "trouble"),
        [
            pytest.param(b"", "empty", id="nothing in it"),
            pytest.param(b"MZ\x90\x00" + bytes(60), "unsafe", id="a program"),
            pytest.param(zipped("xl/workbook.xml"), "unsafe", id="a zip that is no docx"),
            pytest.param(zipped("word/document.xml", "word/vbaProject.bin"), "unsafe", id="a docx with macros"),
            pytest.param(b"PK\x03\x04" + bytes(60), "unsafe", id="half a zip"),
            pytest.param(old_office("Workbook"), "unsafe", id="the old xls"),
            pytest.param(b"<html><script>", "unsafe", id="a page"),
            pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsafe", id="a drawing with scripts"),
            pytest.param("chỉ là chữ".encode(), "unsafe", id="plain text"),
            pytest.param(b"RIFF\x24\x00\x00\x00WAVEfmt ", "unreadable", id="a sound that begins like a webp"),
        ],
    )
    async def test_what_is_not_kept_leaves_nothing_behind(
        self, keeper: Keeper, content: bytes, trouble: FileTrouble
    ) -> None:
        assert await keeper.take(content, "ảnh.jpg") == trouble
        assert keeper.on_disk() == []


class TestFetching:
    async def test_what_is_said_to_be_too_big_is_not_even_fetched(self, keeper: Keeper) -> None:
        keeper.channel.hold("phim.mp4")

        assert await keeper.take(b"x", "phim.mp4", files.AT_MOST + 1) == "too_big"

    async def test_what_turns_out_too_big_is_not_kept(self, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "AT_MOST", 10)

        assert await keeper.take(PDF) == "too_big"

    async def test_what_cannot_be_had_is_said_so(self, keeper: Keeper) -> None:
        assert await keeper.take(None) == "not_fetched"
        assert keeper.on_disk() == []

    async def test_a_channel_that_hangs_is_not_waited_for(
        self, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "FETCH_SECONDS", 0.02)
        keeper.channel.hold("ảnh.jpg")

        assert await keeper.take(photo()) == "not_fetched"
        assert keeper.on_disk() == []

    async def test_only_so_many_are_fetched_at_a_time(self, keeper: Keeper) -> None:
        names = [f"{n}.jpg" for n in range(files.FETCHED_AT_ONCE + 5)]
        keeper.channel.hold(*names)
        tasks = [asyncio.create_task(keeper.take(photo(), name)) for name in names]
        await asyncio.sleep(0.05)
        assert len(keeper.on_disk()) == files.FETCHED_AT_ONCE

        keeper.channel.release()
        assert all(isinstance(fetched, Fetched) for fetched in await asyncio.gather(*tasks))


class TestOnDisk:
    async def test_the_same_bytes_twice_share_one_file(self, keeper: Keeper) -> None:
        first, _ = await keeper.keep(PDF, "một.pdf")
        second, _ = await keeper.keep(PDF, "hai.pdf")

        assert first.sha256 == second.sha256
        assert (first.name, second.name) == ("một.pdf", "hai.pdf")
        assert keeper.on_disk() == [keeper.store.path(first.sha256)]

    async def test_the_same_bytes_many_times_at_once_share_one_file(
        self, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keeper.store._looking = asyncio.Semaphore(8)  # as two processes on one folder would
        many = await asyncio.gather(*(keeper.take(PDF * 10_000, f"{n}.pdf") for n in range(8)))

        assert len({fetched.sha256 for fetched in many if isinstance(fetched, Fetched)}) == 1
        assert not [trouble for trouble in many if isinstance(trouble, str)]
        assert [path.read_bytes() for path in keeper.on_disk()] == [PDF * 10_000]

    async def test_bytes_get_their_name_only_once_they_are_safe_on_disk(
        self, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        order = []
        fsync, rename = os.fsync, Path.rename

        def noted_fsync(handle: int) -> None:
            fsync(handle)
            order.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "bytes")

        def noted_rename(path: Path, target: Path) -> Path:
            order.append("name")
            return rename(path, target)

        monkeypatch.setattr(os, "fsync", noted_fsync)
        monkeypatch.setattr(Path, "rename", noted_rename)
        await keeper.keep(PDF)

        assert order == ["bytes", "name", "folder", "folder"]

    async def test_a_disk_that_is_full_keeps_no_half_file(
        self, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)

        assert await keeper.take(PDF) == "not_fetched"
        assert keeper.on_disk() == []

    async def test_nobody_else_on_the_machine_may_read_it(self, keeper: Keeper) -> None:
        fetched, _ = await keeper.keep(PDF)

        assert keeper.store.path(fetched.sha256).stat().st_mode & 0o077 == 0

    def test_what_a_crash_left_behind_goes_at_the_next_start(self, tmp_path: Path) -> None:
        old, new = tmp_path / f"{UNFINISHED}old", tmp_path / f"{UNFINISHED}new"
        for path in (old, new):
            path.write_bytes(b"half")
        long_ago = time.time() - LEFT_OVER_SECONDS - 60
        os.utime(old, (long_ago, long_ago))
        FileStore(tmp_path)

        assert not old.exists()
        assert new.exists(), "another process may be writing it"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("giấy phép.pdf", "giấy phép.pdf", id="as it is"),
        pytest.param("../../etc/passwd", "passwd", id="folders above"),
        pytest.param("C:\\Users\\Lan\\ảnh.jpg", "ảnh.jpg", id="folders of Windows"),
        pytest.param("ảnh\u202egpj.exe", "ảnhgpj.exe", id="a mark that turns the writing around"),
        pytest.param("a\0b\nc\x1b[31m.jpg", "abc[31m.jpg", id="signs that do not show"),
        pytest.param("x" * 200 + ".jpg", "x" * 76 + ".jpg", id="long"),
        pytest.param("", "", id="none"),
        pytest.param("thư mục/", "", id="a folder only"),
        pytest.param("\ud83d.jpg", ".jpg", id="half an emoji"),
    ],
)
async def test_a_name_is_fit_to_be_shown(keeper: Keeper, name: str, shown: str) -> None:
    keeper.channel.files["f"] = PDF
    fetched = await keeper.store.take_in(keeper.channel, FileRef("f", name, None))

    assert isinstance(fetched, Fetched)
    assert fetched.name == shown


async def test_bytes_are_read_back_and_those_deleted_are_nothing(keeper: Keeper) -> None:
    fetched, content = await keeper.keep(PDF, "giay.pdf")

    assert keeper.store.read(fetched.sha256) == content
    keeper.store.delete(fetched.sha256)
    assert keeper.store.read(fetched.sha256) is None
