"""The time and the place that a question is about: as its words say, or as the question before it did."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.asking.period import Period, names_today, period_in, without_period
from ocop.place_names import A_PROVINCE, BEFORE_A_PLACE, province_named, without_local_names
from ocop.places import provinces
from talk.vietnamese import blunt, fold

_GOES_ON = re.compile(r"^(?:the con|vay con|con|the|vay) ")
# What is left of "ở Cao Bằng thì sao" or "thế bây giờ thế nào" once the place and the time are taken out.
_FILLING = frozenset(
    {
        *("the", "con", "thi", "sao", "o", "a", "vay", "va", "hoi", "luc", "do", "khi", "ay", "nao", "nhu", "gi"),
        *("nhi", "nua", "roi", "cho", "voi", "hay", "ha", "thang", "nam", "ngay"),
    }
)
LONGEST_COMPLAINT = 8  # words
_LOST = re.compile(r"\b(?:khong|ko|k|kh|chang|cha|chua|kho) hieu\b")
_WHY = frozenset({"tai sao", "vi sao", "sao lai the", "sao the", "tai sao the", "tai sao vay", "vi sao the", "sao vay"})


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when an answer is to hold. `is_carried`: the question before this one said so."""

    place: str = ""  # a province's id; "" for everywhere
    period: Period | None = None  # None: today
    is_carried: bool = False

    @property
    def about(self) -> dict[str, Any]:
        """As it is kept for the next question; JSON."""
        when = [self.period.first.isoformat(), self.period.last.isoformat(), self.period.said] if self.period else None
        return {"place": self.place, "period": when}

    @property
    def said(self) -> str:
        """In words: "Cao Bằng, năm 2023"."""
        return ", ".join(filter(None, (dict(provinces()).get(self.place, ""), self.period.said if self.period else "")))


def context_of(words: str, today: date, before: Mapping[str, Any]) -> Context:
    """What these words say of place and time; what they leave open is as before where they go on from it."""
    place, period = province_named(fold(words)), period_in(words, today)
    if not (is_follow_up(words, today) or _GOES_ON.match(fold(words))):
        return Context(place, period)
    kept = _kept(before)
    if period is None and not names_today(words):
        period = kept.period
    is_carried = bool((period and period == kept.period) or (not place and kept.place))
    return Context(place or kept.place, period, is_carried)


def is_follow_up(words: str, today: date) -> bool:
    """Whether these words name only another place or time: they ask the same thing again."""
    if len(words) > 100 or not (province_named(fold(words)) or period_in(words, today) or names_today(words)):
        return False
    left = A_PROVINCE.sub(" ", blunt(fold(without_period(words, today)))).split()
    return set(without_local_names(left)) <= _FILLING | BEFORE_A_PLACE


def asks_why(words: str) -> bool:
    """Whether these words ask why it is so."""
    return blunt(fold(words)) in _WHY


def is_lost(words: str) -> bool:
    """Whether these words say that the answer was not understood, however they say it."""
    return len(words.split()) <= LONGEST_COMPLAINT and _LOST.search(fold(words)) is not None


def _kept(before: Mapping[str, Any]) -> Context:
    when = before.get("period")
    period = Period(date.fromisoformat(when[0]), date.fromisoformat(when[1]), when[2]) if when else None
    return Context(before.get("place", ""), period)
