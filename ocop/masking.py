"""Takes out of a question what tells who asked: phone and paper numbers, addresses of e-mail, names."""

import re
from itertools import takewhile

_EMAIL = re.compile(r"\S+@\S+\.\S+")
_NUMBER = re.compile(r"\+?\d(?:[\s.\-]?\d){5,}")
_CALLED = re.compile(r"\b([Tt]ên(?: là)?|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ác|[Cc]ô|[Cc]hú) (\w+(?: \w+)*)")


def masked(text: str) -> str:
    """The text with "[email]", "[số]" and "[tên]" in the place of what names somebody."""
    return _CALLED.sub(_without_name, _NUMBER.sub("[số]", _EMAIL.sub("[email]", text)))


def _without_name(match: re.Match[str]) -> str:
    """What somebody is called, and the words after it without those in capitals it begins with."""
    words = match[2].split(" ")
    name = list(takewhile(lambda word: word[0].isupper(), words))
    left = ["[tên]", *words[len(name) :]] if name else words
    return " ".join((match[1], *left))
