"""What people might send: anything at all, or something that answers a given question."""

from datetime import date
from functools import singledispatch
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from handlers.editing.writing import LastDay, Source
from talk.answers import Answer, Lookup, OneOf, Text
from talk.attachments import Attached
from talk.choices import ManyOf, YesNo
from talk.days import Day
from talk.emails import Email
from talk.message import Attachment, Update
from talk.money import Money
from talk.numbers import Number
from talk.past_days import PastDay
from talk.phones import Phone
from talk.quantities import Measured, Quantity
from talk.scene import PAGE
from tests.talk.talker import PDF, PHOTO

# What breaks readers of text: other scripts and digits, marks on their own, blanks and signs that nobody sees.
ODD_TEXTS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "9",
        "00",
        "²",
        "٣",
        "1" * 5_000,
        "\u202e\u200b",
        "\u0301",
        "\x00",
        "\ud800",
        "😀👩\u200d🌾",
        "é" * 20_000,
        "<b>miến</b>",
        "*_[x](y)",
        "'; drop table person;--",
        "12:30",
        "31/2",
        "1,2,3",
        "-1",
        "1e9",
        "{total}",
        "%s",
        "a:b:c",
    ]
)
COMMANDS = st.sampled_from(
    [
        "quay lại",
        "bỏ qua",
        "chưa có",
        "xem lại",
        "sửa 2",
        "sua 99",
        "xong",
        "xem thêm",
        "vì sao",
        "nhắc lại",
        "huy",
        "hủy",
        "để sau",
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=40), ODD_TEXTS, COMMANDS)
ATTACHMENTS = st.sampled_from([PHOTO, PDF, Attachment(9, "application/vnd.ms-excel", 10, "gia.xls")])
OTHER = st.sampled_from(["sticker", "location", "video", "voice", "contact", "unreadable"])
TROUBLE = st.sampled_from(["too_big", "too_small", "empty", "unreadable", "unsafe", "not_fetched"])
ANY_UPDATE = st.one_of(
    st.builds(Update, text=ANY_TEXT, native_id=st.sampled_from(["", "a", "b"]), is_edit=st.booleans()),
    st.builds(Update, attachment=ATTACHMENTS),
    st.builds(Update, phone=st.just("0900000000")),
    st.builds(Update, other=OTHER),
    st.builds(Update, trouble=TROUBLE),
)

_SYLLABLES = st.sampled_from(["Miến", "dong", "Bản", "Mẫu", "chè", "Nà", "Phặc", "1", "HTX", "<b>", "Đặc"])


@singledispatch
def answering(answer: Answer[Any]) -> SearchStrategy[list[Update]]:
    """Updates that, sent one after the other, answer a question of this kind."""
    raise NotImplementedError(f"say in strategies.py how people answer a {type(answer).__name__}")


@answering.register
def _(answer: Text) -> SearchStrategy[list[Update]]:
    names = st.lists(_SYLLABLES, min_size=1, max_size=6).map(lambda words: f"Tổ {' '.join(words)}"[: answer.at_most])
    return names.filter(lambda name: len(name) >= answer.at_least).map(_typed)


@answering.register
def _(answer: OneOf) -> SearchStrategy[list[Update]]:
    options = answer.options()
    return st.one_of(
        st.sampled_from(options).map(lambda option: _typed(option.label)),
        st.integers(1, min(PAGE, len(options))).map(lambda number: _typed(str(number))),
    )


@answering.register
def _(answer: YesNo) -> SearchStrategy[list[Update]]:
    return st.sampled_from(["1", "2", "dạ có ạ", "khong", *(option.label for option in answer.options())]).map(_typed)


@answering.register
def _(answer: ManyOf) -> SearchStrategy[list[Update]]:
    """Some choices, one message each or all in one, and «xong» if it is still needed."""
    shown = [str(number) for number in range(1, min(PAGE, len(answer.options())) + 1)]
    numbers = st.lists(st.sampled_from(shown), min_size=1, max_size=4, unique=True)
    one_by_one = numbers.map(lambda chosen: [Update(text=number) for number in chosen])
    all_at_once = numbers.map(lambda chosen: [Update(text=", ".join(chosen))])
    return st.one_of(one_by_one, all_at_once).map(lambda updates: [*updates, Update(text="xong")])


@answering.register
def _(answer: Number) -> SearchStrategy[list[Update]]:
    places = 0 if answer.whole else 2
    return st.decimals(answer.at_least, answer.at_most, places=places).map(lambda value: _typed(answer.say(value)))


@answering.register
def _(answer: Money) -> SearchStrategy[list[Update]]:
    return st.integers(10_000, 10**9).map(lambda value: _typed(answer.say(value)))


@answering.register
def _(answer: Measured) -> SearchStrategy[list[Update]]:
    units = st.sampled_from(answer.units)
    amounts = st.decimals("0.1", 999, places=1)
    return st.builds(lambda amount, unit: _typed(answer.say(Quantity(amount, unit.name))), amounts, units)


@answering.register
def _(answer: Phone) -> SearchStrategy[list[Update]]:
    numbers = st.from_regex(r"0(90|91|98)[0-9]{7}", fullmatch=True)
    return st.one_of(numbers.map(_typed), numbers.map(lambda number: [Update(phone=number)]))


@answering.register
def _(answer: Email) -> SearchStrategy[list[Update]]:
    return st.from_regex(r"[a-z]{3,9}[0-9]{0,3}@(gmail|vidu)\.com", fullmatch=True).map(_typed)


@answering.register
def _(answer: Day) -> SearchStrategy[list[Update]]:
    return st.dates(date(1950, 1, 1), date(2150, 1, 1)).flatmap(typed_days).map(_typed)


@answering.register
def _(answer: LastDay) -> SearchStrategy[list[Update]]:
    return st.dates(answer.first, date(2150, 1, 1)).flatmap(typed_days).map(_typed)


@answering.register
def _(answer: Source) -> SearchStrategy[list[Update]]:
    return st.integers(1, 999).map(lambda number: _typed(f"Điều 7 QĐ {number}/2026/QĐ-UBND"))


@answering.register
def _(answer: PastDay) -> SearchStrategy[list[Update]]:
    return st.dates(answer.earliest, answer.today).flatmap(typed_days).map(_typed)


@answering.register
def _(answer: Attached) -> SearchStrategy[list[Update]]:
    return st.sampled_from([PHOTO, PDF] if answer.takes_papers else [PHOTO]).map(lambda sent: [Update(attachment=sent)])


@answering.register
def _(answer: Lookup) -> SearchStrategy[list[Update]]:
    return st.just(_typed(answer.sample.name))


def typed_days(value: date) -> SearchStrategy[str]:
    """The ways people write this day in full."""
    day, month, year = value.day, value.month, value.year
    weekday = ("thứ Hai", "thứ 3", "thu tu", "Thứ Năm", "thứ sáu", "thứ bảy", "chủ nhật")[value.weekday()]
    return st.sampled_from(
        [
            f"{day}/{month}/{year}",
            f"{day:02}-{month:02}-{year}",
            f"{day}.{month}.{year}.",
            f"{day} {month} {year}",
            f"{day} / {month} / {year}",
            f"ngày {day} tháng {month} năm {year}",
            f"ngay {day} thang {month}, nam {year} ạ",
            f"{weekday}, {day}/{month}/{year}",
            f"{weekday} ngày {day}/{month}/{year}",
        ]
    )


def _typed(text: str) -> list[Update]:
    return [Update(text=text)]
