"""Numbers as people write and say them: 1.200.000, 2,5, hai mươi mốt, trăm rưỡi, 2 triệu 5.

Read from the highest scale down: what stands before «triệu» says how many, what follows is the rest. A rest that
leaves its own scale unsaid ("triệu hai") is a good guess, not a fact, and the numeral then is not `plain`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from talk.vietnamese import unmarked

Tokens: TypeAlias = tuple[str, ...]

_TOKEN = re.compile(r"[1-3]/[24](?!\d)|\d{1,3}(?: \d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)*|m²|[a-z]+|\S")
_SQUARE = re.compile(r"(?<![a-z])m ?2(?!\d)")
_LONGEST = 30  # tokens; nobody says a number longer than that

SCALES = {
    **{"chuc": 10, "muoi": 10, "tram": 100, "nghin": 1_000, "ngan": 1_000, "ngin": 1_000, "k": 1_000, "van": 10_000},
    **{"trieu": 10**6, "triu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9},
}
_DIGITS = {
    **{"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6},
    **{"bay": 7, "tam": 8, "chin": 9},
}
_ONLY_AFTER_TENS = frozenset({"tu", "lam", "nham"})
_TENS_IN_SHORT = {"ham": 20, "bam": 30}
_FRACTIONS = {"nua": Decimal("0.5"), "1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75")}

_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")  # 1.200.000,5
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)")  # 1,200,000 as in English
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}")  # 1,500 is one and a half here, fifteen hundred in English
_DECIMALS = re.compile(r"\d+,\d+|\d+\.\d{1,2}|0\.\d+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One way to read a number."""

    value: Decimal
    is_plain: bool = True  # nothing was left unsaid


def tokens(words: str) -> Tokens:
    """Words and numbers without marks, apart from one another: «1tr2» is 1, tr, 2."""
    return tuple(_TOKEN.findall(_SQUARE.sub("m²", unmarked(words).replace("²", "2"))))


def numerals(words: Sequence[str]) -> list[Numeral]:
    """Every way to read these tokens as one number; none when they are no number."""
    words = tuple(words)
    if not words or len(words) > _LONGEST:
        return []
    scale = max((SCALES[word] for word in words if word in SCALES), default=0)
    if not scale:
        return _unscaled(words)
    at = next(place for place, word in enumerate(words) if SCALES.get(word) == scale)
    heads = _heads(words[:at], words[at])
    return [
        Numeral(head.value * scale + rest.value, head.is_plain and rest.is_plain)
        for rest in _rests(words[at + 1 :], words[at])
        for head in heads
    ]


def digit(word: str) -> int | None:
    """The digit a word is after a scale or a unit: «tạ tư» has four tenths more."""
    if len(word) == 1 and word.isdecimal():
        return int(word)
    return _DIGITS.get(word)


def literal(text: str) -> list[Numeral]:
    """A number in digits, with a point between thousands and a comma before decimals, or as in English."""
    if text.isdecimal():
        return [Numeral(Decimal(text))]
    if " " in text or _POINTS.fullmatch(text):
        return [Numeral(Decimal(text.replace(" ", "").replace(".", "").replace(",", ".")))]
    if _COMMAS.fullmatch(text):
        return [Numeral(Decimal(text.replace(",", "")))]
    if _EITHER.fullmatch(text):
        return [Numeral(Decimal(text.replace(",", by)), is_plain=False) for by in ("", ".")]
    if _DECIMALS.fullmatch(text):
        return [Numeral(Decimal(text.replace(",", ".")))]
    return []


def _unscaled(words: Tokens) -> list[Numeral]:
    match words:
        case [word] if word in _FRACTIONS:
            return [Numeral(_FRACTIONS[word])]
        case [word] if _DIGITS.get(word) and word not in _ONLY_AFTER_TENS:  # «không» alone is a no, not a nought
            return [Numeral(Decimal(_DIGITS[word]))]
        case [word] if word[0].isdecimal():
            return literal(word)
        case [tens, unit] if tens in _TENS_IN_SHORT and _DIGITS.get(unit):
            return [Numeral(Decimal(_TENS_IN_SHORT[tens] + _DIGITS[unit]))]
        case [tens, unit] if _DIGITS.get(tens, 0) > 1 and tens not in _ONLY_AFTER_TENS and _DIGITS.get(unit):
            return _two_digits(_DIGITS[tens], _DIGITS[unit], unit in _ONLY_AFTER_TENS)
        case [tens, unit] if tens == "mot" and unit == "hai":
            return [Numeral(Decimal(1), is_plain=False), Numeral(Decimal(2), is_plain=False)]
    return []


