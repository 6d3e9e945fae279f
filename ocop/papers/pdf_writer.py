"""Draws a paper as a PDF, to read on a phone and to print.

Equal papers give equal bytes: the file holds no day of its making. The letters are as wide as Times New Roman's
(fonts/README.md), so lines break where Word breaks them; only the letters used are put into the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ocop.papers import layout
from ocop.papers.layout import (
    LEADING,
    PADDING,
    SMALL,
    WIDTH,
    Block,
    Column,
    Columns,
    Content,
    Dots,
    Paper,
    Paragraph,
    QrCode,
    Rule,
    Together,
    Words,
)

AUTHOR = "Trợ lý OCOP"
REGULAR, BOLD, ITALIC = "OCOPSerif-Regular", "OCOPSerif-Bold", "OCOPSerif-Italic"
ASCENT = 0.891  # of the size: from the top of a line to what its letters stand on
HAIRLINE = 0.6
RULE_HEIGHT = 5.0  # points
SHORTEST_DOTS = 15 * mm  # a shorter dotted line is moved to the next line, where there is room to write
QUIET_ZONE = 4  # squares of white around a QR


def write_pdf(paper: Paper) -> bytes:
    """The paper as a PDF file."""
    return _Sheets(paper).finished()


@dataclass(slots=True)
class _Line:
    parts: list[tuple[str, str]]  # words and their font
    width: float = 0.0
    dots: bool = False


class _Sheets:
    """The pages drawn so far, and how far down the last one is filled."""

    def __init__(self, paper: Paper) -> None:
        _register_fonts()
        self.file = BytesIO()
        size = (layout.PAGE[0] * mm, layout.PAGE[1] * mm)
        self.canvas = Canvas(self.file, size, invariant=1, lang="vi-VN", initialFontName=REGULAR)  # type: ignore[arg-type]  # a slip of the stubs
        self.canvas.setTitle(paper.title)
        self.canvas.setAuthor(AUTHOR)
        self.canvas.setSubject(paper.foot)
        self.canvas.setCreator(AUTHOR)
        self.note = paper.foot
        self.top = size[1] - layout.TOP * mm
        self.bottom = layout.BOTTOM * mm
        self.left = layout.LEFT * mm
        self.y = self.top
        for block in paper.blocks:
            self.put(block)

    def finished(self) -> bytes:
        self.end_page()
        self.canvas.save()
        return self.file.getvalue()

    def put(self, block: Block) -> None:
        match block:
            case Paragraph():
                self.put_paragraph(block)
            case Columns():
                self.make_room(_height(block))
                self.put_columns(block)
            case Together():
                self.make_room(sum(_height(one) for one in block.blocks))
                for one in block.blocks:
                    self.put(one)

    def make_room(self, height: float) -> None:
        if self.y - height < self.bottom and self.y < self.top:
            self.next_page()

    def next_page(self) -> None:
        self.end_page()
        self.y = self.top
        number = str(self.canvas.getPageNumber())
        self.canvas.setFont(REGULAR, layout.PAGE_NUMBER)
        y = (layout.PAGE[1] - layout.HEAD) * mm - layout.PAGE_NUMBER * ASCENT
        self.canvas.drawCentredString(self.left + WIDTH * mm / 2, y, number)

    def end_page(self) -> None:
        self.canvas.setFont(ITALIC, SMALL)
        y = layout.FOOT * mm + (LEADING - ASCENT) * SMALL
        self.canvas.drawCentredString(self.left + WIDTH * mm / 2, y, self.note)
        self.canvas.showPage()

    def put_paragraph(self, paragraph: Paragraph) -> None:
        self.y -= paragraph.before
        for number, line in enumerate(_lines(paragraph, WIDTH * mm)):
            self.make_room(LEADING * paragraph.size)
            self.draw_line(line, paragraph, self.left, WIDTH * mm, is_first=number == 0)

    def put_columns(self, block: Columns) -> None:
        self.y -= block.before
        top, x, height = self.y, self.left, _height(block) - block.before
        padding = PADDING * mm if block.framed else 0.0
        for column in block.columns:
            self.y = top - padding
            for content in column.contents:
                self.put_content(content, x + padding, column.width * mm - 2 * padding)
            if block.framed:
                self.canvas.setLineWidth(HAIRLINE)
                self.canvas.rect(x, top - height, column.width * mm, height)
            x += column.width * mm
        self.y = top - height

    def put_content(self, content: Content, x: float, width: float) -> None:
        match content:
            case Paragraph():
                self.y -= content.before
                for number, line in enumerate(_lines(content, width)):
                    self.draw_line(line, content, x, width, is_first=number == 0)
            case Rule():
                self.y -= RULE_HEIGHT
                self.canvas.setLineWidth(HAIRLINE)
                middle, half = x + width / 2, content.width * mm / 2
                self.canvas.line(middle - half, self.y + RULE_HEIGHT / 2, middle + half, self.y + RULE_HEIGHT / 2)
            case QrCode():
                self.y -= content.side * mm
                self.draw_qr(content, x + (width - content.side * mm) / 2)

    def draw_line(self, line: _Line, paragraph: Paragraph, x: float, width: float, is_first: bool) -> None:
        size = paragraph.size
        end = x + width
        if is_first:
            x += paragraph.first_line * mm
        if paragraph.align == "center":
            x += (end - x - line.width) / 2
        elif paragraph.align == "right":
            x = end - line.width
        drawn = self.canvas.beginText(x, self.y - ASCENT * size)
        for words, font in line.parts:
            drawn.setFont(font, size)
            drawn.textOut(words)
        if line.dots:
            dot = pdfmetrics.stringWidth(".", REGULAR, size)
            count = int((end - drawn.getX()) / dot)
            drawn.setXPos(end - count * dot - x)
            drawn.setFont(REGULAR, size)
            drawn.textOut("." * count)
        self.canvas.drawText(drawn)
        self.y -= LEADING * size

    def draw_qr(self, code: QrCode, x: float) -> None:
        rows = list(segno.make_qr(code.content).matrix_iter(border=QUIET_ZONE))
        square = code.side * mm / len(rows)
        squares = self.canvas.beginPath()
        for number, row in enumerate(rows, start=1):
            y = self.y + code.side * mm - number * square
            for run in re.finditer(rb"\x01+", bytes(row)):
                squares.rect(x + run.start() * square, y, (run.end() - run.start()) * square, square)
        self.canvas.drawPath(squares, stroke=0, fill=1)


def _height(block: Paragraph | Columns | Together) -> float:
    match block:
        case Paragraph():
            return _content_height(block, WIDTH * mm)
        case Columns():
            padding = PADDING * mm if block.framed else 0.0
            return block.before + 2 * padding + max(_column_height(column, padding) for column in block.columns)
        case Together():
            return sum(_height(one) for one in block.blocks)


def _column_height(column: Column, padding: float) -> float:
    return sum(_content_height(content, column.width * mm - 2 * padding) for content in column.contents)


def _content_height(content: Content, width: float) -> float:
    match content:
        case Paragraph():
            return content.before + len(_lines(content, width)) * LEADING * content.size
        case Rule():
            return RULE_HEIGHT
        case QrCode():
            return content.side * mm


def _lines(paragraph: Paragraph, width: float) -> list[_Line]:
    """The paragraph broken into lines, a word wider than a line within the word."""
    lines = [_Line([], paragraph.first_line * mm)]
    for piece in paragraph.pieces:
        if isinstance(piece, Dots):
            if width - lines[-1].width < SHORTEST_DOTS:
                lines.append(_Line([]))
            lines[-1].dots = True
        else:
            font = BOLD if piece.bold else ITALIC if piece.italic else REGULAR
            for word in _words(piece, font, paragraph.size, width):
                taken = pdfmetrics.stringWidth(word.rstrip(" "), font, paragraph.size)
                if lines[-1].width + taken > width and lines[-1].parts:
                    lines.append(_Line([]))
                lines[-1].parts.append((word, font))
                lines[-1].width += pdfmetrics.stringWidth(word, font, paragraph.size)
    return [_joined(line, paragraph) for line in lines]


def _words(piece: Words, font: str, size: float, width: float) -> Iterator[str]:
    for word in re.findall(r"[^ ]+ *| +", piece.text):
        while pdfmetrics.stringWidth(word.rstrip(" "), font, size) > width:
            fits = next(n for n in range(len(word), 0, -1) if pdfmetrics.stringWidth(word[:n], font, size) <= width)
            yield word[:fits]
            word = word[fits:]
        yield word


def _joined(line: _Line, paragraph: Paragraph) -> _Line:
    """The line with neighbours of one font as one string, so that what is copied from the PDF reads well."""
    parts: list[tuple[str, str]] = []
    for words, font in line.parts:
        if parts and parts[-1][1] == font:
            parts[-1] = (parts[-1][0] + words, font)
        else:
            parts.append((words, font))
    if parts and not line.dots:
        parts[-1] = (parts[-1][0].rstrip(" "), parts[-1][1])
    width = sum(pdfmetrics.stringWidth(words, font, paragraph.size) for words, font in parts)
    return _Line(parts, width, line.dots)


@cache
def _register_fonts() -> None:
    for name in (REGULAR, BOLD, ITALIC):
        letters = files("ocop").joinpath(f"papers/fonts/{name}.ttf").read_bytes()
        pdfmetrics.registerFont(TTFont(name, BytesIO(letters)))
