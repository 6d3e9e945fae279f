"""What held when, what is asked next, and that nothing outdated is ever told as what holds now."""

import csv
from pathlib import Path

import pytest

from tests.handlers.person import Person

NOT_KNOWN, AS_NOW = "thì trợ lý không biết quy định ra sao, nên không đoán.", "đã như bây giờ"
DAYS = ("ngày 1/6/2020", "15/8/2023", "tháng 8/2025", "bây giờ")
# Sixty questions, and what is told of each of the DAYS: "-" that it is not known, "=" that it was as it is now.
with (Path(__file__).parent / "time_axis.tsv").open(encoding="utf-8") as file:
    TABLE = [(question, told) for question, *told in list(csv.reader(file, delimiter="\t"))[1:]]


@pytest.fixture
def asker(person: Person) -> Person:
    """Somebody who was here before."""
    person.says("alo")
    return person


@pytest.mark.parametrize(("question", "told"), TABLE, ids=[question for question, _ in TABLE])
def test_each_time_is_told_what_held_then(asker: Person, question: str, told: list[str]):
    asker.says(question)

    for day, fragment in zip(DAYS, told, strict=True):
        seen = asker.says(f"{day} thì sao?")
        then, _, now = seen.partition("\nBây giờ: ")
        assert {"-": NOT_KNOWN, "=": AS_NOW}.get(fragment, fragment) in then, (day, seen)
        if day != "bây giờ" and fragment != "=":
            assert now, "what is outdated never stands alone"
            assert told[-1][:20] in now
            assert len(seen) < 1_100


def test_a_year_in_the_question_itself_is_answered_for_that_year(asker: Person):
    seen = asker.says("năm 2023 ai công nhận 3 sao")

    assert seen.startswith("Năm 2023, từ 24/02/2023: Lúc đó ba cấp")
    assert "huyện công nhận 3 sao" in seen
    assert "Bây giờ: " in seen
    assert "QĐ 148/QĐ-TTg" in seen
    assert "(đã hết hiệu lực)" in seen


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("the con 8/2025 thi sao", "Tháng 8/2025: "),
        ("hoi 2019 thi sao", "Năm 2019, từ 21/8/2019: "),
        ("truoc 1/7/2025", "Trước ngày 01/07/2025: "),
        ("nam ngoai thi the nao", "Năm 2025: "),
        ("bjo thi sao", "Hai nơi chấm: "),
    ],
)
def test_only_another_time_asks_the_same_of_it(asker: Person, words: str, said: str):
    asker.says("ai công nhận 3 sao")

    assert asker.says(words).startswith(said)


def test_a_year_in_which_the_rule_changed_is_told_both_rules(asker: Person):
    asker.says("ai công nhận 3 sao")

    seen = asker.says("năm 2025 thì sao")

    assert "huyện công nhận 3 sao" in seen
    assert "Từ 06/7/2025: " in seen


def test_a_question_that_goes_on_keeps_the_time_and_says_so(asker: Person):
    asker.says("năm 2023 ai công nhận 3 sao")

    seen = asker.says("thế còn 5 sao?")

    assert seen.startswith("Đang hỏi về: năm 2023. Muốn đổi thì gõ nơi khác, năm khác.\nNăm 2023: Lúc đó 5 sao")
    assert "Đang hỏi về" not in asker.says("bây giờ thì sao")


def test_another_place_is_kept_too_and_said(asker: Person):
    asker.says("hội chợ có hỗ trợ không")

    assert "Cao Bằng" in asker.says("năm 2023 ở cao bằng thì sao")
    assert "Đang hỏi về: Cao Bằng, năm 2024." in asker.says("the con nam 2024")


def test_why_tells_more_of_it(asker: Person):
    asker.says("hạn nộp là ngày nào")

    assert "– Đợt một" in asker.says("tại sao")


@pytest.mark.parametrize("words", ["8/2025 thì sao", "bây giờ thì sao", "ở cao bằng thì sao", "tai sao"])
def test_going_on_from_nothing_asks_what_it_is_about(asker: Person, words: str):
    assert asker.says(words) == "Đang nói về chuyện gì ạ? Gõ câu hỏi giúp."


def test_after_half_an_hour_nothing_is_gone_on_from(asker: Person):
    asker.says("ai công nhận 3 sao")

    assert asker.comes_back_after(hours=1).says("8/2025 thì sao").startswith("Đang nói về chuyện gì ạ?")


def test_the_day_of_a_certificate_is_no_time_asked_about(asker: Person):
    assert "hết hiệu lực" not in asker.says("giay cap thang 12/2022 bao gio het")
