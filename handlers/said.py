"""What answers a question: the words, and what can be chosen under them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from talk.message import Tap


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to a question, whoever gives it."""

    text: str
    choices: tuple[tuple[str, Tap], ...] = ()  # each label with what it does
    about: Mapping[str, Any] = field(default_factory=dict)  # what a question after this one goes on from; JSON
    aside: str = ""  # said instead in the middle of a form, where nothing can be chosen under it
    goes_on: bool = False  # it tells more of what was asked before
    is_unknown: bool = False  # officials are to see the question

    @property
    def in_a_form(self) -> str:
        """The words as they are said above the open question of a form."""
        return self.aside or self.text
