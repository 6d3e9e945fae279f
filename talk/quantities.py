"""Answers that are an amount in the person's own unit: 3 tạ, 5 sào. It is kept and said in that unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from talk.amounts import Amount, amounts
from talk.answers import Answer, NoLongerFits, Reading, Several, Unclear, shortened
from talk.units import Unit
from talk.vietnamese import decimal_words

_MOST = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much, in a unit as people name it."""

    amount: Decimal
    unit: str


class Measured(Answer[Quantity]):
    """An amount above nothing in one of a few units; a number alone is asked back with the usual ones."""

    takes_numbers = True

    def __init__(self, units: Sequence[Unit]):
        self.units = tuple(units)
        self._names = frozenset(unit.name for unit in self.units)
        self.sample = Quantity(Decimal(5), self.units[0].name)

    def read_words(self, words: str) -> Quantity:
        found = [amount for amount in amounts(words, self.units) if 0 < amount.value <= _MOST]
        if not found:
            raise Unclear(f"Chưa rõ là bao nhiêu. {self.hint()}")
        values = list(dict.fromkeys(value for amount in found for value in self._quantities(amount)))
        if len(values) > 1:
            readings = [Reading(self.dump(value), self.say(value), (value.unit,)) for value in values[:5]]
            raise Several(f"«{shortened(words, 40)}» là bao nhiêu ạ?", readings)
        if not found[0].is_plain:
            raise self.sure_of(words, values[0])
        return values[0]

    def _quantities(self, amount: Amount) -> list[Quantity]:
        value = amount.value.normalize()
        offered = [amount.unit] if amount.unit else [unit for unit in self.units if unit.is_offered] or self.units
        return [Quantity(value, unit.name) for unit in offered]

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ: {self.say(self.sample)}."

    def say(self, value: Quantity) -> str:
        return f"{decimal_words(value.amount)} {value.unit}"

    def dump(self, value: Quantity) -> Any:
        return [str(value.amount), value.unit]

    def load(self, raw: Any) -> Quantity:
        amount, unit = raw
        if unit not in self._names:
            raise NoLongerFits(f"Câu này nay không tính bằng {unit}.")
        return Quantity(Decimal(amount), unit)


def quantity(units: Sequence[Unit]) -> Measured:
    """So much, in one of these units (talk.units): `quantity(WEIGHT)`."""
    return Measured(units)
