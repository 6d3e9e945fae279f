"""Registering a product, as producers do it: from the first question to a code that can be read out on the phone."""

import json

import pytest
from sqlalchemy import func, select

from ocop.codes import read_code
from storage import applications, producers
from storage.applications import Summary
from storage.tables import APPLICATION_VERSION
from tests.handlers.person import Person, Village

REVIEW = """Xem lại. Chưa gõ «xong» thì chưa ai thấy:
1. Lần đăng ký: Xin chấm lần đầu
– Cơ sở
2. Cơ sở: Hợp tác xã Tài Hoan
3. Loại cơ sở: Hợp tác xã
4. Xã, phường: xã Côn Minh, tỉnh Thái Nguyên
5. Điện thoại: 0912 345 678
– Sản phẩm
6. Sản phẩm: Miến dong Tài Hoan
7. Loại sản phẩm: bộ 7, chế biến từ rau, củ, quả, hạt
8. Ảnh: đã có ảnh
Hết chỗ phải sửa thì gõ «xong». Sửa câu nào thì gõ số câu, ví dụ «sửa 4».
[Xong]
[Sửa]"""


def applications_of(person: Person) -> list[Summary]:
    mine = person.id
    return person.village.store.run(lambda db: applications.of_person(db, mine))


def versions_of(person: Person, application: Summary) -> int:
    count = select(func.count()).where(APPLICATION_VERSION.c.application_id == application.id)
    return person.village.store.run(lambda db: int(db.execute(count).scalar_one()))


def registers_noodles(person: Person, case: str = "Xin chấm lần đầu") -> str:
    """Go through the form to its review."""
    person.says("alo", "Soạn giấy đăng ký", case, "Hợp tác xã Tài Hoan", "Hợp tác xã", "xã Côn Minh", "0912 345 678")
    person.says("Miến dong Tài Hoan", "Củ dong")
    return person.sends_photo()


def test_registering_noodles_for_the_first_time_from_hello_to_the_code(person: Person):
    person.says("alo")
    assert "Câu 1/8. Đăng ký để làm gì?" in person.says("1")
    assert "Câu 2/8. Cơ sở tên gì? Gõ đúng như trên giấy, có dấu." in person.says("lần đầu")
    assert "Câu 3/8. «Hợp tác xã Tài Hoan» thuộc loại nào?" in person.says("Hợp tác xã Tài Hoan")
    assert "Câu 4/8. Cơ sở ở xã, phường nào?" in person.says("1")
    assert person.says("xã côn minh huyện na rì").startswith(
        "✅ Xã Côn Minh, tỉnh Thái Nguyên (trước là huyện Na Rì, Bắc Kạn).\nCâu 5/8. Số điện thoại để xã liên hệ?"
    )
    assert "Câu 6/8. Tên sản phẩm? Gõ đúng như trên nhãn." in person.says("0912.345.678")
    assert person.says("Miến dong Tài Hoan") == (
        "✅ Đã lưu.\nCâu 7/8. Miến làm từ gì? Hỏi để chọn đúng bảng chấm điểm.\n"
        "1. Củ dong (bộ 7)\n2. Gạo, ngũ cốc (bộ 6)\n3. Không chắc, nhờ cán bộ chọn\n0. Quay lại"
    )
    assert "Câu 8/8. Gửi một tấm ảnh sản phẩm, chụp rõ nhãn." in person.says("1")
    assert person.sends_photo() == f"✅ Có ảnh rồi.\n{REVIEW}"

    done = person.says("xong")

    [application] = applications_of(person)
    assert application.code
    assert done == (
        f"Xong bản nháp, mã {application.code}, đọc là hát hát, chín chín bảy, ba năm. "
        "Cán bộ OCOP của xã và tỉnh xem được tờ này. Trợ lý không nộp thay được. Việc tiếp theo:\n"
        "– in tờ đăng ký (Mẫu 01) gửi kèm dưới đây, người đứng tên ký, đóng dấu nếu có\n"
        "– làm bản tự chấm (Mẫu 02) và giấy tờ kèm theo\n"
        "– nộp ủy ban xã Côn Minh: 1 bộ giấy, 1 bộ điện tử, kèm 5 sản phẩm để xã gửi chấm\n"
        "⏰ Nên nộp xã chậm nhất thứ Tư 07/4/2027 (mùng 1 tháng Ba ÂL): xã cần 15 ngày làm việc để gửi tỉnh "
        "trước 30/4. Ngày này trợ lý tính, hỏi lại xã cho chắc.\n"
        "Nguồn: Điều 2, 5, 6, 7 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026 · chưa được cán bộ tỉnh xác nhận\n"
        "Cần sửa thì gõ «giấy tờ của tôi». Hỏi cán bộ: gõ 9."
    )
    assert read_code(application.code) == application.code
    assert (application.details.commune, application.details.province) == ("thai-nguyen/con-minh", "thai-nguyen")
    assert (application.details.case, application.details.product_set) == ("first", "set07")
    assert application.state == "confirmed", "confirmed by the producer; only an office can say it was handed in"


