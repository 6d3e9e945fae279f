"""Words with which people put something off: «thôi», «để mai», «mai làm tiếp», «bận rồi», «tí nữa»."""

import re

from talk.keyboard import retyped
from talk.vietnamese import blunt, fold, has_marks, tidy

_WHEN = (
    r"(?:(?:ngay |sang |trua |chieu |toi )?mai|mot|(?:hom|luc|khi|buoi) (?:khac|sau)|(?:lat|ti|chut|choc|teo)(?: nua)?"
    r"|trua|chieu|(?:trua |chieu |toi )nay|tuan sau)"
)
_WHO = r"(?: (?:toi|em|anh|chi|bac|co|chu|nha|chung toi))?"
_GOES_ON = r" (?:lam|viet|ghi|dien|soan|nhan|nhap|tra loi|tiep)(?: tiep| not| sau| cho xong)*"
_PUT_OFF = re.compile(
    rf"(?:thoi )?(?:(?:de|hen|cho|hen den|de den) {_WHEN}{_WHO}(?:{_GOES_ON})?|{_WHEN}{_WHO}{_GOES_ON}"
    rf"|(?:de )?(?:lat|ti|chut|choc|teo) nua|(?:hom|luc|khi|buoi) khac|(?:de|lam|tinh) sau)"
)
_TIRED = re.compile(
    r"(?:thoi )?(?:(?:toi|em|anh|chi|bac|co|chu) )?"
    r"(?:(?:dang|gio) ban(?: viec)?|ban(?: viec)?(?: qua| roi| r| lam)+|met(?: qua| roi| r| lam)+)"
)
_ENOUGH = frozenset(
    {
        *("thoi", "thoi da", "thoi nghi", "thoi nghi da", "thoi dung", "the thoi", "den day thoi", "toi day thoi"),
        *("nghi da", "nghi tay", "nghi tay da", "nghi chut", "nghi ti", "nghi mot chut", "nghi mot ti", "tam nghi"),
        *("tam dung", "dung lai", "dung o day"),
    }
)
# Without marks these are other words, too: thời, bán rồi, ban rồi.
_BARE = frozenset({"thoi", "ban roi", "ban qua", "ban r"})
_WITH_MARKS = {"thoi": "thôi", "ban": "bận", "met": "mệt"}


def puts_off(words: str) -> bool:
    """Whether these words, all of them, put off what is being done."""
    return any(_puts_off(form) for form in (words, *retyped(words)))


def is_bare(words: str) -> bool:
    """Whether they could be other words, since the marks are missing."""
    return not has_marks(words) and blunt(fold(words)) in _BARE


def _puts_off(words: str) -> bool:
    plain = blunt(fold(words))
    if not (plain in _ENOUGH or _PUT_OFF.fullmatch(plain) or _TIRED.fullmatch(plain)):
        return False
    typed = tidy(words).lower()
    return not has_marks(typed) or all(marked in typed for bare, marked in _WITH_MARKS.items() if bare in plain.split())
