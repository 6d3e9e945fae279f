"""Leave is asked before the first thing about a person is kept, and can be taken back at any time."""

import pytest
from sqlalchemy import select

from handlers import consent
from storage import consents
from storage.consents import Given
from storage.tables import CONSENT, FILE, PROGRESS
from tests.handlers.filling import answers
from tests.handlers.person import Person, Village

EVERYBODY = "Cứ gọi là bà con"
CHOICES = "1. Đồng ý cho soạn giấy\n2. Không đồng ý\n3. Hỏi thêm đã"
AGAIN = f"Bà con có đồng ý cho soạn giấy không?\n{CHOICES}"
ASKED = (
    "Trước khi soạn giấy, xin phép bà con. Tờ đăng ký cần họ tên, số điện thoại, địa chỉ, email, ảnh giấy tờ. "
    "Văn phòng Nông thôn mới giữ để soạn giấy, lâu nhất 36 tháng. Xem, sửa, xóa, rút lại lúc nào cũng được.\n"
    f"{AGAIN}"
)
EXPLAINED = (
    "Cán bộ OCOP của xã và tỉnh nơi có cơ sở xem được tờ đã xác nhận, ngoài ra không đưa ai. "
    "Văn phòng Nông thôn mới giữ lâu nhất 36 tháng kể từ lần nhắn cuối, rồi xóa. "
    "Xem, sửa, tải về, xóa thì gõ «dữ liệu của tôi», rút lại thì gõ «rút đồng ý». "
    "Tin nhắn vẫn đi qua ứng dụng nhắn tin như mọi tin bà con gửi.\n"
    f"{AGAIN}"
)
BEGUN = (
    "Đã ghi: bà con đồng ý cho soạn giấy, 9 giờ sáng thứ Bảy 21/11/2026. Đổi ý thì gõ «rút đồng ý».\n"
    "Tờ đăng ký (Mẫu 01) có 11 câu"
)
WITHDRAWN = (
    "Đã ghi: rút đồng ý cho soạn giấy, 9 giờ sáng thứ Bảy 21/11/2026. Trợ lý thôi soạn giấy. "
    "Giấy đã soạn vẫn giữ, cán bộ không xem được nữa. Tờ nào xã đã nhận bản giấy thì xã chỉ còn thấy mã, tên sản "
    "phẩm và tới bước nào. Đồng ý lại là mọi thứ như cũ; muốn xóa thì gõ «xóa hết»."
)


@pytest.fixture
def stranger(village: Village) -> Person:
    """Somebody whose leave has to be asked."""
    return village.stranger()


@pytest.fixture
def half_way(stranger: Person) -> Person:
    """Somebody who agreed, and left the form at question 4."""
    stranger.says("alo", "1", EVERYBODY, "đồng ý", *answers(before="position"))
    return stranger


def given(person: Person) -> list[Given]:
    me = person.id
    return person.village.store.run(lambda db: consents.of_person(db, me))


def test_leave_is_asked_before_the_first_question_with_who_what_for_how_long_and_the_rights(stranger: Person):
    stranger.says("alo", "soạn giấy đăng ký")

    assert stranger.says(EVERYBODY) == ASKED
    assert given(stranger) == []


def test_agreeing_is_kept_with_its_version_and_time_and_goes_straight_on_with_the_first_question(stranger: Person):
    stranger.says("alo", "1", EVERYBODY)

    said = stranger.says("1")

    assert said.startswith(BEGUN)
    assert "Câu 1/11. Đăng ký để làm gì?" in said
    (one,) = given(stranger)
    assert (one.purpose, one.version, one.given_at) == ("drafting", 2, stranger.village.now)


@pytest.mark.parametrize(
    "words", ["1", "đồng ý", "dong y", "DONG Y", "em đồng ý ạ", "dạ đồng ý", "Đồng ý cho soạn giấy"]
)
def test_the_number_or_the_whole_words_are_consent(stranger: Person, words: str):
    stranger.says("alo", "1", EVERYBODY)

    assert stranger.says(words).startswith(BEGUN)


