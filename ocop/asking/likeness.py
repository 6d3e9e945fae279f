"""How alike two questions are, and which of many ask the same."""

from collections.abc import Sequence

from ocop.asking.model import alike

SAME = 0.55
"""From this likeness on two questions ask the same."""


def nearest(text: str, wordings: Sequence[str]) -> float:
    """How alike a question is to the one of these wordings it is most alike."""
    return max((alike(text, wording) for wording in wordings), default=0.0)


def grouped(texts: Sequence[str]) -> list[list[int]]:
    """The places of the texts in groups that ask the same, the biggest group first and in each the oldest text."""
    groups: list[list[int]] = []
    for place, text in enumerate(texts):
        likeness = [(alike(text, texts[group[0]]), number) for number, group in enumerate(groups)]
        best, number = max(likeness, default=(0.0, 0))
        if best >= SAME:
            groups[number].append(place)
        else:
            groups.append([place])
    return sorted(groups, key=len, reverse=True)
