"""What is kept of a person: they look at it, correct it, take it along, and have all of it deleted."""

import json

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from handlers import documents
from storage import consents, outbox
from storage.tables import FILE
from talk.message import Message
from tests.handlers.filling import answers
from tests.handlers.person import Person, Village

CODE = "HH-997-35"
THINGS = (
    "1. Cách gọi: bà con\n"
    f"2. «Miến dong Tài Hoan», 0912 345 678, mã {CODE}\n"
    "3. Đồng ý: soạn giấy (21/11/2026)\n"
    "4. Tải về\n5. Nối máy khác\n6. Xóa hết"
)
LEAD = "Trợ lý đang giữ của bà con những thứ dưới đây. Kèm 1 ảnh, tệp. Gõ «sửa 2», «xóa 2», «tải về» hoặc «xóa hết»."
SURE = (
    f"⚠️ Xóa hết là mất bản nháp {CODE} và 1 ảnh, tệp và mọi điều trợ lý giữ, không lấy lại được. "
    "Giấy ở xã thì không đổi.\n"
    f"Chắc rồi thì gõ «xóa hết {CODE}».\n"
    f"1. Tải về trước đã\n2. Xóa hết {CODE}\n3. Thôi, giữ lại"
)
DELETED = (
    "Đã xóa hết ở đây: giấy đã soạn, ảnh, số điện thoại, tin nhắn. "
    "Tin cũ còn hiện trên máy thì bà con tự xóa. Cần lại thì nhắn «alo»."
)
WORDS = ("Tài Hoan", "Miến dong", "0912345678", "0912 345 678", CODE)


@pytest.fixture
def registered(village: Village) -> Person:
    """Somebody who agreed, registered noodles with a photo, and went away."""
    person = village.stranger()
    person.says("alo", "1", "bỏ qua", "đồng ý", *answers(before="extras"), "ảnh sản phẩm", "xong")
    person.sends_photo()
    assert CODE in person.says("xong")
    return person


def everything(village: Village) -> str:
    """Every row of every table, as text."""
    tables = SQLModel.metadata.sorted_tables
    return village.store.run(
        lambda db: "\n".join(str(tuple(row)) for table in tables for row in db.execute(select(table)))
    )


def file_of(person: Person) -> dict[str, object]:
    """The file sent with the last message, as it is made when it is sent."""
    (document,) = person.seen[-1].documents
    assert documents.TYPES[document.kind] == "application/json"
    draw = person.village.store.run(lambda db: documents.prepare(db, document, person.village.now))
    assert callable(draw)
    read: dict[str, object] = json.loads(draw())
    return read


# --- looking


@pytest.mark.parametrize("words", ["3", "dữ liệu của tôi", "xem du lieu cua toi"])
def test_what_is_kept_is_shown_a_line_each(registered: Person, words: str):
    registered.says("menu")

    assert registered.says(words) == f"{LEAD}\n{THINGS}"


def test_it_can_be_looked_at_in_the_middle_of_the_form_which_stays(registered: Person):
    registered.says("giấy tờ của tôi", "1", "sửa 6")

    assert registered.says("dữ liệu của tôi") == f"{LEAD}\n{THINGS}"
    assert "«Miến dong Tài Hoan», mã HH-997-35: đã xong." in registered.says("2")


def test_of_a_stranger_nothing_is_kept(village: Village):
    stranger = village.stranger()
    stranger.says("alo")

    assert stranger.says("3").startswith("Trợ lý chưa giữ gì của bà con, ngoài mã cuộc trò chuyện để trả lời.\n")


def test_both_phones_are_named(registered: Person):
    second = registered.takes_another_phone("web")

    assert " Đang nối 2 máy: Telegram, trang web. " in second.says("dữ liệu của tôi")


# --- correcting


def test_correcting_a_draft_leads_to_it(registered: Person):
    registered.says("dữ liệu của tôi")

    assert registered.says("sửa 2").startswith(
        "«Miến dong Tài Hoan», mã HH-997-35: đã xong. Xác nhận thứ Bảy 21/11/2026.\n1. Xem cả tờ"
    )
    assert "✅ Câu 6: 0987 654 321." in registered.says("sửa 6", "0987654321")


