"""Answers that are yes or no, or several of a list."""

import re
from collections.abc import Sequence
from typing import Any

from talk.agreement import NO, YES, verdict
from talk.answers import Answer, NoLongerFits, Option, Reading, Several, Unclear, match, shortened
from talk.matching import heard
from talk.message import LONGEST_CHOICE
from talk.vietnamese import blunt, fold

_PIECES = re.compile(r"[,;&+\n]|(?<=\d)\.(?=\d)|\b(?:và|va|với|voi)\b", re.IGNORECASE)
_RANGE = re.compile(r"(?P<whole>từ |tu )?(\d{1,2}) ?(?:-+>?|[–—~→]|đến|den|tới|toi) ?(\d{1,2})", re.IGNORECASE)
_ALL = frozenset({"tat ca", "het", "chon het", "chon tat ca", "ca"})


def is_range(words: str) -> bool:
    """Whether these words are two numbers with a dash or «đến» between: the ones between may be meant, or not."""
    return bool(_RANGE.fullmatch(words))


class YesNo(Answer[bool]):
    """Yes or no, in the many ways people say it."""

    is_choice = True
    sample = False

    def __init__(self, yes: str, no: str):
        self._options = (Option("yes", yes, YES), Option("no", no, NO))

    def read_words(self, words: str) -> bool:
        if option := match(words, self._options, exact=True):
            return option.key == "yes"
        if (said := verdict(words)) is None:
            raise Unclear(f"Chưa rõ là có hay không. {self.hint()}")
        return said

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

    is_choice = True
    takes_several = True

    def __init__(self, options: Sequence[Option]):
        self._options = tuple(options)
        self._labels = {option.key: option.label for option in self._options}
        self.sample = (self._options[0].key,)

    def read_words(self, words: str) -> tuple[str, ...]:
        if len(words) > LONGEST_CHOICE:
            raise Unclear(f"Chưa rõ chọn những dòng nào. {self.hint()}")
        plain = blunt(fold(words))
        if plain in _ALL or plain == f"ca {len(self._options)}":
            return tuple(self._labels)
        if found := _RANGE.fullmatch(words):
            return self._between(words, int(found[2]), int(found[3]), is_whole=bool(found["whole"]))
        for form in heard(words):
            if keys := self._keys(form):
                return self._in_order(keys)
        raise Unclear(f"Chưa rõ chọn những dòng nào. {self.hint()}")

    def _keys(self, words: str) -> set[str]:
        """The choices named one after the other; none when any piece is none of them.

        A label may hold a comma or «và» itself, so the longest run of pieces that is a choice counts as one.
        """
        if option := match(words, self._options):
            return {option.key}
        pieces = [piece.strip() for piece in _PIECES.split(words) if fold(piece)]
        if all(piece.replace(" ", "").isdecimal() for piece in pieces):
            pieces = [number for piece in pieces for number in piece.split()]
        keys: set[str] = set()
        while pieces:
            for length in range(len(pieces), 0, -1):
                if option := match(" ".join(pieces[:length]), self._options):
                    break
            else:
                return set()
            keys.add(option.key)
            pieces = pieces[length:]
        return keys

    def _between(self, words: str, first: int, last: int, *, is_whole: bool) -> tuple[str, ...]:
        """«từ 1 đến 3» is all of them; «1-3» may be the two alone."""
        if not 1 <= first < last <= len(self._options):
            raise Unclear(f"Chỉ có các số ở dưới. {self.hint()}")
        keys = list(self._labels)
        whole, ends = tuple(keys[first - 1 : last]), (keys[first - 1], keys[last - 1])
        if is_whole or whole == ends:
            return whole
        readings = [Reading(self.dump(value), self.say(value)) for value in (whole, ends)]
        raise Several(f"«{shortened(words, 40)}» là những dòng nào ạ?", readings)

    def _in_order(self, keys: set[str]) -> tuple[str, ...]:
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
