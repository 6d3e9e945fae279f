"""Vietnamese as other hands would put it: on a keyboard that is off, or a number in words."""

import unicodedata

_TELEX = {
    **{"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"},
    **{"\u031b": "w", "\u0306": "w"},
}
_VNI = {
    **{"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"},
    **{"\u0302": "6", "\u031b": "7", "\u0306": "8"},
}
_TONES = frozenset("\u0301\u0300\u0309\u0303\u0323")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def telex(word: str) -> str:
    """The keys a Telex typist presses for this word, the tone last."""
    return _keys(word, _TELEX, "d", "")


def vni(word: str) -> str:
    """The keys a VNI typist presses for this word, the tone last."""
    return _keys(word, _VNI, "9", "6")


def in_words(number: int) -> str:
    """A whole number below a thousand billions, as it is read out at school."""
    words: list[str] = []
    for name, size in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("", 1)):
        group = number // size % 1_000
        if not words and not group:
            continue
        if group or (number % size and words):
            words += [*_group(group, is_first=not words), name]
    return " ".join(word for word in words if word) or "không"


def _group(group: int, is_first: bool) -> list[str]:
    if not group:
        return ["không"]
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0 and ones:
        return [*words, *(["linh"] if words else []), _DIGITS[ones]]
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    if ones:
        after_tens = {1: "mốt", 4: "tư"} if tens > 1 else {}
        words.append("lăm" if ones == 5 else after_tens.get(ones, _DIGITS[ones]))
    return words


def _keys(word: str, keys: dict[str, str], stroke: str, circumflex: str) -> str:
    typed, tone = "", ""
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in _TONES:
            tone = keys[c]
        elif c == "đ":
            typed += f"d{stroke}"
        elif c == "\u0302":
            typed += circumflex or typed[-1]
        else:
            typed += keys.get(c, c)
    return typed + tone
