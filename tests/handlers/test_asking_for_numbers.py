"""How many, where, as of when: a number comes with its date and source, and never as that of another place or time."""

import pytest

from tests.handlers.person import Person, Village

ASKS_WHERE = "Bà con hỏi số của nơi nào?"
# What is asked, and what is told: the number, the time, or what is asked back.
TABLE = [
    ("Bắc Kạn có bao nhiêu sản phẩm 4 sao?", "21 sản phẩm 4 sao", "tháng 4/2025"),
    ("bac kan bao nhieu san pham 5 sao", "4 sản phẩm 5 sao", "tháng 4/2025"),
    ("bk co bn sp 3 sao", "220 sản phẩm 3 sao", "tháng 4/2025"),
    ("bac can co may san pham ocop", "245 sản phẩm", "tháng 4/2025"),
    ("tổng số sản phẩm ocop của bắc kạn", "245 sản phẩm", "tháng 4/2025"),
    ("số lượng sp ocop bắc kạn", "245 sản phẩm", "tháng 4/2025"),
    ("sản phẩm ocop ở Bắc Kạn có bao nhiêu", "245 sản phẩm", "tháng 4/2025"),
    ("bắc kạn có mấy cái 5 sao", "4 sản phẩm 5 sao", "tháng 4/2025"),
    ("Bawcs Kanj cos bao nhieeu sanr phaamr 4 sao", ASKS_WHERE, ""),
    ("năm 2023 bắc kạn có bao nhiêu sản phẩm ocop", "184 sản phẩm", "tháng 11/2023"),
    ("7/2023 bắc kạn có bao nhiêu sản phẩm 3 sao", "163 sản phẩm 3 sao", "tháng 7/2023"),
    ("tháng 11/2023 bk bao nhiêu sp", "184 sản phẩm", "tháng 11/2023"),
    ("năm 2024 bắc kạn có bao nhiêu sản phẩm ocop", "218 sản phẩm", "Đầu năm 2024"),
    ("năm 2020 bac kan duoc may san pham 4 sao", "13 sản phẩm 4 sao", "hết năm 2020"),
    ("nam 2020 bac kan bao nhieu sp ocop", "131 sản phẩm", "13 sản phẩm 4 sao, 118 sản phẩm 3 sao"),
    ("năm 2022 bắc kạn có bao nhiêu sản phẩm ocop", "Năm 2022 thì trợ lý chưa có số. Gần nhất:", "tháng 7/2023"),
    ("năm 2026 bắc kạn có bao nhiêu sản phẩm ocop", "Số lúc này thì trợ lý chưa có. Gần nhất:", "tháng 4/2025"),
    ("bây giờ cao bằng có bao nhiêu sản phẩm ocop", "Số lúc này thì trợ lý chưa có. Gần nhất:", "Hết năm 2023"),
    ("mục tiêu 2025 của bắc kạn là bao nhiêu sản phẩm", "ít nhất 200 sản phẩm", "không phải số đã đạt"),
    ("bac kan phan dau 2025 bao nhieu sp ocop", "ít nhất 200 sản phẩm", "Đây là mục tiêu"),
    ("ke hoach 2023 bac kan them bao nhieu san pham", "ít nhất 20 sản phẩm", "Đây là kế hoạch"),
    ("năm 2023 bắc kạn có thêm bao nhiêu sản phẩm", "48 sản phẩm", "240% kế hoạch"),
    ("kế hoạch 2023 bắc kạn bao nhiêu sản phẩm truy xuất nguồn gốc", "20 sản phẩm có truy xuất", "Đây là kế hoạch"),
    ("bac kan co bao nhieu san pham truy xuat", "20 sản phẩm có truy xuất", "không phải số đã đạt"),
    ("bao nhiêu chủ thể ocop ở bắc kạn", "110 cơ sở", "tháng 11/2023"),
    ("bac kan co may htx lam ocop", "73 hợp tác xã", "tháng 11/2023"),
    ("bao nhiêu hộ kinh doanh làm ocop ở bắc kạn", "22 hộ kinh doanh", "tháng 11/2023"),
    ("bao nhieu doanh nghiep ocop bac kan", "5 doanh nghiệp", "tháng 11/2023"),
    ("bắc kạn có bao nhiêu tổ hợp tác làm ocop", "10 tổ hợp tác", "tháng 11/2023"),
    ("bắc kạn có mấy htx", "73 hợp tác xã", "110 cơ sở làm hàng OCOP"),
    ("bao nhiêu xã có ocop ở bắc kạn", "16 xã", "Năm 2020"),
    ("ty le ho ngheo bac kan bao nhieu", "18,51%", "năm 2020"),
    ("bắc kạn có bao nhiêu sản phẩm theo chuỗi", "20 sản phẩm làm theo chuỗi", "2018 đến 2020"),
    ("bac kan bao nhieu du an", "hơn 43 dự án", "Nguồn ghi «hơn 43», không ghi số đúng."),
    ("bắc kạn có mấy trung tâm bán hàng ocop", "2 trung tâm", "2018 đến 2020"),
    ("chợ đồn có bao nhiêu dự án liên kết", "16 dự án", "tháng 8/2023"),
    ("cho moi co may du an lien ket", "4 dự án", "không ghi ngày"),
    ("Cao Bằng có bao nhiêu sản phẩm OCOP?", "144 sản phẩm", "Hết năm 2023"),
    ("cb co bn sp ocop", "144 sản phẩm", "13 sản phẩm 4 sao, 131 sản phẩm 3 sao"),
    ("cao bang co may hang 4 sao", "13 sản phẩm 4 sao", "hết năm 2023"),
    ("cao bằng bao nhiêu sản phẩm 3 sao", "131 sản phẩm 3 sao", "hết năm 2023"),
    ("cao bằng có bao nhiêu sản phẩm 5 sao", "Riêng 5 sao thì nguồn không ghi.", "Hết năm 2023"),
    ("tháng 6/2023 cao bằng có bao nhiêu sản phẩm", "97 sản phẩm", "Giữa năm 2023"),
    ("du lich cao bang co may san pham", "3 sản phẩm du lịch", "hết năm 2023"),
    ("cao bang may sp duoc lieu", "3 sản phẩm dược liệu", "không còn nhóm dược liệu"),
    ("cao bằng bao nhiêu sản phẩm thủ công", "6 sản phẩm thủ công", "hết năm 2023"),
    ("cao bang bao nhieu san pham thuc pham ocop", "124 sản phẩm thực phẩm", "hết năm 2023"),
    ("năm 2023 cao bằng thêm bao nhiêu sản phẩm", "thêm 68 sản phẩm", "4 sản phẩm 4 sao, 64 sản phẩm 3 sao"),
    ("nam 2023 cao bang them bao nhieu san pham cham lai", "7 sản phẩm chấm lại", "61 sản phẩm lần đầu"),
    ("kế hoạch 2023 cao bằng thêm bao nhiêu sản phẩm", "ít nhất 30 sản phẩm", "Đây là kế hoạch"),
    ("bao nhiêu chủ thể ocop ở cao bằng", "91 cơ sở", "Hết năm 2023"),
    ("cao bằng có mấy htx", "149 hợp tác xã nông nghiệp", "làm hàng OCOP thì chỉ 22"),
    ("cao bang bao nhieu htx lam ocop", "22 hợp tác xã", "149 hợp tác xã nông nghiệp"),
    ("may lang nghe o cao bang", "5 làng nghề", "Giữa năm 2023"),
    ("làng nghề ở bắc kạn có bao nhiêu", "Số này của Bắc Kạn thì trợ lý chưa có, nên không đoán.", ""),
    ("thái nguyên có bao nhiêu sản phẩm ocop", "620 lượt", "không phải số giấy đang còn dùng được"),
    ("tỉnh thái nguyên bn sp 5 sao", "10 sản phẩm 5 sao", "620 là lượt"),
    ("năm 2024 thái nguyên có bao nhiêu sản phẩm ocop", "313 sản phẩm", "chưa có Bắc Kạn"),
    ("kỳ này thái nguyên thêm bao nhiêu sản phẩm ocop", "59 sản phẩm", "Kỳ 2025"),
    ("cả nước có bao nhiêu sản phẩm ocop", "17.316 sản phẩm", "tháng 9/2025"),
    ("ca nuoc bn sp 5 sao", "126 sản phẩm 5 sao", "tháng 9/2025"),
    ("cả nước bao nhiêu sản phẩm ocop 4 sao", "27,1% là 4 sao", "tháng 9/2025"),
    (
        "ba bể có bao nhiêu sản phẩm ocop",
        "Riêng Ba Bể thì trợ lý không có số, chỉ có số của cả tỉnh Bắc Kạn cũ.",
        "245",
    ),
    ("Trùng Khánh có bao nhiêu sản phẩm ocop", "chỉ có số của cả tỉnh Cao Bằng.", "144"),
    ("có bao nhiêu sản phẩm ocop", ASKS_WHERE, "Cao Bằng"),
    ("bao nhiêu sản phẩm 4 sao", ASKS_WHERE, "Bắc Kạn"),
    ("bao nhiêu chủ thể ocop", ASKS_WHERE, "Cao Bằng"),
    ("bắc kạn và cao bằng có bao nhiêu sản phẩm ocop", "trợ lý không cộng", "Hết năm 2023, Cao Bằng có 144"),
]


