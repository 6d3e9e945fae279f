"""Answers that are a day on which something was done: not one to come, and not one of years ago."""

from datetime import date, timedelta
from typing import Any

from talk.answers import NoLongerFits, Unclear
from talk.dates import day_words
from talk.days import Day


class PastDay(Day):
    """A day up to today."""

    def __init__(self, today: date, within: timedelta):
        super().__init__(today, past=True)
        self.earliest = today - within

    def read_words(self, words: str) -> date:
        value = super().read_words(words)
        if trouble := self._trouble(value):
            raise Unclear(f"{trouble} {self.hint()}")
        return value

    def load(self, raw: Any) -> date:
        value = super().load(raw)
        if trouble := self._trouble(value):  # one reading among several may be such a day
            raise NoLongerFits(trouble)
        return value

    def _trouble(self, value: date) -> str:
        if value > self.today:
            return f"Ngày {day_words(value)} chưa tới."
        return f"Ngày {day_words(value)} lâu quá rồi." if value < self.earliest else ""


def past_day(today: date, *, within: timedelta = timedelta(days=366)) -> PastDay:
    """A day up to today, and no longer ago than `within`; `today` comes from the facts."""
    return PastDay(today, within)
