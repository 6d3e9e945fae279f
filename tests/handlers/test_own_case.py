"""Who asks about their own papers is told of those, and of nobody else's."""

import pytest

from tests.handlers.office import official, producer_of_noodles, records_receipt
from tests.handlers.person import Person, Village
from tests.handlers.test_registering import registers_noodles


@pytest.fixture
def clerk(village: Village) -> Person:
    return official(village, "cán bộ xã")


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.mark.parametrize("words", ["giấy tôi nộp đi đến đâu rồi bác", "hs cua toi toi dau r"])
def test_where_an_application_stands_is_what_an_official_recorded(producer: Person, clerk: Person, words: str):
    assert ": đã xong\n" in producer.says(words)

    records_receipt(clerk)

    seen = producer.says(words)
    assert "xã đã nhận bản giấy, ghi thứ Bảy 21/11/2026" in seen
    assert "Trợ lý chỉ biết điều cán bộ đã ghi ở đây." in seen
    assert producer.choices == ["Quy định chung"]
    assert "Nguồn: " in producer.says("1")


def test_who_has_no_papers_here_is_told_what_holds_in_general(village: Village, producer: Person):
    stranger = village.person("người lạ")
    stranger.says("alo")

    seen = stranger.says("hs cua toi toi dau r")

    assert "Nguồn: " in seen
    assert "Giấy tờ của" not in seen


def test_a_general_question_is_answered_in_general(producer: Person):
    assert "Giấy tờ của" not in producer.says("hạn nộp là ngày nào")


def test_until_when_ones_certificate_holds_is_told_with_the_days_to_hand_in_again(producer: Person, clerk: Person):
    assert "36 tháng" in producer.says("giấy của tôi còn hạn không")
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong", "ghi kết quả", "4 sao", "124/QĐ-UBND", "hôm nay", "xong")

    seen = producer.says("giấy của tôi còn hạn không")
    assert "4 sao: giấy dùng đến thứ Tư 21/11/2029. Xin chấm lại thì nộp ở xã từ" in seen
    assert "Quyết định 124/QĐ-UBND" in seen
    assert "ngày do trợ lý tính · chưa được cán bộ tỉnh xác nhận" in seen

    producer.comes_back_after(days=3 * 365 - 150)
    assert "Nay nộp ở xã được để xin chấm lại, chậm nhất" in producer.says("giấy của tôi còn hạn không")
    producer.comes_back_after(days=50)
    assert "Ngày cuối nộp xin chấm lại đã qua" in producer.says("giấy của tôi còn hạn không")
    producer.comes_back_after(days=120)
    assert "Nay đã quá." in producer.says("giấy của tôi còn hạn không")


@pytest.mark.parametrize("words", ["hạn nộp của tôi", "toi phai nop truoc ngay nao", "hồ sơ của em hạn nộp bao giờ"])
def test_ones_own_deadline_is_that_of_the_coming_round_until_the_commune_has_the_paper(
    producer: Person, clerk: Person, words: str
):
    seen = producer.says(words)
    assert "«Miến dong Tài Hoan», mã " in seen
    assert "soạn xong, xã chưa ghi là đã nhận bản giấy. Nên nộp xã chậm nhất thứ Tư 07/4/2027" in seen
    assert "· chưa được cán bộ tỉnh xác nhận" in seen
    assert producer.choices == ["Quy định chung"]
    assert "Đợt tới: " in producer.says("1")

    records_receipt(clerk)
    assert "xã đã nhận bản giấy, không phải nộp lại." in producer.says(words)


def test_a_deadline_is_told_of_what_is_still_being_written_too(person: Person):
    registers_noodles(person)
    person.says("để sau")

    assert "«Miến dong Tài Hoan»: đang soạn. Nên nộp xã chậm nhất thứ Tư 07/4/2027" in person.says("hạn nộp của tôi")


def test_for_another_scoring_the_deadline_is_counted_from_ones_own_certificate(person: Person):
    registers_noodles(person, "giấy sắp hết hạn, xin chấm lại", "20/5/2024")
    person.says("xong")

    assert "Nộp xã chậm nhất thứ Tư 20/01/2027" in person.says("hạn nộp của tôi")
    seen = person.says("giấy của tôi còn hạn không")
    assert "Giấy dùng đến thứ Năm 20/5/2027 (36 tháng, trợ lý tính" in seen
    assert "Nguồn: ngày cấp bà con đã ghi; " in seen


def test_who_has_nothing_to_hand_in_is_told_of_the_round(village: Village):
    stranger = village.person("người lạ")
    stranger.says("alo")

    assert stranger.says("hạn nộp của tôi").startswith("Đợt tới: ")
