"""Four taps lead to what may help, with its document, since when it holds and where to ask; no money is promised."""

import pytest

from tests.handlers.office import official
from tests.handlers.person import Person, Village
from tests.handlers.test_registering import registers_noodles

MACHINES = ("hợp tác xã", "đồ ăn", "máy móc, nhà xưởng", "thái nguyên")


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
@pytest.mark.parametrize(
    "taps",
    [
        pytest.param(("1", "1", "2", "1"), id="numbers"),
        pytest.param(MACHINES, id="words"),
        pytest.param(("hop tac xa", "che", "may say", "thai nguyen"), id="words of one's own, without marks"),
    ],
)
def test_four_taps_lead_to_documents(village: Village, channel: str, taps: tuple[str, ...]):
    someone = village.person("chị", channel=channel)
    someone.says("alo", "tìm hỗ trợ")

    told = someone.says(*taps)

    assert told.startswith("Có thể hỏi, văn bản đang dùng:\n– Khuyến công")
    assert "Nghị định 235/2025/NĐ-CP" in told
    assert "từ 27/8/2025 đến hết 31/12/2030" in told
    assert "Hỏi: Sở Công Thương, qua ủy ban xã." in told
    assert "Được hay không là do nơi ấy xét." in told


def test_what_has_no_room_is_opened_by_its_name(person: Person):
    person.says("tìm hỗ trợ", *MACHINES)
    button = person.button("Liên kết")
    assert "Có văn bản, nay còn dùng không thì phải hỏi:" in person.taps("Liên kết")
    person.says("hạn nộp là ngày nào")

    assert "Nghị định 98/2018/NĐ-CP, từ 20/8/2018" in person.presses(button)


def test_where_no_document_is_in_force_that_is_said(person: Person):
    told = person.says("tìm hỗ trợ", "1", "1", "thưởng khi có sao", "cao bằng")

    assert told.startswith("Trợ lý chưa thấy văn bản nào đang dùng cho việc này.")
    assert "Đã hết, nay không dùng nữa:" in told
    assert "đến hết 31/12/2025" in told


def test_a_loan_is_told_for_ones_own_kind_and_as_the_banks_to_decide(person: Person):
    told = person.says("tìm hỗ trợ", "hộ có đăng ký kinh doanh", "rượu", "vay vốn", "cao bằng")

    assert "cao nhất 500 triệu đồng" in told
    assert "5 tỷ" not in told
    assert "Ngân hàng xem từng nơi rồi mới quyết" in told


def test_what_is_known_of_the_producer_is_offered(person: Person):
    registers_noodles(person)
    person.says("xong", "tìm hỗ trợ")

    assert "Vẫn «Hợp tác xã»" in person.screen
    assert "Vẫn «Thái Nguyên»" in person.says("giữ nguyên", "1", "2")


def test_a_form_that_lies_open_is_gone_back_to(person: Person):
    person.says("đăng ký", "1")
    asked = person.screen.splitlines()[-1]

    person.says("tìm hỗ trợ")
    told = person.says(*MACHINES)

    assert "– Khuyến công" in told
    assert asked in told


def test_given_up_it_leads_back_to_the_form_too(person: Person):
    person.says("đăng ký", "1")
    asked = person.screen.splitlines()[-1]

    person.says("tìm hỗ trợ")

    assert asked in person.says("0")


def test_after_a_pause_it_goes_on_where_it_was(person: Person):
    person.says("tìm hỗ trợ", "1", "1")

    person.comes_back_after(days=2).says("alo")

    assert "Tìm hỗ trợ" not in person.screen or "Cần giúp việc gì?" in person.screen
    assert "văn bản đang dùng" in person.says("tìm hỗ trợ", *MACHINES)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("giay phep moi truong cho xuong che bien nho", "bảo vệ môi trường"),
        ("phuong an kinh doanh co bat buoc trong ho so khong", "nay không nộp riêng"),
        ("giấy attp bị mất rồi", "an toàn thực phẩm"),
    ],
)
def test_another_question_is_answered_and_the_open_one_asked_again(person: Person, words: str, told: str):
    person.says("tìm hỗ trợ")

    seen = person.says(words)

    assert told in seen
    assert "Câu 1/4. Cơ sở thuộc loại nào?" in seen


@pytest.mark.parametrize("rubbish", ["🐷🐷🐷", "99", "abc xyz", "a" * 3_000, "三个"])
def test_rubbish_gets_one_clear_sentence_and_the_question_again(person: Person, rubbish: str):
    person.says("tìm hỗ trợ", "1")

    told = person.says(rubbish)
    assert "1. Đồ ăn, nông sản, chè" in told
    assert "Cần giúp việc gì?" in person.says("1")


def test_a_real_question_about_support_is_answered_and_leads_there(person: Person):
    person.says("alo")
    assert "Có vài đường để hỏi tiền máy móc" in person.says("hỗ trợ máy sấy thế nào")

    assert "Cơ sở thuộc loại nào?" in person.taps("Tìm hỗ trợ")
    person.says("0", "hỗ trợ máy sấy thế nào")
    number = 1 + person.choices.index("Tìm hỗ trợ cho cơ sở của bà con")
    assert "Cơ sở thuộc loại nào?" in person.says(str(number))


def test_it_can_be_sent_to_an_official_as_a_question(village: Village):
    clerk = official(village, "cán bộ xã")
    someone = village.person("chị")
    someone.says("tìm hỗ trợ", *MACHINES)

    someone.taps("Gửi câu này cho cán bộ")
    someone.says("côn minh")

    assert "«Tìm hỗ trợ: Hợp tác x" in clerk.says("câu hỏi")
