"""One person, several phones: a code made on one and typed on another, with both phones side by side."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from handlers.dispatch import dispatch
from handlers.visit import Traces, Visit
from storage import people
from storage.store import Db, Store
from storage.tables import OUTBOX
from talk.message import Message, Update
from tests.handlers.office import audited, hears, official, records_receipt
from tests.handlers.person import Person, Village
from tests.handlers.test_front_door import MENU
from tests.handlers.test_my_data import everything, file_of
from tests.handlers.test_registering import registers_noodles

MINUTE = timedelta(minutes=1)
ASKED = (
    "Mã này lấy từ một máy trên Telegram. Nối rồi thì hai máy như một: máy nào cũng thấy hết giấy tờ của máy kia. "
    "Chỉ nối khi cả hai máy là của bà con."
)
JOINED = "✅ Đã nối. Giấy tờ của bà con nay thấy được ở máy này: gõ «giấy tờ của tôi». Gỡ thì gõ «gỡ máy»."
OF_NO_USE = "Mã này không dùng được: có thể đã dùng một lần rồi, hoặc đã quá 10 phút. Lấy mã mới ở máy kia giúp."
UNLINKED = "Máy này đã được gỡ: không thấy giấy tờ ở đây nữa, theo lời nhắn từ máy kia. Cần gì thì nhắn «alo»."


def code_from(phone: Person) -> str:
    """A code that joins another phone to this one."""
    found = re.search(r"^Mã nối máy: (\S+ \S+)$", phone.says("nối máy"), re.MULTILINE)
    assert found
    return found[1]


def joins(new: Person, old: Person) -> str:
    """Type the code of one phone on another, and say yes."""
    new.says(code_from(old))
    return new.says("1")


@pytest.fixture
def old(village: Village) -> Person:
    """The phone on which noodles were registered."""
    phone = village.person("chị Mẫu")
    registers_noodles(phone)
    assert "Xong bản nháp" in phone.says("xong")
    return phone


@pytest.fixture(params=["zalo", "telegram", "web"])
def new(request: pytest.FixtureRequest, village: Village) -> Person:
    """A phone that never wrote to us, on a channel with buttons or without."""
    return village.stranger("máy mới của chị Mẫu", request.param)


def test_the_code_comes_with_what_to_do_with_it_and_what_it_gives_away(old: Person):
    said = old.says("nối máy").splitlines()

    assert re.fullmatch(r"Mã nối máy: [A-Z]{2}-\d{3}-\d{2} [A-Z]{2}-\d{3}-\d{2}", said[0])
    assert said[1] == (
        "Ở máy mới, mở trợ lý rồi gõ mã này. Dùng được một lần, trong 10 phút. "
        "Đừng đưa ai: ai gõ mã thì thấy hết giấy tờ ở đây."
    )


@pytest.mark.parametrize("words", ["noi may", "thêm máy", "đổi máy", "may moi", "nối máy khác", "NỐI MÁY"])
def test_a_code_is_asked_for_in_many_words(old: Person, words: str):
    assert "Mã nối máy: " in old.says(words)


def test_a_code_is_offered_under_what_is_kept_of_me(old: Person):
    old.says("dữ liệu của tôi")

    assert "Mã nối máy: " in old.taps("Nối máy khác")


def test_a_code_asked_for_in_the_middle_of_a_form_leaves_the_form_open(person: Person):
    person.says("1", "1")

    assert "Câu 2/11. Cơ sở tên gì?" in person.says("nối máy")


def test_the_new_phone_is_asked_plainly_and_then_everything_is_there(old: Person, new: Person):
    asked = new.says(code_from(old))

    assert ASKED in asked
    assert "1. Nối máy này\n2. Không nối, để riêng" in asked
    assert "Việc này cần nói rõ." in new.says("ừ")
    assert new.says("1") == JOINED
    assert new.id == old.id
    assert "1. «Miến dong Tài Hoan», đã xong, mã HH-997-35" in new.says("giấy tờ của tôi")
    assert "Đồng ý: soạn giấy (21/11/2026)" in new.says("dữ liệu của tôi"), "and nobody asks for leave again"


def test_it_can_be_tapped_as_well(old: Person, new: Person):
    new.says(code_from(old))

    assert new.taps("Nối máy này") == JOINED


def test_the_old_phone_is_told_at_once_and_how_to_undo_it(old: Person, village: Village):
    zalo = village.stranger("máy mới", "zalo")
    joins(zalo, old)

    assert hears(old) == (
        "Máy mới trên Zalo vừa nối vào giấy tờ của bà con, 9 giờ sáng thứ Bảy 21/11/2026. "
        "Không phải bà con thì gõ «gỡ máy»."
    )
    assert hears(zalo) == ""


def test_the_warning_waits_for_nobody(old: Person, village: Village):
    """It goes out with the turn that wrote it, not with the next sweep."""
    new = village.stranger("máy mới", "zalo")
    new.says(code_from(old))
    traces = Traces()

    def join(db: Db) -> None:
        met = people.meet(db, "zalo", "", new.address, village.now)
        dispatch(Visit(db, village.now, village.office, met, village.draw_code, traces=traces), Update(text="1"))

    village.store.run(join)
    assert traces.told_others


def test_whoever_declines_stays_apart_and_the_code_can_still_be_used(old: Person, new: Person):
    code = code_from(old)
    new.says(code)

    assert new.says("2") == f"Được, để riêng hai máy.\nBà con cần việc gì?\n{MENU}"
    assert new.id != old.id
    assert hears(old) == ""
    new.says(code)
    assert new.says("1") == JOINED


def test_the_form_of_address_is_that_of_the_old_phone(old: Person, new: Person):
    old.says("dữ liệu của tôi", "sửa 1", "chị")

    assert "Giấy tờ của chị nay thấy được ở máy này" in joins(new, old)


def test_a_form_open_on_the_old_phone_stays_open_and_goes_on_on_either(old: Person, new: Person):
    old.says("giấy tờ của tôi", "1", "sửa 6")
    joins(new, old)

    assert "✅ Câu 6: 0987 654 321." in old.says("0987654321")
    assert "6. Điện thoại: 0987 654 321" in new.says("xem lại")


# --- a code that does not work


def test_a_code_works_once(old: Person, new: Person, village: Village):
    code = code_from(old)
    other = village.person("người khác")
    other.says(code)
    new.says(code)
    new.says("1")

    assert other.says("1").startswith(OF_NO_USE), "who typed it first and waited comes too late"
    assert OF_NO_USE in village.person("người thứ ba").says(code)
    assert other.id != old.id


def test_a_code_works_for_ten_minutes(old: Person, new: Person, village: Village):
    code = code_from(old)
    village.now += 10 * MINUTE

    assert OF_NO_USE in new.says(code)


def test_a_code_typed_in_time_and_confirmed_too_late_joins_nothing(old: Person, new: Person, village: Village):
    new.says(code_from(old))
    village.now += 11 * MINUTE

    assert OF_NO_USE in new.says("1")
    assert new.id != old.id


def test_a_new_code_makes_the_one_before_useless(old: Person, new: Person):
    first, second = code_from(old), code_from(old)

    assert OF_NO_USE in new.says(first)
    assert ASKED in new.says(second)


def test_after_five_wrong_codes_even_a_right_one_waits_an_hour(old: Person, new: Person, village: Village):
    for _ in range(5):
        assert OF_NO_USE in new.says("HK-394-27 KX-638-42")

    said = new.says(code_from(old))
    assert "Đã gõ 5 lần chưa khớp. Nghỉ một lát, từ 10 giờ sáng gõ lại giúp, hoặc lấy mã mới ở máy kia rồi gõ." in said
    assert audited(village, denied=True) == [(new.id, "join", None)] * 5
    new.comes_back_after(hours=1)
    assert ASKED in new.says(code_from(old))


def test_when_too_many_people_guess_at_once_nobody_can_until_an_hour_is_over(old: Person, village: Village):
    for number in range(60):
        guesser = village.person(f"người đoán {number}")
        guesser.says(*["HK-394-27 KX-638-42"] * 5)

    latecomer = village.person("người sau")
    assert "Nhiều nơi đang gõ mã chưa khớp" in latecomer.says(code_from(old))
    latecomer.comes_back_after(hours=1)
    assert ASKED in latecomer.says(code_from(old))


@pytest.mark.parametrize("typed", ["HK-O94-27 KX-638-42", "hk l94 27 kx 638 42", "HK-394-72 KX-638-42"])
def test_a_slip_is_told_by_its_group(new: Person, typed: str):
    said = new.says(typed)

    assert re.search(r"Nhóm HK-\S+ trong mã chưa khớp\. Trong mã không có số 0, .* gõ cả 2 nhóm giúp\.", said)


def test_a_code_typed_where_it_was_made_or_on_a_phone_joined_already_is_explained(old: Person, new: Person):
    already = "Máy này đã nối rồi, giấy tờ thấy cả. Mã đó để gõ ở máy khác."

    assert already in old.says(code_from(old))
    joins(new, old)
    assert already in new.says(code_from(old))


def test_a_phone_joined_elsewhere_is_refused_kindly_and_told_what_to_do(old: Person, new: Person, village: Village):
    another = village.person("máy của người khác")
    joins(new, another)

    assert (
        "Máy này đang nối với máy khác. Muốn đổi thì gõ «gỡ máy» ở đây trước, gỡ chính máy này, rồi gõ lại mã."
        in new.says(code_from(old))
    )
    assert "Gỡ máy nào?" in new.says("gỡ máy")
    assert "✅ Đã gỡ máy này." in new.says("1")
    assert joins(new, old) == JOINED


def test_a_phone_joined_elsewhere_while_it_was_asked_is_refused_too(old: Person, new: Person, village: Village):
    new.says(code_from(old))
    another = village.person("máy khác")
    another.says(code_from(new))
    another.says("1")

    assert "Máy này đang nối với máy khác." in new.says("nối máy này", code_from(old))


def test_the_phone_of_an_official_joins_nobody_but_others_join_it(old: Person, village: Village):
    clerk = official(village, "cán bộ")

    assert "Máy này có quyền cán bộ nên phải nối ngược lại: gõ «nối máy» ở đây" in clerk.says(code_from(old))
    assert joins(old, clerk).startswith("✅ Đã nối.")
    assert "Hồ sơ xã Côn Minh: 1" in old.says("/hoso")


# --- both have drafts


def test_drafts_of_the_new_phone_come_along_when_the_person_says_so(old: Person, village: Village):
    new = village.person("máy mới", "zalo")
    new.says("1", "1", "Hợp tác xã Bản Mẫu")

    asked = new.says(code_from(old))
    assert f"{ASKED} Máy này đang có 1 tờ riêng: nối thì mang theo cả.\n1. Nối và mang theo\n" in asked
    assert new.says("1") == JOINED

    seen = old.says("giấy tờ của tôi")
    assert "«Miến dong Tài Hoan»" in seen
    assert "«Hợp tác xã Bản Mẫu», đang soạn" in seen
    assert "Câu 3/11" in old.taps("«Hợp tác xã Bản Mẫu»")


def test_drafts_stay_apart_when_the_person_says_no(old: Person, village: Village):
    new = village.person("máy mới", "zalo")
    new.says("1", "1", "Hợp tác xã Bản Mẫu", code_from(old), "không nối, để riêng")

    assert "Bản Mẫu" not in old.says("giấy tờ của tôi")
    assert "Tài Hoan" not in new.says("giấy tờ của tôi")


def test_what_was_taken_back_on_one_phone_stays_taken_back(old: Person, village: Village):
    new = village.person("máy mới", "zalo")
    new.says("1", "1", "Hợp tác xã Bản Mẫu")
    old.comes_back_after(hours=1).says("rút đồng ý")
    joins(new, old)

    assert "Trước khi soạn giấy, xin phép bà con." in new.says("giấy tờ của tôi", "1", "bỏ qua")


# --- letting go


def test_a_stranger_on_the_line_is_let_go_of_and_sees_nothing_any_more(old: Person, village: Village):
    thief = village.stranger("người lạ", "zalo")
    joins(thief, old)
    assert "Miến dong Tài Hoan" in thief.says("giấy tờ của tôi")

    assert old.says("gỡ máy") == (
        "Gỡ máy nào? Máy gỡ rồi không thấy giấy tờ nữa, nối lại thì cần mã mới.\n"
        "1. Zalo, nối hôm nay\n2. Telegram, máy đầu, là máy này\n3. Thôi, không gỡ"
    )
    assert "✅ Đã gỡ máy trên Zalo. Máy đó không thấy giấy tờ nữa." in old.says("1")
    assert "Chào bà con. Đây là Trợ lý OCOP, máy trả lời tự động" in thief.says("alo")
    assert hears(thief) == UNLINKED
    assert "Chưa có giấy tờ nào ở đây." in thief.says("giấy tờ của tôi")
    assert "Miến dong Tài Hoan" in old.says("giấy tờ của tôi")


def test_a_phone_joined_a_moment_ago_lets_go_of_itself_only(old: Person, village: Village):
    """Else whoever got hold of a code could lock the person out before they read the warning."""
    thief = village.stranger("người lạ", "zalo")
    joins(thief, old)

    assert thief.says("gỡ máy") == (
        "Máy này mới nối chưa đủ một ngày nên chỉ gỡ được chính nó; gỡ máy kia thì gõ «gỡ máy» ở máy đó.\n"
        "Gỡ máy nào? Máy gỡ rồi không thấy giấy tờ nữa, nối lại thì cần mã mới.\n"
        "1. Zalo, nối hôm nay, là máy này\n2. Thôi, không gỡ"
    )
    thief.comes_back_after(days=2)
    assert "1. Telegram, máy đầu\n2. Zalo, nối thứ Bảy 21/11, là máy này" in thief.says("gỡ máy")


def test_a_phone_that_is_let_go_of_cannot_come_back_by_a_code_it_made_before(old: Person, village: Village):
    thief = village.stranger("người lạ", "zalo")
    joins(thief, old)
    code = code_from(thief)
    old.says("gỡ máy", "1")

    assert OF_NO_USE in thief.says(code)


def test_nothing_is_left_in_the_chat_that_was_let_go_of(old: Person, village: Village):
    page = village.stranger("trang ở quán", "web")
    joins(page, old)
    records_receipt(official(village, "cán bộ xã"))
    assert "Miến dong Tài Hoan" in hears(page)
    old.says("gỡ máy", "1")

    rows = village.store.run(lambda db: db.execute(OUTBOX.select().where(OUTBOX.c.address == page.address)).all())
    assert [Message.loads(row.body).text for row in rows] == [UNLINKED]


def test_who_has_one_phone_is_told_so(person: Person):
    assert "Chỉ có máy này, chưa nối máy nào khác. Nối thêm thì gõ «nối máy»." in person.says("alo", "gỡ máy")


def test_letting_go_can_be_thought_better_of(old: Person, new: Person):
    joins(new, old)

    assert "Được, giữ nguyên các máy." in old.says("gỡ máy", "thôi")
    assert new.id == old.id


def test_letting_go_is_offered_under_what_is_kept_of_me_once_there_are_two(old: Person, new: Person):
    old.says("dữ liệu của tôi")
    assert "Gỡ máy" not in old.choices
    joins(new, old)
    old.says("dữ liệu của tôi")

    assert "Gỡ máy nào?" in old.taps("Gỡ máy")


# --- rights over one's data


def test_erasing_on_one_phone_erases_on_all_with_codes_that_are_still_out(old: Person, new: Person, village: Village):
    joins(new, old)
    code = code_from(old)
    new.says("xóa hết", "xóa hết HH-997-35")

    assert "Dữ liệu ở đây đã được xóa hết" in hears(old)
    assert "Tài Hoan" not in everything(village)
    assert OF_NO_USE in village.person("người khác").says(code)


def test_the_file_of_what_is_kept_tells_since_when_a_phone_is_joined(old: Person, village: Village):
    joins(village.stranger("máy mới", "zalo"), old)
    old.says("dữ liệu của tôi", "tải về")

    kept = str(file_of(old)["cuộc trò chuyện"])
    assert kept.count("'kênh'") == 2
    assert "'nối lúc': None" in kept
    assert "'nối lúc': '2026-11-21T02:00+00:00'" in kept


# --- at the same moment


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest) -> Iterator[Village]:
    store = Store(request.getfixturevalue(f"{request.param}_url"))
    yield Village(store)
    store.close()


def test_of_phones_that_use_a_code_together_one_joins(either: Village):
    old = either.person("máy cũ")
    old.says("1", "1", "Hợp tác xã Bản Mẫu", "menu")
    code = code_from(old)
    many = [either.stranger(f"máy mới {number}", "zalo") for number in range(4)]
    for phone in many:
        phone.says(code)

    turns = [either.store.submit(lambda db, who=who: who.turn(db, Update(text="1"))) for who in many]  # type: ignore[misc]
    said = [turn.result(timeout=60)[0].text for turn in turns]

    assert sorted(words.startswith("✅ Đã nối") for words in said) == [False, False, False, True]
    assert sum(phone.id == old.id for phone in many) == 1
