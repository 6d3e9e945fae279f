"""Picking one dossier out of many: by its number, or by what its product or producer is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from talk.answers import OneOf, Option, Reading, Several, Unclear
from talk.vietnamese import blunt, fold

SHOWN = 5  # as many as one question offers without numbers running out of a small screen
NEARLY = 85


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier in a list."""

    id: str
    label: str
    names: str  # its product and its producer in full, where the label has room for their beginnings


class OneDossier(OneOf):
    """The key of one of these dossiers."""

    def __init__(self, lines: Sequence[Line]):
        super().__init__([Option(line.id, line.label) for line in lines])
        self._named = [(line, fold(line.names)) for line in lines]

    def read_words(self, words: str) -> str:
        typed = blunt(fold(words))
        found = [line for line, names in self._named if typed and f" {typed} " in f" {names} "]
        if not found and len(typed) > 4:
            found = [line for line, names in self._named if fuzz.partial_ratio(typed, names) >= NEARLY]
        if not found:
            return super().read_words(words)
        if len(found) > SHOWN:
            raise Unclear(f"Có {len(found)} hồ sơ như vậy. Gõ thêm vài chữ, hoặc gõ mã.")
        if len(found) > 1:
            readings = [Reading(line.id, line.label) for line in found]
            raise Several(f"Có {len(found)} hồ sơ như vậy. Mở hồ sơ nào?", readings)
        return found[0].id

    def hint(self) -> str:
        return "Gõ số, mã, hay tên sản phẩm, tên cơ sở."
