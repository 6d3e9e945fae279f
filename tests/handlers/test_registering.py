"""Registering a product, as producers do it: from the first question to a code that can be read out on the phone."""

import json

import pytest
from sqlalchemy import func, select

from ocop.codes import read_code
from storage import applications, producers
from storage.applications import Summary
from storage.tables import APPLICATION_VERSION
from tests.handlers.filling import answers
from tests.handlers.person import Person, Village

FIRST = "Xin chấm lần đầu"
REVIEW = """Xem lại. Chưa gõ «xong» thì chưa ai thấy:
1. Lần đăng ký: Xin chấm lần đầu
– Cơ sở
2. Cơ sở: Hợp tác xã Tài Hoan
3. Người đứng tên: Nguyễn Thị Mẫu
4. Chức vụ: Giám đốc
5. Địa chỉ: thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên
6. Điện thoại: 0912 345 678
7. Email: chưa có
– Sản phẩm
8. Sản phẩm: Miến dong Tài Hoan
9. Loại sản phẩm: bộ 7, chế biến từ rau, củ, quả, hạt
– Kèm theo
10. Bản tự chấm (Mẫu 02): Chưa có
11. Ảnh, giấy tờ: Ảnh sản phẩm
12. Ảnh: đã có ảnh
Hết chỗ phải sửa thì gõ «xong». Sửa câu nào thì gõ số câu, ví dụ «sửa 4».
[Xong]
[Sửa]"""


def applications_of(person: Person) -> list[Summary]:
    mine = person.id
    return person.village.store.run(lambda db: applications.of_person(db, mine))


def versions_of(person: Person, application: Summary) -> int:
    count = select(func.count()).where(APPLICATION_VERSION.c.application_id == application.id)
    return person.village.store.run(lambda db: int(db.execute(count).scalar_one()))


def registers_noodles(person: Person, case: str = FIRST, issued: str = "không nhớ") -> str:
    """Go through the form to its review."""
    person.says("alo", "Soạn giấy đăng ký", case)
    if case == FIRST:
        person.says(*answers(after="case", before="extras"))
    else:
        person.says("Miến dong Tài Hoan", "đúng", "12/GCN", issued, "Củ dong")
        person.says(*answers(after="case", before="product"), "Chưa có")
    person.says("ảnh sản phẩm", "xong")
    return person.sends_photo()


def test_registering_noodles_for_the_first_time_from_hello_to_the_code(person: Person):
    person.says("alo")
    assert "Câu 1/11. Đăng ký để làm gì?" in person.says("1")
    assert "Câu 2/11. Cơ sở tên gì? Gõ đúng như trên giấy, có dấu." in person.says("lần đầu")
    assert "Câu 3/11. Ai đứng tên trên giấy đăng ký (đại diện pháp luật)?" in person.says("Hợp tác xã Tài Hoan")
    assert "Câu 4/11. Người đó giữ chức vụ gì?\n1. Giám đốc\n" in person.says("Nguyễn Thị Mẫu")
    assert "Câu 5/11. Địa chỉ cơ sở? Gõ cả thôn và xã" in person.says("1")
    assert person.says("thôn Nà Mẫu xã côn minh huyện na rì").startswith(
        "✅ Thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên (trước là huyện Na Rì, Bắc Kạn).\n"
        "Câu 6/11. Số điện thoại để xã liên hệ?"
    )
    assert "Câu 7/11. Email của cơ sở, nếu có?\n1. Chưa có" in person.says("0912.345.678")
    assert "Câu 8/11. Tên sản phẩm? Gõ đúng như trên nhãn." in person.says("chưa có")
    assert person.says("Miến dong Tài Hoan") == (
        "✅ Đã lưu.\nCâu 9/11. Miến làm từ gì? Hỏi để chọn đúng bảng chấm điểm.\n"
        "1. Củ dong (bộ 7)\n2. Gạo, ngũ cốc (bộ 6)\n3. Không chắc, nhờ cán bộ chọn\n0. Quay lại"
    )
    assert person.says("1").startswith(
        "✅ Bộ 7, chế biến từ rau, củ, quả, hạt. Trợ lý đoán, cán bộ xem lại.\n"
        "Ngành lo loại này: Bộ Nông nghiệp và Môi trường.\nPhần «Kèm theo».\n"
        "Câu 10/11. Bản tự chấm (Mẫu 02) có chưa?\n1. Có rồi\n2. Đang làm\n3. Chưa có\n"
    )
    assert person.says("3").startswith(
        "✅ Chưa có.\nCâu 11/11. Thêm ảnh, giấy tờ bây giờ không? Có gì ở đây thì chọn từng dòng, đủ rồi gõ «xong». "
        "Chưa thì gõ «bỏ qua».\n1. Ảnh sản phẩm\n2. Giấy đăng ký kinh doanh\n"
    )
    person.says("1")
    assert "Câu 12/12. Gửi một tấm ảnh sản phẩm, chụp rõ nhãn." in person.says("xong")
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
    assert application.state == "confirmed", "confirmed by the producer; only an office can say that it was handed in"


