"""Answers that have to be given in so many words: consent, and what cannot be undone."""

from collections.abc import Sequence

from talk.answers import OneOf, Option, Unclear
from talk.vietnamese import blunt, fold


class Plainly(OneOf):
    """One of a few choices, taken by its number or all its words; «uk», a part or a near miss is no answer."""

    def __init__(self, options: Sequence[Option], how: str):
        super().__init__(options)
        self._how = how

    def read_words(self, words: str) -> str:
        said = {fold(words), blunt(fold(words))}
        for number, option in enumerate(self.options(), 1):
            if said & {str(number), fold(option.label), *option.also}:
                return option.key
        raise Unclear(f"Việc này cần nói rõ. {self.hint()}")

    def hint(self) -> str:
        return self._how


def plainly(options: Sequence[Option], *, how: str) -> Plainly:
    """One of these options, said plainly; `how` tells the person what to type. Its key is the value."""
    return Plainly(options, how)
