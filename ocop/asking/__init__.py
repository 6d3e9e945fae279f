"""Understands what somebody asks: which topics they may mean, how sure that is, or what else they want.

    understand("dk ocop can giay to j")      → answer, dossier-contents
    understand("giay het han")               → offer, re-evaluation, certificate-validity, …
    understand("đăng ký kết hôn ở xã")       → none, another office's matter

A question is read into words (`words`), weighed by what it shares with the wordings of each topic (`learning` has
weighed them beforehand, `make train`; `model` keeps the result) and answered only where that leaves little doubt. What
the assistant does not answer is learned the same way, from data/out_of_scope.toml, so "none" is a verdict of its own.

Nothing is kept between two calls, nothing is fetched; a question takes a millisecond.
"""

from dataclasses import dataclass, replace
from typing import Literal

from ocop.asking.bank import EMPTY, Bank
from ocop.asking.model import OTHER, weigh
from ocop.asking.parts import parts
from ocop.asking.words import is_english

Decision = Literal["answer", "offer", "none"]

QUESTION, UNKNOWN, DISTRESS = "question", "unknown", "distress"

NEAR = 3
"""How many topics are named at most."""

_SURE = 0.55  # from this share on a topic is answered
_SURE_OF_A_PART = 0.8  # the same for each of two questions in one
_CARE = 0.3  # from this share on distress goes before everything
_ELSEWHERE = 0.4  # from this share on, and where it is more than the best topic has, it is not ours
_LOST = 0.2  # below this share of the best three together nothing fits
_SPARK = 0.02  # a topic with less is not even named


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text asks. `topics` stand best first."""

    decision: Decision
    topics: tuple[str, ...]  # answer: the topic to answer from, then what else is near; offer: at most three; none: ()
    kind: str  # "question"; of a none "unknown", or its list in data/out_of_scope.toml: "insults", "greetings", "far" …
    second: str = ""  # the topic of a second question in the same text, to be answered as well
    is_english: bool = False


NOTHING = Understood("none", (), UNKNOWN)
"""What is understood where nothing was said."""


def understand(text: str, bank: Bank = EMPTY) -> Understood:
    """What a text asks. `bank`: wordings beside those the model learned, as officials' answers have them."""
    if not any(map(str.isalpha, text)):  # numbers and signs alone answer something, they ask nothing
        return NOTHING
    whole = _understand(text, bank)
    likeliest = [_weighed(part, bank)[0] for part in parts(text)]
    asked = {label for label, share in likeliest if share >= _SURE_OF_A_PART and not label.startswith(OTHER)}
    # A part alone is easily misread, so what the whole asks has to be one of the two.
    if len(asked) < 2 or not asked.intersection(whole.topics[:1]):
        return whole
    (second,) = asked.difference(whole.topics[:1])
    return replace(whole, decision="answer", second=second)


def _understand(text: str, bank: Bank) -> Understood:
    weighed = _weighed(text, bank)
    english = is_english(text)
    others = [(label.removeprefix(OTHER), share) for label, share in weighed if label.startswith(OTHER)]
    topics = [(label, share) for label, share in weighed if not label.startswith(OTHER)][:NEAR]
    near = tuple(label for label, share in topics if share >= _SPARK)
    if dict(others)[DISTRESS] >= _CARE:
        return Understood("none", (), DISTRESS, is_english=english)
    if topics[0][1] >= _SURE:
        return Understood("answer", near, QUESTION, is_english=english)
    elsewhere = sum(share for _, share in others)
    is_other = elsewhere >= max(_ELSEWHERE, topics[0][1])
    if is_other or sum(share for _, share in topics) < _LOST:
        return Understood("none", (), others[0][0] if is_other else UNKNOWN, is_english=english)
    return Understood("offer", near, QUESTION, is_english=english)


def _weighed(text: str, bank: Bank) -> list[tuple[str, float]]:
    """Every label with its share, the likeliest first."""
    weighed = weigh(text)
    shares = dict(weighed)
    label, share = weighed[0]
    topic, said = bank.speaks_for(text, is_sure=share >= _SURE and not label.startswith(OTHER))
    if not said or shares[f"{OTHER}{DISTRESS}"] >= _CARE:
        return weighed
    shares = {label: share * (1 - said) for label, share in shares.items()}
    shares[topic] = shares.get(topic, 0.0) + said
    return sorted(shares.items(), key=lambda one: -one[1])
