"""Photos and files people send: fetched, looked into, cleaned, and kept on disk under their sha256."""

import asyncio
import hashlib
import io
import logging
import os
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import get_args

from bot.channels.base import Channel, FileNotFetched, FileRef
from talk.message import FileTrouble

log = logging.getLogger(__name__)

AT_MOST = 20 * 1024 * 1024  # bytes; Telegram hands bots no more
FETCH_SECONDS = 60
LONGEST_SIDE = 2560  # pixels: enough to read a paper, little enough to keep thousands
MOST_PIXELS = 60_000_000
SHORTEST_SIDE = 16  # a dot in a message is no photo of anything
QUALITY = 88
FETCHED_AT_ONCE = 16
LOOKED_INTO_AT_ONCE = 1  # a big picture takes 300 MB while it is opened
UNFINISHED = "unfinished-"
SHA256 = re.compile(r"[0-9a-f]{64}")
LEFT_OVER_SECONDS = 3600  # older than this, an unfinished file is what a crash left behind

PDF, DOC = "application/pdf", "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JPEG = "image/jpeg"  # every picture becomes one
IMAGE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")
IMAGE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
OLD_OFFICE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word's, and that of Excel and installers as well
OLD_WORD_PART = "WordDocument".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is safely on disk."""

    sha256: str
    type: str
    size: int  # bytes, as kept
    name: str


class NotTaken(Exception):
    """The file is not one we keep. `trouble` says why, for the talk to put in words."""

    def __init__(self, trouble: FileTrouble):
        super().__init__(trouble)
        self.trouble: FileTrouble = trouble


class FileStore:
    """The folder the bytes lie in."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._fetching = asyncio.Semaphore(FETCHED_AT_ONCE)
        self._looking = asyncio.Semaphore(LOOKED_INTO_AT_ONCE)
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{UNFINISHED}*"):
            if time.time() - left.stat().st_mtime > LEFT_OVER_SECONDS:
                left.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the bytes of this sha256 lie."""
        return self._folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes | None:
        """The bytes; None when they are gone."""
        with suppress(FileNotFoundError):
            return self.path(sha256).read_bytes()
        return None

    def delete(self, sha256: str) -> None:
        """Have the bytes gone, if they are there."""
        self.path(sha256).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        """The sha256s of all files that have been here for so long."""
        for path in self._folder.glob("??/*"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                if SHA256.fullmatch(path.name) and time.time() - path.stat().st_mtime > seconds:
                    yield path.name

    async def take_in(self, channel: Channel, file: FileRef) -> Fetched | FileTrouble:
        """Fetch a file from its channel and keep it; what is wrong with it when it is not kept."""
        if file.size is not None and file.size > AT_MOST:
            return "too_big"
        try:
            async with self._fetching:
                with self._unfinished() as raw:
                    async with asyncio.timeout(FETCH_SECONDS):
                        await channel.fetch(file, raw, AT_MOST)
                    async with self._looking:
                        return await asyncio.to_thread(self._keep, raw, file.name)
        except NotTaken as refusal:
            return refusal.trouble
        except FileNotFetched as failure:
            return _trouble(failure.trouble)
        except TimeoutError:
            return "not_fetched"
        except Exception:
            log.exception("a file could not be taken in")
            return "not_fetched"

    def _keep(self, raw: Path, name: str) -> Fetched:
        if raw.stat().st_size > AT_MOST:
            raise NotTaken("too_big")
        content = raw.read_bytes()
        real_type = real_type_of(content)
        if real_type == JPEG:
            content = cleaned(content)
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.path(sha256).exists():
            self._write(self.path(sha256), content)
        return Fetched(sha256, real_type, len(content), _plain_name(name))

    def _write(self, target: Path, content: bytes) -> None:
        """Have the bytes under their name in full, and safe from a power cut, or not at all."""
        target.parent.mkdir(exist_ok=True)
        with self._unfinished() as part:
            with part.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            part.rename(target)
        for folder in (target.parent, self._folder):
            _write_through(folder)

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        """An empty file of our own to fill; afterwards it is gone, unless it was given a name meanwhile."""
        with NamedTemporaryFile(dir=self._folder, prefix=UNFINISHED, delete=False) as holder:
            path = Path(holder.name)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


def real_type_of(content: bytes) -> str:
    """The type found in the bytes, whatever the name says; any picture's is the one it is kept as.

    Raises NotTaken for what we do not keep.
    """
    if not content:
        raise NotTaken("empty")
    if content.startswith(IMAGE_HEADS):
        return JPEG
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(OLD_OFFICE_HEAD) and OLD_WORD_PART in content:
        return DOC
    if content.startswith(b"PK\x03\x04") and _is_docx(content):
        return DOCX
    raise NotTaken("unsafe")


def cleaned(content: bytes) -> bytes:
    """The picture as a plain JPEG, upright, without EXIF: it would tell where and by which phone it was taken."""
    from PIL import Image, ImageOps  # 80 ms: not every start needs it

    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=IMAGE_FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise NotTaken("too_big")
        if min(picture.size) < SHORTEST_SIDE:
            raise NotTaken("too_small")
        if picture.mode in ("P", "1"):
            picture = picture.convert("RGBA")  # shrunk within its few colours, letters would break
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # first, so that the rest has less to carry
        flat = ImageOps.exif_transpose(picture).convert("RGBA")
        paper = Image.new("RGB", flat.size, "white")
        paper.paste(flat, mask=flat.getchannel("A"))
        out = io.BytesIO()
        paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    except NotTaken:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken("too_big") from None
    except Exception as error:  # Pillow raises nearly anything on a broken picture
        raise NotTaken("unreadable") from error
    return out.getvalue()


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        return False
    return "word/document.xml" in names and "word/vbaProject.bin" not in names


def _write_through(folder: Path) -> None:
    """Make the names in a folder as safe as the bytes they stand for."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain_name(name: str) -> str:
    """The file's name without folders or signs that do not show, short enough to say."""
    shown = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())
    return shown[-80:]


def _trouble(word: str) -> FileTrouble:
    known: tuple[FileTrouble, ...] = get_args(FileTrouble)
    return next((trouble for trouble in known if trouble == word), "not_fetched")
