"""A reference code typed by itself: opens a draft to its owner, a dossier to its officials, nothing to others."""

import pytest

from tests.handlers.office import (
    BA_BE,
    CAO_BANG,
    REASON,
    THAI_NGUYEN,
    audited,
    official,
    opens_first,
    producer_of_noodles,
)
from tests.handlers.person import Person, Village

CODE = "HH-997-35"
OTHER = "HK-394-27"  # it fits, but no draft has it
OPENS_NOTHING = (
    "Mã này chỉ là tên của một tờ giấy, gõ ở đây không mở được gì. "
    "Giấy của bà con soạn ở máy khác thì vào máy đó gõ «nối máy»; giấy của người khác thì hỏi người đó."
)


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.mark.parametrize("typed", [CODE, "hh99735", "mã HH 997 35", "Ma so: hh-997-35", "HH-997-3S"])
def test_its_owner_gets_the_draft(producer: Person, typed: str):
    assert producer.says(typed).startswith("«Miến dong Tài Hoan», mã HH-997-35: đã xong.")


def test_its_owner_gets_the_draft_in_the_middle_of_another_which_stays(producer: Person):
    producer.says("soạn giấy đăng ký", "soạn tờ mới", "1", "Tổ Bản Mẫu")

    assert producer.says(CODE).startswith("«Miến dong Tài Hoan», mã HH-997-35: đã xong.")
    assert "«Tổ Bản Mẫu», đang soạn" in producer.says("giấy tờ của tôi")


def test_another_phone_of_the_owner_opens_it_as_well(producer: Person):
    assert "Miến dong Tài Hoan" in producer.takes_another_phone().says(CODE)


def test_an_official_of_its_commune_opens_the_dossier(producer: Person, village: Village):
    clerk = official(village, "cán bộ xã")

    assert clerk.says(CODE).startswith("Hồ sơ HH-997-35, xin chấm lần đầu, cơ sở xác nhận thứ Bảy 21/11/2026.")
    assert "✅ Đã ghi" in clerk.says("đã nhận bản giấy", "12/PĐK", "20/11/2026", "xong")


def test_the_province_says_why_first(producer: Person, village: Village):
    clerk = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)

    assert clerk.says(CODE) == "Mở hồ sơ HH-997-35 vì việc gì? Lý do được ghi lại."
    assert clerk.says(REASON).startswith("Hồ sơ HH-997-35, xin chấm lần đầu")
    assert (clerk.id, "names", REASON) in audited(village, denied=False)


@pytest.mark.parametrize(
    ("role", "place_id"), [(None, None), ("commune", BA_BE), ("province", CAO_BANG), ("admin", None)]
)
def test_to_anybody_else_it_says_the_same_whether_there_is_such_a_draft_or_not(
    producer: Person, village: Village, role, place_id
):
    someone = official(village, "ai đó", role, place_id) if role else village.person("ai đó")
    someone.says("menu")

    said = [someone.says(code) for code in (CODE, OTHER)]

    assert said[0] == said[1]
    assert said[0].startswith(f"{OPENS_NOTHING}\n")
    assert "cần việc gì?" in said[0]
    assert audited(village, denied=True) == [(someone.id, "reference", None)] * 2


def test_in_the_middle_of_a_form_the_form_stays_open(producer: Person, village: Village):
    other = village.person("người khác")
    other.says("1", "1")

    assert other.says(CODE).startswith(f"{OPENS_NOTHING}\nPhần «Cơ sở».\nCâu 2/11.")


def test_after_five_tries_a_rest_even_for_a_code_of_ones_own(producer: Person, village: Village):
    for _ in range(5):
        assert OPENS_NOTHING in producer.says("menu", OTHER)

    assert producer.says(CODE).startswith(
        "Đã gõ 5 lần chưa khớp. Nghỉ một lát, từ 10 giờ sáng gõ lại giúp, "
        "hoặc mở giấy của bà con thì gõ «giấy tờ của tôi»."
    )
    assert "«Miến dong Tài Hoan», mã HH-997-35: đã xong." in producer.comes_back_after(hours=1).says(CODE)


@pytest.mark.parametrize("typed", ["HH-997-53", "hh 997 3l", "HH-O97-35"])
def test_a_slip_is_told_as_one(producer: Person, village: Village, typed: str):
    assert "không khớp, có thể nhầm một số. Xem lại trên tờ in giúp, ví dụ HK-394-27." in producer.says("menu", typed)
    assert audited(village, denied=True) == [(producer.id, "reference", None)]


def test_an_answer_that_looks_like_a_code_with_a_slip_is_an_answer(person: Person):
    person.says("1", "1")

    assert "«HK-394-72» thuộc loại nào" in person.says("HK-394-72")


def test_a_code_within_other_words_opens_nothing(producer: Person):
    assert "Xem lại." not in producer.says("menu", f"{CODE} toi dau roi")


def test_a_dossier_deleted_meanwhile_is_a_code_like_any_other(producer: Person, village: Village):
    clerk = official(village, "cán bộ xã")
    opens_first(clerk)
    producer.says("xóa hết", f"xóa hết {CODE}")

    assert OPENS_NOTHING in clerk.says("menu", CODE)


def test_the_province_whose_dossier_goes_while_it_says_why_is_told(producer: Person, village: Village):
    clerk = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    clerk.says(CODE)
    producer.says("xóa hết", f"xóa hết {CODE}")

    assert "Hồ sơ này không còn nữa" in clerk.says(REASON)
