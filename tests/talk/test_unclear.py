"""Words that could mean two things, words that mean nothing here, questions in mid-form, and edited messages."""

import pytest

from talk.message import Update
from tests.talk.samples import FACTS, PAPERS, TYPED
from tests.talk.talker import PDF, Talker

REPLY = "Nộp ở ủy ban xã.\nNguồn: Điều 7 QĐ 26/2026/QĐ-TTg"


def test_the_third_failed_try_offers_a_person(talk):
    talk.say(*TYPED[:5])

    assert talk.say("12345").startswith("Số 12345 ngắn quá, số di động có 10 chữ số.")
    assert talk.say("không nhớ số").startswith("Vẫn chưa rõ. Chưa thấy số điện thoại.")
    reply = talk.say("ở nhà")
    assert "Câu này để cán bộ giúp cũng được. Những câu khác đã lưu cả." in reply
    assert "– Để sau\n9. Gặp cán bộ\n0. Quay lại" in reply

    talk.tap("Gặp cán bộ")
    assert talk.outcome == "person"


def test_the_second_failed_try_at_an_optional_question_offers_to_write_it_by_hand_later(talk):
    talk.say(*TYPED[:6])

    assert "Bỏ qua, ghi tay sau" in talk.say("😀", "😀")
    assert "Được, để trống." in talk.tap("Bỏ qua, ghi tay sau")


def test_a_success_forgets_the_failed_tries(talk):
    talk.say(*TYPED[:5], "1234", "1234", "0900 000 000")

    assert "Vẫn chưa rõ" not in talk.send(Update(other="sticker"))


def test_three_failed_tries_at_the_review_offer_a_person_too(reviewing):
    assert "– Gặp cán bộ" in reviewing.say("ờ", "ừ", "à")


@pytest.mark.parametrize("words", ["9", "gặp cán bộ", "gap can bo", "hỏi cán bộ ạ"])
def test_a_person_can_be_asked_for_at_a_choice(talk, words):
    talk.say(words)

    assert talk.outcome == "person"


def test_nine_people_is_asked_back_and_can_be_the_answer(talk):
    talk.say(*TYPED[:4])

    reply = talk.say("9")

    assert "«9» là câu trả lời, hay «gặp cán bộ»?\n1. Gặp cán bộ\n2. Câu trả lời «9»" in reply
    assert "✅ 9 người.\nCâu 6/11" in talk.say("2")


def test_nine_at_a_number_can_also_mean_a_person(talk):
    talk.say(*TYPED[:4], "9", "1")

    assert talk.outcome == "person"


def test_nought_at_a_number_is_asked_back_and_can_mean_back(talk):
    talk.say(*TYPED[:4])

    assert "«0» là câu trả lời, hay «quay lại»?\n1. Quay lại" in talk.say("0")
    assert "Câu 4/11" in talk.say("1")


def test_nine_with_its_unit_is_only_a_number(talk):
    talk.say(*TYPED[:4])

    assert "✅ 9 người." in talk.say("9 người")


def test_a_bare_huy_is_asked_back_where_it_could_be_a_name(talk):
    talk.say("1")

    assert "«huy» là gì ạ?\n1. Bỏ tờ này\n2. Câu trả lời «huy»" in talk.say("huy")
    assert "«huy» thuộc loại nào?" in talk.say("2")


def test_a_bare_huy_can_mean_to_give_up(talk):
    talk.say("1")

    assert "Bỏ thật không?" in talk.say("Huy", "1")


def test_a_bare_huy_where_no_name_is_asked_gives_up_and_still_asks_once_more(talk):
    talk.say(*TYPED[:4])

    assert "Bỏ thật không?" in talk.say("huy")


@pytest.mark.parametrize("name", ["Nghị", "Chùa", "Xông"])
def test_a_name_is_no_command_because_it_folds_like_one(talk, name):
    talk.say("1")

    assert f"«{name}» thuộc loại nào?" in talk.say(name)


def test_a_question_among_choices_is_answered_and_the_choice_asked_again(talk):
    reply = talk.ask("mà nộp ở đâu", REPLY)

    assert reply.startswith(REPLY)
    assert "Câu 1/11. Đăng ký để làm gì?\n1. Xin chấm" in reply
    assert talk.progress.tries == 0


def test_words_that_answer_the_question_are_no_question(talk):
    assert "✅ Xin chấm lần đầu." in talk.ask("lần đầu", REPLY)


