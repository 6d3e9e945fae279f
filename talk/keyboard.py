"""Telex and VNI as they look when the phone's Vietnamese keyboard is off: `khoong`, `dduwowcj`, `co1`, `d9u1ng`."""

import re
import unicodedata
from functools import lru_cache

from talk.vietnamese import unmarked

_WORD = re.compile(r"[a-z0-9]+")
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_SHAPES = {"6": ("aeo", "\u0302"), "7": ("uo", "\u031b"), "8": ("a", "\u0306")}
_CIRCUMFLEX, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_VOWELS = frozenset("aeiouy")
_LONGEST_WORD = 12  # nghieengs, with room


@lru_cache(maxsize=64)  # one turn asks about the same words several times
def retyped(words: str) -> tuple[str, ...]:
    """What these words would have become on a Telex and on a VNI keyboard; empty where they would not change.

    Only to be compared with what was expected: a mark may stand on another vowel of its word than people write it.
    """
    plain = words.lower()
    made = (_WORD.sub(_telex, plain), _WORD.sub(_vni, plain))
    return tuple(dict.fromkeys(text for text in made if text != plain))


def _telex(found: re.Match[str]) -> str:
    word = found[0]
    if len(word) > _LONGEST_WORD or not word.isalpha():
        return word
    letters: list[str] = []
    tone = ""
    for c in word:
        if c in _TELEX_TONES and _VOWELS.intersection("".join(letters)):
            tone = _TELEX_TONES[c]
        elif c == "d" and letters[:1] == ["d"] and (len(letters) == 1 or letters[-1] != "d"):
            letters[0] = "đ"
        elif c in "aeo" and c in letters:
            _shape(letters, c, _CIRCUMFLEX)
        elif c == "w":
            last = next((letter for letter in reversed(letters) if letter in "auo"), "")
            if not last:
                letters.append("ư")
            elif last == "a":
                _shape(letters, "a", _BREVE)
            else:
                _shape(letters, "uo", _HORN, every=True)
        else:
            letters.append(c)
    return _toned(letters, tone)


def _vni(found: re.Match[str]) -> str:
    word = found[0]
    if len(word) > _LONGEST_WORD or not word[0].isalpha() or word.isalpha():
        return word
    letters: list[str] = []
    tone = ""
    for c in word:
        if c in _VNI_TONES and _VOWELS.intersection("".join(letters)):
            tone = _VNI_TONES[c]
        elif c in _VNI_SHAPES and _shape(letters, *_VNI_SHAPES[c], every=c == "7"):
            pass
        elif c == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif c.isdecimal():
            return word
        else:
            letters.append(c)
    return _toned(letters, tone)


def _shape(letters: list[str], which: str, mark: str, every: bool = False) -> bool:
    """Put the mark on the last of these vowels, or on all of them (ươ); whether there was one."""
    places = [place for place, letter in enumerate(letters) if letter in which]
    for place in places if every else places[-1:]:
        letters[place] += mark
    return bool(places)


def _toned(letters: list[str], tone: str) -> str:
    last = max((place for place, letter in enumerate(letters) if unmarked(letter)[:1] in _VOWELS), default=-1)
    if tone and last >= 0:
        letters[last] += tone
    return unicodedata.normalize("NFC", "".join(letters))
