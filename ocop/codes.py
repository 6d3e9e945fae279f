"""Reference codes that read well aloud and notice a slip: `HK-394-27`.

Two letters that sound apart, then five digits from 2 to 9, the last a check. The check is a weighted sum in the field
of eight elements with a different weight for each place. One wrong sign, two signs swapped (neighbours or not) and a
doubled pair mistyped as another doubled pair never fit; of other slips one in eight fits by chance.
"""

import re
import unicodedata

LETTERS = "HKMRVX"
DIGITS = "23456789"
CODES = len(LETTERS) ** 2 * len(DIGITS) ** 4
"""How many codes there are; draw a number below it to make one."""

# The weights and the letters' values are chosen so that the codes printed in our own samples fit.
_WEIGHTS = (7, 3, 6, 5, 2, 4, 1)
_VALUES = {letter: value for value, letter in enumerate(LETTERS, start=1)}
_VALUES |= {digit: value for value, digit in enumerate(DIGITS)}

# What an eye or a thumb puts in the place of a digit; 0, 1, O, I and L stand in no code and can't be guessed back.
_LIKE_A_DIGIT = str.maketrans("ZSGBQ", "25689")

_BETWEEN = r"[\s\-–—_.]*"
_LOOKS_LIKE_A_CODE = re.compile(
    r"(?<![^\W_])" + _BETWEEN.join([r"([^\W\d_])"] * 2 + [r"([0-9OILZSGBQ])"] * 5) + r"(?![^\W_])", re.IGNORECASE
)

_LETTER_NAMES = {"H": "hát", "K": "ca", "M": "em-mờ", "R": "e-rờ", "V": "vê", "X": "ích-xì"}
_DIGIT_NAMES = dict(zip(DIGITS, ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"), strict=True))


class WrongCode(ValueError):
    """Mã HK-394-72 không khớp, có thể nhầm một số. Xem lại trên tờ in giúp, ví dụ HK-394-27."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"Mã {code} không khớp, có thể nhầm một số. Xem lại trên tờ in giúp, ví dụ HK-394-27.")


def new_code(number: int) -> str:
    """Make the code of a number from 0 to CODES - 1; different numbers give different codes.

    Draw the number at random: neighbouring numbers give neighbouring codes, which are easy to guess.
    """
    if not 0 <= number < CODES:
        raise ValueError(f"a code's number is at least 0 and below {CODES}")
    signs = ""
    for alphabet in (DIGITS,) * 4 + (LETTERS,) * 2:
        number, place = divmod(number, len(alphabet))
        signs = alphabet[place] + signs
    return _written(next(signs + check for check in DIGITS if _fits(signs + check)))


def read_code(text: str) -> str | None:
    """Find the code in what a person typed, written as we write it; None when nothing looks like one.

    Raise WrongCode when something does look like a code (at most one sign that stands in no code) but does not fit.
    """
    wrong = ""
    for match in _LOOKS_LIKE_A_CODE.finditer(unicodedata.normalize("NFKC", text)):
        typed = "".join(match.groups()).upper()
        code = typed[:2] + typed[2:].translate(_LIKE_A_DIGIT)
        strange = sum(sign not in LETTERS for sign in code[:2]) + sum(sign not in DIGITS for sign in code[2:])
        if strange == 0 and _fits(code):
            return _written(code)
        if strange <= 1:
            wrong = wrong or _written(typed)
    if wrong:
        raise WrongCode(wrong)
    return None


def spoken(code: str) -> str:
    """The code as it is read out: `HK-394-27` is "hát ca, ba chín bốn, hai bảy"."""
    names = _LETTER_NAMES | _DIGIT_NAMES
    return ", ".join(" ".join(names[sign] for sign in part) for part in code.split("-"))


def _written(signs: str) -> str:
    return f"{signs[:2]}-{signs[2:5]}-{signs[5:]}"


def _fits(signs: str) -> bool:
    total = 0
    for weight, sign in zip(_WEIGHTS, signs, strict=True):
        total ^= _times(weight, _VALUES[sign])
    return total == 0


def _times(a: int, b: int) -> int:
    """Multiply in the field of eight elements, whose sum is `^`; unlike modulo 8, no product of two non-zeros is 0."""
    product = 0
    for bit in range(3):
        if b >> bit & 1:
            product ^= a << bit
    for bit in (4, 3):
        if product >> bit & 1:
            product ^= 0b1011 << (bit - 3)
    return product
