"""Answers that are a day."""

from datetime import date
from typing import Any

from talk.answers import Answer, Reading, Several, Unclear, shortened
from talk.dates import WEEKDAYS, Meant, day_words
from talk.day_words import days_meant
from talk.lunar import lunar_words
from talk.nearest import Nearest, NoSuchDay


class Day(Answer[date]):
    """A calendar day. A day without a year is the nearest one to come, or to have been (`past`).

    A day named by the moon is said back as a date before it is kept.
    """

    def __init__(self, today: date, past: bool):
        self.today, self.past = today, past
        self.sample = today

    def read_words(self, words: str) -> date:
        try:
            found = days_meant(words, Nearest(self.today, self.past))
        except NoSuchDay as no_such:
            raise Unclear(f"{no_such.text} {self.hint()}") from None
        if not found:
            raise Unclear(f"Chưa rõ là ngày nào. {self.hint()}")
        meant = list({one.day: one for one in found}.values())
        if len(meant) > 1:
            readings = [Reading(self.dump(one.day), self._said(one)) for one in meant]
            raise Several(f"«{shortened(words, 40)}» là ngày nào ạ?", readings)
        if not meant[0].is_sure:
            raise self.sure_of(words, meant[0].day, said=self._said(meant[0]))
        return meant[0].day

    def _said(self, meant: Meant) -> str:
        return f"{self.say(meant.day)} ({lunar_words(meant.day)})" if meant.is_lunar else self.say(meant.day)

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ {self.today.day}/{self.today.month}/{self.today.year}."

    def say(self, value: date) -> str:
        return f"{WEEKDAYS[value.weekday()]} {day_words(value)}"

    def dump(self, value: date) -> Any:
        return value.isoformat()

    def load(self, raw: Any) -> date:
        return date.fromisoformat(raw)


def day(today: date, *, past: bool = False) -> Day:
    """A day; `today` comes from the facts, so that "mai" stays the day it meant."""
    return Day(today, past)
