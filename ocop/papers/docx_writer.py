"""Draws a paper as a Word file, which the producer and the office can still edit.

Equal papers give equal bytes: the file holds no day of its making.
"""

import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import segno
from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from ocop.papers import layout
from ocop.papers.layout import (
    LEADING,
    PADDING,
    SMALL,
    TICKS,
    WIDTH,
    Block,
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
FONT = "Times New Roman"
USED_STYLES = {
    "Normal", "Header", "Header Char", "Footer", "Footer Char", "Default Paragraph Font", "Normal Table", "No List",
}  # fmt: skip
UNUSED_PARTS = {"thumbnail", "customXml", "stylesWithEffects", "numbering"}
TICK_FONT = "Segoe UI Symbol"  # Times New Roman has no tick boxes
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
RULE_HEIGHT = 5.0  # points
QR_SCALE = 8  # dots a square, sharp on any printer
QR_ALT = "Mã QR để tìm lại bản nháp"
THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold


def write_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    document = Document(BytesIO(_blank()))
    _set_page(document.sections[0], paper.foot)
    for block in paper.blocks:
        _put(document, block)
    _put_room(document, 1)  # Word wants a paragraph after the last table
    _describe(document, paper)
    file = BytesIO()
    document.save(file)
    return _packed(file)


@cache
def _blank() -> bytes:
    """An empty file in our style: what python-docx begins from, less the nine tenths that a paper never uses."""
    document = Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.rpartition("/")[2] in UNUSED_PARTS]:
            del relations[key]
    for style in list(document.styles):
        if style.name not in USED_STYLES:
            style.delete()
    normal = document.styles["Normal"]
    normal.font.size = Pt(layout.TEXT)
    properties = normal.element.get_or_add_rPr()
    _set_font(properties, FONT)
    properties.append(_element("w:lang", val="vi-VN", eastAsia="vi-VN"))
    # Word 2013 and later otherwise opens the file in a compatibility mode, and says so to the reader.
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_font(properties: BaseOxmlElement, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name)
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)


def _set_page(section: Section, note: str) -> None:
    section.page_width, section.page_height = (Mm(side) for side in layout.PAGE)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.header_distance, section.footer_distance = Mm(layout.HEAD), Mm(layout.FOOT)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    _shape(number, Paragraph((), "center", layout.PAGE_NUMBER))
    number._p.append(_element("w:fldSimple", instr="PAGE"))
    for footer in (section.first_page_footer, section.footer):
        _write(footer.paragraphs[0], Paragraph((Words(note, italic=True),), "center", SMALL), WIDTH)


def _put(document: DocumentFile, block: Block, keep_with_next: bool = False) -> None:
    match block:
        case Paragraph():
            _write(document.add_paragraph(), block, WIDTH, keep_with_next)
        case Columns():
            _put_columns(document, block, keep_with_next)
        case Together():
            for one in block.blocks:
                _put(document, one, keep_with_next=one is not block.blocks[-1])


def _put_columns(document: DocumentFile, block: Columns, keep_with_next: bool) -> None:
    if block.before:  # a table has no room of its own above it
        _put_room(document, block.before, keep_with_next=True)
    table = document.add_table(rows=1, cols=len(block.columns))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    padding = PADDING if block.framed else 0.0
    _set_frame(table._tbl.tblPr, padding, block.framed)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    for column, cell, grid in zip(block.columns, table.rows[0].cells, table.columns, strict=True):
        grid.width = cell.width = Mm(column.width)
        for content, paragraph in zip(column.contents, _paragraphs(cell, len(column.contents)), strict=True):
            _put_content(paragraph, content, column.width - 2 * padding, keep_with_next)


def _put_room(document: DocumentFile, points: float, keep_with_next: bool = False) -> None:
    room = document.add_paragraph()
    _shape(room, Paragraph((), size=1), keep_with_next)
    room.paragraph_format.line_spacing = Pt(points)


