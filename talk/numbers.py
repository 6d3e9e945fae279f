"""Answers that are a number in one given unit: so many people, so many kilos."""

from decimal import Decimal
from typing import Any

from talk.amounts import Amount, amounts, with_note
from talk.answers import Answer, NoLongerFits, Reading, Several, Unclear, shortened
from talk.units import Unit, family_of
from talk.vietnamese import decimal_words


class Number(Answer[Decimal]):
    """A number in a unit. Other units of its family are turned into it, and the result is said back first."""

    takes_numbers = True

    def __init__(self, at_least: Decimal, at_most: Decimal, unit: str, whole: bool):
        self.at_least, self.at_most, self.unit, self.whole = at_least, at_most, unit, whole
        self.sample = at_least
        self._units = family_of(unit)
        self._own: Unit | None = next((one for one in self._units if one.name == unit), None)

    def read_words(self, words: str) -> Decimal:
        found = amounts(words, self._units)
        if not found:
            raise Unclear(f"«{shortened(words, 40)}» chưa phải là số. {self.hint()}")
        values = list(dict.fromkeys(self._in_own_unit(amount) for amount in found))
        fitting = [value for value in values if not self._trouble(value)]
        if not fitting:
            raise Unclear(f"{self._trouble(values[0])} {self.hint()}")
        if len(fitting) > 1:
            readings = [Reading(self.dump(value), self.say(value)) for value in fitting]
            raise Several(f"«{shortened(words, 40)}» là bao nhiêu ạ?", readings)
        if not found[0].is_plain or found[0].unit not in (None, self._own):
            note = with_note([amount for amount in found if amount.unit is not self._own])
            raise self.sure_of(words, fitting[0], note=note)
        return fitting[0]

    def _in_own_unit(self, amount: Amount) -> Decimal:
        if amount.unit is None or self._own is None or amount.unit is self._own:
            return amount.value.normalize()
        return (amount.value * amount.unit.size / self._own.size).normalize()

    def _trouble(self, value: Decimal) -> str:
        """Why this number does not fit here; empty when it does."""
        if self.whole and value != value.to_integral_value():
            return "Câu này cần số tròn, không có phần lẻ."
        if not self.at_least <= value <= self.at_most:
            return f"Số này phải từ {decimal_words(self.at_least)} đến {decimal_words(self.at_most)}."
        return ""

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ: {self.say(max(self.at_least, min(self.at_most, Decimal(12))))}."

    def say(self, value: Decimal) -> str:
        return f"{decimal_words(value)} {self.unit}".strip()

    def dump(self, value: Decimal) -> Any:
        return str(value)

    def load(self, raw: Any) -> Decimal:
        value = Decimal(raw)
        if self.whole and value != value.to_integral_value():
            raise NoLongerFits("Câu này nay cần số tròn, không có phần lẻ.")
        if not self.at_least <= value <= self.at_most:
            bounds = f"từ {decimal_words(self.at_least)} đến {decimal_words(self.at_most)}"
            raise NoLongerFits(f"Số này nay phải {bounds}.")
        return value


def number(at_least: int, at_most: int, *, unit: str = "", whole: bool = False) -> Number:
    """A number between two bounds, both allowed."""
    return Number(Decimal(at_least), Decimal(at_most), unit, whole)
