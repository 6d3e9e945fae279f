"""What a handler is given: who is there, when, on whose behalf, and the transaction all its effects belong to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ocop.asking import NOTHING, Understood
from ocop.calendar import hour_words, weekday_words
from ocop.library import SHIPPED, Library
from storage.people import Known
from storage.store import Db

EVERYBODY = "bà con"  # how those are called who never said how they wish to be


@dataclass(frozen=True, slots=True)
class Office:
    """The office that runs the assistant, as people are told about it."""

    name: str
    contact: str  # a phone number or address; "" when the operator set none
    timezone: ZoneInfo
    retention_days: int = 1095  # how long what people tell us is kept at most, after they were heard last

    @property
    def kept_for(self) -> str:
        """How long that is, in words: "36 tháng"."""
        months = self.retention_days * 12 // 365
        return f"{months} tháng" if months > 1 else f"{self.retention_days} ngày"


@dataclass(slots=True)
class Traces:
    """What a turn leaves to be done once it is committed: to wipe from the disk what it deleted, to send at once."""

    files: list[str] = field(default_factory=list)  # sha256s whose bytes may be of no use any more
    words: bool = False  # whether deleted rows are to leave the database's own files, too
    told_others: bool = False  # whether messages to people who are not here wait to be sent
    library: bool = False  # whether topics are answered otherwise from now on


@dataclass(frozen=True, slots=True)
class Moment:
    """A transaction at a moment, for an office: all that is needed to tell people something unasked."""

    db: Db
    now: datetime
    office: Office
    traces: Traces = field(default_factory=Traces, kw_only=True)

    @property
    def here(self) -> datetime:
        """Now, in the office's time."""
        return self.now.astimezone(self.office.timezone)

    @property
    def today(self) -> date:
        """The legal day where the programme runs."""
        return self.here.date()

    def day_of(self, moment: datetime) -> date:
        """The legal day a moment fell on."""
        return moment.astimezone(self.office.timezone).date()

    @property
    def this_moment(self) -> str:
        """Now, in words: "9 giờ 12 sáng thứ Bảy 21/11/2026"."""
        return f"{hour_words(self.here.time())} {weekday_words(self.here.date())}"

    def since(self, moment: datetime) -> str:
        """When something was left lying, in words: "hôm nay", "hôm qua", "thứ Năm 12/11"."""
        day = self.day_of(moment)
        days = (self.today - day).days
        if days < 2:
            return "hôm qua" if days == 1 else "hôm nay"
        return weekday_words(day, with_year=day.year != self.today.year)


@dataclass(frozen=True, slots=True)
class Visit(Moment):
    """One update of one person, inside one transaction."""

    person: Known
    draw_code: Callable[[], str]  # a fresh reference code; it may be taken already
    understood: Understood = NOTHING  # what the words ask, found out before the transaction began
    library: Library = SHIPPED  # the topics to answer from, as they stood then

    @property
    def you(self) -> str:
        """How the person is called: as they wished, else "bà con"."""
        return self.person.address_form or EVERYBODY