@pytest.mark.parametrize(("question", "number", "time"), TABLE, ids=[row[0] for row in TABLE])
def test_a_number_is_told_with_its_time_and_its_source(person: Person, question: str, number: str, time: str):
    person.says("alo")

    told = person.says(question)

    assert number in told
    assert time in told
    asks = ASKS_WHERE in told or "trợ lý chưa có, nên không đoán" in told
    assert asks or "Nguồn: " in told
    assert asks or "kiểm tra 21/11/2026 · chưa được cán bộ tỉnh xác nhận" in told


def test_a_place_that_is_missing_is_asked_for_and_the_answer_remembers_it(person: Person):
    assert person.says("alo", "có bao nhiêu sản phẩm 4 sao").startswith(ASKS_WHERE)
    assert "13 sản phẩm 4 sao" in person.says("cao bằng")

    told = person.says("bao nhiêu sản phẩm 3 sao")
    assert told.startswith("Đang hỏi về: Cao Bằng. Muốn đổi thì gõ nơi khác, năm khác.")
    assert "131 sản phẩm 3 sao" in told


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_the_place_can_be_tapped_numbered_or_typed(village: Village, channel: str):
    someone = village.person("chị", channel=channel)
    someone.says("alo", "bao nhieu san pham 4 sao")
    assert "21 sản phẩm 4 sao" in someone.says("1")
    someone.says("bao nhieu lang nghe ca tinh", "bao nhieu san pham 4 sao ca nuoc", "đổi")
    assert "13 sản phẩm 4 sao" in someone.taps("Cao Bằng")


