"""Each kind of answer, as people give it and as it is said back."""

from datetime import date
from decimal import Decimal

import pytest

from talk.answers import Found
from talk.message import Attachment, Update
from tests.talk.samples import FACTS, LONG_LISTS, MEETING, PAPERS, REGISTRATION, TYPED
from tests.talk.talker import PDF, PHOTO, Talker


def test_a_whole_registration_typed_on_a_phone_without_buttons(talk):
    assert "Tờ đăng ký có 11 câu" in talk.reads
    assert "Câu 1/11. Đăng ký để làm gì?\n1. Xin chấm lần đầu\n2. Xin lên sao" in talk.reads

    assert "✅ Xin chấm lần đầu.\nPhần «Cơ sở».\nCâu 2/11." in talk.say("lần đầu")
    assert "✅ Đã lưu.\nCâu 3/11. «Hợp tác xã Bản Mẫu» thuộc loại nào?" in talk.say("Hợp tác xã Bản Mẫu")
    assert "✅ Hợp tác xã." in talk.say("htx")
    assert "✅ Xã Côn Minh, tỉnh Thái Nguyên (trước là huyện Na Rì)." in talk.say("con minh")
    assert "✅ 12 người." in talk.say("12 nguoi")
    assert "✅ 0900 000 000." in talk.say("+84 900 000 000")
    assert "Được, ghi là chưa có." in talk.say("chưa có")
    assert "✅ Củ dong; Chè." in talk.say("1, 3")
    assert "✅ Thứ Ba 05/3/2024." in talk.say("5/3/2024")
    assert "✅ Có." in talk.say("dạ có ạ")
    assert (
        "✅ Có ảnh rồi.\nXem lại. Chưa gõ «xong» thì chưa ai thấy:\n1. Lần đăng ký: Xin chấm lần đầu"
        in talk.send_photo()
    )

    talk.say("xong")
    assert talk.outcome == "finished"
    assert talk.answers == {
        "case": "first",
        "producer": "Hợp tác xã Bản Mẫu",
        "kind": "cooperative",
        "commune": Found("con-minh", "xã Côn Minh", echo="Xã Côn Minh, tỉnh Thái Nguyên (trước là huyện Na Rì)"),
        "people": Decimal(12),
        "phone": "0900000000",
        "email": None,
        "crops": ("arrowroot", "tea"),
        "since": date(2024, 3, 5),
        "food": True,
        "photo": PHOTO,
    }


def test_an_answer_is_kept_as_typed_and_as_read(talk):
    talk.say("1", "Tổ chè Nà Mẫu", "ho")

    assert talk.progress.answers["case"].typed == "1"
    assert talk.progress.answers["case"].raw == "first"
    assert talk.progress.answers["kind"].typed == "ho"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("3", id="its number"),
        pytest.param("3.", id="its number with a point"),
        pytest.param("Giấy sắp hết hạn, xin chấm lại", id="the whole label"),
        pytest.param("giay sap het han xin cham lai", id="without marks"),
        pytest.param("  GIẤY SẮP HẾT HẠN ", id="its beginning, in capitals"),
        pytest.param("chấm lại", id="another word for it"),
        pytest.param("cham lai a", id="politely"),
        pytest.param("giay sap het hann xin cham lai", id="with a slip"),
    ],
)
def test_a_choice_can_be_typed_in_many_ways(talk, words):
    assert "Câu 2/11" in talk.say(words)
    assert talk.progress.answers["case"].raw == "again"


def test_a_choice_is_never_guessed_between_two(talk):
    assert "Chưa rõ ý. Gõ số, hoặc gõ chữ, ví dụ: Xin chấm lần đầu.\n1. Xin chấm" in talk.say("xin")


def test_a_number_that_is_not_on_offer_is_no_choice(talk):
    assert "Chỉ có các số ở dưới." in talk.say("7")