def test_everything_may_be_typed_without_marks_and_is_asked_back_where_it_will_be_printed(person: Person):
    person.says("alo", "1", "lan dau")
    assert person.says("hop tac xa tai hoan") == (
        "Trên giấy sẽ in là «hop tac xa tai hoan». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên.\n1. Giữ nguyên"
    )
    assert "«Hợp tác xã Tài Hoan» thuộc loại nào?" in person.says("Hợp tác xã Tài Hoan")
    assert "✅ Hợp tác xã." in person.says("htx")
    assert "✅ Xã Côn Minh, tỉnh Thái Nguyên" in person.says("con minh na ri")
    assert "✅ 0912 345 678." in person.says("+84 912345678")
    assert "«mien dong»" in person.says("mien dong")
    assert "Miến làm từ gì?" in person.says("giu nguyen")
    assert "✅ Bộ 7, chế biến từ rau, củ, quả, hạt. Trợ lý đoán, cán bộ xem lại." in person.says("cu dong")
    assert "6. Sản phẩm: mien dong\n" in person.says("chua co")
    assert person.says("xong").startswith("Xong bản nháp, mã ")


def test_the_whole_form_can_be_tapped_where_there_are_buttons(person: Person):
    person.opens_link("start")
    person.taps("Soạn giấy")
    person.taps("Xin chấm lần đầu")
    person.says("Hợp tác xã Tài Hoan")
    person.taps("Hợp tác xã")
    person.says("Côn Minh")
    person.shares_own_number("+84912345678")
    person.says("Miến dong Tài Hoan")
    person.taps("Củ dong")
    person.sends_photo()

    assert person.screen.endswith(REVIEW)
    assert person.taps("Xong").startswith("Xong bản nháp, mã ")


def test_asking_for_more_stars_is_due_for_the_same_round(person: Person):
    registers_noodles(person, "xin len sao")

    done = person.says("xong")

    assert "⏰ Nên nộp xã chậm nhất thứ Tư 07/4/2027" in done
    assert applications_of(person)[0].details.case == "upgrade"


def test_for_a_certificate_that_ends_soon_the_time_is_counted_from_its_end_not_from_the_round(person: Person):
    registers_noodles(person, "giấy sắp hết hạn, xin chấm lại")

    done = person.says("xong")

    assert "⏰ Nộp trong khoảng từ 180 đến 120 ngày trước khi giấy OCOP hết hạn. Ngày hết hạn in trên giấy." in done
    assert "07/4/2027" not in done
    assert applications_of(person)[0].details.case == "again"


def test_when_the_day_to_hand_in_has_passed_no_past_day_is_named(person: Person):
    person.comes_back_after(days=150)  # 20/4/2027: the commune's fifteen working days no longer fit before 30/4
    registers_noodles(person)

    assert "⏰" not in person.says("xong")


def test_tourism_sends_no_samples(person: Person):
    person.says("1", "1", "Hợp tác xã du lịch Pác Ngòi", "1", "xã Ba Bể", "0912345678", "Du lịch cộng đồng Pác Ngòi")
    person.taps("Bộ 26")
    person.says("chưa có")

    done = person.says("xong")

    assert "– nộp ủy ban xã Ba Bể: 1 bộ giấy, 1 bộ điện tử\n" in done
    assert "5 sản phẩm" not in done


def test_an_association_may_register_tourism_only_and_is_told_so_before_it_goes_to_the_commune(person: Person):
    registers_noodles(person)
    person.says("sửa 3", "hiệp hội")

    assert "– hỏi ủy ban xã trước: hội, hiệp hội chỉ đăng ký được sản phẩm du lịch\n" in person.says("xong")


