"""A form that was confirmed, opened again: looked at, printed, mended, and what the office recorded of it."""

import pytest

from tests.handlers.filling import answers
from tests.handlers.office import hears, official, opens_first, producer_of_noodles, records_receipt
from tests.handlers.person import Person, Village

CHOICES = "\n1. Xem cả tờ\n2. In lại\n3. Sửa\n4. Xã ghi gì"
OPENED = f"«Miến dong Tài Hoan», mã HH-997-35: đã xong. Xác nhận thứ Bảy 21/11/2026.{CHOICES}"
PRINTED = "Tờ đăng ký HH-997-35, bản xác nhận gần nhất, gửi kèm dưới đây: PDF để đọc, Word để in.\n"
FILES = ["form01.pdf", "form01.docx"]


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.fixture
def opened(producer: Person) -> Person:
    producer.says("giấy tờ của tôi", "1")
    return producer


def files_of(person: Person) -> list[str]:
    """What came with the last words."""
    return [document.kind for document in person.seen[-1].documents]


def second_draft(producer: Person) -> None:
    """Register another product and confirm it, too."""
    producer.says("soạn giấy đăng ký", "soạn tờ mới", *answers(product="Bột dong Tài Hoan"))
    producer.says("xong")


def test_it_opens_with_what_can_be_done(producer: Person):
    assert producer.says("giấy tờ của tôi", "1") == OPENED


@pytest.mark.parametrize("days", [1, 40])
def test_also_much_later_and_by_its_code(producer: Person, days: int):
    assert producer.comes_back_after(days=days).says("hh 997 35") == OPENED


def test_the_whole_of_it_can_be_looked_at(opened: Person):
    said = opened.says("xem cả tờ")

    assert said.startswith("1. Lần đăng ký: Xin chấm lần đầu\n– Cơ sở\n2. Cơ sở: Hợp tác xã Tài Hoan\n")
    assert said.endswith(f"12. Ảnh: đã có ảnh{CHOICES}")


@pytest.mark.parametrize("words", ["2", "in lại", "in", "gửi lại tờ in", "tải lại"])
def test_it_is_printed_again_without_confirming_again(opened: Person, words: str):
    assert opened.says(words).startswith(PRINTED)
    assert files_of(opened) == FILES


@pytest.mark.parametrize("words", ["in lại", "in lai", "gửi lại tờ in", "tải lại"])
def test_printing_again_needs_nothing_open(producer: Person, words: str):
    assert producer.says(words).startswith(f"{PRINTED}Bà con cần việc gì?")
    assert files_of(producer) == FILES


def test_of_several_the_person_says_which(producer: Person):
    second_draft(producer)

    assert producer.says("in lại").startswith("In lại tờ nào?\n1. «Bột dong Tài Hoan», mã ")
    assert producer.says("miến dong").startswith(PRINTED)
    assert files_of(producer) == FILES


def test_with_one_of_several_open_it_is_that_one(producer: Person):
    second_draft(producer)
    producer.says("giấy tờ của tôi", "miến dong")

    assert producer.says("in lại").startswith(PRINTED)


def test_what_was_never_confirmed_cannot_be_printed(person: Person):
    person.says("alo", "1", "1", "Tổ trà Khau Mu")

    assert person.says("in lại").startswith("Chưa có tờ nào xong. Soạn xong, gõ «xong» là có tờ in.\nCâu 3/12.")


@pytest.mark.parametrize("words", ["sửa 6", "6", "sửa số điện thoại"])
def test_a_question_opens_from_there(opened: Person, words: str):
    assert "Câu 6/12. Số điện thoại để xã liên hệ?" in opened.says(words)


def test_mending_offers_every_question(opened: Person):
    assert opened.says("3").startswith("Sửa câu nào?\n1. Lần đăng ký: Xin chấm lần đầu\n")


def test_changed_and_not_confirmed_it_opens_at_its_review(opened: Person):
    opened.says("sửa 6", "0987654321", "về đầu")

    assert "Xem lại. Chưa gõ «xong» thì chưa ai thấy:" in opened.says("giấy tờ của tôi", "1")


def test_giving_it_up_is_asked_once_more_from_there_too(opened: Person):
    assert "Bỏ thật không?" in opened.says("bỏ tờ này")


def test_what_the_office_recorded_is_told_in_plain_words(opened: Person, village: Village):
    assert opened.says("4").startswith("Xã chưa ghi gì về tờ này.\n")
    clerk = official(village, "cán bộ xã")
    records_receipt(clerk)
    clerk.says("cần bổ sung", "điện thoại", "xong", "gọi số này chưa được", "xong")
    hears(opened)
    opened.says("về đầu")

    assert opened.says("xã ghi gì").startswith(
        "Cán bộ đã ghi:\n"
        "– thứ Bảy 21/11, xã Côn Minh: nhận bản giấy số 12/PĐK, thứ Sáu 20/11/2026; 15 ngày làm việc tới thứ Hai "
        "14/12/2026\n– thứ Bảy 21/11, xã Côn Minh: cần bổ sung: Điện thoại: gọi số này chưa được\n"
    )


def test_bad_news_not_released_yet_is_not_in_it(opened: Person, village: Village):
    clerk = official(village, "cán bộ xã")
    official(village, "cán bộ thứ hai")
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong", "ghi kết quả", "chưa được", "hôm nay", "chưa có", "xong")
    hears(opened)

    assert "công nhận" not in opened.says("xã ghi gì")


def test_nobody_prints_the_paper_of_another(producer: Person, village: Village):
    opens_first(official(village, "cán bộ xã"))
    other = village.person("người khác")

    assert other.says("alo", "in lại").startswith("Chưa có tờ nào xong.")
    assert not files_of(other)