def test_the_form_of_address_is_chosen_here_and_used_from_then_on(registered: Person):
    registered.says("dữ liệu của tôi")

    assert registered.says("sua 1") == (
        "Gọi bà con thế nào cho phải ạ?\n1. Anh\n2. Chị\n3. Bác\n4. Cô\n5. Chú\n6. Cứ gọi là bà con"
    )
    said = registered.says("chi")
    assert said.startswith("Được, từ nay gọi là chị.\nTrợ lý đang giữ của chị những thứ dưới đây.")
    assert "1. Cách gọi: chị\n" in said
    assert "Đã xóa cách gọi.\nTrợ lý đang giữ của bà con" in registered.says("xóa 1")


def test_numbers_that_are_not_there_are_answered(registered: Person):
    registered.says("dữ liệu của tôi")

    for words in ("sửa 7", "xóa 9", "xóa 0", "8"):
        assert "Chỉ có các số ở dưới." in registered.says(words)


# --- taking it along


def test_everything_is_handed_over_as_a_file(registered: Person):
    registered.says("dữ liệu của tôi")

    assert registered.says("tải về").startswith(
        "Gửi kèm dưới đây là mọi thứ trợ lý giữ của bà con, trong một tệp.\nBà con cần việc gì?"
    )
    kept = file_of(registered)
    words = json.dumps(kept, ensure_ascii=False)
    assert [one for one in WORDS if one not in words] == []
    assert kept["giấy đang soạn"][0]["Điện thoại"] == "0912 345 678"  # type: ignore[index]
    assert kept["đồng ý"][0]["việc"] == "drafting"  # type: ignore[index]
    assert kept["ảnh, tệp"][0]["số byte"] == 48_000  # type: ignore[index]


def test_the_file_holds_nothing_of_anybody_else(registered: Person, village: Village):
    other = village.stranger("người khác")
    other.says("alo", "1", "6", "1", "1", "Tổ trà Khau Mu", "dữ liệu của tôi", "tải về")

    words = json.dumps(file_of(other), ensure_ascii=False)
    assert "Tổ trà Khau Mu" in words
    assert [one for one in WORDS if one in words] == []


# --- deleting one thing


def test_deleting_a_draft_is_asked_once_more_and_takes_its_photo_along(registered: Person):
    registered.says("dữ liệu của tôi")

    assert registered.says("xóa 2") == (
        f"⚠️ Xóa «Miến dong Tài Hoan», 0912 345 678, mã {CODE} là mất cả ảnh kèm theo, không lấy lại được. "
        "Xóa thật không?\n1. Xóa thật\n2. Thôi, giữ lại"
    )
    said = registered.says("xóa thật")
    assert said.startswith(f"Đã xóa «Miến dong Tài Hoan», 0912 345 678, mã {CODE}.\nTrợ lý đang giữ của bà con")
    assert "2. Đồng ý: soạn giấy" in said
    registered.says("menu")
    left = everything(registered.village)
    assert "a1a1" not in left
    assert "Tài Hoan', 'coop" not in left, "the producer went with its last application"
    assert registered.says("2").startswith("Chưa có giấy tờ nào ở đây.")


@pytest.mark.parametrize("words", ["ừ", "ok", "chắc", "có"])
def test_half_a_word_deletes_nothing(registered: Person, words: str):
    registered.says("dữ liệu của tôi", "xóa 2")

    assert "Việc này cần nói rõ. Gõ 1 hoặc «xóa thật», không thì gõ 2." in registered.says(words)
    assert "Được, giữ nguyên.\nTrợ lý đang giữ" in registered.says("2")


def test_consent_is_taken_back_from_the_list_too(registered: Person):
    registered.says("dữ liệu của tôi")

    assert registered.says("3").startswith("Đồng ý: soạn giấy (21/11/2026). Rút thì trợ lý thôi soạn giấy")
    assert registered.says("rút đồng ý").startswith("Đã ghi: rút đồng ý cho soạn giấy, 9 giờ sáng")
    assert "Đồng ý" not in registered.says("dữ liệu của tôi").partition("\n")[2]


def test_a_draft_deleted_on_the_other_phone_is_said_to_be_gone(registered: Person):
    second = registered.takes_another_phone()
    registered.says("dữ liệu của tôi", "xóa 2")
    button = registered.button("Xóa thật")
    second.presses(button)

    assert registered.presses(button).startswith("Nút này của tờ cũ, không dùng nữa.")


def test_giving_a_draft_up_in_the_form_takes_its_photo_along_too(registered: Person):
    registered.says("giấy tờ của tôi", "1", "hủy", "1")

    assert registered.village.store.run(lambda db: db.execute(select(FILE)).all()) == []