def test_a_household_without_registration_is_told_kindly_and_may_still_prepare(person: Person):
    person.says("1", "1", "Hộ bà Mẫu")

    assert person.says("chua dang ky") == (
        "✅ Hộ chưa đăng ký kinh doanh. Chưa nộp được ngay: hộ gia đình phải có đăng ký kinh doanh. "
        "Có giấy đó là làm được. Trong lúc chờ vẫn soạn sẵn giấy được. Nơi làm giấy thì hỏi ủy ban xã.\n"
        "Nguồn: Điều 2 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026.\n"
        "Câu 4/8. Cơ sở ở xã, phường nào? Gõ tên cũ hay tên mới đều được.\n0. Quay lại"
    )
    person.says("Côn Minh", "0912345678", "Miến dong", "1", "chưa có")
    assert "– làm đăng ký kinh doanh trước, nơi làm giấy thì hỏi ủy ban xã\n" in person.says("xong")


def test_an_old_name_that_three_communes_bore_is_asked_about(person: Person):
    person.says("1", "1", "Hợp tác xã Hưng Đạo", "1")

    assert person.says("xa hung dao") == (
        "Có mấy nơi tên gần như vậy. Cơ sở ở đâu?\n"
        "1. Thành phố Cao Bằng, nay là phường Thục Phán\n"
        "2. Huyện Bảo Lạc, nay là xã Hưng Đạo\n"
        "3. Huyện Nguyên Bình, nay là xã Tam Kim\n"
        "4. Không có trong này, gõ lại"
    )
    assert "✅ Xã Tam Kim, tỉnh Cao Bằng (trước là xã Hưng Đạo, huyện Nguyên Bình, Cao Bằng)." in person.says("3")


def test_who_does_not_know_the_kind_of_product_leaves_it_to_an_official(person: Person):
    registers_noodles(person)
    person.says("sửa 7", "khong chac")

    assert "7. Loại sản phẩm: nhờ cán bộ chọn\n" in person.says("xem lại")
    assert person.says("xong").startswith("Xong bản nháp, mã ")


def test_a_photo_may_follow_later(person: Person):
    registers_noodles(person)
    person.says("sửa 8", "chưa có")

    assert "8. Ảnh: chưa có\n" in person.says("xem lại")


# --- correcting


@pytest.mark.parametrize("way", ["sửa 4", "Sua cau 4", "4", "tap"])
def test_one_answer_is_corrected_from_the_review_and_the_others_stay(person: Person, way: str):
    registers_noodles(person)
    if way == "tap":
        person.taps("Sửa")
        asked = person.taps("Xã, phường: xã Côn Minh")
    else:
        asked = person.says(way)

    assert asked == (
        "Câu 4/8. Cơ sở ở xã, phường nào? Gõ tên cũ hay tên mới đều được.\n"
        "Đang ghi: «xã Côn Minh, tỉnh Thái Nguyên».\n1. Giữ nguyên\n0. Quay lại"
    )
    assert person.says("xã Tĩnh Túc") == (
        "✅ Câu 4: xã Tĩnh Túc, tỉnh Cao Bằng. Các câu kia giữ nguyên.\n"
        "Gõ «xong», hoặc số câu cần sửa. Xem cả tờ thì gõ «xem lại».\n[Xong]\n[Sửa]"
    )
    corrected = REVIEW.replace("xã Côn Minh, tỉnh Thái Nguyên", "xã Tĩnh Túc, tỉnh Cao Bằng")
    assert person.says("xem lại") == corrected
    assert "nộp ủy ban xã Tĩnh Túc" in person.says("xong")


def test_going_back_shows_what_was_said_and_keeps_it_when_nothing_is_changed(person: Person):
    person.says("1", "1", "Hợp tác xã Tài Hoan", "1")

    assert "Đang ghi: «Hợp tác xã»." in person.says("0")
    assert "Đang ghi: «Hợp tác xã Tài Hoan»." in person.says("quay lại")
    assert person.says("giữ nguyên").startswith("Được, giữ nguyên.\nCâu 4/8.")


def test_another_product_name_asks_again_only_what_it_is_made_of(person: Person):
    registers_noodles(person)
    person.says("sửa 6", "Trà hoa vàng Tài Hoan")

    review = person.says("xem lại")

    assert "6. Sản phẩm: Trà hoa vàng Tài Hoan\n" in review
    assert "2. Cơ sở: Hợp tác xã Tài Hoan\n" in review


