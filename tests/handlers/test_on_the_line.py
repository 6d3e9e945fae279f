"""The line between a person and an official: words go straight over, the assistant is silent, and speaks again."""

import pytest

from handlers.matters import clock
from handlers.matters.line import HOW, QUIET, SPEAKS
from handlers.visit import Moment
from storage import erasure, matters, people
from storage.matters import Matter
from talk.message import LONGEST_CHOICE, Update
from tests.handlers.office import CON_MINH, audited, dossiers_of, hears, invited, official, revoke
from tests.handlers.person import Person, Village
from tests.handlers.test_asking_an_office import QUESTION, asks
from tests.handlers.test_registering import registers_noodles

JOINED = (
    f"Cán bộ OCOP xã Côn Minh đang nhắn trực tiếp với bà con. Bà con gõ gì là tới thẳng cán bộ, trợ lý im lặng. {HOW}"
)
OVER = f"Đã thôi nhắn trực tiếp. {SPEAKS}"


@pytest.fixture
def clerk(village: Village) -> Person:
    return official(village, "cán bộ xã")


@pytest.fixture
def asker(village: Village, clerk: Person) -> Person:
    """Somebody who has just asked."""
    someone = village.stranger("chị Mẫu")
    someone.says("alo")
    asks(someone)
    hears(clerk)
    return someone


@pytest.fixture
def line(asker: Person, clerk: Person) -> None:
    """The line between the two is open, and both are on it."""
    clerk.says("2")
    assert hears(asker) == JOINED


def matter(village: Village, asker: Person) -> Matter:
    me = asker.id
    [found] = village.store.run(lambda db: matters.of_person(db, me))
    return found


def clock_ticks(village: Village) -> None:
    village.store.run(lambda db: clock.sweep(Moment(db, village.now, village.office)))


def test_an_official_opens_it_and_both_are_told_what_it_is(clerk: Person, asker: Person):
    assert clerk.says("nhắn trực tiếp") == (
        "Đang nhắn trực tiếp với bà con ở xã Côn Minh. "
        f"Anh/chị gõ gì bà con đọc ngay, dưới tên cán bộ OCOP xã Côn Minh. {HOW}"
    )
    assert hears(asker) == JOINED


def test_words_go_straight_over_and_each_side_reads_who_speaks(line: None, clerk: Person, asker: Person):
    clerk.writes("Chị ở thôn nào?")
    assert hears(asker) == "Cán bộ OCOP xã Côn Minh: «Chị ở thôn nào?»"

    asker.writes("thon na mau", "0912 345 678")
    assert hears(clerk) == "Bà con ở xã Côn Minh: «0912 345 678»"


@pytest.mark.parametrize(
    "words", ["9", "0", "1", "không", "gặp cán bộ", "quay lại", "sửa 4", "nghỉ", "thôi", "ừ", "HK-394-27"]
)
def test_whatever_is_typed_goes_over_also_what_steers_a_form(line: None, clerk: Person, asker: Person, words: str):
    asker.writes(words)

    assert hears(clerk) == f"Bà con ở xã Côn Minh: «{words}»"


@pytest.mark.parametrize("word", ["xong", "Xong rồi", "menu", "/menu", "xong ạ"])
def test_the_person_ends_it_and_both_are_told_that_the_assistant_speaks_again(
    line: None, clerk: Person, asker: Person, word: str
):
    assert asker.says(word).startswith(f"{OVER}\nBà con cần việc gì?")
    assert hears(clerk) == f"Bà con ở xã Côn Minh đã thôi nhắn. {SPEAKS}"
    assert "chưa hiểu" in clerk.says("blục blục")
    assert "chưa hiểu" in asker.says("blục blục")


