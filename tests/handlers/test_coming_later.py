"""A photo that comes when nothing asked for it finds the form it belongs to."""

import pytest

from storage import files
from tests.handlers.filling import answers
from tests.handlers.person import Person, Village

ASKED = (
    "Ảnh này là ảnh sản phẩm «Miến dong Tài Hoan», phải không ạ?\n"
    "1. Đúng rồi\n2. Là giấy tờ khác\n3. Không phải, đừng giữ"
)


@pytest.fixture
def confirmed(person: Person) -> Person:
    """Somebody who confirmed a form without any photo."""
    person.says("alo", "1", *answers())
    assert person.says("xong").startswith("Xong bản nháp")
    return person


def photos_of(person: Person) -> int:
    me = person.id
    return len(person.village.store.run(lambda db: files.of_person(db, me)))


def test_the_photo_of_the_one_product_without_one_is_recognised_and_confirmed_with_a_new_version(confirmed: Person):
    assert confirmed.sends_photo() == ASKED

    assert confirmed.says("1").startswith("✅ Có ảnh, giấy tờ rồi.\nĐã ghi bản sửa, mã HH-997-35")
    assert "12. Ảnh: đã có ảnh" in confirmed.says("giấy tờ của tôi", "1", "xem cả tờ")


@pytest.mark.parametrize("words", ["đúng rồi", "phải", "ừ", "có"])
def test_every_way_to_say_yes_will_do(confirmed: Person, words: str):
    confirmed.sends_photo()

    assert "✅ Có ảnh, giấy tờ rồi." in confirmed.says(words)


@pytest.mark.parametrize("words", ["3", "không", "không phải"])
def test_one_that_belongs_nowhere_is_not_kept(confirmed: Person, words: str):
    confirmed.sends_photo()

    assert confirmed.says(words).startswith("Được, trợ lý không giữ.\n")
    assert photos_of(confirmed) == 0


def test_one_that_was_not_answered_for_goes_with_the_next_talk(confirmed: Person):
    confirmed.sends_photo()
    confirmed.says("dữ liệu của tôi")

    assert photos_of(confirmed) == 0


def test_it_may_be_a_paper_and_what_the_form_asks_about_it_is_asked(confirmed: Person):
    confirmed.sends_photo()

    assert confirmed.says("2").startswith(
        "✅ Là giấy tờ khác.\nCâu 2/2. Ảnh này là gì ạ?\n1. Giấy đăng ký kinh doanh, «Miến dong Tài Hoan»\n"
    )
    assert "«Giấy an toàn thực phẩm» hết hạn ngày nào?" in confirmed.says("giấy an toàn thực phẩm")
    assert "Xem lại. Chưa gõ «xong»" in confirmed.says("31/12/2027")
    assert confirmed.says("xong").startswith("Đã ghi bản sửa")


def test_a_pdf_is_no_photo_of_a_product(confirmed: Person):
    assert confirmed.sends_photo("application/pdf", "giay.pdf").startswith(
        "Tệp này là gì ạ?\n1. Giấy đăng ký kinh doanh, «Miến dong Tài Hoan»\n"
    )
    assert "✅ Có ảnh, giấy tờ rồi." in confirmed.says("1")


def test_of_several_forms_the_person_says_which(confirmed: Person):
    confirmed.says("soạn giấy đăng ký", "soạn tờ mới", *answers(product="Bột dong Tài Hoan"))
    confirmed.says("về đầu")

    assert confirmed.sends_photo().startswith(
        "Ảnh này là gì ạ?\n1. Ảnh sản phẩm «Bột dong Tài Hoan»\n2. Ảnh sản phẩm «Miến dong Tài Hoan»\n"
    )
    assert confirmed.says("1").startswith("✅ Đã ghi vào «Bột dong Tài Hoan».\nXem lại.")


def test_a_form_in_the_making_goes_on_where_it_stood(person: Person):
    person.says("alo", "1", *answers(before="email"), "để mai")

    assert person.sends_photo().startswith("Ảnh này là ảnh sản phẩm, phải không ạ?\n")
    assert person.says("1").startswith("✅ Đã ghi vào «Hợp tác xã Tài Hoan».\nCâu 7/11. Email của cơ sở")


def test_at_its_review_a_photo_is_of_that_form(person: Person):
    person.says("alo", "1", *answers())

    assert person.sends_photo() == ASKED
    assert "12. Ảnh: đã có ảnh" in person.says("1")


def test_with_a_change_not_confirmed_yet_nothing_is_confirmed_in_passing(confirmed: Person):
    confirmed.says("giấy tờ của tôi", "1", "sửa 6", "0987654321", "về đầu")
    confirmed.sends_photo()

    assert confirmed.says("1").startswith("✅ Đã ghi vào «Miến dong Tài Hoan».\nXem lại. Chưa gõ «xong»")


def test_who_took_the_consent_back_is_asked_for_nothing_and_nothing_is_kept(confirmed: Person):
    confirmed.says("rút đồng ý")

    assert confirmed.sends_photo().startswith("Trợ lý chưa biết để cái này vào đâu.")
    assert photos_of(confirmed) == 0


def test_where_there_is_no_form_a_photo_has_no_place(village: Village):
    stranger = village.person("người khác")
    stranger.says("alo")

    assert stranger.sends_photo().startswith("Trợ lý chưa biết để cái này vào đâu.")
    assert photos_of(stranger) == 0


def test_a_form_deleted_meanwhile_on_the_other_phone_takes_the_photo_along(confirmed: Person):
    other_phone = confirmed.takes_another_phone()
    confirmed.sends_photo()
    button = confirmed.button("Đúng rồi")
    other_phone.says("giấy tờ của tôi", "1", "bỏ tờ này", "1")

    assert confirmed.presses(button).startswith("Nút này của tờ cũ, không dùng nữa.")
    assert photos_of(confirmed) == 0


def test_who_helps_another_may_send_it_later_too(person: Person):
    person.says("alo", "làm giúp", "1", "cô Hoa", *answers(), "để mai")

    assert person.sends_photo() == ASKED
    assert person.says("1").startswith("✅ Đã ghi vào «Miến dong Tài Hoan».\nXem lại.")