def _two_digits(tens: int, unit: int, is_short_tens: bool) -> list[Numeral]:
    """«ba lăm» is 35; «ba sáu» most likely 36; «hai ba» is two or three as well as 23."""
    whole = Numeral(Decimal(10 * tens + unit), is_short_tens)
    if unit == tens + 1 and not is_short_tens:
        return [Numeral(Decimal(tens), is_plain=False), Numeral(Decimal(unit), is_plain=False), _guessed(whole)]
    return [whole]


def _guessed(numeral: Numeral) -> Numeral:
    """The same number, as a guess."""
    return Numeral(numeral.value, is_plain=False)


def _heads(words: Tokens, scale_word: str) -> list[Numeral]:
    """How many of the scale: one when nothing stands before it («triệu rưỡi»)."""
    if not words:
        return [Numeral(Decimal(1))]
    scale = SCALES[scale_word]
    below = {10: 10, 100: 100, 10**9: 10**6}.get(scale, 1_000)
    if scale_word in ("muoi", "tram") and len(words) > 1:
        return []
    if words == ("khong",) and scale in (100, 1_000, 10**6):
        return [Numeral(Decimal(0))]  # «hai nghìn không trăm linh năm»
    is_in_digits = len(words) == 1 and words[0][0].isdecimal()  # «1.500 nghìn»
    found = [head for head in numerals(words) if head.value > 0 and (is_in_digits or head.value < below)]
    # «hai trăm rưỡi nghìn»: the half lies inside.
    return [_guessed(head) for head in found] if "ruoi" in words else found


def _rests(words: Tokens, scale_word: str) -> list[Numeral]:
    """What follows a scale, as a number below it."""
    scale = SCALES[scale_word]
    match words:
        case []:
            return [Numeral(Decimal(0))]
        case ["ruoi"] if scale_word != "muoi":
            return [Numeral(Decimal(scale) / 2)]
        case ["linh" | "le", unit] if scale in (100, 1_000) and unit in _DIGITS:
            return [Numeral(Decimal(_DIGITS[unit]))]
        case [word] if (ones := digit(word)) is not None:
            if scale == 10:
                return [Numeral(Decimal(ones))] if ones else []
            return [Numeral(Decimal(ones) * scale / 10, is_plain=False)] if ones else []
        case [number] if number.isdecimal() and scale > 10:
            return _rest_in_digits(number, scale)
    rests = [rest for rest in numerals(words) if rest.value < scale]
    if any(SCALES.get(word, 0) >= 1_000 for word in words) or scale == 100:
        return rests
    if scale == 1_000 and "tram" in words:
        return rests
    if scale in (10, 10_000):
        return []
    if "tram" in words or "muoi" in words or "chuc" in words:
        return [Numeral(rest.value * scale / 1_000, is_plain=False) for rest in rests if rest.value < 1_000]
    return [
        Numeral(rest.value * scale / part, is_plain=False)
        for rest in rests
        if 10 <= rest.value < 100
        for part in (100, 1_000)
    ]


def _rest_in_digits(number: str, scale: int) -> list[Numeral]:
    """«1tr250», «2 nghìn 500», and «1tr25», which is 1.250.000 to some and 1.025.000 to others."""
    value = Decimal(number)
    if len(number) == len(str(scale)) - 1:
        return [Numeral(value)]
    if scale == 10_000 or len(number) > 3:
        return []
    if len(number) == 3:
        return [Numeral(value * scale / 1_000, is_plain=False)] if scale > 1_000 else []
    parts = (100,) if number[0] == "0" else (100, 1_000)
    return [Numeral(value * scale / part, is_plain=False) for part in parts]
