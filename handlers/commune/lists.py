"""«Hồ sơ của xã»: which office, which commune of a province and why, which dossier."""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access, held_back, listing
from handlers.commune.choosing import Line, OneDossier
from handlers.form import Form, Next
from handlers.visit import Visit
from storage import audit
from storage.dossiers import ERASED_SINCE
from talk.answers import Option, one_of, text
from talk.conversation import Conversation
from talk.progress import Progress
from talk.scene import PAGE
from talk.script import Facts, Script, Step, ask


def which_office(facts: Facts) -> Script:
    """For an official of several places."""
    places = [Option(key, label) for key, label in facts.places or [["-", "-"]]]
    yield ask("place", "Xem hồ sơ của nơi nào?", one_of(places), title="Nơi")


def which_commune(facts: Facts) -> Script:
    """The province sees numbers; to see whose they are it says why."""
    communes = [Option(key, label) for key, label in facts.communes or [["-", "-"]]]
    yield ask("commune", "Mở xã, phường nào?", one_of(communes), title="Xã, phường")
    yield why("Mở danh sách có tên cơ sở vì việc gì? Lý do được ghi lại.")


def which_dossier(facts: Facts) -> Script:
    """One question: which one."""
    lines = [Line(*line) for line in facts.dossiers or [["-", "-", "-"]]]
    many = " Gõ số, mã, hay tên đều được." if len(lines) > PAGE else ""
    yield ask("which", f"Mở hồ sơ nào?{many}", OneDossier(lines), title="Hồ sơ")


def why(prompt: str) -> Step:
    """The question what a name is looked at for."""
    return ask(
        "reason",
        prompt,
        text(at_most=300, at_least=8, example="xã gọi hỏi cách ghi hồ sơ của một cơ sở"),
        title="Lý do",
        why="Tên, số điện thoại là của bà con: ai xem, xem vì việc gì thì sau này tra lại được.",
    )


def begin(visit: Visit) -> Next:
    """Begin with what the person serves; who serves nowhere is told so, and it is logged."""
    held = access.held(visit)
    if held:
        return listing.first(visit, held)
    audit.note(visit.db, visit.person.person_id, "names", visit.now, was_denied=True)
    return menu.menu("Việc này của cán bộ xã, tỉnh. Có mã mời thì gõ mã vào đây.")


def _office_chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    held = [given for given in access.held(visit) if given.place_id == answers["place"]]
    return listing.of_office(visit, held[0]) if held else menu.menu(access.ENDED)


def _commune_chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    person, commune = visit.person.person_id, answers["commune"]
    reason = audit.note(visit.db, person, "names", visit.now, place_id=commune, reason=answers["reason"])
    return listing.of_commune(visit, commune, reason)


def _dossier_chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    return held_back.opened(visit, int(answers["which"]), done.facts["reason"])


def _list_closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    if facts.get(ERASED_SINCE):
        return "Trong lúc đó có cơ sở xóa hồ sơ, nên danh sách này đã đổi. Gõ /hoso để xem lại."
    return None if access.let(visit, "names", facts["commune"], reason=facts["reason"]) else access.ENDED


def _numbers_closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    return None if access.let(visit, "numbers", facts["province"]) else access.ENDED


def _no_facts(visit: Visit) -> Mapping[str, Any]:
    return {}


FORMS = (
    Form(
        Conversation(listing.OFFICES, "nơi phụ trách", "", which_office, review=False),
        _no_facts,
        _office_chosen,
        keeps=False,
    ),
    Form(
        Conversation(listing.COMMUNES, "hồ sơ các xã", "", which_commune, review=False),
        _no_facts,
        _commune_chosen,
        keeps=False,
        closed=_numbers_closed,
    ),
    Form(
        Conversation(listing.DOSSIERS, "hồ sơ của xã", "", which_dossier, review=False),
        _no_facts,
        _dossier_chosen,
        keeps=False,
        closed=_list_closed,
    ),
)
