"""Going back, leaving out, correcting, looking over, and ways that part and come together again."""

import pytest

from talk.answers import Option, one_of, text
from talk.conversation import Conversation
from talk.script import Facts, Script, ask
from tests.talk.samples import ONE_QUESTION, SEVERAL_PRODUCTS, TYPED
from tests.talk.talker import Talker

STORY = text(600, example="Miến làm từ củ dong")


def test_back_shows_the_last_answer_and_keeps_it(talk):
    talk.say(*TYPED[:3])

    reply = talk.say("0")

    assert "Câu 3/11" in reply
    assert "Đang ghi: «Hợp tác xã»." in reply
    assert "4. Giữ nguyên" in reply
    assert "Câu 4/11" in talk.say("4")


@pytest.mark.parametrize("words", ["0", "quay lại", "quay lai", "Quay lại ạ", "trở lại", "câu trước"])
def test_back_can_be_said_in_many_ways(talk, words):
    talk.say("1")

    assert "Câu 1/11" in talk.say(words)


def test_where_nothing_is_written_there_is_nothing_to_keep(talk):
    talk.say("1")

    assert "Câu này chưa ghi gì.\nPhần «Cơ sở».\nCâu 2/11" in talk.say("giữ nguyên")


def test_back_at_the_first_question_stays_there(talk):
    assert "Đây là câu đầu rồi.\nCâu 1/11" in talk.say("quay lại")


def test_back_goes_as_far_as_one_likes_and_a_new_answer_leads_to_the_open_question(talk):
    talk.say(*TYPED[:4], "quay lại", "quay lại", "quay lại")

    reply = talk.say("Tổ chè Nà Mẫu")

    assert "✅ Câu 2: Tổ chè Nà Mẫu. Các câu kia giữ nguyên.\nCâu 5/11" in reply


def test_back_at_the_review_is_the_last_question(reviewing):
    assert "Câu 11/11" in reviewing.say("0")
    assert "Xem lại. Chưa gõ «xong» thì chưa ai thấy:" in reviewing.say("giữ nguyên")


def test_an_optional_question_can_be_left_empty(talk):
    talk.say(*TYPED[:6])

    assert "Được, để trống." in talk.say("bỏ qua")
    assert talk.progress.answers["email"].state == "skipped"


@pytest.mark.parametrize("words", ["chưa có", "chua co", "chưa", "không có", "dạ không có ạ", "ko", "không", "1"])
def test_what_there_is_not_yet_is_written_down_as_such(talk, words):
    talk.say(*TYPED[:6])

    assert "Được, ghi là chưa có." in talk.say(words)
    assert talk.progress.answers["email"].state == "none_yet"


def test_what_is_needed_cannot_be_left_out_but_can_wait(talk):
    talk.say("1")

    assert "Câu này cần có mới làm giấy được. Chưa tiện thì gõ «để sau»" in talk.say("bỏ qua")
    talk.say("để sau")
    assert talk.outcome == "left"


def test_a_choice_that_begins_with_not_yet_is_a_choice():
    def script(facts: Facts) -> Script:
        options = (Option("have", "Có rồi"), Option("not", "Chưa có giấy"))
        yield ask("paper", "Bản tự chấm có chưa?", one_of(options), title="Mẫu 02")

    assert "✅ Chưa có giấy." in Talker(Conversation("c", "tờ", "", script)).say("chưa")


@pytest.mark.parametrize("words", ["sửa 4", "Sửa 4", "sua 4", "sửa câu 4", "sửa mục 4 ạ", "4"])
def test_an_answer_is_corrected_from_the_review_by_its_number(reviewing, words):
    reply = reviewing.say(words)

    assert "Câu 4/11. Cơ sở ở xã, phường nào?\nĐang ghi: «xã Côn Minh»." in reply
    reply = reviewing.say("Thục Phán")
    assert "✅ Câu 4: phường Thục Phán. Các câu kia giữ nguyên.\nGõ «xong», hoặc số câu cần sửa." in reply
    assert "4. Xã, phường: phường Thục Phán" in reviewing.say("xem lại")


def test_an_answer_is_corrected_from_the_review_by_touch(reviewing):
    assert "Sửa câu nào?\n1. Lần đăng ký: Xin chấm lần đầu\n2. Cơ sở:" in reviewing.tap("Sửa")
    assert "Câu 3/11" in reviewing.tap("Loại cơ sở: Hợp tác xã")
    assert "✅ Câu 3: Công ty nhỏ và vừa." in reviewing.tap("Công ty nhỏ và vừa")


def test_nine_and_ten_are_questions_where_the_review_has_that_many(reviewing):
    assert "Câu 9/11" in reviewing.say("9")
    assert "Câu 10/11" in reviewing.say("xem lại", "10")


def test_nine_at_a_shorter_review_asks_for_a_person():
    talk = Talker(SEVERAL_PRODUCTS)
    talk.say("1", "Miến dong", "2", "hết rồi", "9")

    assert talk.outcome == "person"


def test_a_number_without_a_question_says_which_there_are(reviewing):
    assert "Sửa được từ câu 1 đến câu 11." in reviewing.say("sửa 40")


def test_an_answer_can_be_corrected_in_mid_form_and_the_talk_goes_on_where_it_was(talk):
    talk.say(*TYPED[:5])

    assert "Câu 3/11" in talk.say("sửa 3")
    assert "✅ Câu 3: Công ty nhỏ và vừa. Các câu kia giữ nguyên.\nCâu 6/11" in talk.say("cty")


