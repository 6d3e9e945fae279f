"""Officials in chat: invited by those above, told apart without names, and their rights ended with a plain yes."""

import re

import pytest

from storage.grants import Role
from tests.handlers.office import (
    BA_BE,
    CAO_BANG,
    HUNG_DAO,
    THAI_NGUYEN,
    audited,
    hears,
    invited,
    official,
    opens_first,
    producer_of_noodles,
    recorded,
    revoke,
)
from tests.handlers.person import Person, Village

NOT_FOR_YOU = "Việc này của cán bộ tỉnh và người quản trị trợ lý."
ENDED = "Anh/chị không có, hoặc không còn quyền cán bộ ở nơi này, nên việc này dừng ở đây. Chưa ghi gì thêm."


@pytest.fixture
def admin(village: Village) -> Person:
    return official(village, "người quản trị", "admin", None)


@pytest.fixture
def province(village: Village) -> Person:
    return official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)


@pytest.fixture
def clerk(village: Village) -> Person:
    return official(village, "cán bộ xã")


def code_in(said: str) -> str:
    """The invite shown in these words."""
    found = re.search(r"^((?:[A-Z]{2}-\d{3}-\d{2} ?){4})$", said, re.MULTILINE)
    assert found, said
    return found[1]


# --- inviting


def test_an_admin_invites_an_official_of_a_commune(admin: Person, village: Village):
    assert (
        admin.says("mời cán bộ") == "Câu 1/2. Mời ai?\n1. Cán bộ xã, phường\n2. Cán bộ tỉnh\n3. Người quản trị trợ lý"
    )
    assert "Mời cán bộ của xã, phường nào? Gõ tên." in admin.says("1")
    said = admin.says("côn minh")

    assert said.startswith("Mã mời cán bộ xã Côn Minh:\n")
    assert "Dùng được một lần, tới thứ Bảy 28/11/2026. Đưa tận tay người được mời" in said
    assert "✅ Anh/chị nay là cán bộ xã Côn Minh." in village.person("người mới").says(code_in(said))
    assert (admin.id, "invite", None) in audited(village, denied=False)


@pytest.mark.parametrize(
    ("answers", "who"),
    [(("2", "Cao Bằng"), "cán bộ tỉnh Cao Bằng"), (("người quản trị trợ lý",), "người quản trị trợ lý")],
)
def test_an_admin_invites_for_a_province_and_other_admins(admin: Person, village: Village, answers, who: str):
    said = admin.says("moi can bo", *answers)

    assert said.startswith(f"Mã mời {who}:\n")
    assert f"✅ Anh/chị nay là {who}" in village.person("người mới").says(code_in(said))


def test_the_province_invites_for_its_communes_only(province: Person):
    assert province.says("mời cán bộ") == "Mời cán bộ của xã, phường nào? Gõ tên."
    assert "Chưa thấy xã, phường nào tên như vậy trong tỉnh." in province.says("hưng đạo")
    assert province.says("côn minh").startswith("Mã mời cán bộ xã Côn Minh:\n")


def test_a_code_made_in_chat_works_for_seven_days_and_once(admin: Person, village: Village):
    code = code_in(admin.says("mời cán bộ", "1", "côn minh"))
    village.person("người thứ nhất").says(code)

    assert "Mã mời này không dùng được" in village.person("người thứ hai").says(code)
    late = code_in(admin.says("mời cán bộ", "1", "côn minh"))
    assert "Mã mời này không dùng được" in village.person("người sau").comes_back_after(days=8).says(late)


def test_who_loses_the_right_while_asked_for_whom_invites_nobody(province: Person, village: Village):
    province.says("mời cán bộ")
    revoke(village, province)

    assert ENDED in province.says("côn minh")


@pytest.mark.parametrize("words", ["mời cán bộ", "quyền cán bộ"])
def test_it_is_not_for_just_anybody_and_the_try_is_logged(village: Village, words: str):
    someone = village.person("ai đó")
    someone.says("alo")

    assert someone.says(words).startswith(NOT_FOR_YOU)
    act = "invite" if words == "mời cán bộ" else "officials"
    assert audited(village, denied=True) == [(someone.id, act, None)]


def test_an_official_of_a_commune_invites_nobody(clerk: Person):
    assert clerk.says("mời cán bộ").startswith(NOT_FOR_YOU)


# --- telling them apart


def test_an_admin_sees_all_places_with_how_many_officials(admin: Person, province: Person, clerk: Person):
    assert admin.says("quyền cán bộ") == (
        "Xem cán bộ của nơi nào?\n1. Quản trị trợ lý: 1\n2. Tỉnh Thái Nguyên: 1\n3. Xã Côn Minh: 1"
    )
    assert admin.says("1") == (
        "Quản trị trợ lý: chọn người cần rút quyền.\n"
        "1. Số 1, từ 21/11/2026, trang web, là anh/chị\n2. Mời thêm\n3. Thôi"
    )