def _paragraphs(cell: _Cell, count: int) -> Iterable[WordParagraph]:
    """So many paragraphs of a cell; the first is there already."""
    return [*cell.paragraphs, *(cell.add_paragraph() for _ in range(count - 1))][:count]


def _set_frame(properties: BaseOxmlElement, padding: float, framed: bool) -> None:
    layout_ = properties.find(qn("w:tblLayout"))
    assert layout_ is not None
    layout_.addprevious(_element("w:tblInd", w="0", type="dxa"))
    if framed:
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideV"):
            borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
        layout_.addprevious(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(_element(f"w:{side}", w=str(Mm(padding).twips), type="dxa"))
    layout_.addnext(margins)


def _put_content(paragraph: WordParagraph, content: Content, width: float, keep_with_next: bool) -> None:
    match content:
        case Paragraph():
            _write(paragraph, content, width, keep_with_next)
        case Rule():
            borders = OxmlElement("w:pBdr")
            borders.append(_element("w:bottom", val="single", sz="5", space="0", color="000000"))
            paragraph._p.get_or_add_pPr().append(borders)
            _shape(paragraph, Paragraph((), size=1), keep_with_next)
            shape = paragraph.paragraph_format
            shape.line_spacing = shape.space_after = Pt(RULE_HEIGHT / 2)
            shape.left_indent = shape.right_indent = Mm((width - content.width) / 2)
        case QrCode():
            _shape(paragraph, Paragraph((), "center"), keep_with_next)
            picture = BytesIO()
            segno.make_qr(content.content).save(picture, kind="png", scale=QR_SCALE)
            drawn = paragraph.add_run().add_picture(picture, Mm(content.side), Mm(content.side))
            drawn._inline.docPr.set("descr", QR_ALT)


def _write(target: WordParagraph, paragraph: Paragraph, width: float, keep_with_next: bool = False) -> None:
    _shape(target, paragraph, keep_with_next)
    for piece in paragraph.pieces:
        if isinstance(piece, Dots):
            target.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            target.add_run("\t").font.size = Pt(paragraph.size)
            continue
        for words in re.split(f"([{TICKS}])", piece.text):
            if words:
                run = target.add_run(words)
                run.bold, run.italic, run.font.size = piece.bold or None, piece.italic or None, Pt(paragraph.size)
                if words in TICKS:
                    _set_font(run._r.get_or_add_rPr(), TICK_FONT)


def _shape(target: WordParagraph, paragraph: Paragraph, keep_with_next: bool = False) -> None:
    shape = target.paragraph_format
    shape.alignment = ALIGN[paragraph.align]
    shape.space_before, shape.space_after = Pt(paragraph.before), Pt(0)
    # The boxes come from another font, under which a line would grow.
    shape.line_spacing = Pt(LEADING * paragraph.size) if any(box in paragraph.text for box in TICKS) else 1.0
    if paragraph.first_line:
        shape.first_line_indent = Mm(paragraph.first_line)
    if keep_with_next:
        shape.keep_with_next = True
    mark = target._p.get_or_add_pPr()
    mark.append(_mark_size(paragraph.size))


def _mark_size(size: float) -> BaseOxmlElement:
    """The size of the paragraph's own sign, which keeps an empty paragraph as low as it should be."""
    properties = OxmlElement("w:rPr")
    properties.append(_element("w:sz", val=str(round(size * 2))))
    return properties


def _describe(document: DocumentFile, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.subject = paper.title, AUTHOR, AUTHOR, paper.foot
    about.comments, about.language = "", "vi-VN"
    for name in ("created", "modified"):
        day = about._element.find(f"{{http://purl.org/dc/terms/}}{name}")
        if day is not None:
            about._element.remove(day)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _packed(file: BytesIO) -> bytes:
    """The file with the same day on all it holds: python-docx writes the day of the making."""
    packed = BytesIO()
    with ZipFile(file) as made, ZipFile(packed, "w") as again:
        for name in made.namelist():
            again.writestr(ZipInfo(name, THE_SAME_DAY), made.read(name), ZIP_DEFLATED)
    return packed.getvalue()
