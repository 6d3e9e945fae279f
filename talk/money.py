"""Answers that are a sum of money, in đồng."""

import re
from decimal import Decimal
from typing import Any

from talk.amounts import Amount, amounts
from talk.answers import Answer, NoLongerFits, Reading, Several, Unclear, shortened
from talk.numerals import SCALES, tokens
from talk.units import Unit
from talk.vietnamese import blunt, decimal_words, grouped, unmarked

_DONG = Unit("đồng", ("d", "₫", "vnd", "dong viet nam"))
_PER = re.compile(
    r"(?: ?/ ?| (?:mot|moi|1) )(?:kg|can|ky|ki|ta|tan|lo|hop|tui|chai|lit|goi|cai|con|thang|nam|ngay|tuan|vu)$"
)
_SHORT_NGHIN = re.compile(r"(\b\d[\d.,]*) ?(?:ng|n)\b", re.IGNORECASE)
_SCALE_ALONE = re.compile(r"(?:nghin|ngan|trieu|ty) (?:dong|d)")
_SLANG_TRIEU = re.compile(r"(?<=[^\W_]) ?c[uủ]\b", re.IGNORECASE)
_ONE, _NGHIN, _TRIEU, _TY = Decimal(1), Decimal(1_000), Decimal(10**6), Decimal(10**9)


class Money(Answer[int]):
    """Whole đồng. A number too small to be a sum is asked back: «50» là 50 nghìn hay 50 triệu?"""

    takes_numbers = True

    def __init__(self, at_least: int, at_most: int):
        self.at_least, self.at_most = at_least, at_most
        self.sample = at_least

    def read_words(self, words: str) -> int:
        plain = blunt(unmarked(words)).rstrip(" .")
        per = _PER.search(plain)
        said = _SHORT_NGHIN.sub(r"\1 nghin", plain[: per.start()] if per else words)
        scaled = _SLANG_TRIEU.sub(" trieu", said)
        found = amounts(scaled, (_DONG,))
        if not found or _is_only_a_scale(scaled):
            raise Unclear(f"Chưa rõ là bao nhiêu tiền. {self.hint()}")
        sums, is_guessed = self._sums(found, _is_scaled(scaled))
        fitting = [value for value in dict.fromkeys(sums) if not self._trouble(value)]
        if not fitting:
            raise Unclear(f"{self._trouble(sums[0])} {self.hint()}")
        if len(fitting) > 1:
            readings = [Reading(int(value), _in_scale(value), _scale_words(value)) for value in fitting[:5]]
            asked = f"«{shortened(words, 40)}» là bao nhiêu ạ? Hoặc gõ rõ, ví dụ: 1,5 triệu."
            raise Several(asked, readings, neither="")
        if is_guessed or per or scaled != said:
            raise self.sure_of(words, int(fitting[0]))
        return int(fitting[0])

    def _sums(self, found: list[Amount], is_scaled: bool) -> tuple[list[Decimal], bool]:
        """The sums these may be, and whether any is more than what was said."""
        sums: list[Decimal] = []
        is_guessed = not found[0].is_plain
        if not is_scaled and found[0].value >= 1_000:
            # «50,000»: nobody counts money in thousandths
            found = [amount for amount in found if amount.value >= 1_000]
        for amount in found:
            scales = (_ONE,) if is_scaled else _unsaid_scales(amount)
            is_guessed = is_guessed or scales != (_ONE,)
            sums += [amount.value * scale for scale in scales]
        return sums, is_guessed

    def _trouble(self, value: Decimal) -> str:
        if value != value.to_integral_value():
            return "Tiền đồng không có phần lẻ."
        if not self.at_least <= value <= self.at_most:
            return f"Số tiền này phải từ {self.say(self.at_least)} đến {self.say(self.at_most)}."
        return ""

    def hint(self) -> str:
        return "Gõ rõ giúp, ví dụ: 50 nghìn, hoặc 1,5 triệu."

    def say(self, value: int) -> str:
        return f"{grouped(value)} đồng"

    def load(self, raw: Any) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not self.at_least <= raw <= self.at_most:
            raise NoLongerFits(f"Số tiền nay phải từ {self.say(self.at_least)} đến {self.say(self.at_most)}.")
        return raw


def money(at_least: int = 1_000, at_most: int = 10**12) -> Money:
    """A sum in đồng between two bounds, both allowed."""
    return Money(at_least, at_most)


def _is_scaled(words: str) -> bool:
    return any(SCALES.get(word, 0) >= 1_000 for word in tokens(words))


def _is_only_a_scale(words: str) -> bool:
    """«triệu đồng» says in what, not how much."""
    return bool(_SCALE_ALONE.fullmatch(unmarked(words)))


def _unsaid_scales(amount: Amount) -> tuple[Decimal, ...]:
    """What a number without «nghìn» or «triệu» may be counted in."""
    if amount.value == 0:
        return (_ONE,)
    if amount.value != amount.value.to_integral_value():
        return _TRIEU, _TY
    if amount.value < 1_000:
        return _NGHIN, _TRIEU
    if amount.value < 10_000 and amount.unit is None:
        return _ONE, _NGHIN
    return (_ONE,)


def _in_scale(value: Decimal) -> str:
    """The sum as people say it: 50 nghìn đồng, 1,5 triệu đồng."""
    for scale, name in ((_TY, "tỷ "), (_TRIEU, "triệu "), (_NGHIN, "nghìn ")):
        if value >= scale and (value / scale * 100) % 1 == 0:
            return f"{decimal_words((value / scale).normalize())} {name}đồng"
    return f"{decimal_words(value)} đồng"


def _scale_words(value: Decimal) -> tuple[str, ...]:
    """What people may answer to tell which sum was meant."""
    name = _in_scale(value).split()[1]
    return (name, f"{name} đồng", _in_scale(value).removesuffix(" đồng"))