def test_one_goes_on_from_a_number_by_place_time_and_part(person: Person):
    person.says("alo", "Bắc Kạn có bao nhiêu sản phẩm 4 sao?")

    told = person.says("thế còn Cao Bằng?")
    assert "Đang hỏi về: Cao Bằng." in told
    assert "13 sản phẩm 4 sao" in told
    told = person.says("năm 2023 bắc kạn thì sao")
    assert "18 sản phẩm 4 sao" in told
    assert "tháng 11/2023" in told
    assert "Đang hỏi về: Bắc Kạn, năm 2023." in person.says("còn 3 sao?")
    assert "165 sản phẩm 3 sao" in person.screen
    assert "Cao Bằng, hết năm 2023: 131 sản phẩm 3 sao" in person.says("cao bằng thì sao")


def test_after_half_an_hour_nothing_goes_on(person: Person):
    person.says("alo", "Bắc Kạn có bao nhiêu sản phẩm 4 sao?")

    told = person.comes_back_after(hours=1).says("còn 3 sao?")

    assert "sản phẩm 3 sao" not in told


def test_an_old_button_tells_its_own_number_whatever_was_asked_since(person: Person):
    person.says("alo", "Bắc Kạn có bao nhiêu sản phẩm 4 sao?")
    button = person.button("Số đầu năm 2024")
    person.says("hạn nộp là ngày nào")

    assert "Bắc Kạn, đầu năm 2024: 18 sản phẩm 4 sao." in person.presses(button)


def test_in_the_middle_of_a_form_the_number_is_told_above_the_open_question(person: Person):
    person.says("đăng ký", "1")
    asked = person.screen.splitlines()[-1]

    told = person.says("cao bằng có bao nhiêu sản phẩm ocop?", "câu hỏi")
    assert "144 sản phẩm" in told
    assert asked in told
    assert "Hỏi lại giúp, kèm tên tỉnh" in person.says("có bao nhiêu sản phẩm ocop?", "câu hỏi")


def test_a_number_called_wrong_goes_to_the_officials(person: Person):
    person.says("alo", "Bắc Kạn có bao nhiêu sản phẩm 4 sao?")

    assert "Câu này đã ghi lại" in person.says("👎")


def test_a_part_of_one_thing_is_not_carried_to_another(person: Person):
    person.says("alo", "cao bằng có bao nhiêu sản phẩm 4 sao")

    told = person.says("có bao nhiêu chủ thể ocop")

    assert "91 cơ sở" in told
    assert "4 sao" not in told
