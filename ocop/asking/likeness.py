"""How alike two questions are, and which of many ask the same."""

from collections.abc import Sequence

from ocop.asking.model import alike
from talk.vietnamese import fold

SAME = 0.55
"""From this likeness on two questions ask the same."""

COMPARED = 60  # different questions, those asked most; each with each takes 20 ms


def nearest(text: str, wordings: Sequence[str]) -> float:
    """How alike a question is to the one of these wordings it is most alike."""
    return max((alike(text, wording) for wording in wordings), default=0.0)


def grouped(texts: Sequence[str]) -> list[list[int]]:
    """The places of the texts in groups that ask the same, the biggest group first and in each the oldest text.

    The same words stand together always, others that ask the same where they are among the COMPARED.
    """
    same: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        same.setdefault(fold(text), []).append(place)
    by_count = sorted(same.values(), key=len, reverse=True)
    groups: list[list[int]] = []
    for places in by_count[:COMPARED]:
        likeness = [(alike(texts[places[0]], texts[group[0]]), number) for number, group in enumerate(groups)]
        best, number = max(likeness, default=(0.0, 0))
        if best >= SAME:
            groups[number].extend(places)
        else:
            groups.append(list(places))
    groups += by_count[COMPARED:]
    return sorted(map(sorted, groups), key=len, reverse=True)
