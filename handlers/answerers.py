"""Who answers a question, asked outside any talk or in the middle of a form; the first who knows answers."""

from collections.abc import Callable, Mapping

from handlers import figures, own_case, products, questions, support, topics
from handlers.said import Said
from handlers.visit import Visit
from ocop.asking import DISTRESS, understand
from ocop.figures import all_figures
from ocop.topics import all_topics
from talk.message import Tap

Answerer = Callable[[Visit, str], Said | None]

Follower = Callable[[Visit, Tap], Said | None]

FEWEST_WORDS = 3  # that say what is asked, where nothing else does

ANSWERERS: tuple[Answerer, ...] = (own_case.answer, figures.answer, products.answer, topics.answer)
# Who is meant by a choice under an answer, by the talk of its tap.
FOLLOWERS: Mapping[str, Follower] = {
    topics.TAP: topics.follow,
    figures.TAP: figures.follow,
    support.TAP: support.follow,
}


def get_ready() -> None:
    """Read what answers come from, so that the first question of all waits for no disk."""
    understand("OCOP là gì?")
    all_topics()
    all_figures()


def answer(visit: Visit, words: str) -> Said | None:
    """What is said to these words; None when nobody takes them for a question."""
    return next((said for answerer in ANSWERERS if (said := answerer(visit, words))), None)


def guess(visit: Visit, words: str) -> str | None:
    """What is said to words in the middle of a form that fit nothing there and seem to ask something, as many do."""
    if visit.understood.decision != "answer" or len(words.split()) < FEWEST_WORDS:
        return None
    said = answer(visit, words)
    return said.in_a_form if said else None


def aside(visit: Visit, words: str) -> str | None:
    """What is said to words in the middle of a form when they clearly ask something; None when they do not."""
    if visit.understood.kind != DISTRESS and (not questions.asks(words) or len(words) > questions.LONGEST_ASIDE):
        return None
    said = answer(visit, words)
    return said.in_a_form if said else questions.NOT_KNOWN
