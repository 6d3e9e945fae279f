"""Answers that officials gave: whoever asks the same is given them, with no restart in between."""

from handlers.said import Said
from handlers.unanswered.words import told
from handlers.visit import Visit
from ocop.asking import DISTRESS
from ocop.asking.likeness import SAME, nearest
from storage import questions

SURELY_SAME = 0.75  # where a topic answers as well, the question has to be this like one an official answered
READ_AT_MOST = 1_000  # characters


def answer(visit: Visit, words: str) -> Said | None:
    """What an official answered to this very question; None where none did."""
    understood = visit.understood
    if understood.kind == DISTRESS or not words:
        return None
    found = questions.in_force(visit.db, visit.today)
    asked = words[:READ_AT_MOST]
    likeness, _, one = max(((nearest(asked, texts), one.id, one) for one, texts in found), default=(0.0, 0, None))
    if one is None or likeness < (SURELY_SAME if understood.decision == "answer" else SAME):
        return None
    return Said(told(visit, one))
