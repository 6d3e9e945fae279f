"""Giving up, coming back after weeks, several drafts, and a new release in between."""

from dataclasses import replace

import pytest

from talk.answers import one_of, text
from talk.conversation import Conversation, would_answer
from talk.message import Tap, Update
from talk.script import Facts, Script, ask
from tests.talk.samples import FACTS, KINDS, PAPERS, REGISTRATION, TYPED
from tests.talk.talker import PHOTO, Talker

STORY = text(600, example="Miến làm từ củ dong")


@pytest.mark.parametrize("words", ["bỏ tờ này", "hủy", "huỷ", "huy to nay"])
def test_giving_up_asks_once_more_when_something_would_be_lost(talk, words):
    talk.say(*TYPED[:3])

    reply = talk.say(words)

    assert "⚠️ Bỏ tờ đăng ký (Mẫu 01) là mất 3 câu đã ghi, không lấy lại được. Bỏ thật không?\n1. Bỏ thật" in reply
    talk.say("1")
    assert talk.outcome == "cancelled"


@pytest.mark.parametrize("words", ["2", "không", "thôi", "0", "giữ lại"])
def test_giving_up_can_be_thought_better_of(talk, words):
    talk.say(*TYPED[:3], "hủy")

    assert "Câu 4/11" in talk.say(words)
    assert talk.outcome == "open"


def one_question(facts: Facts) -> Script:
    yield ask("words", "Hỏi chuyện gì?", STORY, title="Câu hỏi", out="Không hỏi nữa")
    yield ask("kind", "Loại nào?", one_of(KINDS), title="Loại")


@pytest.mark.parametrize("words", ["0", "không hỏi nữa", "khong hoi nua", "không", "ko", "thôi"])
def test_a_talk_that_says_so_is_given_up_at_its_first_question(words):
    talk = Talker(Conversation("aside", "câu hỏi", "", one_question))
    assert "0. Không hỏi nữa" in talk.reads

    talk.say(words)

    assert talk.outcome == "cancelled"


def test_past_its_first_question_it_goes_back_as_any_talk_does():
    talk = Talker(Conversation("aside", "câu hỏi", "", one_question))
    talk.say("thử mẫu ở đâu")

    assert "0. Quay lại" in talk.reads
    assert "Hỏi chuyện gì?" in talk.say("0")
    assert talk.outcome == "open"


def test_other_words_neither_give_up_nor_answer_the_question_behind(talk):
    talk.say("1", "hủy")

    assert "Bỏ thật không?" in talk.say("để tôi nghĩ đã")
    assert "Bỏ thật không?" in talk.say("bỏ qua")
    assert list(talk.answers) == ["case"]


def test_giving_up_with_nothing_written_needs_no_second_word(talk):
    talk.say("hủy")

    assert talk.outcome == "cancelled"


def test_coming_back_says_where_the_talk_was_left(talk):
    talk.say(*TYPED[:5])

    reply = talk.come_back("thứ Năm 12/11, 9 ngày trước")

    assert reply == (
        "Tờ đăng ký (Mẫu 01) để từ thứ Năm 12/11, 9 ngày trước, đã xong 5/11 câu, vẫn còn đủ.\n"
        "1. Làm tiếp câu 6\n2. Xem lại đã ghi\n3. Việc khác"
    )
    assert talk.say("làm tiếp").startswith("Câu 6/11. Số điện thoại")


def test_coming_back_one_can_look_at_what_is_written_or_leave_again(talk):
    talk.say("1")

    talk.come_back("hôm qua")
    assert "1. Lần đăng ký: Xin chấm lần đầu" in talk.say("2")
    talk.come_back("hôm qua")
    talk.say("3")
    assert talk.outcome == "left"


def test_coming_back_to_the_review_one_looks_before_one_confirms(reviewing):
    assert "1. Xem lại rồi xác nhận\n2. Việc khác" in reviewing.come_back("hôm qua")
    reviewing.say("xong")
    assert reviewing.outcome == "open"
    assert "10. Ăn được: Có" in reviewing.say("1")


def test_words_on_coming_back_are_no_answer_to_a_question_long_forgotten(talk):
    talk.say("1")
    talk.come_back("hôm qua")

    assert "1. Làm tiếp câu 2" in talk.say("alo có ai không")
    assert "producer" not in talk.answers


def test_words_on_coming_back_that_may_be_the_answer_are_offered_as_one(talk):
    talk.say("1")

    reply = talk.come_back("hôm qua", "Tổ chè Nà Mẫu")

    assert "3. Ghi «Tổ chè Nà Mẫu» vào câu 2\n4. Việc khác" in reply
    assert "«Tổ chè Nà Mẫu» thuộc loại nào?" in talk.say("3")


def test_words_on_coming_back_that_cannot_be_the_answer_are_not_offered(talk):
    talk.say("1")

    assert "vào câu 2" not in talk.come_back("hôm qua", "😀")


def test_words_on_coming_back_without_marks_are_still_asked_about(talk):
    talk.say("1")
    talk.come_back("hôm qua", "to che na mau")

    assert "Trên giấy sẽ in là «to che na mau»." in talk.say("3")


