"""Six groups of products, three reasons to register: each is filled in to the end and both papers are drawn."""

import io
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfReader

from handlers import documents
from talk.message import Document
from tests.handlers.filling import answers
from tests.handlers.person import Person

PRODUCTS = {
    "food": ("Miến dong Bản Mẫu", "Củ dong", "Sản phẩm thực phẩm"),
    "beverage": ("Rượu men lá Bản Mẫu", "1", "Sản phẩm đồ uống"),
    "herbal": ("Cao gắm Bản Mẫu", "1", "Sản phẩm dược liệu và sản phẩm từ dược liệu"),
    "handicraft": ("Dao rèn Bản Mẫu", "1", "Sản phẩm hàng thủ công mỹ nghệ"),
    "ornamental": ("Hoa lan Bản Mẫu", "1", "Sản phẩm sinh vật cảnh"),
    "tourism": ("Homestay Bản Mẫu", "1", "Sản phẩm dịch vụ du lịch"),
}
CASES = {"first": "Xin chấm lần đầu", "upgrade": "Xin lên sao", "again": "Giấy sắp hết hạn, xin chấm lại"}
MAKER = {
    "producer": "Hợp tác xã sản xuất nông lâm nghiệp và dịch vụ tổng hợp thanh niên dân tộc vùng cao Bản Mẫu",
    "representative": "Hoàng Nguyễn Thị Thanh Phương Mẫu",
    "position": "Chủ tịch hội đồng quản trị",
    "commune": "số 12, tổ dân phố Bản Mẫu Thượng, đường Hoàng Văn Thụ, xã Côn Minh",
}


def fills_in(person: Person, group: str, case: str) -> str:
    """Answer everything, and confirm."""
    product, its_set, _ = PRODUCTS[group]
    person.says("alo", "Soạn giấy đăng ký", CASES[case])
    maker = answers(after="case", before="product", **MAKER)
    if case == "first":
        person.says(*maker, product, its_set)
    else:
        person.says(product, "25/2024/GCN-UBND", "20/5/2024", its_set, *maker)
    return person.says("Có rồi", "bỏ qua", "xong")


def drawn(person: Person, document: Document) -> bytes:
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    draw = person.village.store.run(lambda db: documents.prepare(db, document, now))
    assert callable(draw)
    return draw()


def words_of(word: bytes) -> str:
    paper = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(paragraph.text for paragraph in paper.paragraphs), *cells]).split())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("group", PRODUCTS)
def test_the_whole_way_ends_in_two_papers_that_say_it_all(person: Person, group: str, case: str):
    done = fills_in(person, group, case)
    assert done.startswith("Xong bản nháp, mã "), done
    assert ("5 sản phẩm" in done) is (group != "tourism")
    assert "ghi tay" not in done, "nothing is left to be written by hand"

    pdf, word = person.seen[-1].documents
    pages = PdfReader(io.BytesIO(drawn(person, pdf))).pages
    on_the_phone = " ".join(" ".join(page.extract_text() for page in pages).split())
    on_paper = words_of(drawn(person, word))

    assert len(pages) <= 2
    certificate = [] if case == "first" else ["25/2024/GCN-UBND", "20/05/2024"]
    for answer in (
        *(MAKER["representative"], MAKER["position"], "số 12, tổ dân phố Bản Mẫu Thượng, đường Hoàng Văn Thụ"),
        *("0912 345 678", PRODUCTS[group][0], "☒ bản gốc", "☒ bản điện tử", *certificate),
    ):
        assert answer in on_paper.replace("\N{NO-BREAK SPACE}", " ")
        assert answer in on_the_phone.replace("\N{NO-BREAK SPACE}", " ")
    assert PRODUCTS[group][2] in on_paper
    assert {"first": "☒ Lần đầu", "upgrade": "☒ Nâng hạng", "again": "☒ Đánh giá lại"}[case] in on_paper
