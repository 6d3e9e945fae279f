"""What the words of a question stand for: "hàng nhái", "giả mạo" and "counterfeit" are one concept.

Two questions may share no word and still ask the same. The concepts (data/concepts.toml) are our own reading of how
people speak; English is understood by them.
"""

from functools import cache

from ocop.tables import read_lists
from talk.vietnamese import fold


def concepts_in(words: list[str]) -> list[str]:
    """The concepts that words name, in their order; of two that overlap the longer one."""
    phrases, longest = _phrases()
    found: list[str] = []
    start = 0
    while start < len(words):
        for length in range(min(longest, len(words) - start), 0, -1):
            if named := phrases.get(tuple(words[start : start + length])):
                found += named
                start += length
                break
        else:
            start += 1
    return found


@cache
def _phrases() -> tuple[dict[tuple[str, ...], list[str]], int]:
    phrases: dict[tuple[str, ...], list[str]] = {}
    for concept, listed in read_lists("concepts").items():
        for phrase in listed.split(","):
            named = phrases.setdefault(tuple(fold(phrase).split()), [])
            if concept not in named:
                named.append(concept)
    return phrases, max(map(len, phrases))
