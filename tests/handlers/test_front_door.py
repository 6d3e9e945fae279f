"""First words, the menu, links and buttons: whatever comes in finds a door, and never somebody else's."""

import pytest

from talk.message import Tap, Update
from tests.handlers.person import Person, Village

MENU = "1. Soạn giấy đăng ký\n2. Giấy tờ của tôi\n3. Dữ liệu của tôi\n9. Gặp cán bộ"
OLD_BUTTON = "Nút này của tờ cũ, không dùng nữa."
QUESTION_1 = "Câu 1/11. Đăng ký để làm gì?\n1. Xin chấm lần đầu\n2. Xin lên sao\n3. Giấy sắp hết hạn, xin chấm lại"
WHO = "Đây là Trợ lý OCOP, máy trả lời tự động của Văn phòng Nông thôn mới."
NOBODY = "Ở đây chưa có cán bộ nào nhận câu hỏi. Hỏi Văn phòng Nông thôn mới giúp: 0209 3870 000."
BEGINNING = (
    "Tờ đăng ký (Mẫu 01) có 11 câu, chừng 5 phút. Nghỉ giữa chừng được, trả lời tới đâu lưu tới đó. "
    "Nên có sẵn giấy đăng ký kinh doanh. Làm cho cơ sở khác thì gõ «làm giúp».\n" + QUESTION_1
)


def test_the_first_message_meets_who_this_is_that_it_is_a_machine_and_what_it_can_do(person: Person):
    welcome = (
        "Chào bà con. Đây là Trợ lý OCOP, máy trả lời tự động của Văn phòng Nông thôn mới. "
        f"Gõ không dấu cũng được, hoặc gõ số:\n{MENU}"
    )

    assert person.says("alo") == welcome
    assert person.opens_link("start") == welcome


def test_somebody_who_was_here_before_is_greeted_without_the_introduction(person: Person):
    person.says("alo")

    assert person.says("chào") == f"Chào bà con.\nBà con cần việc gì?\n{MENU}"


@pytest.mark.parametrize("words", ["1", "soạn giấy đăng ký", "dang ky", "muon dang ky sp", "mau 01", "SOẠN GIẤY"])
def test_the_form_opens_by_number_by_name_and_without_marks(person: Person, words: str):
    person.says("alo")

    assert person.says(words) == BEGINNING


def test_the_first_message_of_all_may_already_say_what_for(person: Person):
    assert person.says("muon dang ky sp") == f"{WHO}\n{BEGINNING}"


def test_a_link_that_says_what_for_opens_the_form(person: Person):
    assert person.opens_link("register") == f"{WHO}\n{BEGINNING}"
    assert person.opens_link("register") == BEGINNING


@pytest.mark.parametrize("payload", ["drafts", "HK-394-27", "HK39427", "../etc", "x" * 64, "1", "qr_tai-hoan_5"])
def test_a_link_with_any_other_payload_opens_the_front_door_and_nothing_else(person: Person, payload: str):
    assert person.opens_link(payload).startswith("Chào bà con. Đây là Trợ lý OCOP")
    assert person.choices == ["Soạn giấy đăng ký", "Giấy tờ của tôi", "Dữ liệu của tôi", "Gặp cán bộ"]


def test_a_link_opened_in_the_middle_of_a_form_keeps_the_form(person: Person):
    person.says("1", "1", "HTX Bản Mẫu")

    assert "Giấy đang soạn vẫn còn đủ." in person.opens_link("start")
    assert "1. «HTX Bản Mẫu», đang soạn" in person.says("2")


def test_opening_the_same_link_again_and_again_leaves_one_form_not_many(person: Person):
    for _ in range(3):
        person.opens_link("register")
    person.says("1", "menu")

    assert (
        person.says("2")
        == "Giấy tờ của bà con. Mở tờ nào?\n1. Tờ đăng ký, đang soạn\n2. Soạn tờ mới\n3. Làm giúp người khác"
    )


def test_who_has_nothing_here_yet_is_told_so(person: Person):
    person.says("alo")

    assert person.says("giay to cua toi") == f"Chưa có giấy tờ nào ở đây.\nBà con cần việc gì?\n{MENU}"


def test_while_no_official_answers_here_the_operator_can_be_reached(person: Person):
    person.says("alo")

    assert person.says("9") == f"{NOBODY}\nBà con cần việc gì?\n{MENU}"


def test_without_a_contact_the_bot_does_not_make_one_up(person: Person, village: Village):
    village.office = village.office.__class__(village.office.name, "", village.office.timezone)
    person.says("alo")

    assert person.says("gặp cán bộ") == (
        "Ở đây chưa có cán bộ nào nhận câu hỏi. Hỏi thẳng ủy ban xã giúp.\nBà con cần việc gì?\n" + MENU
    )


