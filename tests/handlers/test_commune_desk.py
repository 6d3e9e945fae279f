"""A dossier at the commune: seen, received, found wanting, mended with one tap, sent on, and its result; in turns."""

import pytest

from storage import applications, grants, people, producers
from storage.applications import Details
from storage.store import Db
from tests.handlers.office import (
    CON_MINH,
    THAI_NGUYEN,
    audited,
    dossiers_of,
    hears,
    invited,
    official,
    opens_first,
    producer_of_noodles,
    recorded,
    records_receipt,
    revoke,
)
from tests.handlers.person import Person, Village

PAPER = """Hồ sơ HH-997-35, xin chấm lần đầu, cơ sở xác nhận thứ Bảy 21/11/2026.
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
Hồ sơ HH-997-35: ghi việc gì?
1. Đã nhận bản giấy
2. Cần bổ sung
3. Xem ảnh, giấy tờ
4. Lấy tờ in
5. Xem lại cả tờ này
6. Về danh sách"""


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.fixture
def clerk(village: Village, producer: Person) -> Person:
    return official(village, "cán bộ xã")


def asks_for(someone: Person, *items: tuple[str, str]) -> str:
    """Ask for these things of the dossier that is open, each with a reason."""
    someone.says("cần bổ sung")
    for item, _ in items:
        someone.says(item)
    someone.says("xong")
    for _, reason in items:
        someone.says(reason)
    return someone.says("xong")


# --- seeing


def test_the_list_says_who_what_and_since_when(clerk: Person):
    assert clerk.says("/hoso") == (
        "Hồ sơ xã Côn Minh: 1, chờ bản giấy 1.\nMở hồ sơ nào?\n"
        "1. «Miến dong Tài Hoan», Hợp tác xã Tà…, chờ giấy từ 21/11"
    )


def test_a_dossier_opens_with_the_whole_paper_and_what_can_be_recorded(clerk: Person):
    clerk.says("/hoso")

    assert clerk.says("1") == PAPER


def test_only_what_the_producer_has_confirmed_is_seen(clerk: Person, producer: Person):
    producer.says("giấy tờ của tôi", "1", "sửa 6", "0987654321")

    assert "0912 345 678" in opens_first(clerk)
    producer.says("xong")
    assert "0987 654 321" in opens_first(clerk)


def test_a_commune_without_dossiers_says_so(village: Village):
    assert "Chưa có hồ sơ nào của xã Côn Minh" in official(village, "cán bộ xã").says("/hoso")


def test_the_paper_can_be_had_to_print(clerk: Person):
    opens_first(clerk)
    clerk.says("lấy tờ in")

    assert [document.kind for document in clerk.seen[-1].documents] == ["form01.pdf", "form01.docx"]


# --- a list of many


def more_dossiers(village: Village, producer: Person, count: int) -> None:
    """So many more of the commune, each of a cooperative of its own."""
    who = producer.id

    def work(db: Db) -> None:
        for number in range(1, count + 1):
            maker = producers.add(db, f"Hợp tác xã số {number}", "cooperative", CON_MINH, who, village.now)
            details = Details("first", f"Trà hoa vàng {number}", "set12", THAI_NGUYEN, CON_MINH, maker)
            application = applications.begin(db, who, f"code {number}", details, village.now)
            assert application
            applications.confirm(db, application, details, "{}", who, village.now)

    village.store.run(work)


def test_a_number_means_the_same_dossier_all_day_whatever_is_recorded(
    clerk: Person, producer: Person, village: Village
):
    more_dossiers(village, producer, 2)
    clerk.says("/hoso", "1", "đã nhận bản giấy", "12/PĐK", "20/11/2026", "xong", "đã chuyển tỉnh", "hôm nay", "xong")
    clerk.says("ghi kết quả", "3 sao", "124/QĐ-UBND", "hôm nay", "xong")

    assert clerk.says("về danh sách").splitlines()[2:] == [
        "1. «Miến dong Tài Hoan», Hợp tác xã Tà…, 3 sao",
        "2. «Trà hoa vàng 1», Hợp tác xã số…, chờ giấy từ 21/11",
        "3. «Trà hoa vàng 2», Hợp tác xã số…, chờ giấy từ 21/11",
    ]
    assert clerk.comes_back_after(days=1).says("/hoso").splitlines()[-1] == (
        "3. «Miến dong Tài Hoan», Hợp tác xã Tà…, 3 sao"
    )


