"""Answers that are an email address."""

import re
from typing import Any

from talk.answers import Answer, NoLongerFits, Unclear, shortened
from talk.vietnamese import unmarked

_ADDRESS = re.compile(r"[a-z0-9](?:[a-z0-9._%+-]*[a-z0-9_+-])?@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}")
_BETWEEN = re.compile(r"\s*([@.,])\s*")
_AT_SAID = re.compile(r"\s*(?:\(at\)|\[at\]|\ba cong\b|\ba vong\b|\ba moc\b)\s*")
_AROUND = re.compile(r"^(?:(?:dia chi )?e-?mail(?: la)?|mail(?: la)?|gmail la)\s*[:\-]?\s*|^mailto:|[\s.,;>)]+$|^[<(]")
LONGEST = 100

# The providers people here have, and how thumbs miss them.
_PROVIDERS = ("gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com", "icloud.com")
_SLIPS = {
    **dict.fromkeys(
        [
            *("gmail", "gmail.co", "gmail.vn", "gmail.com.vn", "gmail.con.vn", "gmai.com", "gmial.com", "gmal.com"),
            *("gamil.com", "gmaill.com", "gmaik.com", "gimail.com", "gmeil.com"),
        ],
        "gmail.com",
    ),
    **dict.fromkeys(("yahoo", "yahoo.co", "yaho.com", "yahho.com", "yahoo.vn"), "yahoo.com"),
    **dict.fromkeys(("hotmail", "hotmal.com", "hotmai.com"), "hotmail.com"),
    **dict.fromkeys(("outlook", "outlok.com"), "outlook.com"),
    "icloud": "icloud.com",
}
_ENDINGS = {".con": ".com", ".cm": ".com", ".om": ".com", ".comm": ".com", ".vm": ".vn", ".v": ".vn"}


class Email(Answer[str]):
    """An email address in small letters; one that looks mistyped is said back before it is kept."""

    sample = "htxbanmau@gmail.com"

    def read_words(self, words: str) -> str:
        typed = _AROUND.sub("", _AROUND.sub("", unmarked(words[: 2 * LONGEST]).strip()))
        meant = _mended(typed)
        if len(meant) > LONGEST or not _ADDRESS.fullmatch(meant) or ".." in meant:
            raise Unclear(f"«{shortened(words, 40)}» chưa phải địa chỉ email. {self.hint()}")
        if meant != typed:
            raise self.sure_of(words, meant)
        return meant

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ {self.sample}. Chưa có thì gõ «chưa có»."

    def say(self, value: str) -> str:
        return value

    def echo(self, value: str) -> str:
        return f"Đã ghi {value}"

    def load(self, raw: Any) -> str:
        if not isinstance(raw, str) or not _ADDRESS.fullmatch(raw):
            raise NoLongerFits("Câu này nay cần địa chỉ email.")
        return raw


def email() -> Email:
    """An email address."""
    return Email()


def _mended(typed: str) -> str:
    """The address as it was most likely meant; the words as they are where nothing is to be mended."""
    words = _AT_SAID.sub("@", typed)
    words = _BETWEEN.sub(lambda sign: "." if sign[1] == "," else sign[1], words)
    name, at, host = words.partition("@")
    if not at:
        # "htxbanmau gmail.com", "htxbanmaugmail.com"
        ending = next((one for one in _PROVIDERS if words.endswith(one) and len(words) > len(one)), "")
        return f"{words.removesuffix(ending).strip()}@{ending}" if ending else words
    host = _SLIPS.get(host) or host
    ending = next((slip for slip in _ENDINGS if host.endswith(slip)), "")
    if ending:
        host = host.removesuffix(ending) + _ENDINGS[ending]
    return f"{name}@{_SLIPS.get(host) or host}"
