"""When a certificate ends, and when to hand in to have its product scored again.

Điều 4 QĐ 26/2026/QĐ-TTg: a certificate holds for 36 months from its issue. Điều 7 khoản 6: to be scored again a
producer hands in no earlier than 180 and no later than 120 days before it ends. Whether a certificate goes on holding
while a late file is looked at (Điều 12 khoản 3, a transition) is not settled for later years, so nothing counts on it.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ocop.calendar import NO_CORRECTIONS, Corrections, subtract_working_days

SOURCE = "Điều 4, 7, 12 QĐ 26/2026/QĐ-TTg"
MONTHS = 36
EARLIEST, LATEST = timedelta(days=180), timedelta(days=120)

State = Literal["not_yet", "open", "closed", "over"]


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a producer may hand in to have a product scored again."""

    ends: date  # the certificate's last day
    opens: date
    last_day: date  # it may be a day on which the commune is shut

    def state(self, day: date) -> State:
        """Where a day stands: "closed" while the certificate still holds, "over" once it has ended."""
        if day > self.ends:
            return "over"
        if day > self.last_day:
            return "closed"
        return "open" if day >= self.opens else "not_yet"

    def hand_in_by(self, corrections: Corrections = NO_CORRECTIONS) -> date:
        """The last day on which the commune works and files are in time; our arithmetic, on the safe side."""
        return subtract_working_days(self.last_day, 0, corrections)


def certificate_end(issued: date) -> date:
    """The last day of a certificate: the same day 36 months on, or the month's last where it has no such day.

    So a time limit in months ends (Điều 148 khoản 3 Bộ luật Dân sự 2015): issued on 29/02/2024, it ends on 28/02/2027.
    """
    months = issued.month - 1 + MONTHS
    year, month = issued.year + months // 12, months % 12 + 1
    return date(year, month, min(issued.day, monthrange(year, month)[1]))


def window(ends: date) -> Window:
    """The window before a certificate's end: for 20/5/2027 from 21/11/2026 to 20/01/2027."""
    return Window(ends, ends - EARLIEST, ends - LATEST)
