"""Photos and files people send: fetched, looked into, cleaned, and kept on disk under their sha256."""

import asyncio
import hashlib
import io
import logging
import os
import zipfile
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
QUALITY = 88

PDF, DOC = "application/pdf", "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IMAGE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")
OLD_WORD_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the bytes of this sha256 lie."""
        return self._folder / sha256[:2] / sha256

    async def take_in(self, channel: Channel, file: FileRef) -> Fetched | FileTrouble:
        """Fetch a file from its channel and keep it; what is wrong with it when it is not kept."""
        if file.size is not None and file.size > AT_MOST:
            return "too_big"
        with NamedTemporaryFile(dir=self._folder, prefix="fetch-", delete=False) as holder:
            raw = Path(holder.name)
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                await channel.fetch(file, raw, AT_MOST)
            return await asyncio.to_thread(self._keep, raw, file.name)
        except NotTaken as refusal:
            return refusal.trouble
        except FileNotFetched as failure:
            return _trouble(failure.trouble)
        except Exception:
            log.exception("a file could not be taken in")
            return "not_fetched"
        finally:
            raw.unlink(missing_ok=True)

    def _keep(self, raw: Path, name: str) -> Fetched:
        content = raw.read_bytes()
        real_type = real_type_of(content)
        if real_type.startswith("image/"):
            content = cleaned(content)
            real_type = "image/jpeg"
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            part = target.with_suffix(".part")
            with part.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            part.rename(target)
        return Fetched(sha256, real_type, len(content), _plain_name(name))


def real_type_of(content: bytes) -> str:
    """The type found in the bytes, whatever the name says. Raises NotTaken for what we do not keep."""
    if not content:
        raise NotTaken("empty")
    if content.startswith(IMAGE_HEADS):
        return "image/any"
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(OLD_WORD_HEAD):
        return DOC
    if content.startswith(b"PK\x03\x04") and _is_docx(content):
        return DOCX
    raise NotTaken("unsafe")


def cleaned(content: bytes) -> bytes:
    """The picture as a plain JPEG, upright, without EXIF: it would tell where and by which phone it was taken."""
    from PIL import Image, ImageOps  # 80 ms: not every start needs it

    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MOST_PIXELS:
            raise NotTaken("too_big")
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        flat = upright.convert("RGBA")
        paper = Image.new("RGB", flat.size, "white")
        paper.paste(flat, mask=flat.getchannel("A"))
        out = io.BytesIO()
        paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    except NotTaken:
        raise
    except Exception as error:  # Pillow raises nearly anything on a broken picture
        raise NotTaken("unreadable") from error
    return out.getvalue()


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _plain_name(name: str) -> str:
    """The file's name without folders or signs that do not show, short enough to say."""
    shown = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())
    return shown[-80:]


def _trouble(word: str) -> FileTrouble:
    known: tuple[FileTrouble, ...] = get_args(FileTrouble)
    return next((trouble for trouble in known if trouble == word), "not_fetched")