@pytest.mark.parametrize(
    "words", ["uk", "ok", "ừ", "được", "vâng ạ", "rồi", "co", "dong", "đồng", "có", "👍", "4", "y"]
)
def test_anything_less_is_no_consent(stranger: Person, words: str):
    stranger.says("alo", "1", EVERYBODY)

    said = stranger.says(words)

    assert "Việc này cần nói rõ" in said or "Chỉ có các số ở dưới" in said
    assert "Gõ 1 hoặc «đồng ý», không muốn thì gõ 2." in said
    assert given(stranger) == []


def test_a_photo_sent_instead_of_an_answer_is_neither_consent_nor_kept(stranger: Person):
    stranger.says("alo", "1", EVERYBODY)

    assert "cần gõ chữ" in stranger.sends_photo()
    assert stranger.village.store.run(lambda db: db.execute(select(FILE)).all()) == []


def test_a_photo_nobody_asked_for_is_not_kept(stranger: Person):
    stranger.sends_photo()

    assert stranger.village.store.run(lambda db: db.execute(select(FILE)).all()) == []


@pytest.mark.parametrize("words", ["3", "hỏi thêm đã", "vi sao", "the co dua cho ai ko", "giữ bao lâu?"])
def test_asking_more_explains_and_asks_again(stranger: Person, words: str):
    stranger.says("alo", "1", EVERYBODY)

    assert stranger.says(words) == EXPLAINED
    assert stranger.says("dong y").startswith(BEGUN)


@pytest.mark.parametrize("words", ["2", "không đồng ý", "khong", "thôi", "bỏ qua", "chưa"])
def test_refusing_is_taken_kindly_and_nothing_but_the_chat_is_kept(stranger: Person, words: str):
    stranger.says("alo", "1", EVERYBODY)

    assert stranger.says(words).startswith(
        "Không sao ạ. Trợ lý không ghi gì thêm. Muốn tự viết tay thì gõ «mẫu trống», hỏi người thì gõ 9.\n"
        "Bà con cần việc gì?\n1. Soạn giấy đăng ký"
    )
    for table in (CONSENT, PROGRESS):
        assert stranger.village.store.run(lambda db, table=table: db.execute(select(table)).all()) == []  # type: ignore[misc]


def test_who_refused_is_asked_again_when_they_come_back_to_it(stranger: Person):
    stranger.says("alo", "1", EVERYBODY, "2", "1")

    assert stranger.says(EVERYBODY) == ASKED


def test_the_first_message_of_all_may_already_say_what_for(stranger: Person):
    assert stranger.opens_link("register").startswith(
        "Đây là Trợ lý OCOP, máy trả lời tự động của Văn phòng Nông thôn mới.\nGọi bà con thế nào cho phải ạ?\n"
    )
    assert stranger.says("bỏ qua") == ASKED


def test_who_agreed_once_is_not_asked_again(half_way: Person):
    assert half_way.says("soạn giấy đăng ký", "soạn tờ mới").startswith("Tờ đăng ký (Mẫu 01) có 11 câu")
    assert len(given(half_way)) == 1


def test_a_double_tap_on_agree_agrees_once_and_answers_no_question(stranger: Person):
    stranger.says("alo", "1", EVERYBODY)
    button = stranger.button("Đồng ý cho soạn giấy")
    stranger.presses(button)

    assert "Câu 1/11" in stranger.presses(button)
    assert len(given(stranger)) == 1


def test_agreeing_on_one_phone_counts_on_the_other(stranger: Person):
    stranger.says("alo")
    second = stranger.takes_another_phone()
    stranger.says("1", EVERYBODY, "1", "menu")

    assert second.says("1").startswith("Tờ đăng ký (Mẫu 01) có 11 câu")


def test_the_months_are_those_the_operator_set(stranger: Person):
    village = stranger.village
    village.office = village.office.__class__("Phòng Kinh tế", "", village.office.timezone, retention_days=20)

    assert "Phòng Kinh tế giữ để soạn giấy, lâu nhất 20 ngày." in stranger.says("1", EVERYBODY)