def test_the_official_ends_it_and_the_person_may_ask_again(line: None, clerk: Person, asker: Person):
    assert clerk.says("xong").startswith(OVER)
    assert hears(asker) == (
        f"Cán bộ OCOP xã Côn Minh đã thôi nhắn trực tiếp. {SPEAKS} Còn muốn hỏi thì gõ «gặp cán bộ»."
    )
    assert "muốn hỏi thêm cán bộ chuyện gì?" in asker.says("gặp cán bộ")


def test_after_half_an_hour_without_a_word_it_ends_by_itself_and_both_are_told(
    village: Village, line: None, clerk: Person, asker: Person
):
    asker.writes("alo")
    hears(clerk)
    village.now += QUIET
    clock_ticks(village)

    said = f"30 phút không ai nhắn, nên đã thôi nhắn trực tiếp. {SPEAKS}"
    assert hears(asker) == said
    assert hears(clerk) == said
    assert "chưa hiểu" in asker.says("blục blục")


@pytest.mark.parametrize("word", ["xong", "menu"])
def test_a_late_word_that_ends_it_is_not_taken_for_that_of_a_form(village: Village, clerk: Person, word: str):
    """Else «xong» would confirm the draft that lies open at its review."""
    person = village.person("bác Mẫu")
    registers_noodles(person)
    person.says("gặp cán bộ", QUESTION)
    hears(clerk)
    clerk.says("2")
    hears(person)
    person.says("gặp cán bộ")
    village.now += QUIET
    clock_ticks(village)

    said = person.says(word)

    assert said.startswith(f"Đã thôi nhắn trực tiếp rồi. {SPEAKS}\nXem lại.")
    assert dossiers_of(village) == []
    assert "Xong bản nháp" in person.says("xong")


def test_a_word_keeps_it_open(village: Village, line: None, clerk: Person, asker: Person):
    village.now += QUIET - QUIET / 10
    asker.writes("còn đấy không")
    village.now += QUIET - QUIET / 10
    clock_ticks(village)

    clerk.writes("còn đây ạ")


def test_words_that_come_before_the_clock_has_looked_are_not_passed_and_that_is_said(
    village: Village, line: None, clerk: Person, asker: Person
):
    village.now += QUIET

    assert asker.says("alo").startswith("Lời vừa gõ chưa chuyển đi.")
    assert "30 phút không ai nhắn" in hears(clerk)
    clock_ticks(village)
    assert hears(clerk) == ""


def test_what_the_person_said_last_still_waits_for_an_answer(
    village: Village, line: None, clerk: Person, asker: Person
):
    asker.writes("vậy ai trả tiền")
    hears(clerk)
    village.now += QUIET
    clock_ticks(village)

    assert "«vậy ai trả tiền»" in clerk.says("câu hỏi")


def test_only_words_go_over_and_anything_else_is_answered(line: None, clerk: Person, asker: Person):
    only_words = f"Lúc nhắn trực tiếp chỉ chuyển được chữ, tin này chưa chuyển. {HOW}"

    assert asker.sends_photo() == only_words
    assert asker.sends_a("sticker") == only_words
    assert asker.sends_what_fails("too_big") == only_words
    assert asker.shares_own_number("0900000000") == only_words
    assert hears(clerk) == ""


def test_a_code_that_opens_something_is_read_by_nobody_else(village: Village, line: None, clerk: Person, asker: Person):
    code = invited(village, "commune", CON_MINH)

    assert "✅ Anh/chị nay là cán bộ xã Côn Minh." in asker.says(code)
    assert hears(clerk) == ""


def test_a_message_that_went_over_is_not_changed_by_editing_it(line: None, clerk: Person, asker: Person):
    asker.writes("thon na mau")
    hears(clerk)

    assert "Gõ lại câu đúng giúp." in asker.edits_last("thôn Nà Mẫu")
    assert hears(clerk) == ""


