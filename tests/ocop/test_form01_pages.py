"""The files of Mẫu số 01 as an office prints them: margins, sheets, letters, sizes."""

import re
import time
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Length, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from ocop.papers.docx_writer import write_docx
from ocop.papers.form01 import COMMITMENT, NOTE, Form01, paper
from ocop.papers.layout import LEFT, PAGE, RIGHT
from ocop.papers.pdf_writer import BOLD, ITALIC, REGULAR, write_pdf
from ocop.product_sets import all_sets
from tests.ocop.test_form01 import ANSWERS, FORM, LINK, docx_paragraphs, docx_text, pdf_said, pdf_text, signs


def sizes(*lengths: Length | None) -> list[int]:
    return [round(one.mm) for one in lengths if one is not None]


def ends_of_words(page: PageObject) -> list[tuple[str, float, float]]:
    """Every string drawn on a page, with where it begins and ends in millimetres from the left edge."""
    drawn: list[tuple[str, float, float]] = []

    def visit(text: str, _cm: object, tm: list[float], font: dict[str, str] | None, size: float) -> None:
        if font and text.strip():
            words = text.strip("\n")
            name = font["/BaseFont"].partition("+")[2]
            drawn.append((words, tm[4] / mm, (tm[4] + pdfmetrics.stringWidth(words.rstrip(), name, size)) / mm))

    page.extract_text(visitor_text=visit)
    return drawn


class TestPages:
    LONG = "Hợp tác xã sản xuất, chế biến, tiêu thụ nông sản sạch " * 6

    @pytest.mark.parametrize("words", [LONG[:300], "Miếndong" * 40], ids=["300 letters", "one word of 320 letters"])
    @pytest.mark.parametrize("name", ANSWERS)
    def test_a_long_answer_wraps_within_the_margins(self, name, words):
        file = write_pdf(paper(replace(FORM, **{name: words}), LINK))
        drawn = [one for page in PdfReader(BytesIO(file)).pages for one in ends_of_words(page)]

        assert signs(words) in signs(pdf_text(file))
        assert [one for one in drawn if one[1] < LEFT - 0.01 or one[2] > PAGE[0] - RIGHT + 0.01] == []

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(st.sampled_from(ANSWERS), st.text(max_size=200)))
    def test_whatever_is_answered_stays_within_the_margins_and_in_both_files(self, answers):
        laid_out = paper(replace(FORM, **answers))
        file = write_pdf(laid_out)
        reader = PdfReader(BytesIO(file))
        drawn = [one for page in reader.pages for one in ends_of_words(page)]

        assert [one for one in drawn if one[1] < LEFT - 0.01 or one[2] > PAGE[0] - RIGHT + 0.01] == []
        if len(reader.pages) == 1:
            assert sorted(signs(pdf_text(file))) == sorted(signs(docx_text(write_docx(laid_out))))

    @pytest.mark.parametrize("case", ["first", "upgrade", "again"])
    def test_every_set_of_products_fits_on_one_sheet(self, case):
        for one in all_sets():
            form = replace(
                FORM,
                case=case,
                group=one.group_name,
                subgroup=one.subgroup,
                set_name=one.name,
                samples=0 if one.group == "tourism" else 5,
            )

            assert len(PdfReader(BytesIO(write_pdf(paper(form, LINK)))).pages) == 1, one.id

    def test_the_blank_form_is_one_sheet(self):
        assert "- Số giấy chứng nhận (nếu có): ………………, cấp ngày ……/……/……" in pdf_said(Form01())
        assert len(PdfReader(BytesIO(write_pdf(paper(Form01())))).pages) == 1

    def test_on_two_sheets_the_signature_stays_under_what_is_signed(self):
        form = replace(FORM, producer=self.LONG, address=self.LONG, product=self.LONG, representative=self.LONG)
        first, second = (page.extract_text() for page in PdfReader(BytesIO(write_pdf(paper(form)))).pages)

        assert "5. Tài liệu kèm theo" in first
        assert signs(COMMITMENT) in signs(second)
        assert "(Ký, ghi rõ họ tên, đóng dấu)" in second
        assert NOTE in first
        assert NOTE in second
        assert re.search(r"^2$", second, re.MULTILINE)

    def test_in_word_the_signature_stays_under_what_is_signed(self):
        paragraphs = docx_paragraphs(write_docx(paper(FORM)))
        kept = {one.text: one.paragraph_format.keep_with_next for one in paragraphs}

        assert kept[COMMITMENT]
        assert kept["PHẦN DÀNH CHO CƠ QUAN TIẾP NHẬN"]

    def test_the_pages_have_the_margins_of_an_office(self):
        section = Document(BytesIO(write_docx(paper(FORM)))).sections[0]
        (page,) = PdfReader(BytesIO(write_pdf(paper(FORM)))).pages

        assert sizes(section.page_width, section.page_height) == [210, 297]
        assert sizes(section.left_margin, section.right_margin) == [30, 20]
        assert sizes(section.top_margin, section.bottom_margin) == [20, 20]
        assert [round(float(side) / mm) for side in (page.mediabox.width, page.mediabox.height)] == [210, 297]


class TestFiles:
    def test_the_word_file_is_set_in_times_new_roman_14(self):
        normal = Document(BytesIO(write_docx(paper(FORM)))).styles["Normal"]

        assert normal.font.name == "Times New Roman"
        assert normal.font.size == Pt(14)

    def test_the_pdf_carries_every_font_it_uses(self):
        (page,) = PdfReader(BytesIO(write_pdf(paper(FORM, LINK)))).pages
        within, outside = page._get_fonts()

        assert {name.partition("+")[2] for name in within} == {REGULAR, BOLD, ITALIC}
        assert outside == set()

    @pytest.mark.parametrize("write", [write_docx, write_pdf])
    def test_equal_answers_give_equal_bytes(self, write):
        assert write(paper(FORM, LINK)) == write(paper(replace(FORM), LINK))

    def test_no_file_holds_the_day_of_its_making(self):
        packed = ZipFile(BytesIO(write_docx(paper(FORM, LINK))))
        about = Document(BytesIO(write_docx(paper(FORM)))).core_properties
        made = PdfReader(BytesIO(write_pdf(paper(FORM)))).metadata

        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert about.created is None
        assert about.modified is None
        assert made
        assert made.creation_date
        assert made.creation_date.year == 2000

    def test_no_answer_gets_into_what_a_file_says_about_itself(self):
        about = Document(BytesIO(write_docx(paper(FORM)))).core_properties
        made = PdfReader(BytesIO(write_pdf(paper(FORM)))).metadata
        described = f"{about.title} {about.author} {about.subject} {about.last_modified_by} {about.comments} {made}"

        assert "Mẫu số 01" in described
        assert not [name for name in ANSWERS if getattr(FORM, name) in described]

    def test_they_are_small_enough_for_a_weak_signal(self):
        laid_out = paper(FORM, LINK)
        began = time.perf_counter()
        docx = write_docx(laid_out)
        between = time.perf_counter()
        pdf = write_pdf(laid_out)
        ended = time.perf_counter()
        print(f"\nMẫu số 01: DOCX {len(docx) / 1000:.0f} kB in {1000 * (between - began):.0f} ms, ", end="")
        print(f"PDF {len(pdf) / 1000:.0f} kB in {1000 * (ended - between):.0f} ms")

        assert len(docx) < 100_000
        assert len(pdf) < 300_000
