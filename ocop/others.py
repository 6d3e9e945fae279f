"""Whether somebody asks for what is private to another person: their phone number, where they live, their papers."""

import re
from collections.abc import Callable
from functools import cache

from ocop.tables import read_lists
from talk.vietnamese import fold, has_marks, tidy

LONGEST = 16  # words; a story names many people and asks something else


def asks_for_anothers(text: str) -> bool:
    """Whether these words ask for another person's number, address or papers."""
    words = tidy(text).lower()
    if len(words.split()) > LONGEST:
        return False
    return bool(_asking(str).search(words) if has_marks(words) else _asking(fold).search(fold(words)))


@cache
def _asking(spell: Callable[[str], str]) -> re.Pattern[str]:
    """What asks for it, as `spell` writes words."""
    lists = {name: "|".join(map(spell, words.split(", "))) for name, words in read_lists("others").items()}
    titles = lists["titles"] if spell is fold else f"{lists['titles']}|{lists['marked_titles']}"
    somebody = rf"(?:{titles}) (?!(?:{lists['no_names']})\b)\w+"
    theirs = rf"\b(?:{lists['private']})(?: (?:{lists['of']}))* {somebody}"
    of_theirs = rf"\b{somebody}(?: \w+){{0,5}} (?:{lists['private']})(?: (?:{lists['what']}))?\W*$"
    papers = rf"\b(?:{lists['papers']})(?: (?:{lists['of']}))+ {somebody}"
    return re.compile("|".join((theirs, of_theirs, papers)))
