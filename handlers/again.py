"""A form opened again after it was confirmed: look at it, print it, mend it, or read what the office recorded of it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers import documents, drafts, menu
from handlers.commune import words
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from ocop.calendar import weekday_words
from storage import applications, dossiers
from storage.applications import Summary
from storage.dossiers import UNRELEASED
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.message import Document
from talk.progress import Act, Offer, Progress
from talk.scene import summary
from talk.script import Facts, Script, Walk, ask
from talk.vietnamese import capital

NOTHING = "Chưa có tờ nào xong. Soạn xong, gõ «xong» là có tờ in."
LOOK, PRINT, HISTORY = "look", menu.PRINT.key, menu.HISTORY.key
OFFERS = (
    Offer("1", LOOK, "Xem cả tờ", Act("do", LOOK), ("xem", "xem lai", "xem lai ca to")),
    Offer("2", PRINT, menu.PRINT.label, Act("do", PRINT), ("in", *menu.PRINT.also)),
    Offer("3", "which", "Sửa", Act("which")),
    Offer("4", HISTORY, menu.HISTORY.label, Act("do", HISTORY), ("toi dau roi", *menu.HISTORY.also)),
)


def lies_open(visit: Visit, progress: Progress, way: Walk) -> str | None:
    """What is said above these choices; None where the form was never confirmed, or was changed since."""
    application = applications.of_progress(visit.db, int(progress.id))
    if application is None or application.confirmed_at is None:
        return None
    keys = {stop.step.key for stop in way.answered}
    now = {key: kept.raw for key, kept in progress.answers.items() if key in keys}
    if way.open or now != json.loads(applications.latest_version(visit.db, application.id) or "null"):
        return None
    confirmed = weekday_words(visit.day_of(application.confirmed_at))
    stands = drafts.STANDS[application.state]
    return f"«{capital(application.details.product)}», mã {application.code}: {stands}. Xác nhận {confirmed}."


def done(visit: Visit, progress: Progress, way: Walk, what: str) -> tuple[str, tuple[Document, ...]]:
    """What is said once one of them was taken, and the files that come with it."""
    application = applications.of_progress(visit.db, int(progress.id))
    if what == LOOK or application is None:
        return summary(way), ()
    return _of(visit, application, what)


def printed(application: Summary) -> tuple[str, tuple[Document, ...]]:
    """The papers of a confirmed application once more."""
    said = f"Tờ đăng ký {application.code}, bản xác nhận gần nhất, gửi kèm dưới đây: PDF để đọc, Word để in."
    return said, documents.form01(application.id, application.code or "")


def history(visit: Visit, application: Summary) -> str:
    """What the office recorded, as far as the producer has been told of it."""
    events = [one for one in dossiers.events(visit.db, application.id) if one.kind != UNRELEASED]
    told = [replace(event, details={**event.details, "alone": False}) for event in events]
    return "\n".join(["Cán bộ đã ghi:", *words.history(visit, told)]) if told else "Xã chưa ghi gì về tờ này."


def ask_or_do(visit: Visit, what: str, progress_id: int | None) -> tuple[str, tuple[Document, ...]] | Start:
    """Do it for the form that lies open, else for the only one that was confirmed; where there are several, ask which.

    `what`: PRINT or HISTORY.
    """
    confirmed = [one for one in applications.of_person(visit.db, visit.person.person_id) if one.confirmed_at]
    found = [one for one in confirmed if one.progress_id == progress_id] or confirmed
    if not found:
        return NOTHING, ()
    if len(found) == 1:
        return _of(visit, found[0], what)
    lines = [[str(one.id), f"«{capital(one.details.product)}», mã {one.code}"] for one in found]
    return Start(WHICH.conversation.name, about={"what": what, "papers": lines})


def which(facts: Facts) -> Script:
    """One question: of which paper."""
    papers = [Option(key, label) for key, label in facts.papers or [["-", "-"]]]
    prompt = "In lại tờ nào?" if facts.what == PRINT else "Xem xã ghi gì về tờ nào?"
    yield ask("which", prompt, one_of(papers), title="Tờ")


def _chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    application = applications.find(visit.db, int(answers["which"]))
    if application is None or application.person_id != visit.person.person_id:
        return menu.menu("Tờ đó không còn nữa.")
    said, papers = _of(visit, application, done.facts["what"])
    return replace(menu.menu(said), documents=papers)


def _of(visit: Visit, application: Summary, what: str) -> tuple[str, tuple[Document, ...]]:
    return printed(application) if what == PRINT else (history(visit, application), ())


WHICH = Form(
    Conversation("which_paper", "giấy đã xong", "", which, review=False),
    lambda visit: {},
    _chosen,
    keeps=False,
)
