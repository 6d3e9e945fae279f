"""The wordings that officials' answers have beside those the model learned: a new one counts at once, untrained.

Each feature leads to the wordings that have it, so a question is compared with thousands of them in a millisecond.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ocop.asking.likeness import SAME, direction

# From how alike on a wording speaks for its topic, and when question and wording are as good as the same.
_ALIKE, _AS_GOOD_AS_THE_SAME = 0.3, 0.75
_SAYS_SO = 0.56  # what one that asks the same says; a little more than is needed to answer


class Bank:
    """Wordings, each with its topic."""

    def __init__(self, wordings: Sequence[tuple[str, str]] = ()):
        """`wordings`: a text and the id of the topic it asks for."""
        self.topics = [topic for _, topic in wordings]
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for place, (text, _) in enumerate(wordings):
            for feature, weight in direction(text).items():
                found[feature].append((place, weight))
        self._having = {
            feature: (np.array([place for place, _ in those]), np.array([weight for _, weight in those]))
            for feature, those in found.items()
        }

    def nearest(self, text: str) -> tuple[str, float]:
        """The topic of the wording most alike to a text, and how alike; ("", 0) when there are no wordings."""
        if not self.topics:
            return "", 0.0
        likeness = np.zeros(len(self.topics))
        for feature, weight in direction(text).items():
            if feature in self._having:
                places, weights = self._having[feature]
                likeness[places] += weight * weights
        best = int(likeness.argmax())
        return self.topics[best], float(likeness[best])

    def speaks_for(self, text: str, is_sure: bool) -> tuple[str, float]:
        """The topic a text is likely to ask for, and the share that is due to it.

        `is_sure`: a shipped topic answers it well; then only as good as the same words are heard.
        """
        topic, likeness = self.nearest(text)
        if likeness >= _AS_GOOD_AS_THE_SAME:
            return topic, 1.0
        if is_sure or likeness < _ALIKE:
            return topic, 0.0
        return topic, _SAYS_SO * min(1.0, (likeness - _ALIKE) / (SAME - _ALIKE))


EMPTY = Bank()
