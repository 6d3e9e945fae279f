"""How much of something: a number with its unit, between the words people put around it.

khoảng 3 tạ     about                  not literal: said back first
2 tấn 3 tạ      a sum
tạ rưỡi, 2 tạ 5 the rest of a unit     «2 tạ 5» is a guess
5-7 tạ          one of two             never guessed
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from talk.keyboard import retyped
from talk.message import LONGEST_CHOICE
from talk.numerals import SCALES, Numeral, Tokens, digit, numerals, tokens
from talk.units import Unit, named_at
from talk.vietnamese import blunt, unmarked

_SAID_BEFORE = re.compile(r"(?:duoc|la|co|het|gia|ca thay|tong cong|tong|tat ca)(?![a-z]) ?")
_ABOUT = re.compile(
    r"(?:(?:vao )?khoang(?: chung)?|uoc(?: chung| tinh)?|chung|xap xi|gan|hon|tren duoi|tren|duoi|do|cung|tam(?= ?\d)"
    r"|toi da|toi thieu|it nhat|nhieu nhat)(?![a-z]) ?|~ ?"
)
_SAID_AFTER = re.compile(r" (?:thoi|tron|chan|ca thay|tat ca|do)$")
_ABOUT_AFTER = re.compile(r" (?:hon|gi do|do lai|tro len|tro xuong|la cung)$")
_BETWEEN = re.compile(r"\s*(?:->|[-–—~]|(?<![a-z])(?:den|toi|hoac|hay)(?![a-z]))\s*")
_LONGEST = 30  # tokens; nobody states an amount in more


@dataclass(frozen=True, slots=True)
class Amount:
    """One way to read what was said."""

    value: Decimal
    unit: Unit | None = None
    is_plain: bool = True  # nothing was left unsaid


def amounts(words: str, units: Sequence[Unit]) -> list[Amount]:
    """Every way to read the words as an amount in one of these units, the likeliest first; none when they are none."""
    if len(words) > LONGEST_CHOICE and not words.isdecimal():
        return []
    for form in (words, *retyped(words)):
        if found := _alternatives(form, units):
            return found
    return []


def with_note(found: Sequence[Amount]) -> str:
    """What must be known of the units to turn these amounts into others."""
    return next((amount.unit.note for amount in found if amount.unit and amount.unit.note), "")


def _alternatives(words: str, units: Sequence[Unit]) -> list[Amount]:
    plain, is_about = _bare(words)
    whole = _measured(tokens(plain), units)
    if not whole:
        ends = _BETWEEN.split(plain.removeprefix("tu "))
        if len(ends) == 2 and all(ends):
            first, last = tokens(ends[0]), tokens(ends[1])
            lows = _measured(first, units)
            if not any(word in SCALES or named_at(first, place, units)[0] for place, word in enumerate(first)):
                lows = _measured((*first, *_after_the_number(last, units)), units)
            highs = _measured(last, units)
            whole = [*lows, *highs] if lows and highs else []
            is_about = True
    if is_about or len(whole) > 1:
        whole = [replace(amount, is_plain=False) for amount in whole]
    return list(dict.fromkeys(whole))


def _bare(words: str) -> tuple[str, bool]:
    """The words without what people put before and after an amount, and whether that made it a rough one."""
    plain = blunt(unmarked(words)).rstrip(" .!")
    is_about = words.lower().startswith(("tầm ", "cỡ "))
    if is_about:
        plain = plain.partition(" ")[2]
    while True:
        if found := _ABOUT.match(plain):
            is_about = True
        else:
            found = _SAID_BEFORE.match(plain)
        if not found or found.end() == len(plain):
            break
        plain = plain[found.end() :]
    if after := _ABOUT_AFTER.search(plain):
        is_about, plain = True, plain[: after.start()]
    return _SAID_AFTER.sub("", plain), is_about


def _after_the_number(words: Tokens, units: Sequence[Unit]) -> Tokens:
    """The scale and the unit that a second number has and the first leaves out: «50 đến 60 nghìn»."""
    for place, word in enumerate(words):
        if SCALES.get(word, 0) >= 100 or named_at(words, place, units)[0]:
            return words[place:]
    return ()


def _measured(words: Tokens, units: Sequence[Unit]) -> list[Amount]:
    """Numbers and units in turn, as one amount."""
    if len(words) > _LONGEST or (len(words) == 1 and SCALES.get(words[0], 0) >= 1_000):
        return []
    places = [place for place in range(len(words)) if named_at(words, place, units)[0]]
    if not places:
        return [Amount(number.value, None, number.is_plain) for number in numerals(words)]
    # Where there is one unit only its last naming counts: «năm năm» is five years.
    place = places[0] if len(units) > 1 else places[-1]
    named, length = named_at(words, place, units)
    head, rest = words[:place], words[place + length :]
    if rest[:1] == ("va",):
        rest = rest[1:]
    if not head and not rest:
        return []
    counts = numerals(head) if head else [Numeral(Decimal(1))]
    return [
        Amount(count.value + part.value, unit, count.is_plain and part.is_plain and len(named) == 1)
        for unit in named
        for count in counts
        for part in _parts(rest, unit, units)
    ]


def _parts(words: Tokens, unit: Unit, units: Sequence[Unit]) -> list[Amount]:
    """What follows a unit, as a part of it: a half, a tenth left unsaid, or an amount in smaller units."""
    if not words:
        return [Amount(Decimal(0))]
    if words == ("ruoi",):
        return [Amount(Decimal("0.5"))]
    if len(words) == 1 and (tenths := digit(words[0])):
        return [Amount(Decimal(tenths) / 10, is_plain=False)]
    return [
        Amount(part.value * part.unit.size / unit.size, None, part.is_plain)
        for part in _measured(words, units)
        if part.unit and 0 < part.value * part.unit.size < unit.size
    ]
