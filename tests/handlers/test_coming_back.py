"""Leaving in the middle and coming back: after a pause, on another phone, after a new release."""

import json
from dataclasses import replace

import pytest

from handlers import talks
from handlers.form import Form
from storage import progress
from talk.answers import Option, one_of, text
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask
from tests.handlers.filling import answers
from tests.handlers.person import Person

RESUMED = """Tờ đăng ký (Mẫu 01) để từ thứ Bảy 21/11, 9 ngày trước, đã xong 3/11 câu, vẫn còn đủ.
1. Làm tiếp câu 4
2. Xem lại đã ghi
3. Việc khác"""


@pytest.fixture
def half_way(person: Person) -> Person:
    """Somebody who left at question 4."""
    person.says("1", *answers(before="position"))
    return person


@pytest.mark.parametrize("words", ["hom truoc lam den dau r", "alo", "chào", "lam den dau roi?", "📷", "."])
def test_after_nine_days_the_first_thing_said_is_where_the_form_was_left(half_way: Person, words: str):
    assert half_way.comes_back_after(days=9).says(words) == RESUMED


def test_what_may_be_the_answer_after_all_need_not_be_typed_again(half_way: Person):
    half_way.comes_back_after(days=9)

    assert half_way.says("Kế toán trưởng") == RESUMED.replace(
        "3. Việc khác", "3. Ghi «Kế toán trưởng» vào câu 4\n4. Việc khác"
    )
    assert half_way.says("3").startswith("✅ Đã lưu.\nCâu 5/11.")


def test_an_answer_by_button_goes_straight_on_even_after_nine_days(person: Person):
    person.says("1", *answers(before="position"))
    button = person.button("Giám đốc")

    assert person.comes_back_after(days=9).presses(button).startswith("✅ Đã lưu.")
    assert "Câu 5/11" in person.screen


def test_going_on_from_there_asks_the_question_that_was_open(half_way: Person):
    half_way.comes_back_after(days=9).says("hom truoc lam den dau r")

    assert half_way.says("1").startswith("Câu 4/11. Người đó giữ chức vụ gì?\n1. Giám đốc\n")


def test_what_was_written_can_be_looked_at_first(half_way: Person):
    half_way.comes_back_after(days=9).says("alo")

    assert half_way.says("2").startswith(
        "Đã ghi tới đây, chưa gửi đi đâu cả:\n1. Lần đăng ký: Xin chấm lần đầu\n"
        "– Cơ sở\n2. Cơ sở: Hợp tác xã Tài Hoan\n3. Người đứng tên: Nguyễn Thị Mẫu\n"
    )


def test_something_else_can_be_done_first_and_the_form_stays(half_way: Person):
    half_way.comes_back_after(days=9).says("alo")

    assert half_way.says("3").startswith("Đã lưu cả. Muốn làm tiếp thì gõ «giấy tờ của tôi».\n")
    assert "1. «Hợp tác xã Tài Hoan», đang soạn\n" in half_way.says("2")


def test_a_button_of_a_question_already_answered_changes_nothing_after_nine_days(half_way: Person):
    button = half_way.button("Tổ trưởng")
    half_way.says("1")
    half_way.comes_back_after(days=9).says("alo")

    assert half_way.presses(button) == (
        "Nút đó của câu 4, đã trả lời rồi, vẫn giữ nguyên. Muốn sửa câu 4 thì gõ «sửa 4».\n"
        + RESUMED.replace("3/11", "4/11").replace("câu 4", "câu 5")
    )
    assert "Câu 5/11" in half_way.says("1")


def test_yesterday_is_called_yesterday(half_way: Person):
    assert half_way.comes_back_after(hours=24).says("alo").startswith("Tờ đăng ký (Mẫu 01) để từ hôm qua, đã xong 3/11")


def test_a_year_is_named_when_it_is_another_one(half_way: Person):
    assert "để từ thứ Bảy 21/11/2026, 60 ngày trước, đã xong" in half_way.comes_back_after(days=60).says("alo")


def test_a_short_pause_is_no_coming_back(half_way: Person):
    assert half_way.comes_back_after(hours=3).says("Kế toán trưởng").startswith("✅ Đã lưu.")


def test_a_list_of_drafts_left_open_is_drawn_up_anew_after_a_pause(half_way: Person):
    half_way.says("giấy tờ của tôi")
    half_way.comes_back_after(days=9)

    assert half_way.says("giấy tờ của tôi") == (
        "Giấy tờ của bà con. Mở tờ nào?\n1. «Hợp tác xã Tài Hoan», đang soạn, để từ thứ Bảy 21/11\n"
        "2. Soạn tờ mới\n3. Làm giúp người khác"
    )
    assert half_way.comes_back_after(days=9).says("alo").startswith("Chào bà con.\nBà con cần việc gì?")


