"""Several forms side by side, switching between them, and giving one up."""

import pytest

from storage import applications
from tests.handlers.filling import answers
from tests.handlers.person import Person, Village

MENU = "1. Soạn giấy đăng ký\n2. Giấy tờ của tôi\n3. Dữ liệu của tôi\n9. Gặp cán bộ"


@pytest.fixture
def two_forms(person: Person) -> Person:
    """Somebody with noodles at question 9, begun first, and tea at question 3, open now."""
    person.says("1", *answers(before="set"))
    person.says("soạn giấy đăng ký", "soạn tờ mới", "1", "Tổ trà Khau Mu")
    return person


def test_the_drafts_are_listed_last_touched_first_and_told_apart_by_name(two_forms: Person):
    assert two_forms.says("giấy tờ của tôi") == (
        "Giấy tờ của bà con. Mở tờ nào?\n"
        "1. «Tổ trà Khau Mu», đang soạn\n2. «Miến dong Tài Hoan», đang soạn\n3. Soạn tờ mới\n4. Làm giúp người khác"
    )


def test_each_draft_goes_on_where_it_stood(two_forms: Person):
    two_forms.says("giấy tờ của tôi")
    assert two_forms.taps("«Miến dong Tài Hoan»").startswith("Mở lại «Miến dong Tài Hoan».\n")
    assert "Câu 9/11. Miến làm từ gì?" in two_forms.screen

    two_forms.says("giấy tờ của tôi")
    assert "Câu 3/12. «Tổ trà Khau Mu» thuộc loại nào?" in two_forms.taps("«Tổ trà Khau Mu»")


def test_a_draft_can_be_chosen_by_its_name_without_marks(two_forms: Person):
    two_forms.says("giay to cua toi")

    assert two_forms.says("mien dong").startswith("Mở lại «Miến dong Tài Hoan».\n")


def test_an_old_button_of_the_other_draft_answers_in_that_draft_and_says_which_it_is(person: Person):
    person.says("1", "1", "Nhà Tài Hoan")
    button = person.button("Hợp tác xã")
    person.says("soạn giấy đăng ký", "soạn tờ mới", "1", "Tổ trà Khau Mu")

    assert person.presses(button).startswith("Mở lại «Nhà Tài Hoan».\n✅ Hợp tác xã.\n")
    assert "«Tổ trà Khau Mu» thuộc loại nào?" not in person.screen
    person.says("giấy tờ của tôi")
    assert "Câu 3/12. «Tổ trà Khau Mu» thuộc loại nào?" in person.taps("«Tổ trà")


def test_a_stale_button_of_the_other_draft_changes_no_answer_of_either(two_forms: Person):
    two_forms.says("giấy tờ của tôi")
    two_forms.taps("«Miến dong")
    two_forms.says("sửa 4")
    stale = two_forms.button("Tổ trưởng")
    two_forms.says("giữ nguyên", "giấy tờ của tôi")
    two_forms.taps("«Tổ trà")

    assert two_forms.presses(stale).startswith(
        "Mở lại «Miến dong Tài Hoan».\nNút đó của câu 4, đã trả lời rồi, vẫn giữ nguyên."
    )
    assert "4. Chức vụ: Giám đốc\n" in two_forms.says("xem lại")


def test_more_drafts_than_one_list_shows_can_all_be_reached(person: Person):
    for number in range(1, 11):
        person.says("soạn giấy đăng ký")
        if number > 1:
            person.says("soạn tờ mới")
        person.says("1", f"Tổ số {number}")
        person.comes_back_after(hours=1)
    person.says("giấy tờ của tôi")

    assert person.says("xem thêm").startswith("Giấy tờ của bà con. Mở tờ nào?\n1. «Tổ số 2»")
    assert "thuộc loại nào" in person.taps("«Tổ số 1»")


