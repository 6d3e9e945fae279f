"""What was not literal is said back before it is kept; what was, is kept and said in full."""

from decimal import Decimal

import pytest

from talk.quantities import Quantity
from tests.talk.samples import FACTS, HARVEST
from tests.talk.talker import Talker


@pytest.fixture
def at() -> Talker:
    """Somebody at the first question: how much is harvested."""
    return Talker(HARVEST, FACTS)


def at_the(talk: Talker, question: str) -> Talker:
    """The same person, further on."""
    way = {"land": ["3 tạ"], "price": ["5 sào"], "income": ["50k"], "sold": ["80 triệu"], "fair": ["300"]}
    for key, words in way.items():
        talk.say(*words)
        if key == question:
            return talk
    talk.say("30/4")
    return talk


@pytest.mark.parametrize("words", ["2", "50 triệu đồng", "50 trieu", "triệu", "trieuej", "trie65u", "50tr"])
def test_fifty_is_asked_back_and_answered_by_number_by_scale_or_in_full(at, words):
    reply = at_the(at, "income").say("50")

    assert reply.startswith("«50» là bao nhiêu ạ? Hoặc gõ rõ, ví dụ: 1,5 triệu.\n1. 50 nghìn đồng\n2. 50 triệu đồng")
    assert "✅ 50.000.000 đồng." in at.say(words)


@pytest.mark.parametrize("yes", ["1", "đúng", "dungs", "ddungs", "d9u1ng", "ừ đúng rồi", "uk", "dạ vâng ạ", "có"])
def test_a_guess_is_kept_once_it_is_confirmed(at, yes):
    at_the(at, "income")

    assert at.say("1tr2") == ("«1tr2» là 1.200.000 đồng, phải không ạ?\n1. Đúng, 1.200.000 đồng\n2. Chưa đúng, gõ lại")
    assert "income" not in at.answers
    assert "✅ 1.200.000 đồng." in at.say(yes)
    assert at.progress.answers["income"].typed == "1tr2"


@pytest.mark.parametrize("no", ["2", "không", "khoong", "ko phải", "sai rồi", "chưa đúng", "không đúng ạ"])
def test_a_guess_that_was_wrong_is_dropped_and_the_question_asked_again(at, no):
    at_the(at, "income").say("hai trăm rưỡi nghìn")

    assert at.say(no).startswith("Câu 4/7. Năm ngoái bán được bao nhiêu tiền?")
    assert "income" not in at.answers
    assert at.progress.tries == 0


@pytest.mark.parametrize("other", ["dừng", "đừng", "cô ơi"])
def test_a_word_that_only_looks_like_yes_confirms_nothing(at, other):
    at_the(at, "income").say("1tr2", other)

    assert "income" not in at.answers


def test_a_guess_can_be_typed_over(at):
    at_the(at, "income").say("1tr2")

    assert "✅ 2.500.000 đồng." in at.say("2.500.000")


def test_tomorrow_is_kept_and_said_in_full(at):
    assert "✅ Chủ nhật 22/11/2026." in at_the(at, "fair").say("mai")


def test_a_day_by_the_moon_is_said_back_as_a_date_with_its_weekday(at):
    assert at_the(at, "fair").say("rằm tháng 8") == (
        "«rằm tháng 8» là thứ Tư 15/9/2027 (rằm tháng Tám ÂL), phải không ạ?\n"
        "1. Đúng, thứ Tư 15/9/2027 (rằm tháng Tám ÂL)\n2. Chưa đúng, gõ lại"
    )
    assert "✅ Thứ Tư 15/9/2027." in at.say("đúng rồi")


def test_mung_may_be_by_the_moon_or_not_and_both_are_offered(at):
    reply = at_the(at, "fair").say("mùng 2 tháng 9")

    assert "1. thứ Năm 02/9/2027\n2. thứ Sáu 01/10/2027 (mùng 2 tháng Chín ÂL)\n3. Không có trong này" in reply


def test_the_twenty_ninth_may_be_the_last_day_of_the_year_and_the_thirtieth_is_said_to_be_missing(at):
    assert "29 ngày" in at_the(at, "fair").say("30 tháng Chạp")
    assert "thứ Sáu 05/02/2027 (29 tháng Chạp)" in at.say("30 tết")


def test_quantities_keep_the_unit_they_were_given_in(at):
    assert "✅ 3 tạ." in at.say("3 tạ")
    assert "✅ 5 sào." in at.say("5 sao")
    assert at.answers["crop"] == Quantity(Decimal(3), "tạ")


def test_where_one_unit_is_asked_another_is_turned_into_it_and_confirmed(at):
    reply = at_the(at, "sold").say("3 tạ")

    assert "«3 tạ» là 300 kg, phải không ạ?" in reply
    assert "✅ 300 kg." in at.say("đúng")


def test_a_number_without_its_unit_is_asked_back_and_the_unit_alone_answers(at):
    assert "«50» là bao nhiêu ạ?\n1. 50 kg\n2. 50 tạ\n3. 50 tấn\n4. Không có trong này, gõ lại" in at.say("50")
    assert "✅ 50 tạ." in at.say("tạ")


def test_a_range_is_never_guessed(at):
    assert "«2-3 tạ» là bao nhiêu ạ?\n1. 2 tạ\n2. 3 tạ" in at.say("2-3 tạ")


def test_an_english_comma_is_asked_back(at):
    assert "«1,500 kg» là bao nhiêu ạ?\n1. 1.500 kg\n2. 1,5 kg" in at.say("1,500 kg")
