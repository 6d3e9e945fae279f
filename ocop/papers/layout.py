"""How a paper is laid out, said once for both writers: lengths in millimetres, letters in points.

The pages are those of Vietnamese offices (Nghị định 30/2020/NĐ-CP, Phụ lục I): A4, Times New Roman 14, margins 3 cm on
the left and 2 cm elsewhere, page numbers in the middle of the head from the second page on.
"""

from dataclasses import dataclass
from typing import Literal

from ocop.papers.letters import printable

PAGE = (210.0, 297.0)
LEFT, RIGHT, TOP, BOTTOM = 30.0, 20.0, 20.0, 20.0
WIDTH = PAGE[0] - LEFT - RIGHT
HEAD, FOOT = 10.0, 9.0
"""Where the page number and the note at the foot stand, from the upper and the lower edge."""
PADDING = 2.0
"""Between the frame of a bordered column and what stands in it."""

TICKS = "☐☒"
TEXT, SMALL = 14.0, 10.0
PAGE_NUMBER = 13.0
LEADING = 1.15
"""From line to line, in sizes of the letters: what Times New Roman takes at single spacing."""
GAP_ABOVE = 2.0
"""Between paragraphs: so small that a form stays on one sheet."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in one style. Words from people go through `printable` first."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """A dotted line to the end of the line, to fill in by hand; the last piece of its paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that wrap."""

    pieces: tuple[Words | Dots, ...]
    align: Literal["left", "center", "right"] = "left"
    size: float = TEXT
    first_line: float = 0.0
    before: float = 0.0  # points

    @property
    def text(self) -> str:
        """What it says, without its dotted line."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Words))


@dataclass(frozen=True, slots=True)
class Rule:
    """A line as wide as said, in the middle of its column."""

    width: float


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR, with the white border that scanners need inside its side; in the middle of its column."""

    content: str
    side: float


Content = Paragraph | Rule | QrCode


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the width with its own contents; what it holds must fit on one page."""

    width: float
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, together as wide as the page's text, framed or not."""

    columns: tuple[Column, ...]
    framed: bool = False
    before: float = 0.0  # points


@dataclass(frozen=True, slots=True)
class Together:
    """What must stand on one page, such as a signature under what is signed."""

    blocks: tuple[Paragraph | Columns, ...]


Block = Paragraph | Columns | Together


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be drawn."""

    title: str  # of the file, not printed
    blocks: tuple[Block, ...]
    foot: str  # the note under every page


def line(
    label: str, value: str = "", *, first_line: float = 0.0, before: float = GAP_ABOVE, bold: bool = False
) -> Paragraph:
    """A label and what was answered; a dotted line to fill in by hand when nothing was."""
    said = printable(value)
    pieces = (Words(f"{label} ", bold), Words(said)) if said else (Words(f"{label} ", bold), Dots())
    return Paragraph(pieces, first_line=first_line, before=before)


def centered(
    text: str, *, bold: bool = False, italic: bool = False, size: float = TEXT, before: float = 0
) -> Paragraph:
    """Words in the middle of the page or of their column."""
    return Paragraph((Words(text, bold, italic),), "center", size, before=before)


def tick(is_so: bool, label: str) -> str:
    """A box before its label, never torn from it: "☒ Lần đầu".

    Crossed as forms are crossed by hand ("đánh dấu X") and as Word does it; many phones show ☑ as a coloured picture.
    """
    return f"{'☒' if is_so else '☐'}\N{NO-BREAK SPACE}{label.replace(' ', chr(0xA0))}"
