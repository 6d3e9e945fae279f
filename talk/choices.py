"""Answers that are yes or no, or several of a list."""

from collections.abc import Sequence
from typing import Any

from talk.answers import Answer, NoLongerFits, Option, Unclear, match


class YesNo(Answer[bool]):
    """Yes or no, in the many ways people say it."""

    sample = False

    def __init__(self, yes: str, no: str):
        self._options = (
            Option(
                "yes", yes, ("co", "dung", "dung roi", "vang", "da", "u", "uh", "uk", "ok", "duoc", "roi", "co roi")
            ),
            Option("no", no, ("khong", "ko", "k", "hong", "khong co", "chua", "chua co", "khong dung", "thoi")),
        )

    def read_words(self, words: str) -> bool:
        option = match(words, self._options)
        if option is None:
            raise Unclear(f"Chưa rõ là có hay không. {self.hint()}")
        return option.key == "yes"

    def hint(self) -> str:
        yes, no = self._options
        return f"Gõ 1 là «{yes.label}», gõ 2 là «{no.label}»."

    def say(self, value: bool) -> str:
        return self._options[0 if value else 1].label

    def load(self, raw: Any) -> bool:
        if not isinstance(raw, bool):
            raise NoLongerFits("Câu này nay trả lời có hoặc không.")
        return raw

    def options(self) -> tuple[Option, ...]:
        return self._options

    def pick(self, key: str) -> Any:
        return key == "yes"


class ManyOf(Answer[tuple[str, ...]]):
    """Any number of fixed choices, at least one: `1 3`, `1,3`, or tapped one by one and closed with «xong»."""

    takes_several = True

    def __init__(self, options: Sequence[Option]):
        self._options = tuple(options)
        self._labels = {option.key: option.label for option in self._options}
        self.sample = (self._options[0].key,)

    def read_words(self, words: str) -> tuple[str, ...]:
        numbers = words.replace(",", " ").split()
        if all(number.isdecimal() for number in numbers):
            pieces = numbers
        elif match(words, self._options):
            pieces = [words]  # a label may hold a comma itself
        else:
            pieces = words.replace("\n", ",").replace(";", ",").split(",")
        found = [match(piece, self._options) for piece in pieces if piece.strip()]
        if not found or None in found:
            raise Unclear(f"Chưa rõ chọn những dòng nào. {self.hint()}")
        keys = {option.key for option in found if option}
        return tuple(option.key for option in self._options if option.key in keys)

    def hint(self) -> str:
        return "Gõ các số, cách nhau dấu phẩy, ví dụ: 1, 3."

    def say(self, value: tuple[str, ...]) -> str:
        return "; ".join(self._labels[key] for key in value)

    def dump(self, value: tuple[str, ...]) -> Any:
        return list(value)

    def load(self, raw: Any) -> tuple[str, ...]:
        if not isinstance(raw, list) or not raw or any(key not in self._labels for key in raw):
            raise NoLongerFits("Các lựa chọn của câu này đã đổi.")
        return tuple(raw)

    def options(self) -> tuple[Option, ...]:
        return self._options


def many_of(options: Sequence[Option]) -> ManyOf:
    """One or more of these options; a tuple of keys is the value."""
    return ManyOf(options)


def yes_no(yes: str = "Có", no: str = "Không") -> YesNo:
    """True or False."""
    return YesNo(yes, no)