def test_a_person_can_be_asked_for_in_the_middle_of_the_form_which_then_goes_on(person: Person):
    person.says("1")

    assert person.says("9") == f"{NOBODY}\n{QUESTION_1}"
    assert "Câu 2/11" in person.says("1")


def test_words_that_nobody_can_place_are_answered_with_what_can_be_done(person: Person):
    person.says("alo")

    assert person.says("blục blục") == f"Trợ lý chưa hiểu ý này. Gõ lại giúp, thêm vài chữ, hoặc chọn:\n{MENU}"


def test_a_photo_a_sticker_or_a_number_that_nobody_asked_for_is_answered(person: Person):
    person.says("alo")
    lost = f"Trợ lý chưa biết để cái này vào đâu.\nBà con cần việc gì?\n{MENU}"

    assert person.sends_photo() == lost
    assert person.sends_a("sticker") == lost
    assert person.sends_what_fails("too_big") == lost
    assert person.shares_own_number("0900000000") == lost


# --- buttons


def test_the_menu_can_be_tapped_at_any_time_even_weeks_later(person: Person):
    person.says("alo")
    button = person.button("Soạn giấy")

    assert person.comes_back_after(days=30).presses(button) == BEGINNING


def test_a_menu_button_tapped_in_the_middle_of_the_form_shows_the_open_question_again(person: Person):
    """What is shown last is what a number answers: a menu shown above an open form would lie."""
    person.says("alo")
    button = person.button("Gặp cán bộ")
    person.says("1")

    assert person.presses(button) == f"{NOBODY}\n{QUESTION_1}"
    assert "✅ Xin lên sao." in person.says("2")


def test_a_button_of_another_person_opens_nothing_and_says_nothing_of_theirs(person: Person, village: Village):
    person.says("1", "1", "Nhà Bí Mật")
    theirs = person.button("Hợp tác xã")
    stranger = village.person("người lạ")
    stranger.says("alo")

    seen = stranger.presses(theirs)

    assert seen == f"{OLD_BUTTON}\nBà con cần việc gì?\n{MENU}"
    assert "thuộc loại nào" in person.says("nhắc lại")
    assert "Bí Mật" not in stranger.says("2", "9", "menu")


def test_a_stranger_busy_with_a_form_of_their_own_stays_in_it(person: Person, village: Village):
    person.says("1", "1", "Nhà Bí Mật")
    theirs = person.button("Hợp tác xã")
    stranger = village.person("người lạ")
    stranger.says("1")

    assert stranger.presses(theirs) == f"{OLD_BUTTON}\n{QUESTION_1}"


FORGED = [
    pytest.param(Tap("999999999999999999", "case", "first"), id="a talk that never was"),
    pytest.param(Tap("9" * 40, "case", "first"), id="a number no database holds"),
    pytest.param(Tap("-1", "case", "first"), id="a negative number"),
    pytest.param(Tap("0", "case", "first"), id="nought"),
    pytest.param(Tap("٣", "case", "first"), id="a digit of another script"),
    pytest.param(Tap("²", "case", "first"), id="a raised digit"),
    pytest.param(Tap("1 OR 1=1", "case", "first"), id="SQL"),
    pytest.param(Tap("menu", "menu", "admin"), id="an item the menu does not have"),
    pytest.param(Tap("menu", "~0", "-"), id="a step the menu does not have"),
]


@pytest.mark.parametrize("tap", FORGED)
def test_a_forged_button_is_answered_and_does_nothing(person: Person, tap: Tap):
    person.says("alo")

    assert person.sends(Update(tap=tap)) == f"{OLD_BUTTON}\nBà con cần việc gì?\n{MENU}"


@pytest.mark.parametrize("tap", FORGED)
def test_a_forged_button_in_the_middle_of_the_form_changes_nothing(person: Person, tap: Tap):
    person.says("1")

    assert person.sends(Update(tap=tap)) == f"{OLD_BUTTON}\n{QUESTION_1}"


@pytest.mark.parametrize(
    ("step", "choice"), [("case", "hacker"), ("phone", "first"), ("~7", "sure"), ("~r0", "finish"), ("case", "cancel")]
)
def test_a_forged_choice_of_ones_own_form_changes_nothing(person: Person, step: str, choice: str):
    person.says("1")
    own = person.button("Xin chấm lần đầu").talk

    assert person.sends(Update(tap=Tap(own, step, choice))).endswith(QUESTION_1)
    assert "Câu 2/11" in person.says("1")