def test_a_finished_draft_is_listed_with_its_code(person: Person):
    person.says("1", *answers())
    person.says("xong")
    [application] = person.village.store.run(lambda db: applications.of_person(db, 1))

    assert f"1. «Miến dong Tài Hoan», đã xong, mã {application.code}\n" in person.says("giấy tờ của tôi")


def test_a_draft_dropped_on_the_other_phone_is_not_opened_from_an_old_list(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan", "giấy tờ của tôi")
    button = person.button("«Hợp tác xã Tài Hoan»")
    person.says("1", "bỏ tờ này", "1")

    assert person.presses(button) == f"Nút này của tờ cũ, không dùng nữa.\nBà con cần việc gì?\n{MENU}"


def test_a_list_shown_twice_still_opens_what_it_says(two_forms: Person):
    two_forms.says("giấy tờ của tôi")
    first_list = two_forms.button("«Miến dong")
    two_forms.says("giấy tờ của tôi")

    assert two_forms.presses(first_list).startswith("Nút này của tờ cũ, không dùng nữa.\nGiấy tờ của bà con.")
    assert two_forms.says("2").startswith("Mở lại «Miến dong Tài Hoan».")


# --- giving up


@pytest.mark.parametrize("words", ["bỏ tờ này", "hủy", "huỷ", "hủy tờ này"])
def test_giving_up_asks_once_more_and_says_what_would_be_lost(person: Person, words: str):
    person.says("1", "1", "Hợp tác xã Tài Hoan")

    assert person.says(words) == (
        "⚠️ Bỏ tờ đăng ký (Mẫu 01) là mất 2 câu đã ghi, không lấy lại được. Bỏ thật không?\n"
        "1. Bỏ thật\n2. Không, giữ lại"
    )


def test_staying_after_all_loses_nothing(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan", "hủy")

    assert "Câu 3/11. Ai đứng tên trên giấy đăng ký" in person.says("2")


def test_giving_up_for_good_leaves_nothing_of_it(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan", "hủy")

    assert person.says("1") == f"Đã bỏ tờ đăng ký (Mẫu 01).\nBà con cần việc gì?\n{MENU}"
    assert person.says("2").startswith("Chưa có giấy tờ nào ở đây.")


def test_the_other_drafts_stay_when_one_is_given_up(two_forms: Person):
    two_forms.says("hủy", "1")

    assert (
        two_forms.says("2")
        == "Giấy tờ của bà con. Mở tờ nào?\n1. «Miến dong Tài Hoan», đang soạn\n2. Soạn tờ mới\n3. Làm giúp người khác"
    )


def test_giving_up_where_nothing_is_written_yet_needs_no_second_word(person: Person):
    person.says("1")

    assert person.says("hủy").startswith("Đã bỏ tờ đăng ký (Mẫu 01).")


def test_giving_up_a_finished_draft_takes_its_confirmed_versions_along(person: Person):
    """The person is told that nothing is left, so nothing is."""
    person.says("1", *answers())
    person.says("xong", "giấy tờ của tôi", "1", "hủy", "1")

    assert person.village.store.run(lambda db: applications.of_person(db, 1)) == []
    assert "Vẫn" not in person.says("1", "1")


def test_closing_the_list_of_drafts_does_not_sound_like_throwing_them_away(two_forms: Person):
    two_forms.says("giấy tờ của tôi")

    assert two_forms.says("hủy") == f"Bà con cần việc gì?\n{MENU}"
    assert "1. «Tổ trà Khau Mu», đang soạn\n2. «Miến dong" in two_forms.says("2")


def test_a_tap_on_give_up_of_another_day_asks_nothing_and_drops_nothing(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan", "hủy")
    button = person.button("Bỏ thật")
    person.says("2", "Nguyễn Thị Mẫu", "1")

    person.comes_back_after(days=7).presses(button)

    assert "Câu 5/11" in person.says("nhắc lại")


def test_nobody_sees_the_drafts_of_another(two_forms: Person, village: Village):
    other = village.person("người khác")

    assert other.says("alo", "2").startswith("Chưa có giấy tờ nào ở đây.")
