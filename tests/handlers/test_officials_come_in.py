"""Becoming an official by a code typed in chat, and what only officials are shown."""

import pytest

from tests.handlers.office import CAO_BANG, CON_MINH, audited, invited, official
from tests.handlers.person import Person, Village

WRONG = "HK-394-27 KX-638-42 VX-936-48 HK-394-27"  # every group fits, but nobody was given it
RESTING = "Đã gõ 5 lần chưa khớp. Nghỉ một lát, từ 10 giờ sáng gõ lại giúp, hoặc xin mã mới ở nơi đã cấp."


def test_a_code_makes_an_official_of_its_place(person: Person, village: Village):
    said = person.says(invited(village, "commune", CON_MINH))

    assert "✅ Anh/chị nay là cán bộ xã Côn Minh. Xem hồ sơ thì gõ /hoso." in said
    assert "4. Hồ sơ của xã\n" in said


def test_a_code_of_the_province_names_it(person: Person, village: Village):
    assert "cán bộ tỉnh Cao Bằng" in person.says(invited(village, "province", CAO_BANG))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str.lower, id="in small letters"),
        pytest.param(lambda code: code.replace("-", "").replace(" ", ""), id="run together"),
        pytest.param(lambda code: code.replace(" ", "\n"), id="a group a line"),
        pytest.param(lambda code: code.replace("2", "Z").replace("5", "s"), id="letters that look like digits"),
    ],
)
def test_a_code_is_read_as_people_type_it(person: Person, village: Village, typed):
    assert "✅ Anh/chị nay là cán bộ" in person.says(typed(invited(village, "commune", CON_MINH)))


def test_a_code_read_with_o_for_0_is_told_which_group_and_that_there_is_no_such_letter(person: Person):
    assert person.says("HK-O94-27 KX-638-42 VX-936-48 HK-394-27").splitlines()[1] == (
        "Nhóm HK-O94-27 trong mã chưa khớp. Trong mã không có số 0, số 1, chữ O, chữ I; xem lại và gõ cả 4 nhóm giúp."
    )


def test_a_code_works_once(person: Person, village: Village):
    code = invited(village, "commune", CON_MINH)
    person.says(code)

    assert "Mã mời này không dùng được" in village.person("người khác").says(code)


def test_a_code_works_for_seven_days(person: Person, village: Village):
    code = invited(village, "commune", CON_MINH)

    assert "Mã mời này không dùng được" in person.comes_back_after(days=8).says(code)


def test_after_five_wrong_codes_even_a_right_one_waits_an_hour(person: Person, village: Village):
    code = invited(village, "commune", CON_MINH)
    for _ in range(5):
        assert "Mã mời này không dùng được" in person.says(WRONG)

    assert RESTING in person.says(code)
    assert "✅" in village.person("người khác").says(invited(village, "commune", CON_MINH)), "others do not wait"
    assert "✅ Anh/chị nay là cán bộ" in person.comes_back_after(hours=1).says(code)
    assert audited(village, denied=True) == [(person.id, "come_in", None)] * 5


def test_a_code_typed_in_the_middle_of_a_form_is_no_answer_to_it(person: Person, village: Village):
    person.says("1", "1")

    said = person.says(invited(village, "commune", CON_MINH))

    assert "✅ Anh/chị nay là cán bộ xã Côn Minh." in said
    assert "Câu 2/11. Cơ sở tên gì?" in said


def test_a_reference_code_is_no_invite(person: Person):
    assert "Mã mời" not in person.says("alo", "HK-394-27")


@pytest.mark.parametrize("words", ["/hoso", "4"])
def test_whoever_is_no_official_is_not_offered_the_dossiers(person: Person, words: str):
    assert "Hồ sơ của xã" not in person.says("alo")
    assert "Mở hồ sơ nào" not in person.says(words)


def test_asking_for_the_dossiers_without_a_grant_is_said_kindly_and_logged(person: Person, village: Village):
    assert person.says("/hoso").splitlines()[1] == "Việc này của cán bộ xã, tỉnh. Có mã mời thì gõ mã vào đây."
    assert audited(village, denied=True) == [(person.id, "names", None)]


def test_an_admin_has_no_business_in_dossiers(village: Village):
    admin = village.person("người quản trị")

    assert "người quản trị trợ lý" in admin.says(invited(village, "admin", None))
    assert "Việc này của cán bộ xã, tỉnh." in admin.says("/hoso")


@pytest.mark.parametrize("words", ["4", "/hoso", "hồ sơ của xã", "ho so cua xa"])
def test_officials_open_their_list_from_the_menu_or_by_words(village: Village, words: str):
    clerk = official(village, "cán bộ xã")
    clerk.says("menu")

    assert "Chưa có hồ sơ nào của xã Côn Minh" in clerk.says(words)
