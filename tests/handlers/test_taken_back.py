"""What an office still sees once a producer has taken the consent back, or deleted everything."""

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from tests.handlers.office import THAI_NGUYEN, hears, official, producer_of_noodles, records_receipt
from tests.handlers.person import Person, Village

TAKEN_BACK = "Cơ sở đã rút đồng ý nên hồ sơ này đóng lại, không xem được nữa. Chưa ghi gì thêm.\n"
LINE = "– HH-997-35: nhận bản giấy 20/11/2026, cơ sở đã xóa dữ liệu 21/11/2026"


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.fixture
def clerk(village: Village, producer: Person) -> Person:
    return official(village, "cán bộ xã")


def everything(village: Village) -> str:
    """Every row of every table, as text."""
    tables = SQLModel.metadata.sorted_tables
    return village.store.run(
        lambda db: "\n".join(str(tuple(row)) for table in tables for row in db.execute(select(table)))
    )


# --- the consent taken back


def test_a_draft_not_handed_in_leaves_the_offices_list_and_comes_back_with_the_consent(clerk: Person, producer: Person):
    producer.says("rút đồng ý")

    assert clerk.says("/hoso").startswith("Chưa có hồ sơ nào của xã Côn Minh được cơ sở xác nhận.\n")
    assert "không mở được gì" in clerk.says("HH-997-35")

    producer.says("giấy tờ của tôi", "1", "bỏ qua", "đồng ý")
    assert "1. «Miến dong Tài Hoan», Hợp tác xã Tà…, chờ giấy từ 21/11" in clerk.says("/hoso")


def test_the_province_counts_it_no_more(village: Village, producer: Person):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    producer.says("rút đồng ý")

    assert province.says("/hoso").startswith("Chưa có hồ sơ nào của tỉnh Thái Nguyên")


def test_one_received_on_paper_stays_as_code_product_and_state(clerk: Person, producer: Person):
    records_receipt(clerk)
    producer.says("rút đồng ý")

    assert "1. «Miến dong Tài Hoan», HH-997-35, đóng, đã nhận, hạn 14/12" in clerk.says("/hoso")
    assert clerk.says("1") == (
        "Hồ sơ HH-997-35, «Miến dong Tài Hoan»: đã nhận, hạn 14/12.\n"
        "Cơ sở đã rút đồng ý, nên ở đây chỉ còn thấy tới thế. Bản giấy ở cơ quan thì không đổi.\n"
        "Hồ sơ HH-997-35: ghi việc gì?\n1. Đã chuyển tỉnh\n2. Đã nhận bản giấy\n3. Về danh sách"
    )
    assert "Chưa rõ ý" in clerk.says("lấy tờ in")


def test_the_office_still_records_what_becomes_of_the_paper_it_has(clerk: Person, producer: Person):
    records_receipt(clerk)
    producer.says("rút đồng ý")
    hears(producer)
    clerk.says("/hoso", "1", "đã chuyển tỉnh", "hôm nay")

    assert "✅ Đã ghi: chuyển tỉnh" in clerk.says("xong")
    assert "lên tỉnh" in hears(producer)


@pytest.mark.parametrize("at", ["list", "paper", "act"])
def test_an_official_who_was_reading_is_told_at_the_next_word(clerk: Person, producer: Person, at: str):
    clerk.says("/hoso")
    if at != "list":
        clerk.says("1")
    if at == "act":
        clerk.says("đã nhận bản giấy", "12/PĐK", "20/11/2026")
    producer.says("rút đồng ý")

    assert clerk.says("xong" if at == "act" else "1").startswith(TAKEN_BACK)


@pytest.mark.parametrize("words", ["lấy tờ in", "xem lại cả tờ này"])
def test_a_paper_that_lay_open_is_closed_with_the_consent(clerk: Person, producer: Person, words: str):
    records_receipt(clerk)
    producer.says("rút đồng ý")

    said = clerk.says(words)

    assert "Cơ sở đã rút đồng ý, nên ở đây chỉ còn thấy tới thế." in said
    assert "0912" not in said
    assert not clerk.seen[-1].documents


def test_nothing_more_is_asked_of_who_took_the_consent_back(clerk: Person, producer: Person):
    records_receipt(clerk)
    clerk.says("cần bổ sung", "điện thoại", "xong", "ghi chưa rõ")
    producer.says("rút đồng ý")

    assert clerk.says("xong").startswith(TAKEN_BACK)


# --- deleted


def test_the_commune_that_has_the_paper_keeps_a_line_without_a_name(clerk: Person, producer: Person, village: Village):
    records_receipt(clerk)
    producer.says("xóa hết", "2")
    assert clerk.says("về danh sách").startswith("Hồ sơ này không còn nữa: cơ sở vừa xóa")

    assert clerk.says("/hoso").startswith(
        f"Chưa có hồ sơ nào của xã Côn Minh được cơ sở xác nhận.\n{LINE}\nAnh/chị cần việc gì?"
    )
    assert clerk.says("hh 997 35").startswith(f"Hồ sơ này không còn ở đây:\n{LINE}\n")
    left = everything(village)
    assert [word for word in ("Tài Hoan", "Miến dong", "0912345678", "12/PĐK") if word in left] == []


def test_who_was_no_official_there_learns_nothing_from_its_code(clerk: Person, producer: Person, village: Village):
    records_receipt(clerk)
    producer.says("xóa hết", "2")

    assert "không mở được gì" in village.person("người khác").says("hh 997 35")


def test_one_draft_deleted_leaves_the_same_line(clerk: Person, producer: Person):
    records_receipt(clerk)
    clerk.says("về đầu")
    producer.says("dữ liệu của tôi", "xóa 2", "xóa thật")

    assert LINE in clerk.says("/hoso")


def test_an_official_who_had_the_list_open_is_told_that_it_has_changed(clerk: Person, producer: Person):
    clerk.says("/hoso")
    producer.says("xóa hết", "2")

    assert clerk.says("1").startswith(
        "Trong lúc đó có cơ sở xóa hồ sơ, nên danh sách này đã đổi. Gõ /hoso để xem lại.\nAnh/chị cần việc gì?"
    )
