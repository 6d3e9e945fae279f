"""Words that steer any talk, whatever is being asked: quay lại, sửa 4, xem lại, gặp cán bộ."""

import re

from talk.keyboard import retyped
from talk.progress import Act
from talk.vietnamese import blunt, fold, has_marks, tidy

COMMANDS: dict[str, tuple[str, ...]] = {
    "back": ("quay lại", "trở lại", "lùi lại", "câu trước"),
    "skip": ("bỏ qua", "bỏ qua câu này"),
    "none_yet": ("chưa có", "chưa", "không có", "ko có", "k có"),
    "keep": ("giữ nguyên",),
    "cancel": ("bỏ tờ này", "hủy tờ này", "hủy bỏ"),
    "review": ("xem lại", "xem lại cả tờ", "xem cả tờ", "xem lại đã ghi"),
    "repeat": ("nhắc lại", "hỏi lại", "nói lại"),
    "person": ("gặp cán bộ", "hỏi cán bộ", "gặp người", "gọi cán bộ"),
    "home": ("menu", "/menu", "về đầu", "thoát", "để sau", "nghỉ"),
    "finish": ("xong", "xong rồi"),
    "more": ("xem thêm",),
    "why": ("vì sao", "vì sao hỏi", "vì sao hỏi câu này", "tại sao hỏi"),
}
_BY_WORD = {fold(word): name for name, words in COMMANDS.items() for word in words}
_SINGLE = {fold(word): word for words in COMMANDS.values() for word in words if " " not in word}
_EDIT = re.compile(r"sua ?(?:lai )?(?:cau ?)?(?:muc ?)?(?:so ?)?(\d{1,3})")

# Without its mark this word is also a name, so it is asked back instead of obeyed.
_CANCEL_MARKED = frozenset({"hủy", "huỷ"})
_CANCEL_BARE = frozenset({"huy"})
_BARE_NO = frozenset({"khong", "ko", "hong"})


def command(words: str) -> Act | None:
    """The command these words are, all of them and nothing else; None when they are no command.

    A slip of the keyboard is undone in commands of several words; a single one may be an answer.
    """
    for form in (words, *retyped(words)):
        if (act := _command(form)) and (form is words or " " in form.strip()):
            return act
    return None


def _command(words: str) -> Act | None:
    plain = blunt(fold(words))
    if edit := _EDIT.fullmatch(plain):
        return Act("edit", int(edit[1]))
    if tidy(words).lower().strip(" .!") in _CANCEL_MARKED:
        return Act("cancel")
    name = _BY_WORD.get(plain)
    return Act(name) if name and not _is_another_word(words, plain) else None


def _is_another_word(words: str, plain: str) -> bool:
    """Whether other marks make a single word another one: "Nghị" is a name, "nghỉ" and "nghi" are not."""
    return plain in _SINGLE and has_marks(words) and _SINGLE[plain] not in tidy(words).lower()


def is_bare_cancel(words: str) -> bool:
    """Whether this is "huy" without its mark: to cancel, or somebody's name."""
    return tidy(words).lower().strip(" .!") in _CANCEL_BARE


def is_bare_no(words: str) -> bool:
    """Whether this is only a no: where an answer may be left out, that there is none."""
    return blunt(fold(words)) in _BARE_NO
