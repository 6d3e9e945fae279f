"""Answers as real people type them: what is read, what is asked back, and what is left alone."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from talk.answers import Answer, Several, Unclear, one_of
from talk.choices import many_of, yes_no
from talk.days import day
from talk.emails import email
from talk.message import Update
from talk.money import money
from talk.numbers import number
from talk.phones import phone
from talk.quantities import quantity
from talk.units import AREA, WEIGHT
from tests.talk.samples import CASES, CROPS

TODAY = date(2026, 11, 21)  # a Saturday, 13 tháng Mười ÂL
QUESTIONS: dict[str, tuple[Answer[Any], Callable[[Any], str]]] = {
    "yes_no": (yes_no(), lambda value: "có" if value else "không"),
    "choice": (one_of(CASES), str),
    "choices": (many_of(CROPS), ", ".join),
    "money": (money(), str),
    "people": (number(1, 5_000, unit="người", whole=True), lambda value: f"{value:f}"),
    "kg": (number(0, 100_000, unit="kg"), lambda value: f"{value:f}"),
    "weight": (quantity(WEIGHT), quantity(WEIGHT).say),
    "area": (quantity(AREA), quantity(AREA).say),
    "phone": (phone(), str),
    "email": (email(), str),
    "day": (day(TODAY), date.isoformat),
    "past_day": (day(TODAY, past=True), date.isoformat),
}


class Spelling(NamedTuple):
    """One way to type an answer, and what should come of it."""

    question: str
    typed: str
    outcome: str  # "read", "asked" or "unclear"
    meaning: str  # the value; where asked, the values offered with " | " between


def outcome(question: str, typed: str) -> tuple[str, str]:
    """What comes of typing this."""
    answer, words = QUESTIONS[question]
    try:
        return "read", words(answer.read(Update(text=typed)))
    except Several as several:
        return "asked", " | ".join(words(answer.load(reading.raw)) for reading in several.readings)
    except Unclear:
        return "unclear", ""


def spellings() -> list[Spelling]:
    table = Path(__file__).with_name("spellings.tsv")
    with table.open(encoding="utf-8", newline="") as file:
        return [Spelling(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


ALL = spellings()


def test_the_table_is_long_enough_and_has_no_row_twice():
    assert len(ALL) >= 500
    assert not [row for row, count in Counter((row.question, row.typed) for row in ALL).items() if count > 1]


def test_what_people_type_is_read_or_asked_back_and_hardly_ever_guessed_wrong(capsys):
    """A wrong guess is kept without asking though something else, or nothing, was meant."""
    unlike = [(row, got) for row in ALL if (got := outcome(row.question, row.typed)) != (row.outcome, row.meaning)]
    wrong = [(row, got) for row, got in unlike if got[0] == "read"]

    with capsys.disabled():
        read, asked = (sum(row.outcome == name for row in ALL) for name in ("read", "asked"))
        print(
            f"\n{len(ALL)} spellings: {read} to be read, {asked} to be asked back, {len(ALL) - read - asked} to be "
            f"left; unlike the table {len(unlike) / len(ALL):.1%}, wrong guesses {len(wrong) / len(ALL):.1%}"
        )
    assert len(wrong) <= len(ALL) * 0.002, wrong
    assert len(unlike) <= len(ALL) * 0.01, unlike


@pytest.mark.parametrize("change", [lambda text: unicodedata.normalize("NFD", text), lambda text: f" {text} \u200b"])
def test_how_marks_are_composed_and_stray_blanks_change_nothing(change):
    different = [
        (row.typed, got)
        for row in ALL
        if (got := outcome(row.question, change(row.typed))) != outcome(row.question, row.typed)
    ]

    assert different == []


def test_capitals_change_nothing():
    different = [
        (row.typed, got)
        for row in ALL
        if (got := outcome(row.question, row.typed.upper())) != outcome(row.question, row.typed)
    ]

    assert different == []
