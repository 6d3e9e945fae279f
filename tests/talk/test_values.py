"""Numbers, phone numbers and days, as people write them and as they are said back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talk.answers import Answer, NoLongerFits, Several, Unclear, one_of, text
from talk.attachments import file, photo
from talk.choices import many_of, yes_no
from talk.days import day
from talk.message import Update
from talk.money import money
from talk.numbers import number
from talk.phones import phone
from talk.quantities import quantity
from talk.units import AREA
from tests.talk.samples import CROPS, KINDS, commune
from tests.talk.strategies import ANY_UPDATE, typed_days

TODAY = date(2026, 11, 21)
quick = settings(max_examples=60, deadline=None, database=None)


def read(answer: Answer[Any], words: str):
    return answer.read(Update(text=words))


def refusal(answer: Answer[Any], words: str) -> str:
    """What is said when these words cannot be the answer."""
    with pytest.raises(Unclear) as unclear:
        read(answer, words)
    return unclear.value.text


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("0900000000", "0900000000"),
        ("0900 000 000", "0900000000"),
        ("090.000.0000", "0900000000"),
        ("(+84) 90-000-0000", "0900000000"),
        ("84900000000", "0900000000"),
        ("0084 900 000 000", "0900000000"),
        ("+84 0900000000", "0900000000"),
        ("sđt: 0900 000 000 ạ", "0900000000"),
        ("0209 387 1234", "02093871234"),
    ],
)
def test_a_phone_number_is_read_however_it_is_written(words, digits):
    assert read(phone(), words) == digits


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("12345", "Số 12345 ngắn quá, số di động có 10 chữ số.", id="far too short"),
        pytest.param("090 000 000", "Số 090 000 000 mới có 9 chữ số, số di động có 10.", id="one short"),
        pytest.param("09000000", "Số 09000000 ngắn quá", id="8 digits"),
        pytest.param("090000000012", "Số này có 12 chữ số, số di động chỉ có 10.", id="too long"),
        pytest.param("0900000000 rồi 0911111111", "Số này có 20 chữ số", id="two numbers in one"),
        pytest.param("0123456789", "Đầu số 012 chưa thấy nơi nào dùng.", id="a prefix nobody has"),
        pytest.param("0000000000", "Số 0000000000 ngắn quá", id="noughts"),
        pytest.param("chưa nhớ", "Chưa thấy số điện thoại.", id="words"),
        pytest.param("٠٩٠٠٠٠٠٠٠٠", "Chưa thấy số điện thoại.", id="digits of another script"),
    ],
)
def test_what_is_no_phone_number_is_said_with_an_example(words, said):
    refused = refusal(phone(), words)

    assert refused.startswith(said)
    assert refused.endswith("ví dụ 0900 000 000.")


@pytest.mark.parametrize(("digits", "said"), [("0900000000", "0900 000 000"), ("02093871234", "0209 387 1234")])
def test_a_phone_number_is_said_in_groups(digits, said):
    assert phone().say(digits) == said


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", "12"),
        ("12 ha", "12"),
        ("12ha.", "12"),
        ("1.240", "1240"),
        ("2,5", "2.5"),
        ("2.5 ha", "2.5"),
        ("1.240,75 HA", "1240.75"),
        ("0,5", "0.5"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_people_here_write_it(words, value):
    assert read(number(0, 10_000, unit="ha"), words) == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("người", "12 nguoi"),
        ("người", "12 NGƯỜI"),
        ("m²", "12 m2"),
        ("m²", "12m²"),
        ("", "12"),
        ("triệu đồng", "12 trieu dong"),
    ],
)
def test_the_unit_may_be_typed_without_its_marks(unit, words):
    assert read(number(0, 100, unit=unit), words) == 12


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nhiều lắm", "«nhiều lắm» chưa phải là số."),
        ("-3", "«-3» chưa phải là số."),
        ("3 tấn", "«3 tấn» chưa phải là số."),
        ("1.2.3", "«1.2.3» chưa phải là số."),
        ("1e9", "«1e9» chưa phải là số."),
        ("0", "Số này phải từ 1 đến 5.000."),
        ("5001", "Số này phải từ 1 đến 5.000."),
        ("9" * 5_000, "Số này phải từ 1 đến 5.000."),
        ("2,5", "Câu này cần số tròn, không có phần lẻ."),
    ],
)
def test_what_is_no_fitting_number_is_said_with_an_example(words, said):
    assert refusal(number(1, 5_000, unit="người", whole=True), words) == f"{said} Gõ lại giúp, ví dụ: 12 người."


@given(st.decimals(0, 10**9, places=2))
@quick
def test_a_number_as_it_is_said_reads_back_as_itself(value):
    answer = number(0, 10**9, unit="kg")

    assert read(answer, answer.say(value)) == value
    assert answer.load(answer.dump(value)) == value


@pytest.mark.parametrize(
    ("words", "to_come", "past"),
    [
        pytest.param("21/11", "2026-11-21", "2026-11-21", id="today's date"),
        pytest.param("22/11", "2026-11-22", "2025-11-22", id="no year, tomorrow's date"),
        pytest.param("20/11", "2027-11-20", "2026-11-20", id="no year, yesterday's date"),
        pytest.param("29/2", "2028-02-29", "2024-02-29", id="29/2 is the nearest there is"),
        pytest.param("29/2/2028", "2028-02-29", "2028-02-29", id="a leap year"),
        pytest.param("1/1/98", "2098-01-01", "1998-01-01", id="two digits of a year"),
        pytest.param("1/1/26", "2026-01-01", "2026-01-01", id="two digits of this year"),
        pytest.param("hôm nay", "2026-11-21", "2026-11-21", id="hôm nay"),
        pytest.param("mai", "2026-11-22", "2026-11-22", id="mai"),
        pytest.param("Ngày mai ạ", "2026-11-22", "2026-11-22", id="ngày mai ạ"),
        pytest.param("ngay kia", "2026-11-23", "2026-11-23", id="ngày kia"),
        pytest.param("hom qua", "2026-11-20", "2026-11-20", id="hôm qua"),
        pytest.param("ngày 5 tháng 12", "2026-12-05", "2025-12-05", id="ngày 5 tháng 12"),
        pytest.param("thu sau 20/11/2026", "2026-11-20", "2026-11-20", id="with its weekday"),
        pytest.param("CN 22/11/2026", "2026-11-22", "2026-11-22", id="CN"),
    ],
)
def test_a_day_is_the_nearest_one_that_was_meant(words, to_come, past):
    assert read(day(TODAY), words).isoformat() == to_come
    assert read(day(TODAY, past=True), words).isoformat() == past


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("31/2", "Ngày 31/2 không có, tháng 2 chỉ có 29 ngày."),
        ("31/11/2026", "Ngày 31/11 không có, tháng 11 chỉ có 30 ngày."),
        ("29/2/2027", "Năm 2027, tháng 2 chỉ có 28 ngày."),
        ("5/13", "Một năm chỉ có 12 tháng, không có tháng 13."),
        ("0/5", "Ngày 0/5 không có, tháng 5 chỉ có 31 ngày."),
        ("1/1/0000", "Năm 0 chắc không phải."),
        ("thứ Hai 20/11/2026", "Ngày 20/11/2026 là thứ Sáu."),
        ("tháng 12/2026", "Chưa rõ là ngày nào."),
        ("12:30", "Chưa rõ là ngày nào."),
        ("bữa trước", "Chưa rõ là ngày nào."),
    ],
)
def test_a_day_there_is_not_is_said_with_an_example(words, said):
    assert refusal(day(TODAY), words) == f"{said} Gõ lại giúp, ví dụ 21/11/2026."


@given(st.data(), st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.booleans())
@quick
def test_a_day_in_any_of_the_accepted_forms_reads_back_as_itself(data, value, past):
    answer = day(TODAY, past=past)
    words = data.draw(st.one_of(typed_days(value), st.just(answer.say(value))))

    assert read(answer, words) == value
    assert answer.load(answer.dump(value)) == value


def test_a_day_is_said_with_its_weekday():
    assert day(TODAY).say(date(2027, 1, 20)) == "thứ Tư 20/01/2027"
    assert day(TODAY).say(date(2027, 4, 7)) == "thứ Tư 07/4/2027"


EVERY_KIND = {
    "text": text(120, as_printed=True, example="Miến dong Bản Mẫu"),
    "one_of": one_of(KINDS),
    "many_of": many_of(CROPS),
    "yes_no": yes_no(),
    "number": number(0, 100, unit="ha"),
    "money": money(),
    "quantity": quantity(AREA),
    "phone": phone(),
    "day": day(TODAY, past=True),
    "photo": photo(),
    "file": file(),
    "lookup": commune(),
}
every_kind = pytest.mark.parametrize("answer", [pytest.param(answer, id=name) for name, answer in EVERY_KIND.items()])


def outcome(answer: Answer[Any], update: Update) -> str | list[Any]:
    """Why this cannot be the answer, or the values it may mean."""
    try:
        return [answer.read(update)]
    except Unclear as unclear:
        return unclear.text
    except Several as several:
        return [answer.load(reading.raw) for reading in several.readings]


@every_kind
@given(update=ANY_UPDATE)
@quick
def test_anything_sent_is_either_read_or_refused_in_words(answer, update):
    result = outcome(answer, update)

    assert result, "neither a value nor a reason"
    if isinstance(result, str):
        assert result.endswith((".", "?"))
    else:
        for value in result:
            assert answer.load(answer.dump(value)) == value
            assert answer.say(value)


@every_kind
@pytest.mark.parametrize("kept", [None, True, 3, 1.5, "x", "", [], ["x"], [[]], {}, {"key": "x"}], ids=repr)
def test_whatever_another_release_kept_is_taken_or_no_longer_fits(answer, kept):
    try:
        words = answer.say(answer.restore(kept))
    except NoLongerFits as reason:
        words = str(reason)

    assert isinstance(words, str)


@pytest.mark.parametrize(
    ("answer", "kept", "reason"),
    [
        (one_of(KINDS), "club", "Các lựa chọn của câu này đã đổi."),
        (many_of(CROPS), ["tea", "coffee"], "Các lựa chọn của câu này đã đổi."),
        (number(1, 5), "6", "Số này nay phải từ 1 đến 5."),
        (number(1, 5, whole=True), "2.5", "Câu này nay cần số tròn, không có phần lẻ."),
        (text(5, example="Chè"), "Miến dong", "Ô này nay chỉ chừa 5 chữ cái."),
        (commune(), {"key": "x", "name": "xã X"}, "«xã X» không còn trong danh mục."),
    ],
)
def test_a_kept_answer_that_no_longer_fits_says_why(answer, kept, reason):
    with pytest.raises(NoLongerFits, match=reason):
        answer.restore(kept)