def test_everything_may_be_typed_without_marks_and_is_asked_back_where_it_will_be_printed(person: Person):
    person.says("alo", "1", "lan dau")
    assert person.says("htx tai hoan") == (
        "Trên giấy sẽ in là «htx tai hoan». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên.\n1. Giữ nguyên"
    )
    assert "Ai đứng tên" in person.says("HTX Tài Hoan")
    assert "Trên giấy sẽ in là «nguyen thi mau»" in person.says("nguyen thi mau")
    assert "Người đó giữ chức vụ gì?" in person.says("giu nguyen")
    assert "Địa chỉ cơ sở?" in person.says("to truong")
    assert person.says("thon na mau con minh na ri") == (
        "✅ Xã Côn Minh, tỉnh Thái Nguyên (trước là huyện Na Rì, Bắc Kạn).\n"
        "Câu 6/12. Trên giấy sẽ in là «thon na mau». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên.\n"
        "1. Vẫn «thon na mau»\n2. Ghi tay sau\n0. Quay lại"
    )
    assert "Số điện thoại" in person.says("thôn Nà Mẫu")
    assert "✅ 0912 345 678." in person.says("+84 912345678")
    assert "Tên sản phẩm?" in person.says("ko co")
    assert "«mien dong»" in person.says("mien dong")
    assert "Miến làm từ gì?" in person.says("giu nguyen")
    assert "✅ Bộ 7, chế biến từ rau, củ, quả, hạt. Trợ lý đoán, cán bộ xem lại." in person.says("cu dong")
    assert "✅ Đang làm." in person.says("dang lam")
    assert "9. Sản phẩm: mien dong\n" in person.says("bo qua")
    assert "4. Chức vụ: Tổ trưởng\n" in person.screen
    assert "6. Thôn, đường: thôn Nà Mẫu\n" in person.screen
    assert person.says("xong").startswith("Xong bản nháp, mã ")


def test_the_whole_form_can_be_tapped_where_there_are_buttons(person: Person):
    person.opens_link("start")
    person.taps("Soạn giấy")
    person.taps("Xin chấm lần đầu")
    person.says("Hợp tác xã Tài Hoan", "Nguyễn Thị Mẫu")
    person.taps("Giám đốc")
    person.says("thôn Nà Mẫu, Côn Minh")
    person.shares_own_number("+84912345678")
    person.taps("Chưa có")
    person.says("Miến dong Tài Hoan")
    person.taps("Củ dong")
    person.taps("Chưa có")
    person.taps("Ảnh sản phẩm")
    person.taps("Xong")
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
    person.says("1", *answers(before="set", commune="bản Pác Ngòi, xã Ba Bể", product="Du lịch cộng đồng Pác Ngòi"))
    person.taps("Bộ 26")
    person.says("đang làm", "bỏ qua")

    done = person.says("xong")

    assert "– nộp ủy ban xã Ba Bể: 1 bộ giấy, 1 bộ điện tử\n" in done
    assert "5 sản phẩm" not in done


