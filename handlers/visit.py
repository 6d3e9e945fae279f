"""What a handler is given: who is there, when, on whose behalf, and the transaction all its effects belong to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ocop.calendar import weekday_words
from storage.people import Known
from storage.store import Db


@dataclass(frozen=True, slots=True)
class Office:
    """The office that runs the assistant, as people are told about it."""

    name: str
    contact: str  # a phone number or address; "" when the operator set none
    timezone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Visit:
    """One update of one person, inside one transaction."""

    db: Db
    person: Known
    now: datetime
    office: Office
    draw_code: Callable[[], str]  # a fresh reference code; it may be taken already

    @property
    def today(self) -> date:
        """The legal day where the programme runs."""
        return self.day_of(self.now)

    def day_of(self, moment: datetime) -> date:
        """The legal day a moment fell on."""
        return moment.astimezone(self.office.timezone).date()

    def since(self, moment: datetime) -> str:
        """When something was left lying, in words: "hôm nay", "hôm qua", "thứ Năm 12/11"."""
        day = self.day_of(moment)
        days = (self.today - day).days
        if days < 2:
            return "hôm qua" if days == 1 else "hôm nay"
        return weekday_words(day, with_year=day.year != self.today.year)