def test_many_choices_can_be_tapped_one_by_one_and_closed(talk):
    talk.say(*TYPED[:7])

    assert "Đã chọn: Củ dong. Đủ rồi thì gõ «xong»." in talk.tap("Củ dong")
    assert "Đã chọn: Củ dong; Mật ong." in talk.say("mật ong")
    assert "Đã chọn: Mật ong." in talk.tap("Bỏ chọn «Củ dong»")
    assert "✅ Chè; Mật ong." in talk.say("3", "xong")


def test_a_double_tap_does_not_take_a_choice_back(talk):
    talk.say(*TYPED[:7])
    asked = talk.message

    talk.tap("Chè", asked)

    assert "Đã chọn: Chè." in talk.tap("Chè", asked)


@pytest.mark.parametrize("words", ["1, 3", "1 3", "1,3", "1 và 3", "củ dong; chè", "1, 3."])
def test_several_choices_in_one_message_answer_the_question(talk, words):
    talk.say(*TYPED[:7])

    assert "✅ Củ dong; Chè." in talk.say(words)


@pytest.mark.parametrize("words", ["và", "…", "😀"])
def test_words_without_a_choice_choose_nothing(talk, words):
    talk.say(*TYPED[:7])

    assert "Chưa rõ chọn những dòng nào. Gõ các số, cách nhau dấu phẩy, ví dụ: 1, 3." in talk.say(words)


def test_choices_touched_before_count_when_the_rest_is_typed(talk):
    talk.say(*TYPED[:7])
    talk.tap("Mật ong")

    assert "✅ Củ dong; Chè; Mật ong." in talk.say("1, 3")


def test_a_label_with_a_comma_is_one_choice(talk):
    talk.say(*TYPED[:7])

    assert "Đã chọn: Gạo, ngô." in talk.say("gao, ngo")


def test_more_than_eight_choices_come_in_pages():
    talk = Talker(LONG_LISTS, FACTS)
    assert "8. Bộ 8: vải\n– Xem thêm" in talk.reads
    assert "1. Bộ 9: mây\n2. Bộ 10: gỗ\n– Xem thêm" in talk.say("xem thêm")
    assert "1. Bộ 1: rau" in talk.say("xem them")

    assert "✅ Bộ 10: gỗ." in talk.say("xem thêm", "2")


def test_numbers_mean_the_page_that_is_shown_also_for_several_choices():
    talk = Talker(LONG_LISTS, FACTS)
    talk.say("1", "1, 3", "xem thêm")

    assert "Đã chọn: Bộ 1: rau; Bộ 3: gạo; Bộ 9: mây; Bộ 10: gỗ." in talk.say("1, 2")
    talk.say("xong")
    assert talk.progress.answers["sets"].raw == ["s1", "s3", "s9", "s10"]


def test_a_button_of_another_page_of_the_same_question_still_counts():
    talk = Talker(LONG_LISTS, FACTS)
    first_page = talk.message
    talk.say("xem thêm")

    assert "✅ Bộ 2: thịt." in talk.tap("Bộ 2: thịt", first_page)


def test_nine_asks_for_a_person_even_where_more_than_eight_lines_are_offered():
    talk = Talker(LONG_LISTS, FACTS)
    talk.say("1", "chưa có")
    assert "8. Bộ 8: vải\n– Vẫn «Bộ 2: thịt»\n– Chưa có" in talk.reads

    talk.say("9")

    assert talk.outcome == "person"


def test_a_known_answer_is_offered_and_need_not_be_typed():
    talk = Talker(REGISTRATION, {**FACTS, "producer": "Tổ chè Nà Mẫu", "phone": "0900000000"})

    assert "1. Vẫn «Tổ chè Nà Mẫu»" in talk.say("1")
    assert "«Tổ chè Nà Mẫu» thuộc loại nào?" in talk.say("1")
    assert "1. Vẫn «0900 000 000»" in talk.say("htx", "con minh", "4")
    talk.say("giữ nguyên")
    assert talk.answers["phone"] == "0900000000"


