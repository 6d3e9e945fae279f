"""Which time a question is about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.asking.period import names_today, period_in, without_period

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "first", "last", "said"),
    [
        ("8/2025 thì sao?", date(2025, 8, 1), date(2025, 8, 31), "tháng 8/2025"),
        ("thang 2 nam 2024", date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        ("năm 2023 ai công nhận 3 sao", date(2023, 1, 1), date(2023, 12, 31), "năm 2023"),
        ("hồi 2019", date(2019, 1, 1), date(2019, 12, 31), "năm 2019"),
        ("ngày 15 tháng 8 năm 2023", date(2023, 8, 15), date(2023, 8, 15), "ngày 15/08/2023"),
        ("15-8-2023", date(2023, 8, 15), date(2023, 8, 15), "ngày 15/08/2023"),
        ("trước 1/7/2025 nộp ở đâu", date(2025, 6, 30), date(2025, 6, 30), "trước ngày 01/07/2025"),
        ("truoc nam 2023", date(2022, 12, 31), date(2022, 12, 31), "trước năm 2023"),
        ("năm ngoái", date(2025, 1, 1), date(2025, 12, 31), "năm 2025"),
        ("nam kia thi sao", date(2024, 1, 1), date(2024, 12, 31), "năm 2024"),
    ],
)
def test_a_time_is_read_as_people_say_it(words: str, first: date, last: date, said: str):
    period = period_in(words, TODAY)

    assert period
    assert (period.first, period.last, period.said) == (first, last, said)


@pytest.mark.parametrize(
    "words",
    [
        "giay cap thang 12/2022 bao gio het",
        "hạn 30/4/2027 còn kịp không",
        "QĐ 26/2026/QĐ-TTg là gì",
        "quyết định số 148/2023",
        "năm 2026 ai chấm",
        "13/2023",
        "31/2/2023",
        "0912202312",
        "trước 30/4",
        "1999",
        "",
    ],
)
def test_not_every_number_is_a_time_asked_about(words: str):
    assert period_in(words, TODAY) is None


@pytest.mark.parametrize("words", ["bây giờ thì sao", "bjo nop o dau", "hien nay", "nay thì sao"])
def test_now_is_understood_in_peoples_words(words: str):
    assert names_today(words)


@given(st.text(max_size=60) | st.text("0123456789/-. namthgtruoc", max_size=40))
def test_any_text_gives_a_time_before_today_or_none(words: str):
    period = period_in(words, TODAY)

    without_period(words, TODAY)
    assert period is None or (period.first <= period.last < TODAY and period.said)
