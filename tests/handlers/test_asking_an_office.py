"""«Gặp cán bộ»: a question goes to the people of the right office, and their answer comes back into the talk."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.matters import asking
from handlers.matters.asking import ENOUGH
from storage import grants, matters, people
from talk.message import Tap, Update
from tests.handlers import filling
from tests.handlers.office import (
    BA_BE,
    CAO_BANG,
    CON_MINH,
    HUNG_DAO,
    THAI_NGUYEN,
    audited,
    hears,
    official,
    producer_of_noodles,
    revoke,
)
from tests.handlers.person import HANOI, Person, Village
from tests.handlers.test_front_door import NOBODY
from tests.handlers.test_registering import registers_noodles
from tests.handlers.test_role_table import visit

QUESTION = "thu mau mien o dau ai tra tien"
PROMISE = (
    "✅ Đã chuyển cán bộ OCOP xã Côn Minh. Hôm nay thứ Bảy cơ quan nghỉ, làm lại thứ Hai 23/11 (rằm tháng Mười ÂL), "
    "thứ Ba 24/11 nghỉ lễ. Hẹn trả lời chậm nhất 5 giờ chiều thứ Tư 25/11. Có trả lời là báo ngay tại đây. "
    "Bà con cứ làm việc khác."
)
WHERE = "Bà con ở xã, phường nào? Hỏi để chuyển đúng cán bộ."


@pytest.fixture
def clerk(village: Village) -> Person:
    return official(village, "cán bộ xã")


@pytest.fixture
def asker(village: Village) -> Person:
    """Somebody of whom nothing is known."""
    someone = village.stranger("chị Mẫu")
    someone.says("alo")
    return someone


def asks(someone: Person, question: str = QUESTION, place: str = "con minh") -> str:
    """Ask for the first time."""
    return someone.says("9", question, place)


def answers(someone: Person, words: str = "Thứ Năm 26/11 xã nhắn lại.") -> str:
    """Take what was offered last, and answer it."""
    return someone.says("1", words, "1")


# --- asking


@pytest.mark.parametrize("words", ["9", "gặp cán bộ", "gap can bo", "hoi can bo"])
def test_one_question_is_asked_and_who_reads_it_and_what_goes_along_is_said(clerk: Person, asker: Person, words: str):
    assert asker.says(words) == (
        "Câu 1/2. Bà con muốn hỏi cán bộ chuyện gì? Gõ một câu, cán bộ OCOP nơi đó sẽ đọc. "
        "Không kèm tên, số điện thoại.\n0. Không hỏi nữa"
    )
    assert WHERE in asker.says(QUESTION)
    assert asker.says("con minh") == PROMISE


def test_the_officials_of_the_commune_hear_it_at_once_with_what_they_can_do(clerk: Person, asker: Person):
    asks(asker)

    assert hears(clerk) == (
        f"Bà con ở xã Côn Minh hỏi:\n«{QUESTION}»\nHẹn trả lời chậm nhất 5 giờ chiều thứ Tư 25/11.\n"
        "1. Trả lời\n2. Nhắn trực tiếp\n3. Để người khác"
    )


@pytest.mark.parametrize("way", ["9", "0", "không", "thôi", "không hỏi nữa"])
def test_who_thinks_better_of_it_asks_nothing(clerk: Person, asker: Person, way: str):
    asker.says("9")

    said = asker.says(way)

    assert ("Bà con cần việc gì?" in said) is (way != "9")
    assert hears(clerk) == ""


def test_in_the_middle_of_the_form_the_draft_and_the_open_question_go_along_and_the_form_stays(
    clerk: Person, village: Village
):
    person = village.person()
    person.says("1", *filling.answers(before="set", product="Miến dong Bản Mẫu"))
    still_open = person.says("nhắc lại")

    asked = person.says("gặp cán bộ")
    assert asked.startswith(
        "Bà con muốn hỏi cán bộ chuyện gì? Gõ một câu, cán bộ OCOP xã Côn Minh sẽ đọc. "
        "Kèm tờ đăng ký «Miến dong Bản Mẫu», đang ở câu «Loại sản phẩm», không kèm số điện thoại."
    )
    assert person.says(QUESTION) == f"{PROMISE}\n{still_open}"
    assert "Kèm: tờ đăng ký «Miến dong Bản Mẫu», đang ở câu «Loại sản phẩm»." in hears(clerk)
    assert "0912" not in clerk.screen
    assert "Câu 10/11" in person.says("1")


def test_a_form_left_for_a_question_that_is_not_asked_is_shown_again(clerk: Person, village: Village):
    person = village.person()
    first = person.says("1")

    person.says("9")

    assert person.says("0") == "Được, không hỏi nữa.\n" + first[first.index("Câu 1/11") :]


def test_of_a_confirmed_draft_the_code_goes_along(clerk: Person, village: Village):
    person = producer_of_noodles(village)
    person.says("giấy tờ của tôi", "1")

    assert "Kèm bản nháp HH-997-35, không kèm số điện thoại." in person.says("gặp cán bộ")
    person.says(QUESTION)
    assert "Kèm: bản nháp HH-997-35." in hears(clerk)


def test_after_the_third_unclear_try_a_person_is_one_touch_away(clerk: Person, village: Village):
    person = village.person()
    person.says("1", "ờ", "ừ", "à")

    person.taps("Gặp cán bộ")

    assert "muốn hỏi cán bộ chuyện gì?" in person.screen
    assert "Câu 1/11" in person.says(QUESTION, "con minh")


def test_the_menus_button_works_in_the_middle_of_a_form(clerk: Person, village: Village):
    person = village.person()
    person.says("alo")
    button = person.button("Gặp cán bộ")
    person.says("1")

    assert "muốn hỏi cán bộ chuyện gì?" in person.presses(button)
    assert "Câu 1/11" in person.says(QUESTION, "con minh")


def test_who_refused_every_consent_may_ask_all_the_same(clerk: Person, asker: Person):
    asker.says("1", "bỏ qua", "không đồng ý")

    assert asks(asker) == PROMISE
    assert QUESTION in hears(clerk)


def test_who_cannot_tell_the_commune_names_the_province(village: Village, asker: Person):
    commune, province = official(village, "cán bộ xã"), official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)

    assert "✅ Đã chuyển cán bộ OCOP tỉnh Thái Nguyên." in asks(asker, place="1")
    assert hears(commune) == ""
    assert hears(province).startswith("Bà con ở tỉnh Thái Nguyên hỏi:")


def test_the_place_is_asked_once_only(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    answers(clerk)
    hears(asker)
    asker.says("rõ rồi")

    assert "cán bộ OCOP xã Côn Minh sẽ đọc" in asker.says("gặp cán bộ")
    assert "✅ Đã chuyển cán bộ OCOP xã Côn Minh." in asker.says("hỏi câu khác")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param("30/11/2026 09:00", "xã Côn Minh. Hẹn trả lời chậm nhất 5 giờ chiều thứ Tư 02/12.", id="open"),
        pytest.param("30/11/2026 12:00", "Giờ này cơ quan nghỉ, làm lại lúc 1 giờ 30 chiều. Hẹn", id="noon"),
        pytest.param("30/11/2026 20:00", "Giờ này cơ quan nghỉ, làm lại thứ Ba 01/12 (", id="evening"),
        pytest.param("24/11/2026 09:00", "Hôm nay thứ Ba nghỉ lễ, làm lại thứ Tư 25/11 (", id="holiday"),
    ],
)
def test_the_promise_says_when_the_office_works(village: Village, clerk: Person, asker: Person, asked: str, said: str):
    village.now = datetime.strptime(asked, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI).astimezone(UTC)

    assert said in asks(asker)


def test_a_question_whose_officials_are_all_gone_makes_way_for_one_that_reaches_somebody(
    village: Village, clerk: Person, asker: Person
):
    asks(asker)
    revoke(village, clerk)
    assert asker.says("9").startswith(NOBODY)

    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    assert "✅ Đã chuyển cán bộ OCOP tỉnh Thái Nguyên." in asker.says("9", "hỏi câu nữa")
    assert "«hỏi câu nữa»" in hears(province)


# --- whom it reaches


def test_only_the_commune_itself_hears_it(village: Village, clerk: Person, asker: Person):
    others = [
        official(village, "xã bên", "commune", BA_BE),
        official(village, "tỉnh bên", "commune", HUNG_DAO),
        official(village, "cán bộ tỉnh", "province", THAI_NGUYEN),
        official(village, "người quản trị", "admin", None),
    ]

    asks(asker)

    assert [hears(one) for one in others] == ["", "", "", ""]
    assert QUESTION in hears(clerk)


def test_without_anybody_at_the_commune_the_province_hears_it(village: Village, asker: Person):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)

    assert "✅ Đã chuyển cán bộ OCOP tỉnh Thái Nguyên." in asks(asker)
    assert QUESTION in hears(province)


def test_officials_whose_phone_takes_nothing_any_more_do_not_count(village: Village, clerk: Person, asker: Person):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    who = clerk.id
    [chat] = village.store.run(lambda db: people.chats(db, who))
    village.store.run(lambda db: people.mark_unreachable(db, chat.id, village.now))

    assert "tỉnh Thái Nguyên" in asks(asker)
    assert QUESTION in hears(province)


def test_without_anybody_in_the_province_the_operator_is_named_and_nothing_is_kept(village: Village, asker: Person):
    official(village, "cán bộ tỉnh bên", "province", CAO_BANG)

    assert asks(asker).startswith(NOBODY)
    me = asker.id
    assert village.store.run(lambda db: matters.of_person(db, me)) == []


def test_nobody_is_asked_what_they_ask_themselves(village: Village):
    clerk = official(village, "cán bộ xã")

    assert clerk.says("9").startswith(NOBODY)


def test_an_official_busy_with_a_paper_finds_no_number_taken_from_them(village: Village, clerk: Person):
    producer = producer_of_noodles(village)
    clerk.says("/hoso", "1", "đã nhận bản giấy")
    producer.says("gặp cán bộ", QUESTION)

    assert "Đang dở việc khác thì làm xong đã, rồi gõ «câu hỏi».\n[Trả lời]\n[Nhắn trực tiếp]" in hears(clerk)
    assert "Nhận ngày nào?" in clerk.says("1")
    assert "Câu hỏi chờ trả lời: 1." in clerk.says("câu hỏi")


def test_a_tap_on_the_question_comes_back_to_the_paper_afterwards(village: Village, clerk: Person):
    producer = producer_of_noodles(village)
    clerk.says("/hoso", "1", "đã nhận bản giấy")
    producer.says("gặp cán bộ", QUESTION)
    hears(clerk)

    clerk.taps("Trả lời")
    said = clerk.says("Thứ Năm xã nhắn lại.", "1")

    assert "✅ Đã gửi câu trả lời." in said
    assert "Số ghi ở ô của cơ quan nhận" in said


# --- answering


def test_the_answer_is_looked_over_and_reaches_the_person_in_the_offices_name(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    asker.comes_back_after(days=2)

    assert f"«{QUESTION}»" in clerk.says("1")
    assert clerk.says("Thứ Năm 26/11 xã nhắn lại.").endswith(
        "Bà con sẽ thấy:\nCán bộ OCOP xã Côn Minh trả lời: «Thứ Năm 26/11 xã nhắn lại.»\n"
        "Đúng thì gõ 1, muốn sửa thì gõ 0.\n1. Gửi\n0. Quay lại"
    )
    assert hears(asker) == ""
    assert clerk.says("1") == "✅ Đã gửi câu trả lời. Bà con hỏi thêm là báo anh/chị ngay."
    assert hears(asker) == (
        "Cán bộ OCOP xã Côn Minh trả lời câu hôm thứ Bảy 21/11 của bà con:\n«Thứ Năm 26/11 xã nhắn lại.»\n"
        "1. Rõ rồi\n2. Hỏi thêm"
    )


def test_words_can_be_set_right_before_they_are_sent(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    clerk.says("1", "Thu nam", "0", "Thứ Năm xã nhắn.", "gửi")

    assert "«Thứ Năm xã nhắn.»" in hears(asker)


def test_content_with_it_the_matter_is_over(village: Village, clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    answers(clerk)
    hears(asker)

    assert asker.says("1") == "Được ạ. Bà con cần hỏi nữa thì gõ «gặp cán bộ»."
    assert "Chưa có câu hỏi nào chờ trả lời." in clerk.says("câu hỏi")


def test_more_can_be_asked_and_the_official_sees_what_was_said_before(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    answers(clerk)
    hears(asker)

    assert "muốn hỏi thêm cán bộ chuyện gì?" in asker.says("2")
    asker.comes_back_after(hours=1).says("nop tien truoc a")
    assert hears(clerk).startswith("Bà con ở xã Côn Minh hỏi thêm:\n«nop tien truoc a»")
    said = clerk.says("1")
    assert "– Cán bộ OCOP xã Côn Minh, hôm nay: «Thứ Năm 26/11 xã nhắn lại.»" in said
    assert "– Bà con ở xã Côn Minh, hôm nay: «nop tien truoc a»" in said


def test_an_answer_in_the_middle_of_a_form_takes_no_number_and_the_way_to_it_is_named(clerk: Person, village: Village):
    person = village.person()
    person.says("1", "1", "Nhà Bản Mẫu", "9", QUESTION, "con minh")
    hears(clerk)
    answers(clerk)

    assert hears(person).endswith("Muốn hỏi thêm thì gõ «gặp cán bộ».\n[Rõ rồi]\n[Hỏi thêm]")
    assert "✅ Hợp tác xã." in person.says("1")


def test_a_button_under_an_answer_works_weeks_later(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    answers(clerk)
    hears(asker)
    more = asker.button("Hỏi thêm")

    assert "muốn hỏi" in asker.comes_back_after(days=30).presses(more)


def test_what_is_asked_while_an_answer_is_typed_still_waits_for_its_own(village: Village, clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    clerk.says("1", "Thứ Năm xã nhắn lại.")
    village.now += timedelta(minutes=2)
    asker.says("9", "nop tien truoc a")
    hears(clerk)

    assert "Còn 1 câu chờ, mở thì gõ «câu hỏi»." in clerk.says("1")
    assert "«Thứ Năm xã nhắn lại.»" in hears(asker)
    assert "«nop tien truoc a»" in clerk.says("câu hỏi")


def test_the_list_of_dossiers_says_that_questions_wait(village: Village, clerk: Person):
    producer = producer_of_noodles(village)
    assert "Câu hỏi" not in clerk.says("/hoso")
    producer.says("gặp cán bộ", QUESTION)

    assert "Hồ sơ xã Côn Minh: 1, chờ bản giấy 1. Câu hỏi chờ trả lời: 1, mở thì gõ «câu hỏi»." in clerk.says("/hoso")


def test_the_first_to_take_it_has_it_and_the_others_are_told(village: Village, clerk: Person, asker: Person):
    colleague = official(village, "cán bộ hai")
    asks(asker)
    hears(clerk)
    hears(colleague)

    clerk.says("1")

    assert hears(colleague) == f"Câu hỏi này đã có người nhận trả lời:\n«{QUESTION}»"
    assert colleague.says("1") == "Câu này đã có người khác nhận trả lời."


def test_after_half_an_hour_without_a_word_of_the_taker_another_may_take_it(
    village: Village, clerk: Person, asker: Person
):
    colleague = official(village, "cán bộ hai")
    asks(asker)
    hears(clerk)
    clerk.says("1")
    hears(colleague)
    colleague.comes_back_after(hours=1)

    assert "Gõ câu trả lời." in colleague.says("câu hỏi", "1", "1")
    answered = colleague.says("Xã trả tiền.", "1")
    assert "✅ Đã gửi" in answered
    assert "Xã trả tiền." in hears(asker)


def test_who_took_it_may_leave_it_to_the_others_who_hear_of_it(village: Village, clerk: Person, asker: Person):
    colleague = official(village, "cán bộ hai")
    asks(asker)
    hears(clerk)
    clerk.says("1")
    hears(colleague)

    assert "Được, để người khác." in clerk.says("0")
    assert "chờ anh/chị khác trả lời" in hears(colleague)
    assert "Gõ câu trả lời." in colleague.says("1")


def test_the_menu_of_an_official_says_how_many_wait(clerk: Person, asker: Person):
    asks(asker)

    assert "5. Câu hỏi chờ trả lời: 1" in clerk.says("menu")
    assert "Mở câu nào?\n1. «thu mau mien o dau ai…», bà con, từ hôm nay" in clerk.says("5")


def test_who_is_no_official_sees_no_question_and_the_try_is_logged(village: Village, clerk: Person, asker: Person):
    asks(asker)
    stranger = village.person("người lạ")
    stranger.says("alo")

    assert "Việc này của cán bộ xã, tỉnh." in stranger.says("/cauhoi")
    me = asker.id
    [matter] = village.store.run(lambda db: matters.of_person(db, me))
    for act in ("answer", "line", "leave"):
        assert "không còn quyền" in stranger.sends(Update(tap=Tap("matter", str(matter.id), act)))
    for act in ("clear", "more", "anything"):
        assert "không còn nữa" in stranger.sends(Update(tap=Tap("matter", str(matter.id), act)))
    assert [act for _, act, _ in audited(village, denied=True)] == ["questions", "answer", "answer", "questions"]


@pytest.mark.parametrize("step", ["0", "999999999999999999", "9" * 30, "x"])
def test_a_forged_tap_finds_nothing(asker: Person, step: str):
    assert "không" in asker.sends(Update(tap=Tap("matter", step, "answer")))


def test_an_official_whose_right_ended_in_the_middle_sends_nothing_and_the_question_still_waits(
    village: Village, clerk: Person, asker: Person
):
    colleague = official(village, "cán bộ hai")
    asks(asker)
    hears(clerk)
    clerk.says("1", "Xã trả tiền.")
    revoke(village, clerk)

    assert "không còn quyền cán bộ" in clerk.says("1")
    assert hears(asker) == ""
    assert "Gõ câu trả lời." in colleague.says("câu hỏi", "1", "1")


def test_a_person_nobody_can_reach_any_more_is_said_to_be_so(village: Village, clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    me = asker.id
    [chat] = village.store.run(lambda db: people.chats(db, me))
    village.store.run(lambda db: people.mark_unreachable(db, chat.id, village.now))

    assert "không còn nhận tin ở đây" in answers(clerk)


def test_no_more_than_a_few_questions_wait_at_a_time(clerk: Person, asker: Person):
    asks(asker)
    for n in range(ENOUGH - 1):
        asker.says("9", f"câu thứ {n}")

    assert asker.says("9") == "5 câu vừa rồi đang chờ cán bộ OCOP xã Côn Minh trả lời, có trả lời là báo ngay."


def test_a_very_long_question_is_cut_only_by_the_person(clerk: Person, asker: Person):
    asker.says("9")

    assert "dài 1.000 chữ cái, một tin chuyển được 800." in asker.says("á" * 1_000)


def test_many_long_questions_fit_into_one_message(clerk: Person, asker: Person):
    asks(asker, "á " * 390)
    for _ in range(ENOUGH - 1):
        asker.says("9", "á " * 390)

    assert len(hears(clerk)) < 1_500
    assert clerk.says("câu hỏi", "1")


# --- the way in for others


def test_a_question_that_is_known_goes_on_without_being_typed_again(village: Village, clerk: Person, asker: Person):
    step = village.store.run(lambda db: asking.begin(visit(village, asker, db), question=QUESTION))

    assert step.conversation == "question"  # type: ignore[union-attr]
    asks(asker)
    told = village.store.run(lambda db: asking.begin(visit(village, asker, db), question="thêm một câu"))
    assert "✅ Đã chuyển cán bộ OCOP xã Côn Minh." in told.text  # type: ignore[union-attr]
    assert "«thêm một câu»" in hears(clerk)


def test_what_was_asked_shows_among_ones_data_and_can_be_deleted(village: Village, clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)

    assert "1. Hỏi cán bộ: «thu mau mien o dau ai tr…» (21/11/2026)" in asker.says("dữ liệu của tôi")
    assert f"«{QUESTION}»" in asker.says("sửa 1")
    assert "cán bộ cũng thôi thấy" in asker.says("xóa 1")
    assert "Đã xóa câu hỏi gửi cán bộ." in asker.says("1")
    assert "Câu hỏi này không còn nữa" in clerk.says("1")


def test_the_offices_place_is_that_of_the_question_not_of_the_grant(village: Village, asker: Person):
    both = official(village, "cán bộ hai nơi", "commune", BA_BE)
    who = both.id
    village.store.run(lambda db: grants.give(db, who, "commune", CON_MINH, village.now))
    asks(asker)
    hears(both)
    answers(both)

    assert "Cán bộ OCOP xã Côn Minh trả lời" in hears(asker)


def test_other_words_pass_an_offer_by(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    answers(clerk)
    hears(asker)

    assert "Đăng ký để làm gì?" in asker.says("muon dang ky sp", "bỏ qua", "đồng ý")


def test_a_number_after_something_else_was_shown_is_meant_for_that(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)

    assert "chưa hiểu" in clerk.says("blục blục")
    assert "Đăng ký để làm gì?" in clerk.says("1")


def test_a_question_asked_at_the_review_comes_back_to_it_in_a_few_words(village: Village, clerk: Person):
    person = village.person()
    registers_noodles(person)
    person.says("gặp cán bộ")

    assert person.says(QUESTION).endswith(
        "cứ làm việc khác.\nGõ «xong» nếu đã đúng, hoặc gõ số câu cần sửa.\n[Xong]\n[Sửa]"
    )


def test_an_offer_that_was_shown_last_is_what_a_number_takes_days_later(clerk: Person, asker: Person):
    asks(asker)
    hears(clerk)
    clerk.comes_back_after(days=2)

    assert "Gõ câu trả lời." in clerk.says("1")