def test_of_two_hundred_dossiers_one_is_found_by_its_name_and_the_list_is_where_it_was(
    clerk: Person, producer: Person, village: Village
):
    more_dossiers(village, producer, 200)

    assert clerk.says("/hoso").startswith(
        "Hồ sơ xã Côn Minh: 201, chờ bản giấy 201.\nMở hồ sơ nào? Gõ số, mã, hay tên đều được.\n1. «Miến dong"
    )
    assert "1. «Trà hoa vàng 8»" in clerk.says("xem thêm")
    assert clerk.says("3").startswith("Hồ sơ code 10,")
    assert "1. «Trà hoa vàng 8»" in clerk.says("về danh sách"), "the page it was on, not the first"
    assert clerk.says("tra hoa vang 150").startswith("Hồ sơ code 150,")
    clerk.says("về danh sách")
    assert clerk.says("hợp tác xã số 77").startswith("Hồ sơ code 77,")
    clerk.says("về danh sách")
    assert clerk.says("tai hoang").startswith("Hồ sơ HH-997-35,"), "a slip of the keyboard"
    clerk.says("về danh sách")
    assert clerk.says("trà hoa vàng").startswith("Có 200 hồ sơ như vậy. Gõ thêm vài chữ, hoặc gõ mã.")


def test_where_a_few_bear_the_name_they_are_offered(clerk: Person, producer: Person, village: Village):
    more_dossiers(village, producer, 2)
    clerk.says("/hoso")

    assert clerk.says("trà hoa") == (
        "Có 2 hồ sơ như vậy. Mở hồ sơ nào?\n1. «Trà hoa vàng 1», Hợp tác xã số…, chờ giấy từ 21/11\n"
        "2. «Trà hoa vàng 2», Hợp tác xã số…, chờ giấy từ 21/11\n3. Không có trong này, gõ lại"
    )
    assert clerk.says("2").startswith("Hồ sơ code 2,")


def test_a_name_nobody_bears_says_what_may_be_typed(clerk: Person):
    clerk.says("/hoso")

    assert clerk.says("rượu men lá").startswith("Chưa rõ ý. Gõ số, mã, hay tên sản phẩm, tên cơ sở.\n1. «Miến dong")


# --- received


def test_receipt_is_recorded_with_code_and_day_and_the_fifteen_working_days_are_said(clerk: Person, village: Village):
    said = records_receipt(clerk)

    assert said.startswith(
        "✅ Đã ghi: nhận bản giấy số 12/PĐK, thứ Sáu 20/11/2026; 15 ngày làm việc tới thứ Hai 14/12/2026.\n"
        "Đã báo cho cơ sở.\n"
    )
    assert [one.state for one in dossiers_of(village)] == ["received"]
    assert "«Miến dong Tài Hoan», Hợp tác xã Tà…, đã nhận, hạn 14/12" in clerk.says("/hoso")


def test_the_producer_hears_of_the_receipt_in_the_same_moment(clerk: Person, producer: Person):
    records_receipt(clerk)

    assert hears(producer) == (
        "Xã Côn Minh đã nhận bản giấy hồ sơ «Miến dong Tài Hoan» (mã HH-997-35), số 12/PĐK, thứ Sáu 20/11/2026. "
        "Xã có 15 ngày làm việc để xem, tới thứ Hai 14/12/2026 (mùng 6 tháng Mười Một ÂL), ngày này trợ lý tính.\n"
        "Bà con chưa phải làm gì thêm: thiếu gì xã báo, trợ lý nhắn ngay tại đây.\n"
        "Nguồn: Điều 7 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026 · chưa được cán bộ tỉnh xác nhận"
    )


def test_every_phone_of_the_producer_hears(clerk: Person, producer: Person):
    other_phone = producer.takes_another_phone()

    records_receipt(clerk)

    assert "đã nhận bản giấy" in hears(producer)
    assert "đã nhận bản giấy" in hears(other_phone)


def test_an_official_is_told_when_the_producer_can_no_longer_be_reached(
    clerk: Person, producer: Person, village: Village
):
    me = producer.id
    [chat] = village.store.run(lambda db: people.chats(db, me))
    village.store.run(lambda db: people.mark_unreachable(db, chat.id, village.now))

    assert "Cơ sở không còn nhận tin ở đây, anh/chị gọi giúp." in records_receipt(clerk)


def test_a_day_to_come_or_of_years_ago_is_asked_again(clerk: Person):
    opens_first(clerk)
    clerk.says("đã nhận bản giấy", "12/PĐK")

    assert "Ngày 30/11/2026 chưa tới." in clerk.says("30/11/2026")
    assert "Ngày 20/11/2020 lâu quá rồi." in clerk.says("20/11/2020")


