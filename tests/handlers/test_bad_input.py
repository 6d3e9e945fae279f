"""Bad input: for everything that can come in, the exact words that go out, and nothing lost."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.store import Db, Store
from talk.message import Attachment, Message, Tap, Update
from tests.handlers.person import Person, Village, fits_every_channel
from tests.talk.strategies import ANY_UPDATE

# What is typed to come to each question of the form.
TO_THE_PRODUCER = ("alo", "1", "1")
TO_THE_KIND = (*TO_THE_PRODUCER, "Tổ Bản Mẫu")
TO_THE_COMMUNE = (*TO_THE_KIND, "1", "Nguyễn Thị Mẫu", "1")
TO_THE_PHONE = (*TO_THE_COMMUNE, "thôn Nà Mẫu, Côn Minh")
TO_THE_EMAIL = (*TO_THE_PHONE, "0912345678")
TO_THE_PRODUCT = (*TO_THE_EMAIL, "chưa có")
TO_THE_SET = (*TO_THE_PRODUCT, "Miến dong Bản Mẫu")
TO_THE_EXTRAS = (*TO_THE_SET, "1", "chưa có")
TO_THE_PHOTO = (*TO_THE_EXTRAS, "1", "xong")
TO_THE_REVIEW = (*TO_THE_PHOTO, "chưa có")
# A product that was recognised before.
TO_THE_DAY = ("alo", "1", "2", "Miến dong Bản Mẫu", "12/GCN")

BACK = "\n0. Quay lại"
PHOTO_CHOICES = f"\n1. Chưa có{BACK}"
TRY_A_PHOTO = f"Chụp một tấm rồi gửi lên đây giúp.{PHOTO_CHOICES}"
TRY_A_NAME = f"Gõ lại giúp, ví dụ: Hợp tác xã Bản Mẫu.{BACK}"
TRY_A_PHONE = f"Xem và gõ lại giúp, ví dụ 0900 000 000.{BACK}"
AT_THE_REVIEW = "Gõ «xong» nếu đã đúng, hoặc gõ số câu cần sửa.\n[Xong]\n[Sửa]"
NO_SUCH_COMMUNE = (
    "Chưa thấy xã, phường nào tên như vậy ở Cao Bằng và Thái Nguyên. "
    f"Gõ lại giúp, ví dụ: thôn Nà Mẫu, xã Côn Minh, tỉnh Thái Nguyên.{BACK}"
)
KINDS = """
1. Hợp tác xã
2. Tổ hợp tác
3. Công ty nhỏ và vừa
4. Trang trại có đăng ký kinh doanh
5. Hộ có đăng ký kinh doanh
6. Hội, hiệp hội, trung tâm điều hành du lịch
7. Hộ chưa đăng ký kinh doanh
0. Quay lại"""
CHOOSE_A_KIND = f"Gõ số, hoặc gõ chữ, ví dụ: Hợp tác xã.{KINDS}"


def named(name: str) -> str:
    return f"✅ Đã lưu.\nCâu 3/12. «{name}» thuộc loại nào?{KINDS}"


def without_marks(name: str) -> str:
    return f"Trên giấy sẽ in là «{name}». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên.\n1. Giữ nguyên"


BAD_WORDS = [
    # a name, to be printed
    pytest.param(TO_THE_PRODUCER, "", f"Tin vừa rồi không có chữ nào. {TRY_A_NAME}", id="empty"),
    pytest.param(TO_THE_PRODUCER, " \n\t\u00a0", f"Tin vừa rồi không có chữ nào. {TRY_A_NAME}", id="blanks only"),
    pytest.param(TO_THE_PRODUCER, "\u202e\u200b\x00", f"Tin vừa rồi không có chữ nào. {TRY_A_NAME}", id="unseen only"),
    pytest.param(TO_THE_PRODUCER, "😀😀", f"Chưa thấy chữ nào trong tin vừa rồi. {TRY_A_NAME}", id="emoji only"),
    pytest.param(TO_THE_PRODUCER, "?!...", f"Chưa thấy chữ nào trong tin vừa rồi. {TRY_A_NAME}", id="signs only"),
    pytest.param(TO_THE_PRODUCER, "a", f"«a» ngắn quá. {TRY_A_NAME}", id="one letter"),
    pytest.param(
        TO_THE_PRODUCER,
        "chữ " * 5_000,
        "Câu này dài 19.999 chữ cái, ô trên giấy chừa 120. Gõ lại ngắn hơn giúp, hoặc:\n1. Lấy phần đầu",
        id="20,000 characters",
    ),
    pytest.param(
        TO_THE_PRODUCER,
        "\u202eTổ\u202c Bản\x00 Mẫu\x07",
        named("Tổ Bản Mẫu"),
        id="RTL and control",
    ),
    pytest.param(TO_THE_PRODUCER, "Tổ\r\n  Bản Mẫu", named("Tổ Bản Mẫu"), id="two lines"),
    pytest.param(
        TO_THE_PRODUCER,
        "<b>Tổ</b> & *Mẫu* [x](http://a)",
        named("<b>Tổ</b> & *Mẫu* [x](http://a)"),
        id="HTML, Markdown",
    ),
    pytest.param(TO_THE_PRODUCER, "Tổ {total} %s {0}", named("Tổ {total} %s {0}"), id="words of a template"),
    pytest.param(TO_THE_PRODUCER, "Tổ'; DROP TABLE person; --", named("Tổ'; DROP TABLE person; --"), id="SQL"),
    pytest.param(TO_THE_PRODUCER, "to dan binh yen", without_marks("to dan binh yen"), id="a name without marks"),
    pytest.param(
        TO_THE_PRODUCER,
        "không",
        f"Câu này cần có mới làm giấy được. Chưa tiện thì gõ «để sau», trả lời tới đâu lưu tới đó.{BACK}",
        id="no, where there must be one",
    ),
    pytest.param(
        TO_THE_PRODUCER,
        "nộp ở đâu vậy?",
        "Đây là câu hỏi hay câu trả lời?\n1. Câu hỏi\n2. Câu trả lời «nộp ở đâu vậy?»",
        id="a question",
    ),
    pytest.param(
        TO_THE_PRODUCER,
        "alo",
        f"Chào bà con.\nPhần «Cơ sở».\nCâu 2/11. Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.{BACK}",
        id="hello",
    ),
    # a choice
    pytest.param(TO_THE_KIND, "8", f"Chỉ có các số ở dưới. {CHOOSE_A_KIND}", id="a number not offered"),
    pytest.param(TO_THE_KIND, "9" * 20, f"Chỉ có các số ở dưới. {CHOOSE_A_KIND}", id="a huge number"),
    pytest.param(TO_THE_KIND, "1, 2", f"Chưa rõ ý. {CHOOSE_A_KIND}", id="two numbers where one is asked"),
    pytest.param(TO_THE_KIND, "😀", f"Chưa rõ ý. {CHOOSE_A_KIND}", id="an emoji for a choice"),
    # a search
    pytest.param(TO_THE_COMMUNE, "Hà Nội", NO_SUCH_COMMUNE, id="a place elsewhere"),
    pytest.param(TO_THE_COMMUNE, "xã Mường Lống, huyện Kỳ Sơn, Nghệ An", NO_SUCH_COMMUNE, id="another province"),
    pytest.param(
        TO_THE_COMMUNE,
        "xóm 3, xã hưng đạo, cao bằng",
        "Có mấy nơi tên gần như vậy. Cơ sở ở đâu?\n1. Thành phố Cao Bằng, nay là phường Thục Phán\n"
        "2. Huyện Bảo Lạc, nay là xã Hưng Đạo\n3. Huyện Nguyên Bình, nay là xã Tam Kim\n4. Không có trong này, gõ lại",
        id="an old name with several heirs",
    ),
    pytest.param(TO_THE_COMMUNE, "😀", NO_SUCH_COMMUNE, id="an emoji for a place"),
    pytest.param(TO_THE_COMMUNE, "x" * 20_000, NO_SUCH_COMMUNE, id="20,000 characters for a place"),
    # a phone number
    pytest.param(
        TO_THE_PHONE, "09123456", f"Số 09123456 ngắn quá, số di động có 10 chữ số. {TRY_A_PHONE}", id="8 digits"
    ),
    pytest.param(
        TO_THE_PHONE,
        "0912 345 67",
        f"Số 0912 345 67 mới có 9 chữ số, số di động có 10. {TRY_A_PHONE}",
        id="9 digits",
    ),
    pytest.param(
        TO_THE_PHONE,
        "0912 345 678 và 0987 654 321",
        "Lấy số nào ạ?\n1. 0912 345 678\n2. 0987 654 321\n3. Không có trong này, gõ lại",
        id="two numbers",
    ),
    pytest.param(TO_THE_PHONE, "0112345678", f"Đầu số 011 chưa thấy nơi nào dùng. {TRY_A_PHONE}", id="no such prefix"),
    pytest.param(TO_THE_PHONE, "số của tôi", f"Chưa thấy số điện thoại. {TRY_A_PHONE}", id="no digits"),
    # an email
    pytest.param(
        TO_THE_EMAIL,
        "htx@gmail.con",
        "«htx@gmail.con» là htx@gmail.com, phải không ạ?\n1. Đúng, htx@gmail.com\n2. Chưa đúng, gõ lại",
        id="an email with a slip",
    ),
    pytest.param(
        TO_THE_EMAIL,
        "nhà có con gái dùng",
        "«nhà có con gái dùng» chưa phải địa chỉ email. Gõ lại giúp, ví dụ htxbanmau@gmail.com. "
        f"Chưa có thì gõ «chưa có».\n1. Chưa có{BACK}",
        id="no email",
    ),
    # the day of a certificate
    pytest.param(
        TO_THE_DAY,
        "20/12/2026",
        f"Ngày 20/12/2026 chưa tới. Gõ lại giúp, ví dụ 21/11/2026.\n1. Không nhớ{BACK}",
        id="a certificate of next month",
    ),
    pytest.param(
        TO_THE_DAY,
        "20/12/1998",
        f"Ngày 20/12/1998 lâu quá rồi. Gõ lại giúp, ví dụ 21/11/2026.\n1. Không nhớ{BACK}",
        id="a certificate from before the programme",
    ),
    # a photo
    pytest.param(TO_THE_PHOTO, "đẹp lắm", f"Câu này cần ảnh, chưa cần gõ chữ. {TRY_A_PHOTO}", id="words for a photo"),
    # the review
    pytest.param(TO_THE_REVIEW, "", AT_THE_REVIEW, id="nothing at the review"),
    pytest.param(TO_THE_REVIEW, "x" * 20_000, AT_THE_REVIEW, id="20,000 characters at the review"),
]


@pytest.mark.parametrize(("way", "text", "words"), BAD_WORDS)
def test_words_that_do_not_fit_are_answered_by_what_would(person: Person, way: tuple[str, ...], text: str, words: str):
    person.says(*way)

    assert person.says(text) == words


BAD_THINGS: list[object] = [
    pytest.param(lambda p: p.sends_a("video"), f"Trợ lý chưa xem được video. {TRY_A_PHOTO}", id="a video"),
    pytest.param(lambda p: p.sends_a("sticker"), f"Hình dán thì trợ lý chưa đọc được. {TRY_A_PHOTO}", id="a sticker"),
    pytest.param(
        lambda p: p.sends_a("location"), f"Vị trí trên bản đồ thì trợ lý chưa đọc được. {TRY_A_PHOTO}", id="a location"
    ),
    pytest.param(lambda p: p.sends_a("voice"), f"Trợ lý chưa nghe được lời nói. {TRY_A_PHOTO}", id="a voice"),
    pytest.param(
        lambda p: p.sends_a("contact"),
        f"Số này không phải của máy đang nhắn, nên trợ lý không lấy. {TRY_A_PHOTO}",
        id="somebody's contact",
    ),
    pytest.param(lambda p: p.sends_a("unreadable"), f"Tin này trợ lý chưa đọc được. {TRY_A_PHOTO}", id="a forward"),
    pytest.param(
        lambda p: p.shares_own_number("0912345678"), f"Câu này chưa cần số điện thoại. {TRY_A_PHOTO}", id="own number"
    ),
    pytest.param(
        lambda p: p.sends_photo("application/pdf", "giay.pdf"), f"Câu này cần ảnh chụp. {TRY_A_PHOTO}", id="a PDF"
    ),
    pytest.param(lambda p: p.sends_what_fails("too_big"), f"Tệp này nặng quá 20 MB. {TRY_A_PHOTO}", id="60 MB"),
    pytest.param(
        lambda p: p.sends_what_fails("too_small"), f"Ảnh này nhỏ quá, không nhìn ra gì. {TRY_A_PHOTO}", id="1 pixel"
    ),
    pytest.param(
        lambda p: p.sends_what_fails("empty"), f"Tệp này trống, chưa có gì bên trong. {TRY_A_PHOTO}", id="0 bytes"
    ),
    pytest.param(
        lambda p: p.sends_what_fails("unsafe"),
        f"Tệp này không phải ảnh, PDF hay Word nên trợ lý không nhận. {TRY_A_PHOTO}",
        id="an .exe named .jpg",
    ),
    pytest.param(
        lambda p: p.sends_what_fails("unreadable"), f"Tệp này trợ lý chưa mở được. {TRY_A_PHOTO}", id="a broken picture"
    ),
    pytest.param(
        lambda p: p.sends_what_fails("not_fetched"), f"Trợ lý chưa tải được tệp này. {TRY_A_PHOTO}", id="not fetched"
    ),
]


@pytest.mark.parametrize(("sends", "words"), BAD_THINGS)
def test_a_thing_that_is_no_photo_is_named_and_the_photo_asked_for_again(
    person: Person, sends: Callable[[Person], str], words: str
):
    person.says(*TO_THE_PHOTO)

    assert sends(person) == words
    assert "13. Ảnh: đã có ảnh" in person.sends_photo()


def test_a_photo_where_words_are_asked_for_is_not_taken_for_an_answer(person: Person):
    person.says(*TO_THE_PRODUCER)

    assert person.sends_photo() == f"Câu này cần gõ chữ, chưa cần ảnh. {TRY_A_NAME}"


def test_a_failed_file_where_words_are_asked_for_asks_for_words(person: Person):
    person.says(*TO_THE_PHONE)

    assert person.sends_what_fails("too_big") == f"Tệp này nặng quá 20 MB. {TRY_A_PHONE}"


def test_somebody_elses_contact_is_no_phone_number_of_the_producer(person: Person):
    person.says(*TO_THE_PHONE)

    assert person.sends_a("contact") == f"Số này không phải của máy đang nhắn, nên trợ lý không lấy. {TRY_A_PHONE}"


def test_the_second_try_says_so_and_the_third_offers_a_person(person: Person):
    person.says(*TO_THE_PHONE)
    person.says("12345")

    assert person.says("12345").startswith("Vẫn chưa rõ. Số 12345 ngắn quá, số di động có 10 chữ số.")
    assert person.says("12345") == (
        "Số 12345 ngắn quá, số di động có 10 chữ số. Xem và gõ lại giúp, ví dụ 0900 000 000.\n"
        "Câu này để cán bộ giúp cũng được. Những câu khác đã lưu cả.\n"
        "[Để sau]\n9. Gặp cán bộ\n0. Quay lại"
    )


# --- edits, haste, repeats


def test_editing_the_latest_answer_changes_it(person: Person):
    person.says(*TO_THE_KIND)

    assert person.edits_last("Tổ Bản Mới").startswith("✅ Câu 2 nay ghi: Tổ Bản Mới.\nCâu 3/12. «Tổ Bản Mới»")


def test_editing_an_older_answer_changes_nothing_and_says_how_to(person: Person):
    person.says(*TO_THE_PHONE)

    assert person.edits(2, "Hợp tác xã Khác").startswith(
        "Sửa lại tin cũ thì câu đã trả lời không đổi theo. Muốn sửa câu nào thì gõ «sửa» và số câu.\n"
    )
    assert "2. Cơ sở: Tổ Bản Mẫu\n" in person.says("xem lại")


def test_editing_what_was_not_understood_is_a_new_try(person: Person):
    person.says(*TO_THE_PHONE, "09123456")

    assert person.edits_last("0912345678").startswith("✅ 0912 345 678.\n")


def test_two_messages_in_the_same_second_answer_two_questions_in_order(person: Person):
    person.says(*TO_THE_COMMUNE)

    assert person.says("thôn Nà Mẫu, Côn Minh", "0912345678").endswith(
        "Câu 8/12. Email của cơ sở, nếu có?\n1. Chưa có\n0. Quay lại"
    )


def test_a_double_tap_answers_once(person: Person):
    person.says("alo", "1")
    button = person.button("Xin chấm lần đầu")
    first = person.presses(button)

    assert "Câu 2/11" in first
    assert person.presses(button) == (
        "Nút đó của câu 1, đã trả lời rồi, vẫn giữ nguyên. Muốn sửa câu 1 thì gõ «sửa 1».\n"
        f"Phần «Cơ sở».\nCâu 2/11. Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.{BACK}"
    )


def test_a_double_tap_on_register_begins_one_form(person: Person):
    person.says("alo")
    button = person.button("Soạn giấy")
    person.presses(button)
    person.presses(button)
    person.says("1", "menu")

    assert (
        person.says("2")
        == "Giấy tờ của bà con. Mở tờ nào?\n1. Tờ đăng ký, đang soạn\n2. Soạn tờ mới\n3. Làm giúp người khác"
    )


def test_a_tap_on_last_weeks_button_of_an_answered_question_changes_nothing(person: Person):
    person.says("alo", "1")
    button = person.button("Xin lên sao")
    person.says("1", "Hợp tác xã Bản Mẫu")

    assert (
        person.comes_back_after(days=7).presses(button).startswith("Nút đó của câu 1, đã trả lời rồi, vẫn giữ nguyên.")
    )
    assert "1. Lần đăng ký: Xin chấm lần đầu\n" in person.says("xem lại")


# --- anything at all


class _TakenBack(Exception):
    """Ends a transaction in which something was only tried."""


def tries(person: Person, update: Update) -> list[Message]:
    """What would be said to an update; nothing of it stays."""
    said: list[Message] = []

    def work(db: Db) -> None:
        said.extend(person.turn(db, update))
        raise _TakenBack

    with pytest.raises(_TakenBack):
        person.village.store.run(work)
    return said


@pytest.fixture(scope="module")
def everywhere(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Person]]:
    """One person at every point of the form, before it, and behind it."""
    file = tmp_path_factory.mktemp("anything") / "bot.db"
    shutil.copy(migrated_sqlite, file)
    store = Store(f"sqlite:///{file}")
    village = Village(store)
    ways: list[tuple[str, ...]] = [
        (),
        ("alo",),
        ("alo", "1"),
        TO_THE_PRODUCER,
        (*TO_THE_PRODUCER, "to dan binh yen"),
        TO_THE_KIND,
        TO_THE_COMMUNE,
        (*TO_THE_COMMUNE, "hưng đạo"),
        TO_THE_PHONE,
        (*TO_THE_PHONE, "1", "2", "3"),
        TO_THE_PRODUCT,
        TO_THE_SET,
        (*TO_THE_SET, "khoai"),
        TO_THE_EMAIL,
        TO_THE_EXTRAS,
        (*TO_THE_EXTRAS, "2, 3", "xong"),
        TO_THE_DAY,
        ("alo", "1", "3", "miến dong"),
        TO_THE_PHOTO,
        TO_THE_REVIEW,
        (*TO_THE_REVIEW, "sửa 4"),
        (*TO_THE_REVIEW, "sửa"),
        (*TO_THE_REVIEW, "hủy"),
        (*TO_THE_REVIEW, "xong"),
        (*TO_THE_REVIEW, "xong", "giấy tờ của tôi"),
        (*TO_THE_REVIEW, "xong", "dữ liệu của tôi"),
        (*TO_THE_REVIEW, "xong", "dữ liệu của tôi", "xóa 2"),
        (*TO_THE_REVIEW, "xong", "dữ liệu của tôi", "sửa 1"),
        (*TO_THE_REVIEW, "xong", "xóa hết"),
        (*TO_THE_REVIEW, "xong", "rút đồng ý", "1"),
    ]
    people = []
    for number, way in enumerate(ways):
        person = village.person(f"người {number}")
        if way:
            person.says(*way)
        people.append(person)
    yield people
    store.close()


@settings(
    max_examples=400,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_comes_in_at_any_point_of_the_form_something_sayable_goes_out(
    everywhere: list[Person], data: st.DataObject
):
    person = data.draw(st.sampled_from(everywhere))
    taps = [choice.tap for message in person.seen for choice in message.choices]
    anything = st.one_of(
        ANY_UPDATE,
        st.text(max_size=80).map(lambda text: Update(text=text)),
        st.sampled_from(["<b>" * 5_000, "ạ" * 20_000, "\U0001f468\u200d\U0001f33e" * 900]).map(
            lambda t: Update(text=t)
        ),
        st.builds(Tap, st.text(min_size=1), st.text(min_size=1), st.text(min_size=1)).map(lambda tap: Update(tap=tap)),
        st.text(min_size=1).map(lambda payload: Update(start=payload)),
        st.builds(Attachment, st.just(1), st.sampled_from(["image/jpeg", "application/pdf"]), st.integers(0)).map(
            lambda attachment: Update(attachment=attachment)
        ),
        *([st.sampled_from(taps).map(lambda tap: Update(tap=tap))] if taps else []),
    )
    update = data.draw(anything)
    hours = data.draw(st.sampled_from([0, 13, 24 * 9, 24 * 400]))

    before = person.village.now
    person.comes_back_after(hours=hours)
    try:
        said = tries(person, update)
    finally:
        person.village.now = before

    assert said
    for message in said:
        fits_every_channel(message)
