"""Vietnamese as people type it: with marks or without, composed or not, in capitals or with stray spaces."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

# Direction marks, zero-width signs and the like reach us by copy and paste; people neither see nor mean them.
# Line breaks and tabs are blanks, not rubbish.
_BLANKS = str.maketrans(dict.fromkeys("\t\r\v\f\x85\u2028\u2029\u00a0", " "))
_MARKS_BELOW = re.compile(r"[\u0300-\u036f]")
_NOT_A_WORD = re.compile(r"[^\w]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_KEPT = frozenset("\n\u200d")  # U+200D ties the parts of an emoji together
_COURTESY = re.compile(r"^da (?=.)|(?<=.)(?: (?:a|nhe|nha))+$")


def tidy(text: str) -> str:
    """The text as it should be kept: composed (NFC), without invisible signs, one blank between words, lines kept."""
    text = text.translate(_BLANKS)
    if not text.isprintable():
        text = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)


def unmarked(text: str) -> str:
    """Lower case, no marks, đ as d; points, strokes and blanks as they were."""
    if not text.isascii():
        text = _MARKS_BELOW.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")
        if not text.isprintable():
            text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return text.lower()


def fold(text: str) -> str:
    """Unmarked, and only words and single blanks: `Không có` and `khong  co.` become the same."""
    return _NOT_A_WORD.sub(" ", unmarked(text)).strip()


@lru_cache(maxsize=4096)
def fold_wording(wording: str) -> str:
    """A short wording that message after message is compared with, folded: once, while it is among those in use."""
    return fold(wording)


def blunt(folded: str) -> str:
    """Folded words without the dạ, ạ and nhé that are only polite: `da co a` becomes `co`."""
    return _COURTESY.sub("", folded)


def has_marks(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark; a name without one was probably typed without marks."""
    return any(c in "đĐ" for c in text) or bool(_MARKS_BELOW.search(unicodedata.normalize("NFD", text)))


def grouped(number: int) -> str:
    """A whole number with a point between thousands: 1240 becomes 1.240."""
    return f"{number:,}".replace(",", ".")


def capital(words: str) -> str:
    """The words with a capital at the head, as a sentence begins."""
    return words[:1].upper() + words[1:]


def decimal_words(number: Decimal) -> str:
    """A number with a point between thousands and a comma before decimals: 1.240,75."""
    whole, _, rest = f"{number:f}".partition(".")
    return grouped(int(whole)) + (f",{rest}" if rest.rstrip("0") else "")