# --- found wanting


def test_the_producer_reads_what_to_mend_and_why_kindly(clerk: Person, producer: Person):
    opens_first(clerk)
    asks_for(clerk, ("điện thoại", "gọi số này chưa được"), ("phiếu thử mẫu", "còn thiếu"))

    assert hears(producer) == (
        "Xã Côn Minh đã xem hồ sơ «Miến dong Tài Hoan» (mã HH-997-35). Chưa gửi tỉnh được, còn 2 thứ phải làm thêm; "
        "hồ sơ không bị loại, phần đã làm vẫn giữ nguyên:\n"
        "– điện thoại: gọi số này chưa được\n"
        "– phiếu thử mẫu (kiểm nghiệm): còn thiếu\n"
        "Đủ chậm nhất thứ Tư 07/4/2027 (mùng 1 tháng Ba ÂL) thì còn kịp đợt tới (trợ lý tính).\n"
        "Bà con chưa rõ chỗ nào thì hỏi cán bộ OCOP xã Côn Minh, hoặc gõ «gặp cán bộ».\n"
        "Nguồn: Điều 5, 7 QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026 · chưa được cán bộ tỉnh xác nhận\n"
        "1. Sửa câu 6: Điện thoại"
    )


def test_one_tap_opens_the_very_question_to_mend(clerk: Person, producer: Person):
    opens_first(clerk)
    asks_for(clerk, ("điện thoại", "gọi số này chưa được"), ("sản phẩm", "chưa giống trên giấy tờ"))
    hears(producer)
    phone, product = producer.button("Sửa câu 6"), producer.button("Sửa câu 8")

    assert "Câu 6/12. Số điện thoại để xã liên hệ?\nĐang ghi: «0912 345 678»." in producer.presses(phone)
    producer.says("0987654321")
    assert "Câu 8/12. Tên sản phẩm?" in producer.comes_back_after(days=3).presses(product)
    producer.says("Miến dong Bản Tài")
    assert producer.says("xong").startswith("Đã ghi bản sửa, mã HH-997-35")


def test_where_there_are_no_buttons_the_number_opens_it(clerk: Person, producer: Person):
    opens_first(clerk)
    asks_for(clerk, ("điện thoại", "gọi số này chưa được"))
    hears(producer)

    assert "Câu 6/12. Số điện thoại để xã liên hệ?" in producer.says("1")


def test_news_in_the_middle_of_something_else_takes_no_answer_away(clerk: Person, producer: Person):
    producer.says("soạn giấy đăng ký", "soạn tờ mới")
    opens_first(clerk)
    asks_for(clerk, ("điện thoại", "gọi số này chưa được"))

    heard = hears(producer)

    assert "Làm xong việc đang dở, gõ «giấy tờ của tôi» để mở tờ này.\n[Sửa câu 6: Điện thoại]" in heard
    button = producer.button("Sửa câu 6")
    assert producer.says("1").startswith("✅ Xin chấm lần đầu.\n"), "the open form's own first choice"
    assert "Câu 6/12. Số điện thoại để xã liên hệ?" in producer.presses(button)


def test_the_officials_own_words_stand_in_quotes(clerk: Person, producer: Person):
    opens_first(clerk)
    clerk.says("cần bổ sung", "sản phẩm", "xong", "gõ lời khác", "Trên nhãn có chữ «sạch», xin ghi cho đủ", "xong")

    assert "– sản phẩm: «Trên nhãn có chữ «sạch», xin ghi cho đủ»\n" in hears(producer)


def test_however_much_is_asked_for_it_fits_a_message(clerk: Person, producer: Person):
    opens_first(clerk)
    clerk.says("cần bổ sung", "1, 2, 3, 4, 5, 6, 7, 8", "xem thêm", "1, 2, 3, 4, 5, 6, 7, 8", "xem thêm", "1, 2, 3")
    clerk.says("xong")
    for _ in range(19):
        clerk.says("gõ lời khác", "ghi cho rõ, cho đủ và cho giống với trên giấy tờ của cơ sở " * 3)
    clerk.says("xong")

    assert "còn 19 thứ phải làm thêm" in hears(producer)
    assert len(producer.choices) == 5


