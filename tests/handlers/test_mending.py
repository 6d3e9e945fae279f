"""What the producer is told while mending what an office asked for, and how the office learns that it is done."""

import pytest

from tests.handlers.office import hears, official, opens_first, producer_of_noodles, records_receipt, revoke
from tests.handlers.person import Person, Village

ASKED = "Xã Côn Minh nhắn về câu này: "


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.fixture
def clerk(village: Village, producer: Person) -> Person:
    return official(village, "cán bộ xã")


@pytest.fixture
def asked(clerk: Person, producer: Person) -> Person:
    """The producer, of whom the phone and the name of the product were asked, and a paper that is no question."""
    opens_first(clerk)
    clerk.says("cần bổ sung", "điện thoại", "sản phẩm", "phiếu thử mẫu", "xong")
    clerk.says("gọi số này chưa được", "gõ lời khác", "trên nhãn ghi khác", "còn thiếu", "xong")
    hears(producer)
    return producer


def test_what_the_office_said_stands_above_the_question_it_opens(asked: Person):
    assert asked.says("1").startswith(f"{ASKED}gọi số này chưa được.\nCâu 6/12. Số điện thoại để xã liên hệ?")
    asked.says("giữ nguyên")
    assert asked.says("sửa tên sản phẩm").startswith(f"{ASKED}«trên nhãn ghi khác».\n")
    assert ASKED not in asked.says("sửa 3")


def test_it_stands_there_weeks_later_too(asked: Person):
    button = asked.button("Sửa câu 6")

    assert asked.comes_back_after(days=20).presses(button).startswith(f"{ASKED}gọi số này chưa được.\n")


def test_after_each_thing_mended_the_next_is_named_and_after_the_last_how_the_office_gets_to_see_it(asked: Person):
    first = asked.says("1", "0987654321")
    last = asked.says("sửa 8", "Miến dong Bản Tài")

    assert "✅ Câu 6: 0987 654 321." in first
    assert "\nXã Côn Minh còn nhắc: sản phẩm.\n" in first
    assert "\nĐã sửa đủ chỗ xã Côn Minh nhắc. Gõ «xong» thì xã Côn Minh mới thấy.\n" in last


def test_correcting_something_else_first_tells_what_is_still_waited_for(asked: Person):
    assert "\nXã Côn Minh còn nhắc: điện thoại, sản phẩm.\n" in asked.says("sửa 4", "2")


def test_the_official_who_asked_is_told_once_it_is_confirmed_again(asked: Person, clerk: Person, village: Village):
    other = official(village, "cán bộ thứ hai")
    asked.comes_back_after(hours=1).says("1", "0987654321", "xong")

    assert hears(clerk) == ("Cơ sở đã sửa chỗ anh/chị nhắc và xác nhận lại hồ sơ HH-997-35. Mở xem thì gõ HH-997-35.")
    assert hears(other) == ""
    assert "0987 654 321" in clerk.says("hh 997 35")
    asked.says("giấy tờ của tôi", "1", "sửa 6", "0912345678", "xong")
    assert hears(clerk) == "", "what was asked for is mended already"


def test_who_is_no_official_any_more_is_told_nothing(asked: Person, clerk: Person, village: Village):
    revoke(village, clerk)
    asked.comes_back_after(hours=1).says("1", "0987654321", "xong")

    assert "xác nhận lại" not in hears(clerk)


def test_once_it_is_confirmed_again_nothing_is_said_to_be_waited_for(asked: Person):
    asked.comes_back_after(hours=1).says("1", "0987654321", "xong", "giấy tờ của tôi", "1")

    assert ASKED not in asked.says("sửa 8")
    assert "nhắc" not in asked.says("Miến dong Bản Tài")


def test_a_paper_not_handed_in_yet_is_not_said_to_be_there(asked: Person):
    done = asked.comes_back_after(hours=1).says("1", "0987654321", "xong")

    assert "Bản giấy thì xã đã nhận trước đó" not in done
    assert "nộp ủy ban xã Côn Minh" in done


def test_every_message_calls_the_producer_as_they_wish_and_says_what_is_next(clerk: Person, producer: Person):
    producer.says("dữ liệu của tôi", "sửa 1", "chị", "về đầu")

    records_receipt(clerk)
    assert "Chị chưa phải làm gì thêm: thiếu gì xã báo, trợ lý nhắn ngay tại đây." in hears(producer)
    clerk.says("cần bổ sung", "điện thoại", "xong", "ghi chưa rõ", "xong")
    assert "Chị chưa rõ chỗ nào thì hỏi cán bộ OCOP xã Côn Minh, hoặc gõ «gặp cán bộ»." in hears(producer)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong")
    assert "Chị chưa phải làm gì thêm, có tin trợ lý nhắn ngay." in hears(producer)
    clerk.says("ghi kết quả", "3 sao", "124/QĐ-UBND", "hôm nay", "xong")
    assert "Chưa nhận được giấy thì chị hỏi cán bộ OCOP xã Côn Minh." in hears(producer)