def test_when_the_words_change_everybody_is_asked_anew_and_the_draft_waits(
    half_way: Person, monkeypatch: pytest.MonkeyPatch
):
    newer = consent.Purpose("soạn giấy", 3, "Tờ đăng ký cần họ tên, số điện thoại.")
    monkeypatch.setattr(consent, "PURPOSES", {consent.DRAFTING: newer})
    half_way.says("menu")

    assert "Tờ đăng ký cần họ tên, số điện thoại. Văn phòng" in half_way.says("giấy tờ của tôi", "1")
    assert "Mở lại «Hợp tác xã Tài Hoan».\nCâu 4/11." in half_way.says("1")
    assert [one.version for one in given(half_way)] == [3, 2]


# --- how somebody wishes to be called


def test_the_way_of_calling_is_asked_first_used_at_once_and_never_asked_again(stranger: Person):
    stranger.says("alo", "1")
    assert "Trước khi soạn giấy, xin phép chị. " in stranger.says("chi")
    assert "Chị có đồng ý cho soạn giấy không?" in stranger.screen

    assert stranger.says("đồng ý").startswith("Đã ghi: chị đồng ý cho soạn giấy")
    stranger.says("rút đồng ý")
    assert "xin phép chị" in stranger.says("1")


def test_who_would_rather_not_say_is_not_asked_again_either(stranger: Person):
    stranger.says("alo", "1", "bỏ qua", "đồng ý", "rút đồng ý")

    assert "xin phép bà con" in stranger.says("1")


def test_it_is_kept_together_with_the_consent_and_not_without(stranger: Person):
    stranger.says("alo", "1", "chị", "không đồng ý")

    assert "Trợ lý chưa giữ gì của bà con" in stranger.says("dữ liệu của tôi")


# --- the blank form


@pytest.mark.parametrize("words", ["mẫu trống", "mau trong", "MẪU TRỐNG"])
def test_who_refused_gets_the_blank_form_to_write_on(stranger: Person, words: str):
    stranger.says("alo", "1", EVERYBODY, "không đồng ý")

    assert stranger.says(words).startswith("Mẫu 01 trống ở dưới đây: tệp PDF để xem, tệp Word để in hay gõ vào.")
    assert [one.name for one in stranger.seen[-1].documents] == ["Mau 01 OCOP trong.pdf", "Mau 01 OCOP trong.docx"]


def test_in_the_middle_of_the_form_the_blank_one_comes_and_the_question_stays(half_way: Person):
    assert "Câu 4/11. Người đó giữ chức vụ gì?" in half_way.says("mẫu trống")
    assert len(half_way.seen[-1].documents) == 2


# --- taking it back


@pytest.mark.parametrize("words", ["rút đồng ý", "rut dong y", "Rút đồng ý."])
def test_consent_is_taken_back_in_the_middle_of_the_form(half_way: Person, words: str):
    assert half_way.says(words).startswith(f"{WITHDRAWN}\nBà con cần việc gì?")
    (one,) = given(half_way)
    assert one.withdrawn_at == half_way.village.now


def test_after_taking_it_back_drafting_waits_until_it_is_given_again_and_nothing_is_lost(half_way: Person):
    button = half_way.button("Quay lại")
    half_way.says("rút đồng ý")

    assert half_way.says("giấy tờ của tôi", "1") == ASKED
    assert half_way.presses(button) == ASKED
    assert half_way.says("1", "menu", "Côn Minh") != ASKED
    half_way.says("giấy tờ của tôi", "1")
    assert "2. Cơ sở: Hợp tác xã Tài Hoan" in half_way.says("xem lại")


def test_words_typed_after_taking_it_back_are_not_written_into_the_draft(half_way: Person):
    half_way.says("rút đồng ý")

    half_way.says("xã Côn Minh")

    saved = half_way.village.store.run(lambda db: db.execute(select(PROGRESS.c.body)).scalars().all())
    assert len(saved) == 1
    assert "Côn Minh" not in saved[0]


def test_there_may_be_nothing_to_take_back(stranger: Person):
    assert stranger.says("alo", "rút đồng ý").startswith("Chưa có đồng ý nào để rút.\nBà con cần việc gì?")
