"""What nobody could answer comes back answered: to everybody who asked, once, and to all who ask the same later."""

import pytest

from ocop.asking import Understood, understand
from ocop.asking.bank import Bank
from storage import questions
from storage.tables import OUTBOX, QUESTION
from tests.handlers.office import audited, hears, official
from tests.handlers.person import Person, Village

ASKED = "o minh cho nao ban vo hop giay dung mien"
ALIKE = "o minh cho nao ban hop giay dung mien"
NOTED = "Câu này đã ghi lại, che tên và số; cán bộ trả lời thì trợ lý báo."
WORDS = "Hỏi ủy ban xã để đặt chung hộp giấy, xã gom đơn mỗi tháng"
SOURCE = "theo cán bộ Sở Nông nghiệp và Môi trường, 20/11/2026"


@pytest.fixture(autouse=True)
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the understanding learns later, nobody has an answer to these questions yet."""
    from tests.handlers import person

    def none_yet(text: str, bank: Bank) -> Understood:
        understood = understand(text, bank)
        is_answered = understood.decision == "answer" and understood.topics[0] in bank.topics
        return Understood("none", (), "unknown") if "hop giay" in text and not is_answered else understood

    monkeypatch.setattr(person, "understand", none_yet)


def asks(village: Village, name: str, words: str = ASKED) -> Person:
    someone = village.person(name)
    someone.says("alo")
    assert NOTED in someone.says(words)
    return someone


def writes(someone: Person, words: str = WORDS, source: str = SOURCE, until: str = "chưa có") -> str:
    """Open the biggest group and answer it."""
    someone.says("câu chưa trả lời", "1", "câu riêng", words, source, "giữ nguyên", until)
    return someone.says("1")


def test_an_unknown_question_is_kept_without_names_and_numbers(village: Village):
    asks(village, "chị", f"{ASKED} cua chị Hoa 0912 345 678 hoa@mail.vn")

    [kept] = village.store.run(lambda db: db.execute(QUESTION.select()).all())
    assert kept.text == f"{ASKED} cua chị [tên] [số] [email]"


def test_the_same_question_of_the_same_person_is_kept_once(village: Village):
    someone = asks(village, "chị")
    someone.says(ASKED)

    assert len(village.store.run(lambda db: db.execute(QUESTION.select()).all())) == 1


def test_a_question_goes_to_the_officials_of_the_province_that_it_names(village: Village, writer: Person):
    asks(village, "chị", f"{ASKED} o bao lac")

    assert "Chưa có câu nào" in writer.says("câu chưa trả lời")


def test_everybody_who_asked_is_told_once_when_a_second_official_has_approved(
    village: Village, writer: Person, second: Person
):
    one, other = asks(village, "chị"), asks(village, "bác", ALIKE)

    seen = writer.says("câu chưa trả lời")
    assert f"1. 2 lượt hỏi: «{ASKED}»" in seen
    assert "duyệt xong thì bà con được báo" in writes(writer)
    assert hears(one) == ""
    assert "Gõ «câu chưa trả lời» để xem." in hears(second)

    assert f"{WORDS}." in second.says("câu chưa trả lời", "1")
    assert "báo 2 người đã hỏi" in second.says("1")

    for someone, words in ((one, ASKED), (other, ALIKE)):
        told = hears(someone)
        assert f"«{words}»" in told
        assert f"{WORDS}.\nNguồn: {SOURCE} · cán bộ tỉnh Thái Nguyên xác nhận 21/11/2026" in told
    assert hears(one) == ""
    assert all(row.person_id is None for row in village.store.run(lambda db: db.execute(QUESTION.select()).all()))


def test_who_asks_the_same_later_is_answered_at_once(village: Village, writer: Person, second: Person):
    asks(village, "chị")
    writes(writer)
    second.says("câu chưa trả lời", "1", "1")

    later = village.person("cô")
    later.says("alo")

    assert f"{WORDS}.\nNguồn: {SOURCE}" in later.says(ALIKE)
    assert len(village.store.run(lambda db: db.execute(QUESTION.select()).all())) == 1


def test_nothing_is_told_before_it_is_approved_and_who_wrote_it_cannot_approve_it(
    village: Village, writer: Person, second: Person
):
    asker = asks(village, "chị")
    writes(writer)

    assert WORDS not in asker.says(ASKED)
    assert "Duyệt" not in writer.says("câu chưa trả lời")


def test_where_there_is_one_official_it_is_in_use_at_once_and_marked(village: Village, writer: Person):
    asker = asks(village, "chị")

    assert "không có người duyệt thứ hai" in writes(writer)
    assert "(một người duyệt)" in hears(asker)


def test_an_answer_needs_a_source_and_days_in_order(village: Village, writer: Person, second: Person):
    asks(village, "chị")

    assert "Cần số văn bản" in writer.says("câu chưa trả lời", "1", "1", WORDS, "nghe nói thế")
    writer.says(SOURCE, "1/12/2026")
    assert "Ngày cuối phải từ 01/12/2026 trở đi" in writer.says("30/11/2026")
    assert "Điều này áp dụng đến hết 31/12/2026." in writer.says("31/12/2026")


def test_an_answer_that_no_longer_holds_is_given_to_nobody(village: Village, writer: Person):
    asker = asks(village, "chị")
    writes(writer, until="30/11/2026")

    assert WORDS in asker.says(ALIKE)
    assert WORDS not in asker.comes_back_after(days=30).says(ALIKE)


def test_what_is_not_approved_goes_back_and_the_question_waits_again(village: Village, writer: Person, second: Person):
    asks(village, "chị")
    writes(writer)

    assert "Đã trả lại" in second.says("câu chưa trả lời", "1", "2")
    assert "xin viết lại" in hears(writer)
    assert f"1. 1 lượt hỏi: «{ASKED}»" in writer.says("câu chưa trả lời")


def test_an_answer_in_use_can_be_taken_back_and_written_anew_and_nobody_is_told_twice(village: Village, writer: Person):
    asker = asks(village, "chị")
    writes(writer)
    hears(asker)

    assert "Đang dùng" in writer.says("câu chưa trả lời")
    writer.says("1")
    assert "✅ Đã rút." in writer.taps("Rút")
    assert WORDS not in asker.says(ASKED + " nhe")
    writes(writer, "Xã không gom đơn nữa, hỏi thẳng xưởng in ở tỉnh")
    assert WORDS not in hears(asker)


def test_who_answers_what_somebody_answered_meanwhile_is_told_so_and_keeps_the_words(
    village: Village, writer: Person, second: Person
):
    asks(village, "chị")
    writer.says("câu chưa trả lời", "1", "1", WORDS)
    writes(second, "Hỏi xưởng in ở phường Đức Xuân, hỏi giá trước")

    seen = writer.says(SOURCE, "giữ nguyên", "chưa có", "1")

    assert "Trong lúc anh/chị viết, người khác đã trả lời câu này rồi." in seen
    assert f"«{WORDS}»" in seen


def test_an_answer_called_no_good_goes_to_the_officials_with_the_question(village: Village, writer: Person):
    asker = village.person("chị")
    asker.says("alo", "hạn nộp là ngày nào")

    assert NOTED in asker.says("👎")
    assert "chê câu trả lời: «hạn nộp là ngày nào»" in writer.says("câu chưa trả lời")


@pytest.mark.parametrize("words", ["👍", "đúng rồi, cảm ơn"])
def test_an_answer_called_good_is_thanked_for(village: Village, words: str):
    asker = village.person("chị")

    assert "Không có gì ạ." in asker.says("alo", "hạn nộp là ngày nào", words)


def test_nobody_but_a_provinces_official_sees_what_waits(village: Village):
    clerk = official(village, "cán bộ xã")

    assert "Việc này của cán bộ tỉnh." in clerk.says("câu chưa trả lời")
    assert (clerk.id, "unanswered", None) in audited(village, denied=True)


def test_who_asked_is_forgotten_with_everything_else_of_them_or_after_a_while(village: Village):
    asker, other = asks(village, "chị"), asks(village, "bác")
    me, them = asker.id, other.id
    assert ASKED in str(village.store.run(lambda db: questions.of_person(db, me)))

    asker.says("xóa hết", "2")
    assert len(village.store.run(lambda db: db.execute(QUESTION.select()).all())) == 1

    village.store.run(lambda db: questions.unlink_old(db, village.now.replace(year=2027)))
    assert village.store.run(lambda db: questions.of_person(db, them)) == []


def test_a_repeated_approval_after_a_restart_tells_nobody_again(village: Village, writer: Person, second: Person):
    asker = asks(village, "chị")
    writes(writer)
    second.says("câu chưa trả lời", "1")
    button = second.button("Đồng ý")
    second.presses(button)
    assert WORDS in hears(asker)

    second.presses(button)

    rows = village.store.run(
        lambda db: [r for r in db.execute(OUTBOX.select()) if (r.once_key or "").startswith("answered")]
    )
    assert len(rows) == 1


def test_who_asked_sees_among_their_data_that_it_is_kept_until_they_are_told(village: Village, writer: Person):
    asker = asks(village, "chị")
    assert "Câu hỏi chưa ai trả lời: 1, đã che tên và số" in asker.says("dữ liệu của tôi")

    writes(writer)

    assert "Câu hỏi chưa ai trả lời" not in asker.says("menu", "dữ liệu của tôi")