@pytest.mark.parametrize(
    ("answered", "update", "surely"),
    [
        pytest.param(0, Update(text="Xin lên sao"), True, id="a choice in words"),
        pytest.param(0, Update(text="1"), False, id="a bare number: of which list?"),
        pytest.param(1, Update(text="Tổ chè"), False, id="any words where any words would do"),
        pytest.param(1, Update(text="xem lại"), True, id="a word of command"),
        pytest.param(5, Update(text="0900 000 000"), True, id="a phone number where one is asked"),
        pytest.param(5, Update(text="alo"), False, id="a greeting where a phone number is asked"),
        pytest.param(10, Update(attachment=PHOTO), True, id="a photo"),
        pytest.param(3, Update(tap=Tap("17", "case", "first")), True, id="a tap"),
    ],
)
def test_after_a_long_pause_only_what_surely_goes_on_with_the_talk_is_taken_as_it_is(talk, answered, update, surely):
    talk.say(*TYPED[:answered])

    assert would_answer(REGISTRATION, talk.progress, update) is surely


def test_a_photo_on_coming_back_is_taken(talk):
    talk.say(*TYPED)
    talk.come_back("hôm qua")

    talk.send_photo()

    assert talk.answers["photo"] == PHOTO


def test_drafts_side_by_side_do_not_touch_each_other():
    one, other = Talker(REGISTRATION, FACTS, talk="17"), Talker(REGISTRATION, FACTS, talk="18")
    one.say("1", "Tổ chè Nà Mẫu")
    other.say("2")

    assert "Nút này của câu cũ, không dùng nữa.\nPhần «Cơ sở».\nCâu 2/11" in other.tap("Hợp tác xã", one.message)
    assert other.answers == {"case": "upgrade"}


def test_an_answer_that_a_new_release_no_longer_takes_is_asked_again_with_the_reason(reviewing):
    def newer(facts: Facts) -> Script:
        yield ask("kind", "Cơ sở thuộc loại nào?", one_of(KINDS[1:]), title="Loại cơ sở")
        yield ask("people", "Ai đứng tên?", STORY, title="Đứng tên")
        yield ask("email", "Email?", STORY, title="Email")

    reviewing.conversation = replace(REGISTRATION, script=newer)

    reply = reviewing.say("nhắc lại")
    assert "Các lựa chọn của câu này đã đổi. Xin trả lời lại giúp.\nCâu 1/3." in reply
    assert "Câu này nay cần có câu trả lời. Xin trả lời lại giúp.\nCâu 3/3. Email?" in reviewing.say("hộ")


def test_an_answer_of_another_shape_than_a_new_release_asks_for_is_asked_again(reviewing):
    def newer(facts: Facts) -> Script:
        yield ask("crops", "Hàng làm từ gì là chính?", one_of(KINDS), title="Nguyên liệu")

    reviewing.conversation = replace(REGISTRATION, script=newer)

    assert "Câu này nay hỏi khác trước. Xin trả lời lại giúp." in reviewing.say("nhắc lại")


def test_a_fact_that_an_older_talk_did_not_have_is_none():
    assert Facts({}).producer is None


def test_a_script_that_never_ends_is_a_bug_that_shows():
    def endless(facts: Facts) -> Script:
        while True:
            yield ask("again", "?", one_of(KINDS), title="?")

    with pytest.raises(RuntimeError, match="more than 300 questions, last again"):
        Talker(Conversation("endless", "tờ", "", endless))


# --- putting it off in people's own words

PUT_OFF = (
    *("thôi", "thôi nhé", "thôi nghỉ đã", "nghỉ tay", "nghỉ tay đã", "nghỉ một chút", "dừng lại", "tạm dừng"),
    *("để mai", "de mai", "để mai làm tiếp", "mai làm tiếp", "mai lam tiep", "thôi mai em làm tiếp ạ", "sáng mai làm"),
    *("chiều làm tiếp", "tối nay làm nốt", "để hôm khác", "lúc khác nhé", "hẹn tuần sau", "làm sau"),
    *("tí nữa", "ti nua", "lát nữa làm", "để chút nữa", "bận rồi", "đang bận", "em bận việc rồi ạ", "mệt quá rồi"),
    *("ddeer mai", "mai lafm tieesp"),
)


@pytest.mark.parametrize("words", PUT_OFF)
@pytest.mark.parametrize("answered", [3, 11], ids=["at a question", "at the review"])
def test_people_put_a_form_off_in_their_own_words_and_all_is_kept(talk, words, answered):
    talk.say(*TYPED[:3])
    if answered == 11:
        talk.say(*TYPED[3:])
        talk.send_photo()
    kept = talk.progress.answers

    talk.say(words)

    assert talk.outcome == "left"
    assert talk.progress.answers == kept


@pytest.mark.parametrize("words", ["thoi", "ban roi"])
def test_without_its_mark_a_word_that_may_be_a_name_is_asked_about(talk, words):
    talk.say("1")

    assert f"«{words}» là gì ạ?\n1. Nghỉ, để sau\n2. Câu trả lời «{words}»" in talk.say(words)
    talk.say("1")
    assert talk.outcome == "left"


@pytest.mark.parametrize(
    ("answered", "words"),
    [(1, "Tổ Mai"), (1, "Bận rộn"), (1, "Thời Mẫu"), (9, "thôi"), (1, "tôi làm tiếp"), (1, "để tôi làm"), (1, "mai")],
)
def test_words_that_answer_put_nothing_off(talk, answered, words):
    talk.say(*TYPED[:answered], words)

    assert talk.outcome == "open"


def test_a_day_is_an_answer_where_a_day_is_asked_for():
    talk = Talker(PAPERS, FACTS)
    talk.send_photo()
    talk.send_photo()
    talk.say("Miến làm từ củ dong", "mai")

    assert talk.outcome == "open"


def test_in_a_story_the_words_may_be_part_of_it():
    talk = Talker(PAPERS, FACTS)
    talk.send_photo()
    talk.send_photo()

    assert talk.say("mai làm tiếp").startswith("«mai làm tiếp» là gì ạ?\n1. Nghỉ, để sau\n2. Câu trả lời")