def test_correcting_the_open_question_is_only_answering_it(talk):
    assert "✅ Xin lên sao." in talk.say("sửa 1", "2")


@pytest.mark.parametrize("words", ["xong", "xem lại", "giữ nguyên"])
def test_a_correction_thought_better_of_leads_back_to_the_review(reviewing, words):
    reviewing.say("sửa 4")

    assert "Xem lại. Chưa gõ «xong» thì chưa ai thấy:" in reviewing.say(words)
    assert reviewing.outcome == "open"


def test_the_review_stands_in_numbered_lines_under_the_names_of_its_parts(reviewing):
    assert reviewing.message.text.splitlines() == [
        "✅ Có ảnh rồi.",
        "Xem lại. Chưa gõ «xong» thì chưa ai thấy:",
        "1. Lần đăng ký: Xin chấm lần đầu",
        "– Cơ sở",
        "2. Cơ sở: Hợp tác xã Bản Mẫu",
        "3. Loại cơ sở: Hợp tác xã",
        "4. Xã, phường: xã Côn Minh",
        "5. Số người: 12 người",
        "6. Điện thoại: 0900 000 000",
        "7. Email: chưa có",
        "– Sản phẩm",
        "8. Nguyên liệu: Củ dong; Chè",
        "9. Bán từ: thứ Ba 05/3/2024",
        "10. Ăn được: Có",
        "11. Ảnh: đã có ảnh",
        "Hết chỗ phải sửa thì gõ «xong». Sửa câu nào thì gõ số câu, ví dụ «sửa 4».",
    ]


def test_words_that_mean_nothing_at_the_review_confirm_nothing(reviewing):
    assert "Gõ «xong» nếu đã đúng, hoặc gõ số câu cần sửa." in reviewing.say("ờ")
    assert reviewing.outcome == "open"


def test_long_answers_are_cut_evenly_so_that_the_review_fits_one_message():
    def script(facts: Facts) -> Script:
        for n in range(1, 31):
            yield ask(f"q{n}", "?", STORY, title=f"Chuyện số {n}")

    talk = Talker(Conversation("long", "tờ dài", "", script))
    talk.say(*["Chuyện dài " * 40] * 30)

    assert len(talk.reads) < 2_000
    assert "30. Chuyện số 30: Chuyện dài" in talk.reads


def test_what_is_written_so_far_can_be_looked_at_in_mid_form(talk):
    talk.say("1", "Tổ chè Nà Mẫu")

    reply = talk.say("xem lại")

    assert "Đã ghi tới đây, chưa gửi đi đâu cả:\n1. Lần đăng ký: Xin chấm lần đầu\n– Cơ sở\n2. Cơ sở: Tổ chè" in reply
    assert "Câu 3/11" in reply


def test_done_too_early_says_how_much_is_left(talk):
    assert "Chưa xong, còn 10 câu.\nPhần «Cơ sở».\nCâu 2/11" in talk.say("1", "xong")


def test_the_question_can_be_asked_for_again_and_for_its_reason(talk):
    talk.say("1")

    assert talk.say("nhắc lại").startswith("Phần «Cơ sở».\nCâu 2/11. Cơ sở tên gì?")
    assert "Tên này in lên tờ đăng ký." in talk.say("vì sao")
    assert "Câu này là một ô trên tờ đăng ký (Mẫu 01)." in talk.say("Tổ chè Nà Mẫu", "tại sao hỏi")


def test_another_answer_opens_another_way_and_the_old_one_is_only_hidden(talk):
    talk.say("1", "Tổ chè Nà Mẫu", "hộ")
    assert "Câu 4/12. Số giấy đăng ký kinh doanh?" in talk.reads
    talk.say("19A8-000123", "con minh")

    assert "Câu 5/11" in talk.say("sửa 3", "htx")
    assert "licence" not in talk.answers
    assert "19A8" not in talk.say("xem lại")

    talk.say("sửa 3", "hộ")
    assert talk.answers["licence"] == "19A8-000123"
    assert "4. Số giấy: 19A8-000123" in talk.say("xem lại")


def test_questions_are_repeated_as_often_as_was_said():
    talk = Talker(SEVERAL_PRODUCTS)

    assert "Câu 2/6. Sản phẩm thứ 1 tên gì?" in talk.say("2")
    talk.say("Miến dong", "2,5 ha", "Chè", "300")
    assert "Câu 7/8. Tên gì?" in talk.say("còn")
    talk.say("Mật ong", "hết rồi")

    assert "5. Diện tích 2: 300 ha\n6. Còn nữa: Còn\n7. Tên 3: Mật ong" in talk.reads


def test_fewer_repeats_hide_the_rest_and_more_bring_it_back():
    talk = Talker(SEVERAL_PRODUCTS)
    talk.say("2", "Miến dong", "2,5", "Chè", "300")

    talk.say("sửa 1", "1")
    assert "name_2" not in talk.answers
    talk.say("sửa 1", "2")

    assert talk.answers["name_2"] == "Chè"


def test_a_talk_without_a_review_ends_with_its_last_answer():
    talk = Talker(ONE_QUESTION)

    assert talk.reads.startswith("Mở tờ nào?"), "one question alone has no number"
    talk.say("2")

    assert talk.outcome == "finished"
