"""A producer with a small phone asks; what was answered badly two officials mend, and the page tells it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import a_phone, opened
from tests.page.desk_house import DeskHouse
from tests.page.person import fits, hears, tap, type_in

pytestmark = [pytest.mark.browser, pytest.mark.process]

WORDS = "Nộp ở trung tâm hành chính công xã, sáng thứ Hai đến thứ Sáu"


@pytest.fixture
def address(desk: DeskHouse) -> str:
    return desk.house.url


@pytest.fixture
def second(browser: Browser, address: str) -> Iterator[Page]:
    """Another official's phone."""
    with a_phone(browser, address) as phone, opened(phone) as page:
        yield page


def says(page: Page, words: str, heard: str) -> None:
    type_in(page, words)
    hears(page, heard)
    fits(page)


def takes(page: Page, label: str, heard: str) -> None:
    tap(page, label)
    hears(page, heard)
    fits(page)


def test_questions_numbers_and_support_by_touch(producer: Page):
    says(producer, "dk ocop can giay to j", "áp dụng từ 22/5/2026")
    expect(producer.locator(".row:not(.mine) .bubble a").last).to_have_attribute(
        "href", "https://vanban.chinhphu.vn/?classid=1&docid=218267&orggroupid=3&pageid=27160"
    )
    takes(producer, "Không hiểu", "Ví dụ nhà làm miến")
    takes(producer, "Các bước", "– Ghi tờ đăng ký (Mẫu 01)")
    says(producer, "bac kan co bao nhieu san pham 4 sao", "21 sản phẩm 4 sao")
    takes(producer, "Số của Cao Bằng", "Cao Bằng")
    says(producer, "tìm hỗ trợ", "Câu 1/4.")
    takes(producer, "Hợp tác xã", "Câu 2/4.")
    takes(producer, "Đồ ăn, nông sản, chè", "Câu 3/4.")
    takes(producer, "Vay vốn", "Câu 4/4.")
    takes(producer, "Thái Nguyên", "Nghị định 156/2025/NĐ-CP")


def test_an_answer_called_no_good_is_written_anew_by_two_officials_and_told(
    page: Page, second: Page, producer: Page, desk: DeskHouse
):
    desk.joins(producer)
    for official, code in zip((page, second), desk.of_province, strict=True):
        says(official, code, "✅ Anh/chị nay là cán bộ tỉnh Thái Nguyên")

    says(producer, "nộp hồ sơ ở đâu", "Nộp ở ủy ban xã")
    says(producer, "chưa đúng", "cán bộ trả lời thì trợ lý báo")

    says(page, "câu chưa trả lời", "Mở câu nào?")
    takes(page, "chê câu trả lời: «nộp hồ sơ ở đâu»", "Trả lời vào đâu?")
    takes(page, "Thay câu trả lời «Nộp giấy ở đâu»", "Gõ câu trả lời cho bà con")
    says(page, WORDS, "Theo văn bản nào")
    says(page, "theo cán bộ Sở, 20/11/2026", "Áp dụng từ ngày nào?")
    says(page, "1", "Áp dụng đến hết ngày nào?")
    takes(page, "Chưa có", f"Bà con sẽ thấy:\n«{WORDS}")
    takes(page, "Gửi đi", "duyệt xong thì bà con được báo")

    hears(second, "Gõ «câu chưa trả lời» để xem.")
    says(second, "câu chưa trả lời", "Mở câu nào?")
    second.locator(".offer").first.click()
    hears(second, "Cho dùng không?")
    fits(second)
    takes(second, "Đồng ý, cho dùng", "✅ Đã cho dùng, báo 1 người đã hỏi")
    hears(producer, f"Nay đã có trả lời:\n{WORDS}")
    fits(producer)
    says(producer, "nộp hồ sơ ở đâu", WORDS)