def test_what_was_mended_shows_in_the_list(clerk: Person, producer: Person, village: Village):
    opens_first(clerk)
    asks_for(clerk, ("điện thoại", "gọi số này chưa được"))
    assert "thiếu 1 thứ từ 21/11" in clerk.says("/hoso")
    hears(producer)
    producer.comes_back_after(days=2).says("1", "0987654321", "xong")

    assert "đã sửa 23/11, chờ xem" in clerk.says("/hoso")
    assert "Cơ sở đã xác nhận lại sau lần bổ sung này." in clerk.says("1")
    assert [one.state for one in dossiers_of(village)] == ["needs_more"], "only an official records what an office did"


# --- sent on, and the result


def test_a_dossier_goes_its_whole_way_and_every_step_is_told_and_kept(
    clerk: Person, producer: Person, village: Village
):
    records_receipt(clerk)
    assert "đã nhận bản giấy" in hears(producer)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong")
    assert hears(producer).startswith(
        "Xã Côn Minh đã chuyển hồ sơ «Miến dong Tài Hoan» (mã HH-997-35) lên tỉnh, thứ Bảy 21/11/2026."
    )
    clerk.says("ghi kết quả", "4 sao", "124/QĐ-UBND", "hôm nay", "xong")

    heard = hears(producer)

    assert "Ủy ban tỉnh công nhận «Miến dong Tài Hoan» (mã HH-997-35) 4 sao, Quyết định số 124/QĐ-UBND, " in heard
    assert "Giấy dùng 36 tháng kể từ ngày cấp; ngày hết hạn in trên giấy." in heard
    assert recorded(village) == ["received", "forwarded", "recognised"]
    assert "thứ Bảy 21/11, xã Côn Minh: chuyển tỉnh, thứ Bảy 21/11/2026" in opens_first(clerk)


def test_five_stars_are_the_ministrys(clerk: Person, producer: Person):
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong", "ghi kết quả", "5 sao", "1/QĐ-BNNMT", "hôm nay", "xong")

    assert "Bộ Nông nghiệp và Môi trường công nhận" in hears(producer)


def test_bad_news_says_what_can_still_be_done_and_who_helps(clerk: Person, producer: Person):
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong", "ghi kết quả", "chưa được", "hôm nay", "nhãn chưa ghi hạn dùng")
    clerk.says("xong")

    heard = hears(producer)

    assert "Lần này «Miến dong Tài Hoan» (mã HH-997-35) chưa được công nhận" in heard
    assert "Xã Côn Minh nhắn: «nhãn chưa ghi hạn dùng»" in heard
    assert "làm cho khá hơn rồi xin chấm ở đợt sau được" in heard
    assert "bà con hỏi cán bộ OCOP xã Côn Minh, hoặc gõ «gặp cán bộ»" in heard
    assert not any(sign in heard for sign in "✅⏰📷⚠")


def test_nothing_is_told_before_the_official_has_looked_it_over(clerk: Person, producer: Person, village: Village):
    opens_first(clerk)
    clerk.says("đã nhận bản giấy", "12/PĐK", "20/11/2026", "về đầu")

    assert hears(producer) == ""
    assert recorded(village) == []


# --- two officials, and what ends in mid-act


def test_of_two_officials_the_second_sees_what_the_first_has_done(clerk: Person, producer: Person, village: Village):
    second = official(village, "cán bộ thứ hai")
    opens_first(second)
    second.says("cần bổ sung", "điện thoại", "xong", "ghi chưa rõ")
    records_receipt(clerk)

    said = second.says("xong")

    assert said.startswith(
        "Chưa ghi gì thêm: trong lúc đó cán bộ xã Côn Minh đã ghi: nhận bản giấy số 12/PĐK, thứ Sáu 20/11/2026; "
        "15 ngày làm việc tới thứ Hai 14/12/2026. Xem lại rồi hãy ghi tiếp.\n"
    )
    assert recorded(village) == ["received"]
    asks_for(second, ("điện thoại", "ghi chưa rõ"))
    assert recorded(village) == ["received", "needs_more"]


def test_an_official_sees_that_the_producer_has_corrected_the_paper_meanwhile(
    clerk: Person, producer: Person, village: Village
):
    opens_first(clerk)
    clerk.says("cần bổ sung", "điện thoại", "xong", "ghi chưa rõ")
    producer.comes_back_after(hours=1).says("giấy tờ của tôi", "1", "sửa 6", "0987654321", "xong")

    assert "trong lúc đó cơ sở đã sửa và xác nhận lại tờ đăng ký" in clerk.says("xong")
    assert recorded(village) == []


