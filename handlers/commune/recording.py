"""Recording what an office did: checked once more in the same transaction, kept, and told to the producer at once."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from handlers import menu
from handlers.commune import access, telling, words
from handlers.commune.access import Act, office_words
from handlers.commune.dossier import closed, mark, opened, why_gone
from handlers.form import Finish, Form, Next
from handlers.visit import Visit
from ocop.places import lowered
from storage import audit, dossiers, helps, people
from storage.dossiers import Dossier, Event
from talk.answers import shortened
from talk.conversation import Conversation
from talk.script import ScriptMaker
from talk.vietnamese import capital

SHOWN_EVENT = 400
LOOK_FIRST = "Xem lại rồi mới báo cho cơ sở."


def form(
    name: str, title: str, act: Act, script: ScriptMaker, finish: Finish, *, intro: str = "", review: bool = True
) -> Form:
    """The talk in which an official says what happened; looked over before it is recorded."""
    return Form(
        Conversation(name, title, intro or f"Ghi {title} của hồ sơ {{code}}. {LOOK_FIRST}", script, review),
        lambda visit: {},
        finish,
        keeps=False,
        closed=partial(closed, act),
    )


def record(
    visit: Visit,
    facts: Mapping[str, Any],
    act: Act,
    kind: str,
    details: Mapping[str, Any],
    also: Callable[[Visit, Event], None] = lambda visit, event: None,
    tell: Callable[[Visit, Dossier, Event, int | None], str] | None = None,
) -> Next:
    """Keep it and tell the producer, unless the dossier is gone, the right ended, or somebody was there meanwhile.

    `also`: what else follows from it once it is kept. `tell`: who is told instead of the producer; it gives the words
    about that to the official.
    """
    found = dossiers.find(visit.db, facts["dossier"])
    if found is None:
        return menu.menu(why_gone(visit, facts["dossier"]))
    focus = people.lock(visit.db, found.person_id)
    dossier = dossiers.lock(visit.db, found.id)
    if dossier is None:
        return menu.menu(why_gone(visit, found.id))
    given = access.let(visit, act, dossier.commune, dossier.id, facts["reason"])
    if given is None:
        return menu.menu(access.ENDED)
    events = dossiers.events(visit.db, dossier.id)
    if mark(dossier, events) != facts["mark"]:
        lead = f"Chưa ghi gì thêm: trong lúc đó {_meanwhile(events, facts['mark'])}. Xem lại rồi hãy ghi tiếp."
        return opened(visit, dossier.id, facts["reason"], lead)
    person = visit.person.person_id
    event = dossiers.record(visit.db, dossier.id, kind, details, person, given.place_id, visit.now)
    audit.note(visit.db, person, act, visit.now, application_id=dossier.id, place_id=given.place_id)
    also(visit, event)
    told = (tell or _tell_the_producer)(visit, dossier, event, focus)
    return opened(visit, dossier.id, facts["reason"], f"✅ Đã ghi: {_said(event)}.\n{told}")


def _tell_the_producer(visit: Visit, dossier: Dossier, event: Event, focus: int | None) -> str:
    was_told = telling.tell(visit, dossier, event, focus)
    help = helps.of_application(visit.db, dossier.id)
    # Signed on paper, it is the helper who hears of it for the producer.
    whom = "người làm giúp" if help and help.confirmed_at is None else "cơ sở"
    return f"Đã báo cho {whom}." if was_told else f"{capital(whom)} không còn nhận tin ở đây, anh/chị gọi giúp."


def _meanwhile(events: list[Event], seen: str) -> str:
    """What happened since the official looked: another official's doing, or else the producer's."""
    if not events or str(events[-1].id) == seen.partition(" ")[0]:
        return "cơ sở đã sửa và xác nhận lại tờ đăng ký"
    return f"cán bộ {lowered(office_words(events[-1].place_id))} đã ghi: {_said(events[-1])}"


def _said(event: Event) -> str:
    return shortened(words.said(event), SHOWN_EVENT)
