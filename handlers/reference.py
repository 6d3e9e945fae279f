"""A reference code typed by itself: opens a draft to its owner, a dossier to its officials, nothing to others."""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access, held_back, listing
from handlers.commune.lists import why
from handlers.form import Form, Next, Open, Start
from handlers.visit import Visit
from storage import applications, audit, dossiers, erased_dossiers, helps
from storage.dossiers import Dossier, HeldBack
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script

# The same words whether there is such a draft or not: a code that somebody overheard or guessed tells nothing.
OPENS_NOTHING = (
    "Mã này chỉ là tên của một tờ giấy, gõ ở đây không mở được gì. "
    "Giấy của bà con soạn ở máy khác thì vào máy đó gõ «nối máy»; giấy của người khác thì hỏi người đó."
)


def take(visit: Visit, code: str) -> Next | None:
    """Open what the code names for whoever may see it; None for everybody else."""
    application = applications.by_code(visit.db, code)
    if application is None:
        return _erased(visit, code)
    if application.person_id == visit.person.person_id and application.progress_id is not None:
        return Open(application.progress_id)
    help = helps.of_application(visit.db, application.id)
    if help and help.helper_id == visit.person.person_id:
        return Open(help.progress_id)
    found = dossiers.find(visit.db, application.id) or dossiers.held_back(visit.db, application.id)
    return _for_official(visit, found) if found else None


def script(facts: Facts) -> Script:
    """One question, for the province."""
    yield why(f"Mở hồ sơ {facts.code} vì việc gì? Lý do được ghi lại.")


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Open it under the reason given."""
    at = {"place_id": done.facts["commune"], "application_id": done.facts["dossier"], "reason": answers["reason"]}
    reason = audit.note(visit.db, visit.person.person_id, "names", visit.now, **at)
    return held_back.opened(visit, done.facts["dossier"], reason)


def _erased(visit: Visit, code: str) -> Next | None:
    """What is left of a dossier that its producer has deleted, for the officials who have its paper."""
    erased = erased_dossiers.by_code(visit.db, code)
    if erased and any(access.may(given, "numbers", erased.commune, None) for given in access.held(visit)):
        return menu.menu(f"Hồ sơ này không còn ở đây:\n{listing.line_of_erased(visit, erased)}")
    return None


def _for_official(visit: Visit, found: Dossier | HeldBack) -> Next | None:
    held = access.held(visit)
    reason = listing.reason_at_hand(visit, found.commune)
    if any(access.may(given, "open", found.commune, reason) for given in held):
        return held_back.opened(visit, found.id, reason)
    if any(access.may(given, "numbers", found.commune, None) for given in held):
        return Start(FORM.conversation.name, about={"dossier": found.id, "code": found.code, "commune": found.commune})
    return None


FORM = Form(
    Conversation("by_code", "hồ sơ theo mã", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
)