def test_asking_where_it_was_left_with_no_form_open_shows_what_is_there(half_way: Person):
    half_way.says("menu")

    assert half_way.comes_back_after(days=9).says("hom truoc lam den dau r").startswith("Giấy tờ của bà con.")


# --- leaving for a moment


@pytest.mark.parametrize("words", ["menu", "/menu", "về đầu", "để sau", "thoát"])
def test_leaving_says_that_all_is_kept_and_how_to_come_back(half_way: Person, words: str):
    assert half_way.says(words).startswith("Đã lưu cả. Muốn làm tiếp thì gõ «giấy tờ của tôi».\nBà con cần việc gì?")


def test_coming_back_the_same_day_opens_the_question_itself(half_way: Person):
    half_way.says("menu", "giấy tờ của tôi")

    assert half_way.says("1").startswith("Mở lại «Hợp tác xã Tài Hoan».\nCâu 4/11. Người đó giữ chức vụ gì?\n")


def test_leaving_before_anything_was_answered_keeps_nothing_and_does_not_say_it_did(person: Person):
    person.says("1")

    assert person.says("menu").startswith("Bà con cần việc gì?")
    assert person.says("2").startswith("Chưa có giấy tờ nào ở đây.")


@pytest.mark.parametrize("words", ["thôi", "để mai", "mai làm tiếp", "bận rồi"])
def test_putting_it_off_in_ones_own_words_keeps_the_form_too(half_way: Person, words: str):
    assert half_way.says(words).startswith("Đã lưu cả. Muốn làm tiếp thì gõ «giấy tờ của tôi».\n")
    assert "Câu 4/11" in half_way.says("giấy tờ của tôi", "1")


def test_putting_off_where_nothing_lies_open_is_met_kindly(half_way: Person):
    half_way.says("menu")

    assert half_way.says("thôi để mai").startswith("Được. Lúc nào cần thì nhắn «alo».\n")


# --- two phones


def test_two_phones_of_one_person_hold_one_form(half_way: Person):
    second = half_way.takes_another_phone()

    assert "Câu 5/11" in second.says("Giám đốc")
    assert "Câu 6/11" in half_way.says("thôn Nà Mẫu, xã Côn Minh")
    assert "Câu 7/11" in second.says("0912345678")


def test_the_same_choice_tapped_on_both_phones_answers_once(person: Person):
    person.says("1")
    second = person.takes_another_phone()
    button = person.button("Xin chấm lần đầu")
    person.presses(button)

    assert second.presses(button).startswith("Nút đó của câu 1, đã trả lời rồi, vẫn giữ nguyên.")
    assert "Câu 2/11" in second.screen


# --- a new release in between


def kept_body(person: Person) -> tuple[int, Progress]:
    me = person.id
    [saved] = person.village.store.run(lambda db: progress.open_ones(db, me))
    return saved.id, Progress.loads(str(saved.id), saved.body)


def with_script(monkeypatch: pytest.MonkeyPatch, script: object) -> None:
    """From here on the next release is at work, whose form asks other things."""
    form: Form = talks.FORMS["register"]
    conversation = Conversation("register", form.conversation.title, form.conversation.intro, script)  # type: ignore[arg-type]
    monkeypatch.setitem(talks.FORMS, "register", replace(form, conversation=conversation))


def test_a_choice_that_is_gone_is_asked_again_saying_why(half_way: Person, monkeypatch: pytest.MonkeyPatch):
    def script(facts: Facts) -> Script:
        yield ask("case", "Đăng ký để làm gì?", one_of([Option("once", "Xin chấm")]), title="Lần đăng ký")
        yield ask("producer", "Cơ sở tên gì?", text(example="Hợp tác xã Mẫu"), title="Cơ sở")

    with_script(monkeypatch, script)

    assert half_way.says("nhắc lại") == (
        "Các lựa chọn của câu này đã đổi. Xin trả lời lại giúp.\nCâu 1/2. Đăng ký để làm gì?\n1. Xin chấm"
    )
    assert "2. Cơ sở: Hợp tác xã Tài Hoan" in half_way.says("1")


def test_a_question_that_is_gone_is_left_out_and_a_new_one_is_asked(half_way: Person, monkeypatch: pytest.MonkeyPatch):
    def script(facts: Facts) -> Script:
        yield ask("producer", "Cơ sở tên gì?", text(example="Hợp tác xã Mẫu"), title="Cơ sở")
        yield ask("village", "Thôn nào?", text(example="Nà Mẫu"), title="Thôn")

    with_script(monkeypatch, script)

    assert (
        half_way.comes_back_after(days=9)
        .says("alo")
        .startswith(
            "Tờ đăng ký (Mẫu 01) để từ thứ Bảy 21/11, 9 ngày trước, đã xong 1/2 câu, vẫn còn đủ.\n1. Làm tiếp câu 2\n"
        )
    )
    assert half_way.says("1") == "Câu 2/2. Thôn nào?\n0. Quay lại"


