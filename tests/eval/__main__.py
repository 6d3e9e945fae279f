"""`make eval`: how well unseen questions are understood and products found; fails below the levels reached before.

Of what was held back nobody who tunes reads the questions: only the figures here are looked at, and the topics and
styles in which the misses lie. levels.toml has what may not be lost again.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ocop.asking import Understood, understand
from tests.eval import products
from tests.eval.questions import HERE, NONE, SETS, Question, read

CLOSE = "oos-close"


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what was understood."""

    asked: Question
    understood: Understood

    @property
    def is_ours(self) -> bool:
        return self.asked.topic != NONE

    @property
    def is_answered(self) -> bool:
        return self.understood.decision == "answer"

    @property
    def is_right_at_once(self) -> bool:
        return self.is_answered and self.understood.topics[0] in self.asked.accepted

    @property
    def is_offered(self) -> bool:
        """Whether the right topic is among those offered to choose from."""
        return self.understood.decision == "offer" and bool(self.asked.accepted.intersection(self.understood.topics))

    @property
    def is_wrong_as_certain(self) -> bool:
        return self.is_answered and not self.is_right_at_once

    @property
    def is_told_none(self) -> bool:
        return self.understood.decision == NONE


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of some of the cases, in percent. `aim` is what the programme's issue asks for on unseen questions."""

    name: str
    words: str
    aim: float
    of: Callable[[Case], bool]
    counts: Callable[[Case], bool]
    at_most: bool = False

    def measure(self, cases: Sequence[Case]) -> float:
        among = [self.counts(case) for case in cases if self.of(case)]
        return 100 * sum(among) / len(among) if among else float("nan")


FIGURES = (
    Figure("at_once", "right at once", 80, lambda c: c.is_ours, lambda c: c.is_right_at_once),
    Figure("one_tap", "right within one tap", 93, lambda c: c.is_ours, lambda c: c.is_right_at_once or c.is_offered),
    Figure("wrong", "wrong told as certain, of all", 4, lambda c: True, lambda c: c.is_wrong_as_certain, at_most=True),
    Figure(
        "close", "close out of scope, not answered", 80, lambda c: c.asked.style == CLOSE, lambda c: not c.is_answered
    ),
    Figure("out", "out of scope, told none", 60, lambda c: not c.is_ours, lambda c: c.is_told_none),
    Figure("lost", "ours, told none", 10, lambda c: c.is_ours, lambda c: c.is_told_none, at_most=True),
)


def main() -> None:
    """Print the figures of every set; exit with 1 where a level is not reached."""
    levels = tomllib.loads((HERE / "levels.toml").read_text(encoding="utf-8"))
    below = []
    for name in SETS:
        cases = [Case(asked, understand(asked.text)) for asked in read(name)]
        print(f"{name}: {len(cases)} questions\n{'':36}{'aim':>8}{'level':>8}{'now':>8}")
        for figure in FIGURES:
            now, level = figure.measure(cases), levels[name].get(figure.name)
            sign, before = "≤" if figure.at_most else "≥", "" if level is None else f"{level:.1f}"
            print(f"{figure.words:36}{sign:>4}{figure.aim:4.0f}{before:>8}{now:8.1f}")
            if level is not None and (now > level if figure.at_most else now < level):
                below.append(f"{name}: {figure.words}")
        _by("style", cases, lambda case: case.asked.style)
        _by("topic with a miss", cases, lambda case: case.asked.topic)
        _confused(cases)
    below += _products(levels)
    if below:
        sys.exit("Below the level: " + "; ".join(below))


def _products(levels: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Print how well products are found; what is below its level."""
    below = []
    kinds = (("one", products.of_one), ("several", products.of_several), ("none", products.of_none))
    for name in products.SETS:
        queries = products.read(name)
        print(f"{name}: {len(queries)} queries for products\n{'':36}{'level':>16}{'now':>8}{'of':>5}")
        for kind, of in kinds:
            now, level = products.measure(of(queries)), levels[name][kind]
            print(f"{f'for {kind}':36}{level:16.1f}{now:8.1f}{len(of(queries)):5}")
            below += [f"{name}: for {kind}"] if now < level else []
        for style in sorted({one.style for one in queries}):
            some = [one for one in queries if one.style == style]
            print(f"    {style:48}{products.measure(some):8.1f}{len(some):5}")
    return below


def _by(words: str, cases: Sequence[Case], key: Callable[[Case], str]) -> None:
    print(f"\n  by {words}{'at once':>{44 - len(words)}}{'one tap':>9}{'wrong':>7}{'none':>6}{'of':>5}")
    for value in sorted({key(case) for case in cases}):
        some = [case for case in cases if key(case) == value]
        right = sum(case.is_right_at_once for case in some)
        offered = sum(case.is_offered for case in some)
        wrong = sum(case.is_wrong_as_certain for case in some)
        none = sum(case.is_told_none for case in some)
        if words == "style" or (some[0].is_ours and right < len(some)):
            print(f"    {value:38}{right:>7}{right + offered:>9}{wrong:>7}{none:>6}{len(some):>5}")


def _confused(cases: Sequence[Case]) -> None:
    pairs = Counter((case.asked.topic, case.understood.topics[0]) for case in cases if case.is_wrong_as_certain)
    print("\n  answered instead")
    for (topic, instead), times in pairs.most_common(15):
        print(f"    {times:>3} {topic} → {instead}")
    print()


if __name__ == "__main__":
    main()
