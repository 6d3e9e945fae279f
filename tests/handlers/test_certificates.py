"""What is said of a certificate: when it ends, when to hand in, and what can still be done when that is past."""

from datetime import date

import pytest

from handlers import certificates
from tests.handlers.filling import answers
from tests.handlers.office import official, records_receipt
from tests.handlers.person import Person, Village

TODAY = date(2026, 11, 21)
SOURCE = "Nguồn: Điều 4, 7, 12 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026 · chưa được cán bộ tỉnh xác nhận"
COUNTED = "(36 tháng, trợ lý tính; đúng nhất là ngày in trên giấy)"


@pytest.mark.parametrize(
    ("issued", "words"),
    [
        pytest.param(
            date(2024, 5, 20),
            f"Giấy dùng đến thứ Năm 20/5/2027 {COUNTED}. "
            "Nộp xã chậm nhất thứ Tư 20/01/2027 (13 tháng Chạp), còn 60 ngày.",
            id="the first day of the window",
        ),
        pytest.param(
            date(2024, 3, 21),
            f"Giấy dùng đến Chủ nhật 21/3/2027 {COUNTED}. "
            "Ngày cuối nộp xã là thứ Bảy 21/11/2026 (13 tháng Mười ÂL), xã nghỉ: hỏi cán bộ ngay.",
            id="its last day, a Saturday",
        ),
        pytest.param(
            date(2024, 3, 28),
            f"Giấy dùng đến Chủ nhật 28/3/2027 {COUNTED}. Nộp xã chậm nhất thứ Sáu 27/11/2026 (19 tháng Mười ÂL), "
            "còn 6 ngày. Hạn là thứ Bảy 28/11/2026, hôm đó xã nghỉ.",
            id="the last day will be a Saturday",
        ),
        pytest.param(
            date(2024, 5, 21),
            f"Giấy dùng đến thứ Sáu 21/5/2027 {COUNTED}. Chưa tới lúc nộp: "
            "xã nhận từ Chủ nhật 22/11/2026 đến thứ Năm 21/01/2027 (14 tháng Chạp). Soạn sẵn thì được.",
            id="a day too early",
        ),
        pytest.param(
            date(2024, 3, 15),
            f"Giấy dùng đến thứ Hai 15/3/2027 {COUNTED}. Ngày cuối nộp xin chấm lại đã qua, Chủ nhật 15/11/2026. "
            "Nộp muộn có được nhận không thì trợ lý chưa biết chắc, cơ quan lo việc OCOP của tỉnh mới trả lời được. "
            "Vẫn soạn sẵn được; hỏi người thì gõ «gặp cán bộ».",
            id="too late, and the certificate holds",
        ),
        pytest.param(
            date(2023, 2, 20),
            f"Giấy đã hết hạn thứ Sáu 20/02/2026 {COUNTED}. Giấy quá hạn làm lại thế nào thì trợ lý chưa biết chắc, "
            "cơ quan lo việc OCOP của tỉnh mới trả lời được. Vẫn soạn sẵn được; hỏi người thì gõ «gặp cán bộ».",
            id="over",
        ),
    ],
)
def test_what_the_day_means_for_who_asks_for_another_scoring(issued: date, words: str):
    assert certificates.told("again", issued, TODAY) == f"{words}\n{SOURCE}"


def test_more_stars_may_be_asked_for_while_the_certificate_holds():
    assert certificates.told("upgrade", date(2024, 5, 20), TODAY) == (
        f"Giấy dùng đến thứ Năm 20/5/2027 {COUNTED}. Xin lên sao thì không phải chờ giấy hết hạn.\n{SOURCE}"
    )
    assert "Giấy đã hết hạn" in certificates.told("upgrade", date(2023, 2, 20), TODAY)


def test_it_is_said_at_once_and_once_more_with_what_is_left_to_do(person: Person):
    person.says("1", "3", "mien dong tai hoan", "đúng", "chưa có")
    assert person.screen.startswith("Được, ghi là giấy không ở đây.\nCâu 4/13. Trợ lý thấy: 5 sao năm 2024 (")

    assert "còn 60 ngày.\nNguồn: Điều 4, 7, 12" in person.says("20/5/2024")
    person.says("củ dong", *answers(after="case", before="product"), "đang làm", "bỏ qua")
    done = person.says("xong")

    assert "⏰ Nộp xã chậm nhất thứ Tư 20/01/2027 (13 tháng Chạp), còn 60 ngày. Ngày này trợ lý tính" in done
    assert "ghi tay số giấy OCOP, người đứng tên ký" in done
    assert "07/4/2027" not in done, "the round's day is for others"


def test_the_days_are_counted_from_the_day_that_it_is_not_from_when_the_form_was_begun(person: Person):
    person.says("1", "3", "Miến dong Bản Mẫu", "bỏ qua")

    assert "còn 50 ngày" in person.comes_back_after(days=10).says("20/5/2024")


def test_bad_news_at_the_end_has_no_clock_before_it(person: Person):
    person.says("1", "3", "Miến dong Bản Mẫu", "bỏ qua", "15/3/2024", "củ dong")
    person.says(*answers(after="case", before="product"), "đang làm", "bỏ qua")

    done = person.says("xong")
    assert "⏰" not in done
    assert "– ngày cuối nộp xin chấm lại đã qua, Chủ nhật 15/11/2026." in done


def test_the_makers_name_is_offered_for_a_product_of_the_catalogue(person: Person):
    person.says("1", "2", "htx tai hoan", "1", "bỏ qua", "bỏ qua")

    assert "Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.\n1. Vẫn «HTX Tài Hoan»" in person.says("củ dong")


def test_a_product_of_another_producer_is_pointed_out_kindly_and_left_to_the_official(person: Person):
    person.says("1", "2", "Miến dong Tài Hoan", "đúng", "bỏ qua", "bỏ qua", "củ dong")

    assert person.says("HTX Bản Mẫu").startswith(
        "✅ Đã lưu.\nTrong danh mục, «Miến dong Tài Hoan» là của HTX Tài Hoan. Vẫn soạn tiếp được; "
        "có phải cùng một sản phẩm không thì cán bộ xã xem.\nCâu 7/13."
    )


def test_a_product_that_is_not_in_the_catalogue_is_named_freely(person: Person):
    person.says("1", "2")

    assert "4. Không phải, ghi «Miến dong»" in person.says("Miến dong")
    person.says("4")
    assert "2. Sản phẩm: Miến dong\n" in person.says("xem lại")


def test_what_an_official_recorded_is_offered_when_its_time_has_come(village: Village, person: Person):
    person.says("1", *answers(product="Bột dong Bản Mẫu", set="1"), "xong")
    clerk = official(village, "cán bộ xã")
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong", "ghi kết quả", "4 sao", "124/QĐ-UBND", "20/11/2026", "xong")

    person.comes_back_after(days=950)
    person.says("soạn giấy đăng ký", "soạn tờ mới", "3")
    assert "1. Bột dong Bản Mẫu" in person.screen
    person.says("1")
    assert "1. Vẫn «thứ Sáu 20/11/2026»" in person.says("bỏ qua")
    assert "Nộp xã chậm nhất" in person.says("1")