def test_a_form_that_stood_at_a_question_which_is_gone_stands_at_the_first_open_one(
    half_way: Person, monkeypatch: pytest.MonkeyPatch
):
    half_way.says("sửa 3")

    def script(facts: Facts) -> Script:
        yield ask("producer", "Cơ sở tên gì?", text(example="Hợp tác xã Mẫu"), title="Cơ sở")
        yield ask("village", "Thôn nào?", text(example="Nà Mẫu"), title="Thôn")

    with_script(monkeypatch, script)

    assert half_way.says("nhắc lại") == "Câu 2/2. Thôn nào?\n0. Quay lại"


def test_an_answer_kept_in_another_shape_by_an_old_release_is_asked_again(half_way: Person):
    half_way.says("Giám đốc", "thôn Nà Mẫu, xã Côn Minh")
    row, kept = kept_body(half_way)
    body = json.loads(kept.dumps())
    body["answers"]["commune"][1] = "thai-nguyen/con-minh"  # a bare id, where there is an object today
    half_way.village.store.run(lambda db: progress.save(db, row, json.dumps(body), half_way.village.now))

    assert half_way.says("nhắc lại").startswith("Câu này nay hỏi khác trước. Xin trả lời lại giúp.\nCâu 5/11.")


def test_a_conversation_that_is_gone_altogether_leaves_the_menu(half_way: Person, monkeypatch: pytest.MonkeyPatch):
    button = half_way.button("Quay lại")
    monkeypatch.delitem(talks.FORMS, "register")

    assert half_way.says("Côn Minh").startswith("Trợ lý chưa hiểu ý này.")
    assert half_way.presses(button).startswith("Nút này của tờ cũ, không dùng nữa.")


OLD_ANSWERS = {
    "case": ["1", "first", "given", "m1"],
    "producer": ["Hợp tác xã Tài Hoan", "Hợp tác xã Tài Hoan", "given", "m2"],
    "kind": ["1", "cooperative", "given", "m3"],
    "commune": [
        "con minh",
        {
            "key": "thai-nguyen/con-minh",
            "name": "xã Côn Minh, tỉnh Thái Nguyên",
            "echo": "Xã Côn Minh, tỉnh Thái Nguyên",
        },
        "given",
        "m4",
    ],
    "phone": ["0912345678", "0912345678", "given", "m5"],
    "product": ["Miến dong Tài Hoan", "Miến dong Tài Hoan", "given", "m6"],
    "set": ["1", {"key": "set07", "name": "bộ 7, chế biến từ rau, củ, quả, hạt", "echo": ""}, "given", "m7"],
    "photo": ["", {"id": 1, "type": "image/jpeg", "size": 48000, "name": ""}, "given", "m8"],
}
"""The answers of the first cut of the form as the release before kept them."""


def test_a_form_of_the_first_cut_asks_only_for_what_it_did_not_ask_and_loses_nothing(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan")
    row, kept = kept_body(person)
    body = json.loads(kept.dumps()) | {"facts": {}, "answers": OLD_ANSWERS, "latest": "photo"}
    person.village.store.run(lambda db: progress.save(db, row, json.dumps(body), person.village.now))

    assert "Câu 3/12. Ai đứng tên" in person.says("nhắc lại")
    assert "Câu 4/12. Người đó giữ chức vụ gì?" in person.says("Nguyễn Thị Mẫu")
    assert "Câu 6/12. Cơ sở ở thôn, tổ hay đường nào của xã Côn Minh?" in person.says("1")
    assert "Câu 8/12. Email của cơ sở" in person.says("thôn Nà Mẫu")
    assert "Câu 11/12. Bản tự chấm (Mẫu 02) có chưa?" in person.says("chưa có")
    assert "Câu 12/12. Thêm ảnh, giấy tờ" in person.says("đang làm")
    person.says("ảnh sản phẩm")
    assert "13. Ảnh: đã có ảnh\n" in person.says("xong"), "what was sent before is still there"
    assert "5. Địa chỉ: xã Côn Minh, tỉnh Thái Nguyên\n6. Thôn, đường: thôn Nà Mẫu\n" in person.screen
    assert person.says("xong").startswith("Xong bản nháp, mã ")


def test_one_of_the_first_cut_that_asks_for_another_scoring_is_asked_for_its_certificate(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan")
    row, kept = kept_body(person)
    old = OLD_ANSWERS | {"case": ["3", "again", "given", "m1"]}
    body = json.loads(kept.dumps()) | {"facts": {}, "answers": old, "latest": "photo"}
    person.village.store.run(lambda db: progress.save(db, row, json.dumps(body), person.village.now))

    assert "Câu 3/14. Số giấy chứng nhận OCOP?" in person.says("nhắc lại")
    assert "Câu 4/14. Trợ lý thấy: 5 sao năm 2024" in person.says("bỏ qua")
    assert "còn 60 ngày" in person.says("20/5/2024")