def test_a_button_is_answered_by_the_assistant_and_the_line_stays(line: None, clerk: Person, asker: Person):
    button = next(
        choice.tap for message in asker.seen for choice in message.choices if choice.label == "Giấy tờ của tôi"
    )

    assert "Chưa có giấy tờ nào" in asker.presses(button)
    assert asker.seen[-1].wants == "line", "the page is not to wait for the assistant's answer to the next words"
    asker.writes("tôi đây")
    assert "«tôi đây»" in hears(clerk)


@pytest.mark.parametrize("words", ["xóa hết", "dữ liệu của tôi", "soạn giấy đăng ký", "/hoso"])
def test_what_the_menu_offers_ends_the_line_and_is_done(line: None, clerk: Person, asker: Person, words: str):
    assert "trực tiếp" not in asker.says(words)
    assert "đã thôi nhắn" in hears(clerk)


def test_opening_the_chat_anew_ends_it(line: None, clerk: Person, asker: Person):
    assert "Chào bà con." in asker.opens_link("start")
    assert "đã thôi nhắn" in hears(clerk)


def test_a_very_long_message_is_cut_and_its_writer_knows(line: None, clerk: Person, asker: Person):
    assert asker.says("á " * 2_000) == "Tin dài quá, bên kia đọc được 1.200 chữ cái đầu."
    assert 1_000 < len(hears(clerk)) < 1_300


def test_who_can_no_longer_be_reached_is_said_to_be_so(village: Village, line: None, clerk: Person, asker: Person):
    me = asker.id
    [chat] = village.store.run(lambda db: people.chats(db, me))
    village.store.run(lambda db: people.mark_unreachable(db, chat.id, village.now))

    assert "Bên kia không còn nhận tin ở đây." in clerk.says("Chị còn đó không?")


def test_an_official_at_work_on_the_line_has_the_matter_however_long_the_other_talks(
    village: Village, line: None, clerk: Person, asker: Person
):
    colleague = official(village, "cán bộ hai")
    for _ in range(3):
        village.now += QUIET / 2
        asker.writes("còn nữa")

    assert "đã có người khác nhận" in colleague.says("câu hỏi", "1", "1")


# --- somebody in the middle of a form


@pytest.fixture
def busy(village: Village, clerk: Person) -> Person:
    """Somebody who asked in the middle of the form, and goes on with it."""
    person = village.person("bác Mẫu")
    person.says("1", "1", "9", QUESTION, "con minh")
    hears(clerk)
    return person


def test_who_fills_in_a_form_is_not_overheard_before_they_say_so(clerk: Person, busy: Person):
    assert "Bà con đang dở việc khác, có thể trả lời chậm." in clerk.says("2")
    assert hears(busy) == (
        "Cán bộ OCOP xã Côn Minh đang chờ để nhắn trực tiếp với bà con.\n"
        "Việc đang dở cứ làm, muốn nhắn thì gõ «gặp cán bộ».\n[Nhắn luôn]"
    )
    assert "Câu 3/11" in busy.says("Hợp tác xã Bản Mẫu")
    assert hears(clerk) == ""


@pytest.mark.parametrize("way", ["tap", "word"])
def test_they_come_in_with_a_touch_or_a_word_and_the_form_is_shown_again_in_the_end(
    clerk: Person, busy: Person, way: str
):
    clerk.says("2")
    hears(busy)

    assert (busy.taps("Nhắn luôn") if way == "tap" else busy.says("gặp cán bộ")) == JOINED
    assert "đã vào, nhắn được rồi" in hears(clerk)
    busy.writes("Hợp tác xã Bản Mẫu")
    assert "«Hợp tác xã Bản Mẫu»" in hears(clerk)
    assert (
        busy.says("xong")
        == f"{OVER}\nPhần «Cơ sở».\nCâu 2/11. Cơ sở tên gì? Gõ đúng như trên giấy, có dấu.\n0. Quay lại"
    )


