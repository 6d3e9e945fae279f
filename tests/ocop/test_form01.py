"""Mẫu số 01 as people get it: the Word file and the PDF say the same, and an office can take either."""

import re
import unicodedata
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_TAB_LEADER
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ocop.kinds import APPLICATION_CASES
from ocop.papers.docx_writer import write_docx
from ocop.papers.form01 import COMMITMENT, NOTE, Form01, paper
from ocop.papers.layout import WIDTH
from ocop.papers.letters import LETTERS, printable
from ocop.papers.pdf_writer import BOLD, ITALIC, REGULAR, write_pdf

LINK = "https://ocop.example.vn/t/HK-394-27"
FORM = Form01(
    province="Thái Nguyên",
    year=2027,
    producer="Hợp tác xã miến dong Bản Mẫu",
    representative="Nguyễn Thị Nguyệt Mẫu",
    position="Giám đốc",
    address="Thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên",
    phone="0900 000 000",
    email="htx.banmau@example.vn",
    product="Miến dong Bản Mẫu",
    group="Sản phẩm thực phẩm",
    subgroup="Thực phẩm chế biến",
    set_name="Chế biến từ rau, củ, quả, hạt",
    case="again",
    certificate="124/QĐ-UBND",
    certified_on=date(2023, 2, 20),
    report_on_paper=True,
    report_electronic=True,
    samples=5,
    signed_at="Côn Minh",
    code="HK-394-27",
)
ANSWERS = [field.name for field in fields(Form01) if field.type is str]


def docx_text(file: bytes) -> str:
    """What the Word file says from top to bottom, a line a paragraph, with the note at the foot."""
    document = Document(BytesIO(file))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [one.text for row in block.rows for cell in row.cells for one in cell.paragraphs]
        else:
            lines.append(block.text)
    return "\n".join([*lines, document.sections[0].first_page_footer.paragraphs[0].text]).replace("\xa0", " ")


def pdf_text(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).replace("\xa0", " ")


def docx_said(form: Form01, find_again: str = "") -> str:
    return docx_text(write_docx(paper(form, find_again)))


def pdf_said(form: Form01, find_again: str = "") -> str:
    return pdf_text(write_pdf(paper(form, find_again)))


@pytest.fixture(params=[docx_said, pdf_said], ids=["docx", "pdf"])
def said(request):
    return request.param


def signs(text: str) -> str:
    """The words without white space and dotted lines, which the two files set differently."""
    return re.sub(r"[\s.]+", "", text)


def docx_paragraphs(file: bytes) -> list[Paragraph]:
    document = Document(BytesIO(file))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]


class TestWhatItSays:
    def test_every_answer_stands_after_its_label_in_the_order_of_the_decision(self, said):
        lines = [
            "Mẫu số 01",
            "1. Đơn vị đăng ký:",
            "- Tên đơn vị: Hợp tác xã miến dong Bản Mẫu",
            "- Họ tên người đại diện pháp lý: Nguyễn Thị Nguyệt Mẫu",
            "- Chức vụ: Giám đốc",
            "- Địa chỉ liên hệ: Thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên",
            "- Điện thoại: 0900 000 000",
            "- Email: htx.banmau@example.vn",
            "2. Tên sản phẩm: Miến dong Bản Mẫu",
            "3. Nhóm sản phẩm đăng ký (theo Phụ lục I):",
            "- Ngành: Sản phẩm thực phẩm",
            "- Nhóm: Thực phẩm chế biến",
            "- Phân nhóm: Chế biến từ rau, củ, quả, hạt",
            "4. Lần đăng ký:",
            "- Số giấy chứng nhận OCOP: 124/QĐ-UBND, cấp ngày 20/02/2023",
            "5. Tài liệu kèm theo:",
            "- Báo cáo đánh giá: ☒ bản gốc ☒ bản điện tử",
            "- Sản phẩm mẫu (số lượng): 05",
            COMMITMENT,
            "Côn Minh, ngày …… tháng …… năm ……",
            "(Ký, ghi rõ họ tên, đóng dấu)",
            "Nguyễn Thị Nguyệt Mẫu",
            "PHẦN DÀNH CHO CƠ QUAN TIẾP NHẬN",
            "ỦY BAN NHÂN DÂN CẤP XÃ",
            "CƠ QUAN CẤP TỈNH",
            NOTE,
        ]
        text = signs(said(FORM))
        rest = text
        for line in lines:
            assert signs(line) in rest, line
            rest = rest.partition(signs(line))[2]

    def test_it_is_headed_as_a_paper_for_an_office(self, said):
        text = signs(said(FORM))

        assert signs("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc PHIẾU ĐĂNG KÝ") in text
        assert signs("tham gia đánh giá, phân hạng sản phẩm OCOP của tỉnh Thái Nguyên năm 2027") in text

    @pytest.mark.parametrize("case", APPLICATION_CASES, ids=lambda case: case.id)
    def test_the_case_and_no_other_is_crossed(self, said, case):
        text = said(replace(FORM, case=case.id))

        (line,) = re.findall(r"4\. Lần đăng ký:.*", text)
        assert f"☒ {case.official}" in line
        assert line.count("☒") == 1
        assert line.count("☐") == 2

    def test_a_first_registration_is_not_asked_for_a_certificate(self, said):
        assert "giấy chứng nhận" not in said(replace(FORM, case="first"))

    def test_a_certificate_not_yet_known_is_left_to_be_written_by_hand(self, said):
        text = said(replace(FORM, case="upgrade", certificate="", certified_on=None))

        assert "- Số giấy chứng nhận OCOP: ………………, cấp ngày ……/……/……" in text

    def test_only_the_copies_at_hand_are_crossed(self, said):
        assert re.search(r"☐ bản gốc +☒ bản điện tử", said(replace(FORM, report_on_paper=False)))

    def test_tourism_sends_no_samples(self, said):
        assert "- Sản phẩm mẫu (số lượng): không (nhóm dịch vụ du lịch)" in said(replace(FORM, samples=0))

    def test_the_office_part_is_left_blank_for_the_commune_and_for_the_province(self, said):
        text = said(FORM)

        assert text.count("Phiếu số: ……/PĐK-……-……-……") == 2
        assert text.count("Ngày nhận: ……/……/……") == 2
        assert len(re.findall(r"Người tiếp nhận:[\s.]*(?:\n|$)", text)) == 2

    def test_the_code_stands_under_the_qr(self, said):
        assert "HK-394-27" in said(FORM, LINK)

    def test_the_word_file_and_the_pdf_say_the_same(self):
        for form in (FORM, Form01(), replace(FORM, case="first", email="", samples=None)):
            assert signs(pdf_said(form, LINK)) == signs(docx_said(form, LINK))


