"""The labelled questions that measure: dev.tsv was tuned on, held-back.tsv and fresh.tsv nobody reads who tunes."""

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SETS = ("dev", "held-back", "fresh")
NONE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its label."""

    text: str
    topic: str  # an id, or "none"
    accepted: frozenset[str]  # the topic, and others that a fair judge would take
    style: str


def read(name: str) -> list[Question]:
    """The questions of a set."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [
        Question(
            row["text"], row["topic"], frozenset({row["topic"], *filter(None, row["also_ok"].split("|"))}), row["style"]
        )
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
