"""«Báo cho cơ sở»: bad news goes out once a second official has looked at it."""

from collections.abc import Mapping
from typing import Any

from handlers import phones
from handlers.commune.access import second_officials
from handlers.commune.dossier import RELEASE, opened
from handlers.commune.recording import form, record
from handlers.form import Next
from handlers.visit import Visit
from storage import dossiers, people, recognitions
from storage.dossiers import UNRELEASED, Dossier, Event
from talk.answers import Option
from talk.message import Message
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask


def script(facts: Facts) -> Script:
    """One question, under what would be told."""
    note = f" Lời nhắn kèm theo: «{facts.note}»." if facts.note else ""
    yield ask(
        "tell",
        f"Kết quả đã ghi: lần này chưa được công nhận.{note} Báo cho cơ sở không?",
        plainly([RELEASE, Option("wait", "Chưa báo", ("chua", "khong"))], how="Báo thì gõ 1, chưa thì gõ 2."),
        title="Báo",
    )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Tell the producer, for whoever is a second official or the only one."""
    facts = done.facts
    if answers["tell"] != RELEASE.key:
        return opened(visit, facts["dossier"], facts["reason"], "Được, chưa báo gì cho cơ sở.")
    events = dossiers.events(visit.db, facts["dossier"])
    if not events or events[-1].kind != UNRELEASED:
        return opened(visit, facts["dossier"], facts["reason"])
    held = events[-1]
    seconds = second_officials(visit, held.place_id, held.by_person)
    if held.by_person == visit.person.person_id and seconds:
        return opened(visit, facts["dossier"], facts["reason"], "Việc này cần một cán bộ khác xem rồi báo.")
    details = {**held.details, "recorded_at": held.place_id, **({} if seconds else {"alone": True})}
    return record(visit, facts, "release", "not_recognised", details, take_back)


def call_a_second(visit: Visit, dossier: Dossier, event: Event, focus: int | None) -> str:
    """Tell them that something waits for one of them; what is said about it to the official who recorded it."""
    words = (
        f"Hồ sơ {dossier.code} có kết quả: lần này chưa được công nhận. Một cán bộ đã ghi, chưa báo cho cơ sở. "
        f"Anh/chị xem lại giúp: gõ {dossier.code}, rồi chọn «{RELEASE.label}»."
    )
    for person in second_officials(visit, event.place_id, event.by_person):
        phones.tell(visit, people.reachable_chats(visit.db, person), Message(words))
    return "Chưa báo cho cơ sở: tin này cần một cán bộ nữa xem. Đã nhắn người cùng cơ quan và tỉnh."


def take_back(visit: Visit, event: Event) -> None:
    """A recognition that was recorded before holds no more."""
    recognitions.take_back(visit.db, event.application_id)


FORM = form("release", "việc báo kết quả", "release", script, finish, intro="Hồ sơ {code}.", review=False)