def test_a_photo_that_another_took_the_place_of_is_kept_only_while_a_confirmed_version_shows_it(registered: Person):
    def photos() -> int:
        return len(registered.village.store.run(lambda db: db.execute(select(FILE)).all()))

    registered.says("giấy tờ của tôi", "1", "sửa 12")
    registered.sends_photo()
    assert photos() == 2, "the first version still shows the first photo"

    registered.says("sửa 12")
    registered.sends_photo()
    assert photos() == 2, "the second photo was never confirmed"


# --- deleting everything


def test_deleting_everything_is_asked_twice_with_the_code_and_done(registered: Person):
    registered.says("alo")

    assert registered.says("xoa het") == SURE
    assert registered.says(f"xóa hết {CODE}") == DELETED

    left = everything(registered.village)
    assert [word for word in WORDS if word in left.replace(DELETED, "")] == []
    assert registered.village.store.run(lambda db: db.execute(select(FILE)).all()) == []


@pytest.mark.parametrize("words", ["xoa het hh99735", "Xóa hết HH 997 35", "2", "xóa hết hh-997-35 nhé"])
def test_the_code_may_be_typed_in_any_way_or_chosen_by_its_number(registered: Person, words: str):
    registered.says("xóa hết")

    assert registered.says(words) == DELETED


@pytest.mark.parametrize("words", ["xóa hết", "xóa", "có", "ok", "1 2", CODE, "xóa hết HK-394-27", "xóa hết HH-997-53"])
def test_less_than_that_deletes_nothing(registered: Person, words: str):
    registered.says("xóa hết")

    said = registered.says(words)

    assert DELETED not in said
    assert "«Miến dong Tài Hoan»" in registered.says("dữ liệu của tôi")


def test_a_wrong_code_is_said_to_be_wrong(registered: Person):
    registered.says("xóa hết")

    assert registered.says("xóa hết HH-997-53").startswith("Mã HH-997-53 không khớp, có thể nhầm một số.")


def test_who_changes_their_mind_keeps_everything(registered: Person):
    registered.says("xóa hết")

    assert registered.says("thôi, giữ lại").startswith("Được, giữ nguyên cả.\n")
    assert f"mã {CODE}" in registered.says("dữ liệu của tôi")


def test_the_file_may_be_taken_along_first(registered: Person):
    registered.says("xóa hết", "1")

    assert CODE in json.dumps(file_of(registered))


def test_afterwards_the_person_is_unknown_again(registered: Person):
    button = registered.button("Soạn giấy đăng ký") if registered.seen[-1].choices else None
    registered.says("xóa hết", "2")

    assert registered.says("alo").startswith("Chào bà con. Đây là Trợ lý OCOP, máy trả lời tự động")
    assert registered.says("1", "6").startswith("Trước khi soạn giấy, xin phép bà con.")
    assert button is None


def test_an_old_button_opens_nothing_that_was_deleted(registered: Person):
    registered.says("giấy tờ của tôi")
    button = registered.button("«Miến dong")
    registered.says("xóa hết", "2", "alo")

    assert registered.presses(button).startswith("Nút này của tờ cũ, không dùng nữa.")


def test_the_other_phone_is_told_and_is_unknown_again_too(registered: Person, village: Village):
    second = registered.takes_another_phone("web")
    second.says("giấy tờ của tôi")
    registered.says("xóa hết", "2")

    (told,) = village.store.run(lambda db: outbox.due(db, "web", "", village.now, 10))
    assert Message.loads(told.body).text == (
        "Dữ liệu ở đây đã được xóa hết, theo lời nhắn từ máy kia. Cần lại thì nhắn «alo»."
    )
    assert told.address == second.address
    assert second.says("alo").startswith("Chào bà con. Đây là Trợ lý OCOP")
    assert second.id != registered.id


def test_who_has_nothing_here_may_delete_it_all_the_same(village: Village):
    stranger = village.stranger()
    stranger.says("alo")

    assert stranger.says("xóa hết").startswith("⚠️ Xóa hết là mất mọi điều trợ lý giữ của bà con, không lấy lại được.")
    assert stranger.says("2") == DELETED


def test_another_person_keeps_what_is_theirs(registered: Person, village: Village):
    other = village.stranger("người khác")
    other.says("alo", "1", "6", "1", "1", "Tổ trà Khau Mu", "1", "menu")
    registered.says("xóa hết", "2")

    assert "1. «Tổ trà Khau Mu», đang soạn" in other.says("2")
    mine = other.id
    assert len(village.store.run(lambda db: consents.of_person(db, mine))) == 1
