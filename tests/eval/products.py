"""How well products are found: of a query for one the first, of one for several all that are shown, of others none."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from ocop.catalogue import Product
from ocop.finding import find
from tests.eval.questions import HERE

SETS = ("products-dev", "products-own")
NOTHING = "-"
AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its label."""

    text: str
    expected: frozenset[str]  # the names that a fair judge would take; none where nothing fits
    style: str

    def share_right(self, found: Sequence[Product]) -> float:
        """How right an answer is, from 0 to 1: wrong ones count as much as missing ones."""
        if len(self.expected) < 2:
            return float({one.name for one in found[:1]} == self.expected)
        right = sum(one.name in self.expected for one in found)
        return right / max(min(AT_MOST, len(self.expected)), len(found))


def read(name: str) -> list[Query]:
    """The queries of a set."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [
        Query(row["query"], frozenset(row["expected"].split("|")) - {NOTHING}, row["style"])
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def measure(queries: Sequence[Query]) -> float:
    """How right the answers are, in percent."""
    return 100 * sum(one.share_right(find(one.text, AT_MOST)) for one in queries) / len(queries)


def of_one(queries: Sequence[Query]) -> list[Query]:
    """The queries for a single product."""
    return [one for one in queries if len(one.expected) == 1]


def of_several(queries: Sequence[Query]) -> list[Query]:
    """The queries for all that fit."""
    return [one for one in queries if len(one.expected) > 1]


def of_none(queries: Sequence[Query]) -> list[Query]:
    """The queries for what is not there."""
    return [one for one in queries if not one.expected]