def test_before_they_come_in_they_read_the_official_and_are_told_how_to_write_back(clerk: Person, busy: Person):
    clerk.says("2")
    hears(busy)
    clerk.writes("Xã trả tiền thử mẫu.")

    assert hears(busy) == (
        "Cán bộ OCOP xã Côn Minh: «Xã trả tiền thử mẫu.»\nMuốn nhắn lại thì gõ «gặp cán bộ».\n[Rõ rồi]\n[Nhắn luôn]"
    )


def test_content_they_close_it_for_the_official_too(clerk: Person, busy: Person):
    clerk.says("2")
    clerk.writes("Xã trả tiền thử mẫu.")
    hears(busy)

    assert "Câu 2/11" in busy.taps("Rõ rồi")
    assert f"đã thôi nhắn. {SPEAKS}" in hears(clerk)
    assert "chưa hiểu" in clerk.says("blục blục")


# --- when one side goes away


def test_an_official_whose_right_ended_is_stopped_and_the_person_is_told(
    village: Village, line: None, clerk: Person, asker: Person
):
    asker.writes("ai trả tiền")
    revoke(village, clerk)

    assert clerk.says("xã trả").startswith("Anh/chị không có, hoặc không còn quyền cán bộ")
    assert f"đã thôi nhắn trực tiếp. {SPEAKS}" in hears(asker)
    assert "answer" in [act for _, act, _ in audited(village, denied=True)]
    assert matter(village, asker).waiting_since


def test_who_erases_everything_leaves_no_word_and_the_official_is_told(
    village: Village, line: None, clerk: Person, asker: Person
):
    asker.writes("ai trả tiền")
    clerk.writes("xã trả tiền")
    asker.says("xóa hết")

    assert "đã thôi nhắn" in hears(clerk)
    assert "Đã xóa hết ở đây" in asker.says("2")
    assert "Lời vừa gõ chưa chuyển đi." in clerk.says("chị còn đó không")


def test_an_official_who_writes_to_somebody_erased_meanwhile_is_told_so(
    village: Village, line: None, clerk: Person, asker: Person
):
    me = asker.id
    village.store.run(lambda db: erasure.erase(db, me, village.now))

    assert clerk.says("chị còn đó không").startswith(
        "Câu hỏi này không còn nữa: người hỏi đã xóa, hoặc đã xong việc. Lời vừa gõ chưa chuyển đi."
    )


def test_an_official_is_on_one_line_at_a_time(village: Village, line: None, clerk: Person, asker: Person):
    second = village.stranger("bác Hai")
    second.says("alo")
    asks(second, "câu thứ hai")
    hears(clerk)

    clerk.taps("Nhắn trực tiếp")

    assert "đã thôi nhắn trực tiếp" in hears(asker)
    assert hears(second) == JOINED
    clerk.writes("chào bác")
    assert hears(asker) == ""
    assert "«chào bác»" in hears(second)


def test_every_phone_of_both_reads_along(village: Village, line: None, clerk: Person, asker: Person):
    other = asker.takes_another_phone()

    clerk.writes("Chị ở thôn nào?")

    assert "«Chị ở thôn nào?»" in hears(asker)
    assert "«Chị ở thôn nào?»" in hears(other)
    other.writes("thôn Nà Mẫu")
    assert "«thôn Nà Mẫu»" in hears(clerk)


def test_while_it_is_open_no_promise_is_counted_as_broken(village: Village, line: None, clerk: Person, asker: Person):
    for _ in range(300):
        village.now += QUIET / 2
        clerk.writes("…")
        asker.writes("…")
        clock_ticks(village)

    assert "quá hẹn" not in hears(asker)
    assert matter(village, asker).times_late == 0


def test_longer_words_than_any_command_are_no_command(line: None, clerk: Person, asker: Person):
    words = "xong " * LONGEST_CHOICE

    asker.writes(words)

    assert "«xong xong" in hears(clerk)


def test_an_empty_text_is_no_word(line: None, asker: Person):
    assert "chỉ chuyển được chữ" in asker.sends(Update(text="  \u200b "))
