"""Yes and no in the many ways people type them, with the marks that tell them from other words."""

from collections.abc import Mapping, Sequence

from talk.matching import heard, says
from talk.message import LONGEST_CHOICE
from talk.vietnamese import fold

YES = (
    *("có", "có rồi", "có r", "có chứ", "đúng", "đúng rồi", "đúng r", "đúng òi", "đúng vậy", "đúng thế"),
    *("chính xác", "chắc chắn", "phải", "phải rồi", "vâng", "dạ", "ừ", "ừm", "ừa", "u", "uh", "uhm", "uk", "uki"),
    *("ok", "okk", "oke", "okie", "oki", "okay", "được", "đc", "rồi", "đồng ý", "nhất trí", "yes"),
)
_NOT = ("không", "ko", "k", "hông", "hong", "hok", "hem")
NO = (
    *_NOT,
    *(f"{word} {verb}" for word in _NOT for verb in ("có", "phải", "đúng", "cần", "có đâu")),
    *("kh", "kg", "khog", "sai", "sai roi", "chưa", "chưa có", "chưa đúng", "chưa đâu", "đâu có", "khỏi", "làm gì có"),
    *("thôi", "no"),
)
_CALLED = ("e", "em", "anh", "chị", "bác", "chú")
# «ơi» only after somebody: "co oi" is cô ơi, a call and no yes.
_COURTESY = (*_CALLED, *(f"{who} ơi" for who in _CALLED), "dạ", "ạ", "a", "ah", "nhé", "nha", "đó", "đấy")
_LONGEST = 3  # words in the longest of these


def _by_fold(wordings: Sequence[str]) -> Mapping[str, Sequence[str]]:
    return {plain: [word for word in wordings if fold(word) == plain] for plain in map(fold, wordings)}


_FOLDED_YES, _FOLDED_NO, _FOLDED_COURTESY = _by_fold(YES), _by_fold(NO), _by_fold(_COURTESY)


def verdict(words: str) -> bool | None:
    """Whether these words are a yes or a no and nothing else; None when they are neither, or both."""
    if len(words) > LONGEST_CHOICE:
        return None
    for form in heard(words):
        if (found := _verdict(form.split())) is not None:
            return found
    return None


def _verdict(words: Sequence[str]) -> bool | None:
    if all(fold(word) in ("da", "a") for word in words[1:]):
        words = words[:1]  # «dạ ạ», where «dạ» is no mere courtesy
    said: set[bool] = set()
    place = 0
    while place < len(words):
        for length in range(_LONGEST, 0, -1):
            phrase = " ".join(words[place : place + length])
            is_courtesy = length < len(words) and _is_among(phrase, _FOLDED_COURTESY)
            is_yes = _is_among(phrase, _FOLDED_YES)
            if is_courtesy or is_yes or _is_among(phrase, _FOLDED_NO):
                break
        else:
            return None
        if not is_courtesy:
            said.add(is_yes)
        place += length
    return said.pop() if len(said) == 1 else None


def _is_among(phrase: str, wordings: Mapping[str, Sequence[str]]) -> bool:
    """Whether the phrase is one of these, word for word: «dạ không» is two of them."""
    return says((phrase,), *wordings.get(fold(phrase), ()))
