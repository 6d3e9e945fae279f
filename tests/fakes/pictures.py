"""Pictures and papers as people send them, made on the spot."""

import io
import zipfile
from typing import Any

from PIL import Image

WHERE_IT_WAS_TAKEN = "Nà Mẫu"  # written into every part of the EXIF that tells on people
ORIENTATION, MAKE, GPS, GPS_NAME = 0x0112, 0x010F, 0x8825, 0x001B


def photo(width: int = 40, height: int = 20, *, kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """A red picture with a blue left edge, so that it can be seen which way is up."""
    picture = Image.new("RGB", (width, height), (200, 0, 0))
    picture.paste((0, 0, 200), (0, 0, max(1, width // 4), height))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **options)
    return out.getvalue()


def phone_photo(orientation: int) -> bytes:
    """A photo that says how the phone was held, which phone it was, and where."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = WHERE_IT_WAS_TAKEN.encode()
    exif.get_ifd(GPS)[GPS_NAME] = WHERE_IT_WAS_TAKEN.encode()
    return photo(exif=exif.tobytes(), comment=WHERE_IT_WAS_TAKEN.encode())


def zipped(*names: str) -> bytes:
    """A zip with files of these names; a .docx has word/document.xml among them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return out.getvalue()


def old_office(part: str) -> bytes:
    """A file of the old Microsoft formats, with the part that says which: WordDocument, Workbook."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + part.encode("utf-16-le") + bytes(512)