def test_a_known_answer_that_would_not_be_taken_is_not_offered():
    talk = Talker(REGISTRATION, {**FACTS, "producer": "Tổ " * 100, "phone": 5})

    assert "Vẫn" not in talk.say("1")
    assert "Vẫn" not in talk.say(*TYPED[1:5])


def test_a_search_with_two_hits_asks_which(talk):
    talk.say(*TYPED[:3])
    reply = talk.say("Hưng Đạo")

    assert "Có 2 nơi trước đây tên Hưng Đạo. Bà con ở đâu?\n1. Thành phố Cao Bằng, nay là phường Thục Phán" in reply
    assert "✅ Xã Hưng Đạo." in talk.say("2")
    assert talk.progress.answers["commune"].typed == "Hưng Đạo"


def test_a_search_whose_hits_are_all_wrong_can_be_typed_again(talk):
    talk.say(*TYPED[:3], "hung dao")

    assert "Câu 4/11. Cơ sở ở xã, phường nào?" in talk.say("3")
    assert "✅ Xã Côn Minh" in talk.say("con minh")


def test_a_search_without_a_hit_says_what_would_be_right(talk):
    talk.say(*TYPED[:3])

    assert "Trợ lý chưa thấy xã nào tên như vậy. Gõ lại giúp, ví dụ: xã Côn Minh." in talk.say("Hà Nội")


def test_a_name_typed_without_marks_is_asked_back_before_it_is_printed(talk):
    talk.say("1")
    reply = talk.say("htx mien dong ban mau")

    assert "Trên giấy sẽ in là «htx mien dong ban mau». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên.\n1. Giữ" in reply
    assert "«HTX miến dong Bản Mẫu» thuộc loại nào?" in talk.say("HTX miến dong Bản Mẫu")


def test_a_name_without_marks_can_stay_as_it_is(talk):
    talk.say("1", "htx mien dong ban mau")

    assert "«htx mien dong ban mau» thuộc loại nào?" in talk.say("1")


def test_an_answer_too_long_for_its_box_is_kept_while_the_person_chooses(talk):
    talk.say("1")
    reply = talk.say("Hợp tác xã " + "miến dong " * 20)

    assert "Câu này dài 210 chữ cái, ô trên giấy chừa 120. Gõ lại ngắn hơn giúp, hoặc:\n1. Lấy phần đầu" in reply
    talk.say("1")
    assert talk.answers["producer"] == "Hợp tác xã " + "miến dong " * 10 + "miến"


def test_a_shared_contact_answers_the_phone_and_no_other_question(talk):
    assert "Câu này chưa cần số điện thoại." in talk.send(Update(phone="0900000000"))
    talk.say(*TYPED[:5])

    assert talk.message.wants == "phone"
    assert "✅ 0900 000 000." in talk.send(Update(phone="+84900000000"))
    assert talk.progress.answers["phone"].typed == "+84900000000"


def test_a_photo_where_words_are_asked_is_met_kindly(talk):
    talk.say("1")

    assert "Câu này cần gõ chữ, chưa cần ảnh." in talk.send_photo()


def test_words_where_a_photo_is_asked_are_met_kindly(talk):
    talk.say(*TYPED)

    assert talk.message.wants == "photo"
    assert "Câu này cần ảnh, chưa cần gõ chữ. Chụp một tấm rồi gửi lên đây giúp." in talk.say("đẹp lắm")
    assert "Câu này cần ảnh chụp." in talk.send(Update(attachment=PDF))


def test_papers_may_come_as_pdf_or_word_and_nothing_else():
    talk = Talker(PAPERS, FACTS)
    table = Attachment(9, "application/vnd.ms-excel", 5, "gia.xls")

    assert "Tệp loại này chưa dùng được. Gửi ảnh chụp, tệp PDF hoặc Word giúp." in talk.send(Update(attachment=table))
    assert "✅ Có tệp rồi." in talk.send(Update(attachment=PDF))