class TestWhatIsLeftOut:
    @pytest.mark.parametrize(
        "label",
        ["Tên đơn vị", "Họ tên người đại diện pháp lý", "Chức vụ", "Địa chỉ liên hệ", "Điện thoại", "Email", "Ngành"],
    )
    def test_the_blank_form_has_a_dotted_line_after_each_label(self, label):
        (at,) = [one for one in docx_paragraphs(write_docx(paper(Form01()))) if one.text.startswith(f"- {label}:")]
        (stop,) = at.paragraph_format.tab_stops

        assert at.text.endswith("\t")
        assert stop.leader == WD_TAB_LEADER.DOTS
        assert round(stop.position.mm) == WIDTH
        assert re.search(rf"- {label}: \.{{30,}}", pdf_said(Form01()))

    def test_white_space_is_no_answer(self, said):
        assert signs(said(Form01(email=" \n\u200b"))) == signs(said(Form01()))

    def test_the_blank_form_crosses_nothing_and_has_no_qr(self, said):
        assert "☒" not in said(Form01())
        assert not [name for name in ZipFile(BytesIO(write_docx(paper(Form01())))).namelist() if "media" in name]


class TestWords:
    def test_marks_typed_apart_are_printed_as_one_letter(self, said):
        apart = unicodedata.normalize("NFD", FORM.producer)
        text = said(replace(FORM, producer=apart))

        assert apart != FORM.producer
        assert FORM.producer in text
        assert unicodedata.is_normalized("NFC", text)

    def test_what_cannot_be_printed_shows_as_a_box_to_fill_in(self, said):
        assert "- Tên đơn vị: Chè □ Bản Mẫu" in said(replace(FORM, producer="Chè 🍃🍃\tBản\nMẫu\u200d"))

    def test_an_answer_cannot_cross_a_box_for_itself(self, said):
        assert "- Chức vụ: □ Nâng hạng" in said(replace(FORM, position="☒ Nâng hạng"))

    def test_the_fonts_hold_the_letters_that_are_promised_and_no_others(self):
        write_pdf(paper(FORM))
        promised = {sign for first, last in LETTERS for sign in range(first, last + 1)}

        for name in (REGULAR, BOLD, ITALIC):
            font = pdfmetrics.getFont(name)
            assert isinstance(font, TTFont)
            assert set(font.face.charToGlyph) - {0xFFFF} == promised  # the last ends the table, it is no letter

    @given(st.text(max_size=60))
    def test_printable_words_are_printed_as_they_are_when_printed_again(self, words):
        once = printable(words)

        assert printable(once) == once
        assert all(any(first <= ord(sign) <= last for first, last in LETTERS) for sign in once)