def test_the_province_sees_the_officials_of_its_communes(province: Person, clerk: Person, village: Village):
    official(village, "cán bộ xã khác tỉnh", "commune", HUNG_DAO)
    producer_of_noodles(village)
    clerk.comes_back_after(days=1)
    opens_first(clerk)

    assert province.says("quyền cán bộ") == "Xem cán bộ của nơi nào?\n1. Xã Côn Minh: 1"
    assert "1. Số 2, từ 21/11/2026, trang web, gần nhất 22/11/2026\n2. Mời thêm" in province.says("1")


def test_an_official_of_a_commune_reads_the_own_number_to_whoever_asks(clerk: Person):
    assert clerk.says("quyền cán bộ").startswith("Anh/chị là cán bộ xã Côn Minh, số 1, từ thứ Bảy 21/11/2026.\n")


def test_a_province_without_officials_in_its_communes_is_told_how_to_invite(province: Person):
    assert "Chưa có cán bộ xã, phường nào. Mời thì gõ «mời cán bộ»." in province.says("quyền cán bộ")


def test_one_more_is_invited_from_the_list(province: Person, clerk: Person, village: Village):
    province.says("quyền cán bộ", "1")

    assert "✅ Anh/chị nay là cán bộ xã Côn Minh." in village.person("nữa").says(code_in(province.taps("Mời thêm")))


def test_before_a_right_ends_it_is_said_who_gave_it(admin: Person, province: Person, village: Village):
    village.person("một").says(code_in(admin.says("mời cán bộ", "1", "côn minh")))
    village.person("hai").says(code_in(province.says("mời cán bộ", "côn minh")))

    assert "số 3, từ 21/11/2026, Telegram, gần nhất 21/11/2026, do cán bộ số 1 mời?" in province.says(
        "quyền cán bộ", "1", "1"
    )
    assert "số 4, từ 21/11/2026, Telegram, gần nhất 21/11/2026, do anh/chị mời?" in province.says(
        "menu", "quyền cán bộ", "1", "2"
    )
    revoke(village, admin)
    assert "do người nay đã thôi quyền mời?" in province.says("menu", "quyền cán bộ", "1", "1")


# --- ending a right


def test_a_right_is_ended_with_a_plain_yes_and_the_official_is_told(province: Person, clerk: Person):
    province.says("quyền cán bộ", "1")

    assert province.says("1") == (
        "Rút quyền cán bộ xã Côn Minh, số 2, từ 21/11/2026, trang web, gần nhất 21/11/2026, do nơi vận hành mời? "
        "Người đó được báo và dừng ngay việc đang làm.\n1. Rút quyền\n2. Không rút"
    )
    assert "Việc này cần nói rõ." in province.says("uk")
    assert "✅ Đã rút quyền cán bộ xã Côn Minh, số 2. Đã báo người đó." in province.says("rút quyền")
    assert hears(clerk) == (
        "Quyền cán bộ xã Côn Minh của anh/chị đã được rút, 9 giờ sáng thứ Bảy 21/11/2026. "
        "Chưa rõ vì sao thì hỏi nơi đã mời."
    )
    assert "Việc này của cán bộ xã, tỉnh." in clerk.says("/hoso")


def test_who_is_in_the_middle_of_an_act_is_stopped(province: Person, clerk: Person, village: Village):
    producer_of_noodles(village)
    opens_first(clerk)
    clerk.says("đã nhận bản giấy", "12/PĐK", "20/11/2026")
    province.says("quyền cán bộ", "1", "1", "rút quyền")

    assert ENDED in clerk.says("xong")
    assert recorded(village) == []


def test_no_is_no(province: Person, clerk: Person):
    assert "Được, giữ nguyên." in province.says("quyền cán bộ", "1", "1", "2")
    assert "Chưa có hồ sơ nào của xã Côn Minh" in clerk.says("/hoso")


def test_two_who_end_the_same_right_are_both_told_how_it_stands(province: Person, admin: Person, clerk: Person):
    province.says("quyền cán bộ", "1", "1")
    admin.says("quyền cán bộ", "3", "1", "rút quyền")

    assert "Quyền đó đã hết trước rồi." in province.says("rút quyền")


def test_an_admin_may_end_the_own_right(admin: Person, village: Village):
    assert "✅ Đã rút quyền của chính anh/chị." in admin.says("quyền cán bộ", "1", "1", "rút quyền")
    assert admin.says("quyền cán bộ").startswith(NOT_FOR_YOU)


@pytest.mark.parametrize(("role", "place_id"), [("commune", BA_BE), ("province", CAO_BANG), (None, None)])
def test_who_serves_elsewhere_by_now_ends_nobodys_right(
    village: Village, province: Person, clerk: Person, role: Role | None, place_id: str | None
):
    province.says("quyền cán bộ", "1", "1")
    revoke(village, province)
    if role:
        province.says(invited(village, role, place_id))
    province.says("nhắc lại")

    assert ENDED in province.says("rút quyền")
    assert "Chưa có hồ sơ nào của xã Côn Minh" in clerk.says("/hoso")