def test_an_association_may_register_tourism_only_and_is_told_so_before_it_goes_to_the_commune(person: Person):
    registers_noodles(person)
    person.says("sửa 2", "Hội Du lịch Bản Mẫu", "hiệp hội")

    assert "– hỏi ủy ban xã trước: hội, hiệp hội chỉ đăng ký được sản phẩm du lịch\n" in person.says("xong")


def test_a_household_without_registration_is_told_kindly_and_may_still_prepare(person: Person):
    person.says("1", "1", "Hộ bà Mẫu")

    assert person.says("chua dang ky") == (
        "✅ Hộ chưa đăng ký kinh doanh. Chưa nộp được ngay: hộ gia đình phải có đăng ký kinh doanh. "
        "Có giấy đó là làm được. Trong lúc chờ vẫn soạn sẵn giấy được. Nơi làm giấy thì hỏi ủy ban xã.\n"
        "Nguồn: Điều 2 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026.\n"
        "Câu 4/12. Ai đứng tên trên giấy đăng ký (đại diện pháp luật)? Gõ đủ họ tên, có dấu.\n0. Quay lại"
    )
    person.says(*answers(after="producer"))
    assert "– làm đăng ký kinh doanh trước, nơi làm giấy thì hỏi ủy ban xã\n" in person.says("xong")


def test_an_old_name_that_three_communes_bore_is_asked_about(person: Person):
    person.says("1", *answers(before="commune"))

    assert person.says("xóm 3 xa hung dao") == (
        "Có mấy nơi tên gần như vậy. Cơ sở ở đâu?\n"
        "1. Thành phố Cao Bằng, nay là phường Thục Phán\n"
        "2. Huyện Bảo Lạc, nay là xã Hưng Đạo\n"
        "3. Huyện Nguyên Bình, nay là xã Tam Kim\n"
        "4. Không có trong này, gõ lại"
    )
    assert "✅ Xóm 3, xã Tam Kim, tỉnh Cao Bằng (trước là xã Hưng Đạo, huyện Nguyên Bình, Cao Bằng)." in person.says(
        "3"
    )


def test_who_does_not_know_the_kind_of_product_leaves_it_to_an_official(person: Person):
    registers_noodles(person)
    person.says("sửa 9", "khong chac")

    assert "9. Loại sản phẩm: nhờ cán bộ chọn\n" in person.says("xem lại")
    assert "ghi tay nhóm sản phẩm, người đứng tên ký" in person.says("xong")


def test_a_photo_may_follow_later(person: Person):
    registers_noodles(person)
    person.says("sửa 12", "chưa có")

    assert "12. Ảnh: chưa có\n" in person.says("xem lại")


# --- correcting


@pytest.mark.parametrize("way", ["sửa 5", "Sua cau 5", "5", "tap"])
def test_one_answer_is_corrected_from_the_review_and_the_others_stay(person: Person, way: str):
    registers_noodles(person)
    if way == "tap":
        person.taps("Sửa")
        asked = person.taps("Địa chỉ: thôn Nà Mẫu")
    else:
        asked = person.says(way)

    assert asked == (
        "Câu 5/12. Địa chỉ cơ sở? Gõ cả thôn và xã, ví dụ: thôn Nà Mẫu, xã Côn Minh. Tên cũ hay mới đều được.\n"
        "Đang ghi: «thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên».\n1. Giữ nguyên\n0. Quay lại"
    )
    assert person.says("tổ 5, xã Tĩnh Túc") == (
        "✅ Câu 5: tổ 5, xã Tĩnh Túc, tỉnh Cao Bằng. Các câu kia giữ nguyên.\n"
        "Gõ «xong», hoặc số câu cần sửa. Xem cả tờ thì gõ «xem lại».\n[Xong]\n[Sửa]"
    )
    corrected = REVIEW.replace("thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên", "tổ 5, xã Tĩnh Túc, tỉnh Cao Bằng")
    assert person.says("xem lại") == corrected
    assert "nộp ủy ban xã Tĩnh Túc" in person.says("xong")


