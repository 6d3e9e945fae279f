"""Which letters our papers can print, and how words are made ready for them.

The papers are in NFC: each Vietnamese letter with its marks is one sign with one glyph, so no shaping is needed.
"""

import re
import unicodedata

LETTERS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00AC),
    (0x00AE, 0x024F),  # Latin with marks, "ơ" and "ư" among them; the soft hyphen left out
    (0x02C6, 0x02DD),
    (0x0300, 0x0304),  # marks that found no letter to join, as some type them
    (0x0306, 0x0309),
    (0x0323, 0x0323),
    (0x1E00, 0x1EFF),  # "ắ", "ệ", "ỵ"
    (0x2010, 0x2027),  # dashes, quotation marks, "…"
    (0x2030, 0x203A),
    (0x20AB, 0x20AC),  # ₫, €
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
    (0x2264, 0x2265),
    (0x25A1, 0x25A1),  # □
    (0x2610, 0x2610),  # ☐
    (0x2612, 0x2612),  # ☒
)
"""First and last of each run of letters; the fonts in fonts/ hold some of every run and nothing besides."""

UNPRINTABLE = "□"
"""Stands where a sign we cannot print was (an emoji, another script), so that people see something to fill in."""

_UNSEEN = {"Cc", "Cf"}  # controls, joiners, direction marks
_OURS = "☐☒"  # an answer must not look like a box crossed on the form
_RUNS = "".join(f"{chr(first)}-{chr(last)}" for first, last in LETTERS)
_OTHERS = re.compile(f"(?:[^{_RUNS}]|[{_OURS}])+")


def printable(words: str) -> str:
    """The words in NFC on one line, with every sign we can print; the same for DOCX and PDF."""
    seen = "".join(
        " " if sign.isspace() else sign for sign in words if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )
    return _OTHERS.sub(UNPRINTABLE, " ".join(unicodedata.normalize("NFC", seen).split()))
