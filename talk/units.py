"""Units as people name them, in families that can be turned into one another: tạ and cân, sào and héc-ta."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from talk.numerals import Tokens, tokens
from talk.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `size` is in the smallest of its family, 0 for a unit that stands alone."""

    name: str
    also: tuple[str, ...] = ()  # other names, without marks
    size: Decimal = Decimal(0)
    is_offered: bool = False  # asked about when a number comes without a unit
    note: str = ""  # said when it is turned into another unit: it is not the same everywhere


Family = tuple[Unit, ...]

WEIGHT: Family = (
    Unit("kg", ("can", "ky", "ki", "ki lo", "kilo", "kgs", "ki lo gam", "kilogam"), Decimal(1_000), is_offered=True),
    Unit("tạ", ("t",), Decimal(100_000), is_offered=True),
    Unit("tấn", ("t",), Decimal(1_000_000), is_offered=True),
    Unit("yến", (), Decimal(10_000)),
    Unit("lạng", (), Decimal(100)),
    Unit("g", ("gam", "gr", "gram"), Decimal(1)),
)
AREA: Family = (
    Unit("m²", ("met vuong", "m vuong", "met", "m"), Decimal(1), is_offered=True),
    Unit("sào", (), Decimal(360), is_offered=True, note="tính 1 sào là 360 m²"),
    Unit("ha", ("hec ta", "hec-ta", "hecta", "hec"), Decimal(10_000), is_offered=True),
    Unit("mẫu", (), Decimal(3_600), note="tính 1 mẫu là 3.600 m²"),
)
VOLUME: Family = (
    Unit("lít", ("l", "lit"), Decimal(1_000), is_offered=True),
    Unit("ml", ("mililit", "mi li lit"), Decimal(1), is_offered=True),
)
FAMILIES = (WEIGHT, AREA, VOLUME)
_SHORT = {"người": ("ng",), "sản phẩm": ("sp",)}


def family_of(name: str) -> Family:
    """The family a unit belongs to; a family of one for a unit that stands alone."""
    for family in FAMILIES:
        if any(unit.name == name for unit in family):
            return family
    if not name:
        return ()
    # «12 triệu» where the unit is «triệu đồng».
    heads = tuple(" ".join(fold(name).split()[:count]) for count in range(1, len(name.split())))
    return (Unit(name, (*heads, *_SHORT.get(name, ())), Decimal(1)),)


def named_at(words: Tokens, place: int, units: Sequence[Unit]) -> tuple[tuple[Unit, ...], int]:
    """The units named at this place, and how many tokens the name takes. «t» is tạ or tấn."""
    for length in range(min(4, len(words) - place), 0, -1):
        if named := tuple(unit for unit in units if words[place : place + length] in _names(unit)):
            return named, length
    return (), 0


@cache
def _names(unit: Unit) -> frozenset[Tokens]:
    return frozenset(tokens(name) for name in (unit.name, *unit.also))
