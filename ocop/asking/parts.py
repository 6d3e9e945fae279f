"""Takes two questions in one message apart: "làm ocop mất bao nhiêu tiền và bao lâu thì xong"."""

import re

from talk.vietnamese import tidy

_BETWEEN = re.compile(r"\?+\s*|;\s*|,?\s+(?:và|với lại|voi lai|va|and|also)\s+|,\s+", re.IGNORECASE)
_LONGEST = 30  # words; a story has many parts and one question
_SHORTEST = 2


def parts(text: str) -> list[str]:
    """The two parts of a text that may be two questions; none where it has fewer parts or more."""
    if len(text.split()) > _LONGEST:
        return []
    found = [part for part in _BETWEEN.split(tidy(text)) if len(part.split()) >= _SHORTEST]
    return found if len(found) == 2 else []
