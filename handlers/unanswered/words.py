"""How an official's answer is told: with its source, who answered and when, and how long it holds."""

from handlers.visit import Moment
from ocop.calendar import date_words
from ocop.places import provinces
from storage.questions import OfficialAnswer


def told(moment: Moment, answer: OfficialAnswer) -> str:
    """The answer as people are given it."""
    at = date_words(moment.day_of(answer.approved_at or moment.now))
    alone = " (một người duyệt)" if answer.is_of_one else ""
    by = f"cán bộ tỉnh {province_name(answer.province)} xác nhận {at}{alone}"
    return f"{until(answer)}\nNguồn: {answer.source} · {by}"


def until(answer: OfficialAnswer) -> str:
    """The words, and the last day they hold where there is one."""
    end = f" Điều này áp dụng đến hết {date_words(answer.valid_to)}." if answer.valid_to else ""
    return f"{answer.text.rstrip('.')}.{end}"


def province_name(province: str) -> str:
    """The name of a province by its id."""
    return dict(provinces()).get(province, "")
