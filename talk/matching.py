"""Which of a few wordings a person means: by number, in full, in part, without marks, with a slip of the keyboard."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from talk.keyboard import retyped
from talk.message import LONGEST_CHOICE
from talk.vietnamese import blunt, fold, fold_wording, has_marks, tidy

_BY_NUMBER = re.compile(r"(?:(?:chon|lay|so|cau|muc|cai|dong|thu) ?)+(\d{1,2}|[a-z]+)")
_SPELLED = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam")
_FIRST = frozenset({"dau tien", "cai dau tien", "cai dau", "thu nhat"})


def heard(words: str) -> tuple[str, ...]:
    """The words as typed, and as they were meant if the keyboard slipped."""
    return (words, *retyped(words))


def says(forms: Sequence[str], *wordings: str) -> bool:
    """Whether what was `heard` is one of these: without marks, politely or with a slip, but not with other marks."""
    for form in forms:
        typed = fold(form)
        bare = blunt(typed)
        for wanted in wordings:
            ours = fold_wording(wanted)
            if ours and ours in (typed, bare) and _marks_agree(form, ours, wanted):
                return True
    return False


def best(words: str, wordings: Sequence[Sequence[str]], *, exact: bool = False) -> int | None:
    """The place of the choice these words mean; each choice has its label and other words for it.

    None when nothing fits, or when more than one does: a choice is never guessed between two. `exact`: a part of
    the label's beginning will do, a part or a near miss of anything else will not.
    """
    if len(words) > LONGEST_CHOICE:
        return None
    for form in heard(words):
        for typed in dict.fromkeys((fold(form), blunt(fold(form)))):
            if not typed:
                continue
            if (number := _number(typed)) is not None:
                return number - 1 if 0 < number <= len(wordings) else None
            if (found := _best(form, typed, wordings, exact)) is not None:
                return found
    return None


def _best(form: str, typed: str, wordings: Sequence[Sequence[str]], exact: bool) -> int | None:
    tests: tuple[Callable[[str, bool], bool], ...] = (
        lambda name, is_label: name == typed,
        lambda name, is_label: (
            (name.startswith(typed + " ") and (is_label or not exact))
            or (not exact and len(typed) > 2 and f" {typed} " in f" {name} ")
        ),
        lambda name, is_label: not exact and len(typed) > 4 and fuzz.ratio(name, typed) >= 85,
    )
    for fits in tests:
        hits = [
            place
            for place, names in enumerate(wordings)
            if any(fits(fold_wording(name), name is names[0]) and _marks_agree(form, typed, name) for name in names)
        ]
        if hits:
            return hits[0] if len(hits) == 1 else None
    return None


def _number(typed: str) -> int | None:
    """The number typed, alone or as «số 1»."""
    if typed.isdecimal():
        return int(typed) if len(typed) < 3 else 0  # a number no list is as long as may be longer than int() takes
    if typed in _FIRST:
        return 1
    found = _BY_NUMBER.fullmatch(typed)
    if not found:
        return None
    if found[1].isdecimal():
        return int(found[1])
    return _SPELLED.index(found[1]) + 1 if found[1] in _SPELLED else None


def _marks_agree(form: str, typed: str, wanted: str) -> bool:
    """Whether a single word carries no other marks than the wanted one: "đung" may be "đúng", "dừng" may not.

    Marks left out are no others, and hỏi is as good as ngã. A wording written without marks takes any.
    """
    if " " in typed or not has_marks(form) or not has_marks(wanted):
        return True
    given = [_marks(word) for word in tidy(form).lower().split() if fold(word) == typed]
    allowed = [_marks(word) for word in wanted.lower().split() if fold(word) == typed]
    return not allowed or any(one <= other for one in given for other in allowed)


def _marks(word: str) -> set[str]:
    letters = unicodedata.normalize("NFD", word).replace("\u0303", "\u0309")
    return {c for c in letters if unicodedata.combining(c) or c == "đ"}