def test_a_question_where_free_words_are_asked_is_asked_back(talk):
    talk.say("1")

    reply = talk.ask("Nộp ở đâu", REPLY)

    assert reply == "Đây là câu hỏi hay câu trả lời?\n1. Câu hỏi\n2. Câu trả lời «Nộp ở đâu»"
    reply = talk.say("1")
    assert reply.startswith(REPLY)
    assert "Câu 2/11. Cơ sở tên gì?" in reply


def test_what_looked_like_a_question_can_be_the_answer(talk):
    talk.say("1")
    talk.ask("Nộp ở đâu", REPLY)

    assert "«Nộp ở đâu» thuộc loại nào?" in talk.say("2")


def test_neither_can_be_typed_over(talk):
    talk.say("1")
    talk.ask("Nộp ở đâu", REPLY)

    assert "«Tổ chè Nà Mẫu» thuộc loại nào?" in talk.say("Tổ chè Nà Mẫu")


def test_a_question_at_the_review_is_answered_without_the_whole_review(reviewing):
    reply = reviewing.ask("nộp ở đâu", REPLY)

    assert reply == f"{REPLY}\nGõ «xong» nếu đã đúng, hoặc gõ số câu cần sửa.\n– Xong\n– Sửa"


def test_a_question_on_coming_back_is_answered(talk):
    talk.say("1")
    talk.come_back("hôm qua")

    assert talk.ask("nộp ở đâu", REPLY).startswith(REPLY)


def test_editing_the_message_of_the_latest_answer_changes_that_answer(talk):
    talk.say("1", "Tổ chè Nà Mẩu")

    reply = talk.edit("Tổ chè Nà Mẫu")

    assert reply.startswith("✅ Câu 2 nay ghi: Tổ chè Nà Mẫu.\nCâu 3/11. «Tổ chè Nà Mẫu» thuộc loại nào?")


def test_editing_an_older_message_changes_nothing_and_says_how_to(talk):
    talk.say("1", "Tổ chè Nà Mẫu", "htx")

    reply = talk.edit("Tổ khác", messages_ago=2)

    assert "Sửa lại tin cũ thì câu đã trả lời không đổi theo. Muốn sửa câu nào thì gõ «sửa» và số câu." in reply
    assert talk.answers["producer"] == "Tổ chè Nà Mẫu"


def test_editing_a_message_that_was_not_understood_answers_the_question(talk):
    talk.say(*TYPED[:5], "09000")

    assert "✅ 0900 000 000." in talk.edit("0900000000")


def test_editing_a_message_that_was_asked_back_answers_the_question(talk):
    talk.say("1", "to che na mau")

    assert "«Tổ chè Nà Mẫu» thuộc loại nào?" in talk.edit("Tổ chè Nà Mẫu")


@pytest.mark.parametrize("edited", ["0900", "chua nho"])
def test_an_edit_that_cannot_be_the_answer_touches_neither_it_nor_the_next_one(talk, edited):
    talk.say(*TYPED[:6])

    reply = talk.edit(edited)
    assert "Chữ vừa sửa chưa dùng được, câu 6 vẫn ghi «0900 000 000». Muốn sửa thì gõ «sửa 6».\nCâu 7/11" in reply

    assert "✅ Câu 6 nay ghi: 0911 111 111.\nCâu 7/11" in talk.edit("0911 111 111")
    assert "email" not in talk.answers


def test_an_edit_that_would_be_asked_back_does_not_answer_the_next_question(talk):
    talk.say("1", "Tổ chè Nà Mẫu")

    assert "câu 2 vẫn ghi «Tổ chè Nà Mẫu»" in talk.edit("to che na mau")
    assert talk.progress.side is None


def test_not_yet_can_be_edited_into_an_answer(talk):
    talk.say(*TYPED[:7])

    assert "✅ Câu 7 nay ghi: to@vidu.vn." in talk.edit("to@vidu.vn")


def test_two_messages_in_the_same_second_answer_one_question_each(talk):
    talk.say("1")
    talk.send(Update(text="Tổ chè Nà Mẫu"))
    talk.send(Update(text="htx"))

    assert talk.answers == {"case": "first", "producer": "Tổ chè Nà Mẫu", "kind": "cooperative"}


def test_a_day_to_come_may_be_said_as_tomorrow_and_stays_the_day_it_meant():
    talk = Talker(PAPERS, FACTS)
    talk.send(Update(attachment=PDF))
    talk.send_photo()

    talk.say("Miến làm từ củ dong", "mai")

    assert talk.progress.answers["meeting"].raw == "2026-11-22"
    assert talk.progress.answers["meeting"].typed == "mai"
    assert "4. Ngày họp: Chủ nhật 22/11/2026" in talk.reads
