"""The rounds in which products are scored, and the day by which a producer should hand in.

Điều 5 QĐ 26/2026/QĐ-TTg sets two rounds a year for the province (the commune proposes before 30/4 and 30/10) and two
for the centre (the province proposes before 30/7 and 30/1). A province may add its own, so officials edit rounds;
these are the shipped ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ocop.calendar import NO_CORRECTIONS, Corrections, subtract_working_days

Level = Literal["province", "centre"]

COMMUNE_WORKING_DAYS = 15
"""How long the commune may take from receipt: Điều 7 khoản 2."""

IN_FORCE = date(2026, 5, 22)
"""The day from which the decision governs: Điều 11."""

_YEARLY: tuple[tuple[Level, tuple[int, int], tuple[int, int], str], ...] = (
    ("centre", (1, 30), (3, 30), "Điều 5 khoản 2 QĐ 26/2026/QĐ-TTg"),
    ("province", (4, 30), (6, 30), "Điều 5 khoản 1 QĐ 26/2026/QĐ-TTg"),
    ("centre", (7, 30), (9, 30), "Điều 5 khoản 2 QĐ 26/2026/QĐ-TTg"),
    ("province", (10, 30), (12, 30), "Điều 5 khoản 1 QĐ 26/2026/QĐ-TTg"),
)


@dataclass(frozen=True, slots=True)
class Round:
    """One round (đợt chấm). "Before" a day means that the day itself is too late."""

    level: Level
    opens: date | None  # None: no day is set, files are taken at any time
    files_before: date  # the commune's proposals reach the province, or the province's the centre, before this day
    held_before: date
    source: str
    place: str = ""  # a province that added it; empty for the rounds of Điều 5, which hold everywhere

    @property
    def last_day(self) -> date:
        """The last day on which files are in time: "trước 30/4" is 29/4."""
        return self.files_before - timedelta(days=1)


def rounds_of(year: int) -> tuple[Round, ...]:
    """The rounds of Điều 5 whose files are due in a year, earliest first; none from before the decision held."""
    rounds = (
        Round(level, None, date(year, *files_before), date(year, *held_before), source)
        for level, files_before, held_before, source in _YEARLY
    )
    return tuple(round for round in rounds if round.files_before > IN_FORCE)


def next_round(rounds: Iterable[Round], day: date, level: Level = "province") -> Round | None:
    """The first round of this level whose files are still in time on a day; None when none is known.

    In time means the office's last day: a producer may already be past `hand_in_by`, and should ask the commune.
    """
    open_rounds = [round for round in rounds if round.level == level and round.last_day >= day]
    return min(open_rounds, key=lambda round: round.files_before, default=None)


def hand_in_by(round: Round, corrections: Corrections = NO_CORRECTIONS) -> date:
    """The last day on which a producer should hand in at the commune, for a round of the province; our arithmetic.

    The commune must send no later than `last_day` and may take 15 working days, of which the day of receipt is not
    one. For 30/4/2027: the last day is thứ Năm 29/4; back from it 28, 27, 26 (3), 23 to 19 (8), thứ Sáu 16/4 is Giỗ
    Tổ (10/3 ÂL), 15 to 12 (12), 9, 8 and 7/4 (15): thứ Tư 07/4/2027. For 30/10/2026: thứ Năm 08/10/2026. When the
    last day is not a working day, the commune has to be done on the working day before it.
    """
    if round.level != "province":
        raise ValueError("a producer hands in for a round of the province; the province proposes to the centre")
    return subtract_working_days(round.last_day, COMMUNE_WORKING_DAYS, corrections)