def test_going_back_shows_what_was_said_and_keeps_it_when_nothing_is_changed(person: Person):
    person.says("1", *answers(before="position"))

    assert "Đang ghi: «Nguyễn Thị Mẫu»." in person.says("0")
    assert "Đang ghi: «Hợp tác xã Tài Hoan»." in person.says("quay lại")
    assert person.says("giữ nguyên").startswith("Được, giữ nguyên.\nCâu 4/11.")


def test_another_product_name_asks_again_only_what_it_is_made_of(person: Person):
    registers_noodles(person)
    person.says("sửa 8", "Trà hoa vàng Tài Hoan")

    review = person.says("xem lại")

    assert "8. Sản phẩm: Trà hoa vàng Tài Hoan\n" in review
    assert "2. Cơ sở: Hợp tác xã Tài Hoan\n" in review


def test_confirming_again_after_a_correction_makes_a_second_version_under_the_same_code(person: Person):
    registers_noodles(person)
    person.says("xong")
    [first] = applications_of(person)

    person.says("giấy tờ của tôi", "1", "sửa 6", "0987654321")
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
    assert "1. Vẫn «Nguyễn Thị Mẫu»" in person.says("1")
    assert "Vẫn «Giám đốc»" in person.says("1")
    assert "1. Vẫn «thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên»" in person.says("giữ nguyên")
    assert "1. Vẫn «0912 345 678»" in person.says("1")
    assert "Câu 7/11. Email" in person.says("1")
    assert "Câu 8/11. Tên sản phẩm?" in person.says("chưa có")


def test_what_is_known_of_one_producer_is_not_offered_for_another(person: Person):
    registers_noodles(person)
    person.says("xong", "dang ky", "soạn tờ mới", "1", "Hộ bà Mẫu")

    assert "Vẫn" not in person.screen
    assert "Vẫn" not in person.says("5")
    for words in answers(after="producer", before="product"):
        assert "Vẫn" not in person.says(words)


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
    person.says("xong", "soạn giấy đăng ký", "Soạn tờ mới", *answers(product="Bột dong Tài Hoan"), "xong")
    person.says("giấy tờ của tôi", "1", "sửa 2", "Hợp tác xã Bản Mẫu", "xong")

    mine = person.id
    known = person.village.store.run(lambda db: producers.of_person(db, mine))
    assert {one.name for one in known} == {"Hợp tác xã Tài Hoan", "Hợp tác xã Bản Mẫu"}


@pytest.mark.parametrize("words", ["sửa số điện thoại", "sai sđt rồi", "đổi số điện thoại"])
def test_a_question_is_corrected_by_its_name_also_long_after_confirming(person: Person, words: str):
    registers_noodles(person)
    person.says("xong")

    asked = person.comes_back_after(days=9).says(words)

    assert asked.startswith("Mở lại «Miến dong Tài Hoan».\nCâu 6/12. Số điện thoại để xã liên hệ?\nĐang ghi:")
    person.says("0987654321")
    assert person.says("xong").startswith("Đã ghi bản sửa, mã ")


def test_a_correction_outside_a_talk_is_of_the_form_touched_last(person: Person):
    registers_noodles(person)
    person.says("xong", "soạn giấy đăng ký", "soạn tờ mới", "1", "Tổ trà Khau Mu", "về đầu")

    assert person.says("sửa tên cơ sở").startswith("Mở lại «Tổ trà Khau Mu».\nPhần «Cơ sở».\nCâu 2/12.")


def test_who_has_no_form_can_correct_nothing(person: Person):
    person.says("alo")

    assert "Mở lại" not in person.says("sửa số điện thoại")


def test_who_took_the_consent_back_is_asked_before_a_form_is_corrected(person: Person):
    registers_noodles(person)
    person.says("xong", "rút đồng ý")

    assert person.says("sửa số điện thoại", "bỏ qua").startswith("Trước khi soạn giấy, xin phép bà con.")