def test_confirming_again_after_a_correction_makes_a_second_version_under_the_same_code(person: Person):
    registers_noodles(person)
    person.says("xong")
    [first] = applications_of(person)

    person.says("giấy tờ của tôi", "1", "sửa 5", "0987654321")
    done = person.says("xong")

    [again] = applications_of(person)
    assert done.startswith(f"Đã ghi bản sửa, mã {first.code}, ")
    assert (again.id, again.code) == (first.id, first.code)
    body = person.village.store.run(lambda db: applications.latest_version(db, again.id))
    assert json.loads(body or "{}")["phone"] == "0987654321"
    assert versions_of(person, again) == 2


def test_tapping_xong_twice_confirms_once(person: Person):
    registers_noodles(person)
    button = person.button("Xong")
    person.presses(button)

    repeated = person.presses(button)

    [application] = applications_of(person)
    assert repeated.startswith(f"Bản nháp này đã xong, mã {application.code}, ")
    assert versions_of(person, application) == 1


def test_the_second_product_of_a_producer_does_not_ask_the_producers_name_again(person: Person):
    registers_noodles(person)
    person.says("xong", "dang ky", "soạn tờ mới", "1")

    assert "1. Vẫn «Hợp tác xã Tài Hoan»" in person.screen
    assert "Vẫn «Hợp tác xã»" in person.says("1")
    assert "1. Vẫn «xã Côn Minh, tỉnh Thái Nguyên»" in person.says("1")
    assert "1. Vẫn «0912 345 678»" in person.says("1")
    assert "Câu 6/8. Tên sản phẩm?" in person.says("1")


def test_what_is_known_of_one_producer_is_not_offered_for_another(person: Person):
    registers_noodles(person)
    person.says("xong", "dang ky", "soạn tờ mới", "1", "Hộ bà Mẫu")

    assert "Vẫn" not in person.screen
    assert "Vẫn" not in person.says("5")
    assert "Vẫn" not in person.says("Côn Minh")


def test_what_one_person_confirmed_is_not_offered_to_another(person: Person, village: Village):
    registers_noodles(person)
    person.says("xong")

    assert "Tài Hoan" not in village.person("người khác").says("1", "1")


def test_correcting_the_name_of_a_cooperative_does_not_make_a_second_one(person: Person):
    registers_noodles(person)
    person.says("xong", "giấy tờ của tôi", "1", "sửa 2", "Hợp tác xã Tài Hoan Mới", "xong")

    mine = person.id
    known = person.village.store.run(lambda db: producers.of_person(db, mine))
    assert [one.name for one in known] == ["Hợp tác xã Tài Hoan Mới"]


def test_one_producer_with_two_products_may_leave_one_of_them_to_another(person: Person):
    registers_noodles(person)
    person.says("xong", "soạn giấy đăng ký", "Soạn tờ mới", "Xin chấm lần đầu", "Hợp tác xã Tài Hoan", "1", "1", "1")
    person.says("Bột dong Tài Hoan", "Củ dong", "chưa có", "xong")
    person.says("giấy tờ của tôi", "1", "sửa 2", "Hợp tác xã Bản Mẫu", "xong")

    mine = person.id
    known = person.village.store.run(lambda db: producers.of_person(db, mine))
    assert {one.name for one in known} == {"Hợp tác xã Tài Hoan", "Hợp tác xã Bản Mẫu"}


@pytest.mark.parametrize("words", ["sửa số điện thoại", "sai sđt rồi", "đổi số điện thoại"])
def test_a_question_is_corrected_by_its_name_also_long_after_confirming(person: Person, words: str):
    registers_noodles(person)
    person.says("xong")

    asked = person.comes_back_after(days=9).says(words)

    assert asked.startswith("Mở lại «Miến dong Tài Hoan».\nCâu 5/8. Số điện thoại để xã liên hệ?\nĐang ghi:")
    person.says("0987654321")
    assert person.says("xong").startswith("Đã ghi bản sửa, mã ")


def test_a_correction_outside_a_talk_is_of_the_form_touched_last(person: Person):
    registers_noodles(person)
    person.says("xong", "soạn giấy đăng ký", "soạn tờ mới", "1", "Tổ trà Khau Mu", "về đầu")

    assert person.says("sửa tên cơ sở").startswith("Mở lại «Tổ trà Khau Mu».\nPhần «Cơ sở».\nCâu 2/8.")


def test_who_has_no_form_can_correct_nothing(person: Person):
    person.says("alo")

    assert "Mở lại" not in person.says("sửa số điện thoại")


def test_who_took_the_consent_back_is_asked_before_a_form_is_corrected(person: Person):
    registers_noodles(person)
    person.says("xong", "rút đồng ý")

    assert person.says("sửa số điện thoại").startswith("Trước khi soạn giấy, xin phép bà con.")