@pytest.mark.parametrize("words", ["20/11/2026", "xong", "quay lại"])
def test_an_official_revoked_in_mid_act_is_stopped_with_one_sentence(clerk: Person, village: Village, words: str):
    opens_first(clerk)
    clerk.says("đã nhận bản giấy", "12/PĐK")
    revoke(village, clerk)

    said = clerk.says(words)

    assert said.startswith("Anh/chị không có, hoặc không còn quyền cán bộ ở nơi này, nên việc này dừng ở đây.")
    assert "Hồ sơ của xã" not in said
    assert recorded(village) == []
    assert (clerk.id, "received", None) in audited(village, denied=True)


def test_an_old_button_of_a_dossier_opens_nothing_once_the_grant_is_gone(clerk: Person, village: Village):
    clerk.says("/hoso")
    button = clerk.button("«Miến dong")
    clerk.says("về đầu")
    revoke(village, clerk)

    assert "0912" not in clerk.presses(button)


@pytest.mark.parametrize("at", ["list", "paper", "act"])
def test_a_draft_deleted_while_an_official_reads_it_is_said_in_one_sentence(
    clerk: Person, producer: Person, village: Village, at: str
):
    clerk.says("/hoso")
    if at != "list":
        clerk.says("1")
    if at == "act":
        clerk.says("đã nhận bản giấy", "12/PĐK", "20/11/2026")
    producer.says("giấy tờ của tôi", "1", "bỏ tờ này", "1")

    said = clerk.says("xong" if at == "act" else "1")

    assert "Miến dong" not in said
    if at != "list":
        assert said.startswith("Hồ sơ này không còn nữa: cơ sở vừa xóa, nên không ghi gì thêm được.\n")
    assert dossiers_of(village) == []


# --- the province


def test_the_province_sees_numbers_and_names_only_with_a_reason_that_is_logged(producer: Person, village: Village):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)

    numbers = province.says("/hoso")
    assert numbers == (
        "Tỉnh Thái Nguyên: 1 hồ sơ, 1 chờ giấy.\nCâu 1/2. Mở xã, phường nào?\n1. Xã Côn Minh: 1 hồ sơ, 1 chờ giấy"
    )
    asked = province.says("1")
    assert "Mở danh sách có tên cơ sở vì việc gì? Lý do được ghi lại." in asked
    assert "Miến" not in numbers + asked
    assert "«Miến dong Tài Hoan»" in province.says("xã gọi hỏi cách ghi")
    assert "0912 345 678" in province.says("1")
    assert (province.id, "names", "xã gọi hỏi cách ghi") in audited(village, denied=False)


def test_a_code_typed_at_the_provinces_list_needs_no_second_reason(producer: Person, village: Village):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    province.says("/hoso", "1", "xã gọi hỏi cách ghi")

    assert "0912 345 678" in province.says("hh 997 35")
    province.says("về đầu")
    assert "vì việc gì? Lý do được ghi lại." in province.says("hh 997 35")


def test_an_official_of_commune_and_province_chooses_which(producer: Person, village: Village):
    both = official(village, "cán bộ hai nơi", "province", THAI_NGUYEN)
    both.says(invited(village, "commune", CON_MINH))

    assert both.says("hồ sơ của xã") == "Xem hồ sơ của nơi nào?\n1. Tỉnh Thái Nguyên\n2. Xã Côn Minh"
    assert "Mở hồ sơ nào?" in both.says("2")


def test_whoever_keeps_only_the_provinces_grant_has_to_say_why_after_all(producer: Person, village: Village):
    both = official(village, "cán bộ hai nơi", "province", THAI_NGUYEN)
    both.says(invited(village, "commune", CON_MINH))
    both.says("/hoso", "xã Côn Minh")
    who = both.id
    [_, of_commune] = village.store.run(lambda db: grants.of_person(db, who, village.now))
    village.store.run(lambda db: grants.revoke(db, of_commune.id, village.now))

    assert both.says("1").startswith("Anh/chị không có, hoặc không còn quyền cán bộ ở nơi này")
    assert "Mở xã, phường nào?" in both.says("/hoso")


# --- what the producer sees of it later


def test_a_dossier_the_commune_has_is_not_to_be_handed_in_again(clerk: Person, producer: Person):
    clerk.says("/hoso", "1")
    records_receipt(clerk)

    assert "1. «Miến dong Tài Hoan», xã đã nhận bản giấy, mã HH-997-35" in producer.says("giấy tờ của tôi")
    done = producer.says("1", "sửa 6", "0987654321", "xong")
    assert "Bản giấy thì xã đã nhận trước đó" in done
    assert "nộp ủy ban" not in done
