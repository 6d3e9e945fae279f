"""Somebody fills in for a producer, who confirms on their own phone, or signs on paper; the two phones side by side."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.upkeep import AT_ONCE
from handlers.helping import WAITS_FOR_A_PRODUCER
from storage import dossiers, erasure, retention
from storage.store import Db, Store
from storage.tables import APPLICATION, FILE, HELP, PRODUCER, PROGRESS
from talk.message import Update
from tests.handlers.filling import answers
from tests.handlers.office import (
    BA_BE,
    REASON,
    THAI_NGUYEN,
    audited,
    dossiers_of,
    hears,
    official,
    recorded,
)
from tests.handlers.person import Person, Village
from tests.handlers.test_my_data import everything, file_of
from tests.handlers.test_reference_codes import OPENS_NOTHING

CODE = "HH-997-35"
LISTED = f"{CODE}, có người soạn giúp, chờ chữ ký trên giấy"
OF_NO_USE = "Mã này không dùng được: có thể đã dùng một lần rồi, hoặc đã quá 7 ngày. Xin mã mới ở người làm giúp."
PERSONAL = ("0912 345 678", "Tài Hoan", "cô Hoa")


def fills_in(helper: Person, *, product: str = "Miến dong Tài Hoan") -> str:
    """Fill in a draft for a producer, up to its review."""
    helper.says("làm giúp", "đã đồng ý", "cô Hoa, kế toán")
    helper.says(*answers(before="extras", product=product), "ảnh sản phẩm", "xong")
    return helper.sends_photo()


def its_pass(seen: str) -> str:
    """The code for the producer in what the helper was told."""
    found = re.search(r"^(\S+-\d{2} \S+-\d{2} \S+-\d{2})$", seen, re.MULTILINE)
    assert found, seen
    return found[1]


def confirms(producer: Person, code: str) -> str:
    """Type the code, look at it, and say that it is right."""
    producer.says(code)
    return producer.says("1", "1")


@pytest.fixture(params=["zalo", "telegram"])
def helper(request: pytest.FixtureRequest, village: Village) -> Person:
    return village.person("cô Hoa", request.param)


@pytest.fixture
def code(helper: Person) -> str:
    """A draft was filled in and finished; the code for its producer."""
    fills_in(helper)
    return its_pass(helper.says("xong"))


@pytest.fixture
def producer(village: Village) -> Person:
    return village.person("ông Mẫu", "zalo")


@pytest.fixture
def clerk(village: Village) -> Person:
    return official(village, "cán bộ xã")


# --- the helper


def test_at_the_start_it_is_said_how_it_goes_and_whether_the_producer_knows_is_asked(village: Village):
    helper = village.stranger("cô Hoa")
    assert "Trước khi soạn giấy, xin phép bà con." in helper.says("làm giúp", "bỏ qua")

    assert helper.says("1").splitlines()[1:] == [
        "Làm giúp cơ sở khác: soạn như tờ thường, rồi chủ cơ sở xác nhận ở máy của họ hoặc ký trên giấy. "
        "Chưa xác nhận thì cán bộ chưa xem được; sau 30 ngày trợ lý xóa.",
        "Câu 1/2. Chủ cơ sở đã đồng ý để người khác làm giúp chưa?",
        "1. Đã đồng ý",
        "2. Chưa, để hỏi đã",
    ]
    assert "Việc này cần nói rõ." in helper.says("ừ")
    assert "Gõ tên gọi." in helper.says("đã đồng ý")
    assert helper.says("cô Hoa").startswith("Tờ làm giúp có 11 câu. Trả lời như chủ cơ sở")


def test_without_the_producers_leave_nothing_is_begun(helper: Person, village: Village):
    assert "Hỏi chủ cơ sở trước đã, vì tờ này ghi tên, số điện thoại của họ." in helper.says("làm giúp", "2")
    assert "Chưa có giấy tờ nào ở đây." in helper.says("giấy tờ của tôi")


@pytest.mark.parametrize("words", ["lam giup", "làm hộ người khác", "khai giup"])
def test_it_is_begun_in_many_words_and_from_the_list_of_drafts(helper: Person, words: str):
    assert "Chủ cơ sở đã đồng ý để người khác làm giúp chưa?" in helper.says("alo", words)
    fills_in(helper)
    helper.says("giấy tờ của tôi")
    assert "Chủ cơ sở đã đồng ý để người khác làm giúp chưa?" in helper.taps("Làm giúp người khác")


def test_when_it_is_finished_both_ways_to_confirm_are_said_with_the_last_day_and_the_paper(helper: Person):
    fills_in(helper)
    said = helper.says("xong")

    assert said.splitlines()[:4] == [
        f"Xong tờ làm giúp, mã {CODE}, đọc là hát hát, chín chín bảy, ba năm. Cán bộ chưa xem được. "
        "Chủ cơ sở xác nhận bằng một trong hai cách:",
        "– ở máy của họ: mở trợ lý, gõ mã dưới đây, xem cả tờ rồi xác nhận. Mã dùng một lần, trong 7 ngày",
        "– trên giấy: in tờ gửi kèm, họ ký, đóng dấu nếu có, nộp ủy ban xã",
        its_pass(said),
    ]
    assert said.endswith(
        "Tới thứ Hai 21/12/2026 chưa ai xác nhận thì trợ lý xóa tờ này. Cần mã mới thì mở lại tờ, gõ «xong»."
    )
    assert [document.kind for document in helper.seen[-1].documents] == ["form01.pdf", "form01.docx"]


def test_what_the_helper_knows_of_the_own_place_is_not_offered_for_somebody_elses(helper: Person):
    mine = answers(producer="Tổ Bản Mẫu", kind="Tổ hợp tác", commune="bản Bung, Ba Bể", product="Trà Bản Mẫu", set="1")
    helper.says("1", *mine, "xong")
    helper.says("làm giúp", "1", "cô Hoa", "1")

    assert "Tổ Bản Mẫu" not in helper.screen
    helper.says(*answers(after="case"), "xong")
    helper.says("soạn giấy đăng ký", "soạn tờ mới", "1")
    assert "Vẫn «Tổ Bản Mẫu»" in helper.screen, "and theirs is not offered for the helper's own"
    assert "Tài Hoan" not in helper.screen


def test_a_finished_draft_waits_for_the_producer_in_the_helpers_list(helper: Person, code: str):
    assert f"1. «Miến dong Tài Hoan», chờ cơ sở xác nhận, mã {CODE}" in helper.says("giấy tờ của tôi")
    assert "Mở lại «Miến dong Tài Hoan»." in helper.says(CODE)


# --- what an office sees before


def test_before_one_of_the_two_an_office_sees_the_code_and_nothing_else(
    helper: Person, code: str, clerk: Person, village: Village
):
    seen = clerk.says("/hoso")

    assert seen == f"Hồ sơ xã Côn Minh: 0. Chờ chữ ký trên giấy: 1.\nMở hồ sơ nào?\n1. {LISTED}"
    opened = clerk.says("1")
    assert opened == (
        f"Tờ {CODE} có người soạn giúp, cơ sở chưa xác nhận: chờ chữ ký trên giấy. "
        "Ghi đã nhận bản giấy có chữ ký thì nội dung mới hiện.\n1. Đã nhận bản giấy có chữ ký\n2. Về danh sách"
    )
    assert clerk.says(CODE) == opened
    told = "\n".join(message.dumps() for message in clerk.seen)
    assert not [words for words in PERSONAL if words in told]
    assert dossiers_of(village) == []
    assert village.store.run(lambda db: dossiers.counts(db, THAI_NGUYEN)) == {}


def test_an_office_elsewhere_does_not_even_see_that(code: str, village: Village):
    clerk = official(village, "cán bộ xã khác", "commune", BA_BE)

    assert "Chưa có hồ sơ nào" in clerk.says("/hoso")
    assert OPENS_NOTHING in clerk.says(CODE)


def test_a_draft_still_in_the_making_is_not_in_any_list(helper: Person, clerk: Person):
    fills_in(helper)

    assert "Chưa có hồ sơ nào" in clerk.says("/hoso")


# --- on the producer's own phone


def test_the_producer_is_asked_leave_first_then_who_helped_then_sees_it_all(code: str, village: Village):
    producer = village.stranger("ông Mẫu", "zalo")

    assert "Gọi bà con thế nào cho phải ạ?" in producer.says(code)
    asked = producer.says("bỏ qua")
    assert "Trước khi soạn giấy, xin phép bà con." in asked
    assert not [words for words in PERSONAL if words in asked]
    who = producer.says("đồng ý")
    assert who.splitlines()[1:] == [
        f"Cô Hoa, kế toán soạn giúp tờ đăng ký {CODE}. Có phải giấy của cơ sở mà bà con đứng tên không?",
        "1. Phải, xem cả tờ",
        "2. Không phải",
    ]
    paper = producer.says("1")
    assert paper.startswith("Cô Hoa, kế toán soạn giúp, chưa ai khác thấy:\n1. Lần đăng ký: Xin chấm lần đầu")
    assert "6. Điện thoại: 0912 345 678" in paper
    assert paper.endswith(
        "Tờ này đúng chưa? Xác nhận rồi thì tờ là của bà con, cán bộ OCOP của xã và tỉnh xem được.\n"
        "1. Đúng, xác nhận\n2. Cần sửa, nhắn cô Hoa, kế toán\n3. Để sau"
    )


def test_who_does_not_agree_to_be_kept_sees_nothing(code: str, village: Village):
    stranger = village.stranger("ai đó")
    stranger.says(code)

    assert "Tài Hoan" not in stranger.says("2", "giấy tờ của tôi")


def test_confirmed_it_is_the_producers_own_draft_and_a_dossier_as_any_other(
    helper: Person, code: str, producer: Person, clerk: Person, village: Village
):
    said = confirms(producer, code)

    assert said.startswith(f"Xong bản nháp, mã {CODE}")
    assert said.endswith("Không nhờ cô Hoa, kế toán sửa nữa thì gõ «thôi làm giúp».")
    assert [document.kind for document in producer.seen[-1].documents] == ["form01.pdf", "form01.docx"]
    assert hears(helper) == f"Chủ cơ sở đã xác nhận tờ {CODE} ở máy của họ, 9 giờ sáng thứ Bảy 21/11/2026."
    assert f"1. «Miến dong Tài Hoan», đã xong, mã {CODE}" in producer.says("giấy tờ của tôi")
    assert "1. «Miến dong Tài Hoan», làm giúp, cơ sở đã xác nhận" in helper.says("giấy tờ của tôi")
    assert "chờ giấy từ 21/11" in clerk.says("/hoso")
    opened = clerk.says("1")
    assert opened.startswith(f"Hồ sơ {CODE}, xin chấm lần đầu, cơ sở xác nhận thứ Bảy 21/11/2026.")
    assert "\nCô Hoa, kế toán soạn giúp, cơ sở xác nhận ở máy của cơ sở thứ Bảy 21/11/2026.\n" in opened
    [dossier] = dossiers_of(village)
    assert dossier.person_id == producer.id
    rows = village.store.run(lambda db: db.execute(select(FILE.c.owner_id)).scalars().all())
    assert rows == [producer.id], "the photo is the producer's, too"
    assert len(village.store.run(lambda db: db.execute(select(PRODUCER)).all())) == 1


def test_what_the_office_records_is_told_to_the_producer(helper: Person, code: str, producer: Person, clerk: Person):
    confirms(producer, code)
    hears(helper)
    clerk.says("/hoso", "1", "đã nhận bản giấy", "12/PĐK", "20/11/2026")

    assert "Đã báo cho cơ sở." in clerk.says("xong")
    assert "Xã Côn Minh đã nhận bản giấy" in hears(producer)
    assert hears(helper) == ""


def test_the_producer_can_send_it_back_with_a_word(helper: Person, code: str, producer: Person):
    producer.says(code, "1", "2")
    said = producer.says("số điện thoại là 0987 654 321")

    assert said.startswith("Đã nhắn cô Hoa, kế toán. Sửa xong sẽ có mã mới để xem lại.")
    assert hears(helper) == (
        f"Chủ cơ sở xem tờ {CODE}, nhắn: «số điện thoại là 0987 654 321». "
        "Mở tờ đó sửa, gõ «xong» thì có mã mới cho chủ cơ sở."
    )
    again = its_pass(helper.says(CODE, "sửa 6", "0987654321", "xong"))
    assert OF_NO_USE in producer.says(code), "the code before is of no use any more"
    producer.says(again)
    assert "6. Điện thoại: 0987 654 321" in producer.says("1")
    assert producer.says("1").startswith("Xong bản nháp")


def test_the_producer_may_think_it_over(code: str, producer: Person):
    assert "Lúc nào xem lại thì gõ mã đó" in producer.says(code, "1", "3")
    assert confirms(producer, code).startswith("Xong bản nháp")


def test_whoever_got_the_code_by_mistake_says_so_and_has_seen_nothing(code: str, village: Village):
    stranger = village.person("ai đó")

    assert "Được, không mở tờ đó." in stranger.says(code, "2")
    assert "0912" not in "".join(message.text for message in stranger.seen)


def test_a_correction_while_the_producer_reads_is_shown_before_anything_is_confirmed(
    helper: Person, code: str, producer: Person, village: Village
):
    producer.says(code, "1")
    helper.says(CODE, "sửa 6", "0987654321")

    said = producer.says("1")
    assert said.startswith("Người làm giúp vừa sửa tờ này. Xem lại giúp:\n")
    assert "6. Điện thoại: 0987 654 321" in said
    assert dossiers_of(village) == []


def test_what_the_helper_has_left_half_done_cannot_be_confirmed(helper: Person, code: str, producer: Person):
    helper.says(CODE, "sửa 8", "Rượu men lá Tài Hoan")
    producer.says(code)

    assert "Miến" not in producer.says("1") or "Người làm giúp đang sửa" in producer.screen


def test_a_code_works_once_and_for_seven_days(code: str, producer: Person, village: Village):
    late = village.person("người khác")
    late.says(code, "1")
    confirms(producer, code)

    assert OF_NO_USE in late.says("1")
    assert OF_NO_USE in village.person("người thứ ba").says(code)


def test_after_seven_days_a_new_code_is_made_by_finishing_again(helper: Person, code: str, producer: Person):
    assert OF_NO_USE in producer.comes_back_after(days=8).says(code)

    assert "Xem lại rồi xác nhận" in helper.says(CODE)
    assert confirms(producer, its_pass(helper.says("1", "xong"))).startswith("Xong bản nháp")


def test_the_helpers_own_phone_does_not_confirm(helper: Person, code: str, village: Village):
    assert "Mã này để chủ cơ sở gõ ở máy của họ." in helper.says(code)
    assert dossiers_of(village) == []


def test_after_five_wrong_codes_a_rest(producer: Person, code: str, village: Village):
    for _ in range(5):
        assert OF_NO_USE in producer.says("HK-394-27 HK-394-27 HK-394-27")

    assert "Đã gõ 5 lần chưa khớp. Nghỉ một lát, từ 10 giờ sáng gõ lại giúp" in producer.says(code)
    assert audited(village, denied=True) == [(producer.id, "helped", None)] * 5


# --- corrections afterwards


def test_a_correction_by_the_helper_changes_nothing_until_the_producer_confirms_again(
    helper: Person, code: str, producer: Person, clerk: Person
):
    confirms(producer, code)
    said = helper.says(CODE, "sửa 8", "Miến dong ngon", "xong")

    assert said.startswith("Đã gửi bản sửa tới máy của chủ cơ sở. Họ xác nhận rồi mới đổi.")
    assert "Miến dong ngon" not in clerk.says("/hoso", "1")
    assert hears(producer).startswith(f"Cô Hoa, kế toán vừa sửa giúp tờ {CODE}. Xem và xác nhận thì gõ mã:\n")
    assert confirms(producer, its_pass(producer.screen)).startswith(f"Đã ghi bản sửa, mã {CODE}")
    assert "8. Sản phẩm: Miến dong ngon" in clerk.says("/hoso", "1")
    assert "8. Sản phẩm: Miến dong ngon" in producer.says(CODE, "xem cả tờ")


def test_nobody_else_confirms_a_correction(helper: Person, code: str, producer: Person, village: Village):
    confirms(producer, code)
    helper.says(CODE, "sửa 8", "Miến dong ngon", "xong")
    hears(producer)

    assert OF_NO_USE in village.person("ai đó").says(its_pass(producer.screen))


def test_the_producer_takes_it_back_and_the_helper_sees_nothing_any_more(
    helper: Person, code: str, producer: Person, village: Village
):
    confirms(producer, code)
    hears(helper)

    assert "cô Hoa, kế toán không xem, không sửa giấy của bà con được nữa." in producer.says("thôi làm giúp")
    assert hears(helper) == f"Chủ cơ sở không nhờ làm giúp tờ {CODE} nữa. Bản ở máy này đã xóa."
    assert "Chưa có giấy tờ nào ở đây." in helper.says("giấy tờ của tôi")
    assert OPENS_NOTHING in helper.says(CODE)
    assert "Không có ai đang làm giúp giấy ở đây." in producer.says("thôi làm giúp")
    assert f"đã xong, mã {CODE}" in producer.says("giấy tờ của tôi")


# --- on paper


def test_an_official_who_has_the_signed_paper_records_it_and_then_sees_it(helper: Person, code: str, clerk: Person):
    clerk.says("/hoso", "1", "đã nhận bản giấy có chữ ký", "12/PĐK", "20/11/2026")

    said = clerk.says("xong")
    assert said.startswith("✅ Đã ghi: nhận bản giấy có chữ ký của cơ sở số 12/PĐK, thứ Sáu 20/11/2026;")
    assert "Đã báo cho người làm giúp." in said
    assert "Xã Côn Minh đã nhận bản giấy hồ sơ «Miến dong Tài Hoan»" in hears(helper)
    assert recorded(clerk.village) == ["received"]
    opened = clerk.says("/hoso", "1")
    assert opened.startswith(f"Hồ sơ {CODE}, xin chấm lần đầu, soạn xong thứ Bảy 21/11/2026.")
    assert "\nCô Hoa, kế toán soạn giúp, cơ sở ký trên giấy.\nĐã ghi:\n" in opened


def test_what_is_asked_for_after_that_opens_in_the_helpers_draft(helper: Person, code: str, clerk: Person):
    clerk.says(CODE, "đã nhận bản giấy có chữ ký", "12/PĐK", "20/11/2026", "xong")
    clerk.says("cần bổ sung", "điện thoại", "xong", "ghi chưa rõ", "xong")
    hears(helper)

    helper.comes_back_after(hours=1)
    assert "Đang ghi: «0912 345 678»." in helper.taps("Sửa câu 6")
    said = helper.says("0987654321", "xong")
    assert "nên bản sửa phải in lại để cơ sở ký." in said
    assert "Người làm giúp đã sửa sau lần bổ sung này." in clerk.says(CODE)


def test_the_province_says_why_before_it_records_a_signed_paper(code: str, village: Village):
    clerk = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)

    assert "chờ chữ ký trên giấy" in clerk.says(CODE, REASON)
    clerk.says("1", "12/PĐK", "20/11/2026")
    assert "✅ Đã ghi" in clerk.says("xong")


def test_a_producer_who_confirms_while_the_paper_is_recorded_is_not_written_over(
    code: str, producer: Person, clerk: Person, village: Village
):
    clerk.says(CODE, "1", "12/PĐK", "20/11/2026")
    confirms(producer, code)

    assert clerk.says("xong").startswith("Cơ sở vừa xác nhận tờ này, nên xem lại rồi hãy ghi.")
    assert recorded(village) == []


def test_a_helper_who_corrects_while_the_paper_is_recorded_is_noticed(helper: Person, code: str, clerk: Person):
    clerk.says(CODE, "1", "12/PĐK", "20/11/2026")
    helper.comes_back_after(hours=1).says(CODE, "sửa 6", "0987654321", "xong")

    assert clerk.says("xong").startswith("Người làm giúp vừa sửa tờ này: anh/chị so bản giấy với tờ in mới giúp")
    assert dossiers_of(clerk.village) == []


def test_once_it_is_signed_on_paper_no_phone_confirms_it(code: str, producer: Person, clerk: Person):
    clerk.says(CODE, "1", "12/PĐK", "20/11/2026", "xong")

    assert "Tờ này xã đã nhận bản giấy có chữ ký rồi" in producer.says(code)


def test_a_draft_given_up_while_its_paper_is_recorded_is_gone(helper: Person, code: str, clerk: Person):
    clerk.says(CODE, "1", "12/PĐK", "20/11/2026")
    helper.says(CODE, "hủy tờ này", "1")

    assert "Hồ sơ này không còn nữa" in clerk.says("xong")


# --- rights over one's data


def test_a_draft_that_nobody_confirmed_in_thirty_days_goes(helper: Person, code: str, village: Village):
    def sweep(db: Db) -> int:
        found = retention.never_confirmed(db, village.now - WAITS_FOR_A_PRODUCER, AT_ONCE)
        for progress_id in found:
            erasure.drop_draft(db, progress_id, village.now)
        return len(found)

    village.now += WAITS_FOR_A_PRODUCER
    assert village.store.run(sweep) == 0
    village.now += timedelta(minutes=1)
    assert village.store.run(sweep) == 1
    for table in (PROGRESS, APPLICATION, HELP, PRODUCER):
        assert village.store.run(lambda db, table=table: db.execute(select(table)).all()) == []  # type: ignore[misc]


@pytest.mark.parametrize("how", ["on the phone", "on paper"])
def test_one_that_was_confirmed_stays(code: str, producer: Person, clerk: Person, village: Village, how: str):
    if how == "on paper":
        clerk.says(CODE, "1", "12/PĐK", "20/11/2026", "xong")
    else:
        confirms(producer, code)

    after = village.now + timedelta(days=40) - WAITS_FOR_A_PRODUCER
    assert village.store.run(lambda db: retention.never_confirmed(db, after, AT_ONCE)) == []


def test_the_producer_who_erases_all_erases_the_helpers_copy_with_it(
    helper: Person, code: str, producer: Person, village: Village
):
    confirms(producer, code)
    hears(helper)
    producer.says("xóa hết", f"xóa hết {CODE}")

    assert f"Chủ cơ sở không nhờ làm giúp tờ {CODE} nữa." in hears(helper)
    kept = village.store.run(lambda db: db.execute(select(PROGRESS.c.body)).scalars().all())
    assert "Tài Hoan" not in str(kept)
    assert "0912345678" not in everything(village)


def test_the_helper_who_erases_all_leaves_what_the_producer_confirmed(
    helper: Person, code: str, producer: Person, clerk: Person, village: Village
):
    confirms(producer, code)
    hears(helper)
    helper.says("xóa hết")
    helper.taps("Xóa hết")

    assert village.store.run(lambda db: db.execute(select(HELP)).all()) == []
    assert "cô Hoa, kế toán" not in everything(village)
    assert f"đã xong, mã {CODE}" in producer.says("giấy tờ của tôi")
    assert "6. Điện thoại: 0912 345 678" in clerk.says("/hoso", "1")


def test_the_helper_who_erases_all_erases_what_nobody_confirmed(helper: Person, code: str, village: Village):
    helper.says("xóa hết", f"xóa hết {CODE}")

    assert "Tài Hoan" not in everything(village)
    assert OF_NO_USE in village.person("ông Mẫu").says(code)


def test_a_photo_that_only_the_helpers_copy_had_goes_with_the_copy(
    helper: Person, code: str, producer: Person, village: Village
):
    confirms(producer, code)
    helper.says(CODE, "sửa 12")
    helper.sends_photo()
    owners = select(FILE.c.owner_id)
    assert sorted(village.store.run(lambda db: db.execute(owners).scalars().all())) == sorted([helper.id, producer.id])

    producer.says("thôi làm giúp")

    assert village.store.run(lambda db: db.execute(owners).scalars().all()) == [producer.id]


def test_a_helper_who_takes_the_consent_back_takes_the_draft_from_the_list(helper: Person, code: str, clerk: Person):
    helper.says("rút đồng ý")

    assert "Chưa có hồ sơ nào" in clerk.says("/hoso")
    assert OPENS_NOTHING in clerk.says(CODE)


def test_the_helpers_file_tells_of_it(helper: Person, code: str):
    helper.says("dữ liệu của tôi", "tải về")

    kept = json.dumps(file_of(helper)["làm giúp"], ensure_ascii=False)
    assert '"tên gọi": "cô Hoa, kế toán"' in kept
    assert '"chủ cơ sở đồng ý lúc": "2026-11-21T02:00+00:00"' in kept


# --- at the same moment


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest) -> Iterator[Village]:
    store = Store(request.getfixturevalue(f"{request.param}_url"))
    yield Village(store)
    store.close()


def test_of_two_who_confirm_together_one_becomes_the_producer(either: Village):
    helper = either.person("cô Hoa")
    fills_in(helper)
    code = its_pass(helper.says("xong"))
    many = [either.person(f"người {number}", "zalo") for number in range(3)]
    for someone in many:
        someone.says(code, "1")

    turns = [either.store.submit(lambda db, who=who: who.turn(db, Update(text="1"))) for who in many]  # type: ignore[misc]
    said = [turn.result(timeout=60)[0].text for turn in turns]

    assert sorted(words.startswith("Xong bản nháp") for words in said) == [False, False, True]
    [dossier] = dossiers_of(either)
    assert dossier.person_id in [someone.id for someone in many]


def test_a_helper_who_finishes_while_the_producer_confirms_takes_nothing_back(either: Village):
    for round in range(6):
        helper, producer = either.person(f"cô Hoa {round}"), either.person(f"ông Mẫu {round}", "zalo")
        fills_in(helper)
        code = its_pass(helper.says("xong"))
        producer.says(code, "1")
        reference = helper.seen[-1].text.split("mã ")[1][:9]
        helper.says(reference)

        together = [(helper, "xong"), (producer, "1")]
        turns = [
            either.store.submit(lambda db, who=who, words=words: who.turn(db, Update(text=words)))  # type: ignore[misc]
            for who, words in together
        ]
        said = [turn.result(timeout=60)[0].text for turn in turns]

        owners = {dossier.code: dossier.person_id for dossier in dossiers_of(either)}
        is_confirmed = said[1].startswith("Xong bản nháp")
        assert is_confirmed or said[1].startswith("Mã này không dùng được"), "the helper's new code came first"
        assert owners.get(reference) == (producer.id if is_confirmed else None)