@pytest.mark.parametrize(
    ("update", "words"),
    [
        pytest.param(Update(text=""), "Tin vừa rồi không có chữ nào.", id="empty"),
        pytest.param(Update(text=" \u200b\u202e"), "Tin vừa rồi không có chữ nào.", id="invisible signs"),
        pytest.param(Update(text="😀😀"), "Chưa thấy chữ nào trong tin vừa rồi.", id="emoji only"),
        pytest.param(
            Update(text="ab" * 10_000), "Câu này dài 20.000 chữ cái, ô trên giấy chừa 120.", id="20,000 characters"
        ),
        pytest.param(Update(other="sticker"), "Hình dán thì trợ lý chưa đọc được.", id="sticker"),
        pytest.param(Update(other="location"), "Vị trí trên bản đồ thì trợ lý chưa đọc được.", id="location"),
        pytest.param(Update(other="video"), "Trợ lý chưa xem được video.", id="video"),
        pytest.param(Update(other="voice"), "Trợ lý chưa nghe được lời nói.", id="voice"),
        pytest.param(Update(trouble="too_big"), "Tệp này nặng quá 20 MB.", id="60 MB"),
        pytest.param(Update(trouble="empty"), "Tệp này trống", id="0 bytes"),
        pytest.param(Update(trouble="unsafe"), "không phải ảnh, PDF hay Word", id="an .exe named .jpg"),
        pytest.param(Update(trouble="unreadable"), "chưa mở được", id="unreadable"),
    ],
)
def test_what_cannot_be_a_name_gets_an_exact_answer_and_the_question_stays(talk, update, words):
    talk.say("1")

    assert words in talk.send(update)
    assert "«Tổ chè Nà Mẫu» thuộc loại nào?" in talk.say("Tổ chè Nà Mẫu")


@pytest.mark.parametrize("name", ["<b>Bản</b> & 'Mẫu'", "Tổ'; DROP TABLE person;--", "*Bản* _Mẫu_", "Tổ {total} %s"])
def test_names_that_look_like_code_are_only_names(talk, name):
    talk.say("1")

    assert f"«{name}» thuộc loại nào?" in talk.say(name)
    assert talk.answers["producer"] == name


def test_what_follows_from_an_answer_is_said_below_it_also_when_it_is_corrected():
    talk = Talker(MEETING, FACTS)
    assert talk.say("20/11/2026").startswith("✅ Thứ Sáu 20/11/2026.\nNgày này đã qua.\nCâu 2/2.")

    talk.say("0", "22/11/2026")
    assert "Ngày này đã qua" not in talk.reads
    talk.say("1")
    assert talk.say("sửa 1", "20/11/2026").startswith(
        "✅ Câu 1: thứ Sáu 20/11/2026. Các câu kia giữ nguyên.\nNgày này đã qua.\nGõ «xong»"
    )


def test_leaving_out_may_have_words_of_its_own():
    talk = Talker(MEETING, FACTS)

    assert "1. Chưa định ngày" in talk.reads
    assert talk.say("không").startswith("Được, ghi là chưa định ngày.\n")
    talk.say("1")
    assert "1. Ngày họp: chưa định ngày\n" in talk.reads


def test_likely_words_are_offered_and_any_others_are_taken_too():
    talk = Talker(MEETING, FACTS)
    assert "1. Giám đốc\n2. Tổ trưởng" in talk.say("mai")

    talk.say("to truong")
    assert "2. Chủ trì: Tổ trưởng" in talk.reads
    assert "2. Chủ trì: Kế toán trưởng" in talk.say("sửa 2", "Kế toán trưởng", "xem lại")
    assert "2. Chủ trì: Giám đốc" in talk.say("sửa 2", "1", "xem lại")
