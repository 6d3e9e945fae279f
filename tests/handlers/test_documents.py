"""The papers a person gets once a form is confirmed."""

import io
from functools import partial

import docx
import pytest
from pypdf import PdfReader

from handlers import documents
from talk.message import Document
from tests.handlers.person import Person
from tests.handlers.test_registering import registers_noodles


@pytest.fixture
def sent(person: Person) -> tuple[Document, ...]:
    """What came with the last words of a registration."""
    registers_noodles(person)
    person.says("xong")
    return person.seen[-1].documents


def drawn(person: Person, document: Document) -> bytes:
    draw = person.village.store.run(lambda db: documents.prepare(db, document, person.village.now))
    assert callable(draw)
    return draw()


def test_the_form_comes_to_read_and_to_print_under_a_name_with_its_code(sent: tuple[Document, ...]):
    read, printed = (document.name for document in sent)

    assert read.startswith("To dang ky OCOP ")
    assert read.endswith(".pdf")
    assert printed == read.replace(".pdf", ".docx")


def test_both_hold_what_was_answered(person: Person, sent: tuple[Document, ...]):
    pdf, word = sent
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(drawn(person, pdf))).pages)
    paper = docx.Document(io.BytesIO(drawn(person, word)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = " ".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])

    for answer in ("Hợp tác xã Tài Hoan", "0912 345 678", "Miến dong Tài Hoan", "Côn Minh"):
        assert answer in pages
        assert answer in text


def test_a_form_given_up_is_not_to_be_had_any_more(person: Person, sent: tuple[Document, ...]):
    person.says("giấy tờ của tôi", "1", "bỏ tờ này", "1")

    for document in sent:
        assert person.village.store.run(partial(documents.prepare, document=document, now=person.village.now)) is None
