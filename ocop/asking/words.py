"""The words of a question as all of them are compared: without marks, short forms written out, Telex undone."""

import re
from functools import cache, lru_cache

from ocop.place_names import without_local_names
from ocop.tables import read_lists
from talk.keyboard import retyped
from talk.vietnamese import fold, tidy, unmarked

LONGEST = 1000  # characters; a question stands in far fewer, and what comes after is cut off

_WORD = re.compile(r"\w+")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:a[iouy]?|e[ou]?|i[au]?|ieu?|o[aei]?|oa[iy]|oo|u[aeiouy]?|uay|uoi|uou|uy[aeu]|y|yeu?)"
    "(?:ch?|m|ngh?|nh?|p|t)?"
)
_A_PLACE = "place"
_LONG_NUMBER = re.compile(r"\d{3,}")
# None of them is a Vietnamese word, also without marks.
_ENGLISH = frozenset(
    [
        *("what", "how", "when", "where", "which", "who", "is", "are", "does", "did", "i", "you", "your", "our", "we"),
        *("of", "for", "from", "by", "with", "and", "or", "if", "this", "that", "there", "have", "has", "get", "know"),
        *("want", "need", "should", "please", "tell"),
    ]
)


def words_of(text: str) -> list[str]:
    """The words that were meant: `dk sp can j` and `ddawng kys sanr phaamr caanf gif` become nearly the same."""
    typed = _WORD.findall(tidy(text[:LONGEST]).lower())
    if _are_english(typed):
        return [unmarked(word) for word in typed]
    words = [word for one in typed for word in meant(one)]
    return without_local_names(words, instead=[_A_PLACE])  # which one it is says nothing of the topic


def is_english(text: str) -> bool:
    """Whether a text is in English."""
    return _are_english(_WORD.findall(tidy(text[:LONGEST]).lower()))


def _are_english(words: list[str]) -> bool:
    found = sum(word in _ENGLISH for word in words)
    return found >= 2 and found * 5 >= len(words)


def is_syllable(plain: str) -> bool:
    """Whether a word without marks could be Vietnamese."""
    return _SYLLABLE.fullmatch(plain) is not None


@lru_cache(maxsize=8192)
def meant(word: str) -> tuple[str, ...]:
    """What a single word stands for, without marks: short forms written out, Telex undone."""
    plain = unmarked(word)
    if meant := _short_forms().get(word) or _short_forms().get(plain):
        return meant
    if not plain.isdecimal() and not _SYLLABLE.fullmatch(plain):
        plain = next((made for form in retyped(word) if _SYLLABLE.fullmatch(made := unmarked(form))), plain)
    return (_LONG_NUMBER.sub("9", plain),)  # a telephone number says no more than that it is one


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    lists = read_lists("abbreviations")
    return {form: tuple(fold(meaning).split()) for meaning, forms in lists.items() for form in forms.split()}
