"""A draft that a helper filled in and its producer has yet to confirm: the office sees its code, until it is signed."""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access, dossier, listing, receive
from handlers.commune.recording import record
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from storage import dossiers, helps, people
from storage.dossiers import HeldBack
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask

RECEIVE = Option("receive", "Đã nhận bản giấy có chữ ký", ("da nhan", "nhan giay", "co chu ky"))
CONFIRMED = "Cơ sở vừa xác nhận tờ này, nên xem lại rồi hãy ghi."
CHANGED = "Người làm giúp vừa sửa tờ này: anh/chị so bản giấy với tờ in mới giúp, rồi ghi lại."


def script(facts: Facts) -> Script:
    """One question: whether the signed paper has come."""
    yield ask(
        "act",
        f"Tờ {facts.code} có người soạn giúp, cơ sở chưa xác nhận: chờ chữ ký trên giấy. "
        "Ghi đã nhận bản giấy có chữ ký thì nội dung mới hiện.",
        one_of([RECEIVE, dossier.LIST]),
        title="Việc",
    )


def opened(visit: Visit, application_id: int, reason: int | None) -> Next:
    """The dossier, or as much as may be seen of it before its producer has confirmed or signed."""
    found = dossiers.held_back(visit.db, application_id)
    if found is None:
        return dossier.opened(visit, application_id, reason)
    if access.let(visit, "open", found.commune, found.id, reason) is None:
        return menu.menu(access.ENDED)
    return _ask(found, reason)


def _ask(found: HeldBack, reason: int | None, lead: str = "") -> Next:
    about = {"dossier": found.id, "code": found.code, "commune": found.commune, "reason": reason, "mark": _mark(found)}
    return Start(FORM.conversation.name, lead, about)


def _mark(found: HeldBack) -> str:
    return found.finished_at.isoformat()


def _chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    if answers["act"] == dossier.LIST.key:
        return listing.of_commune(visit, done.facts["commune"], done.facts["reason"], done.facts["dossier"])
    return Start(SIGNED.conversation.name, about={**done.facts, "today": visit.today.isoformat()})


def _signed(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """The paper bears the producer's signature, which confirms it; from here on it is a dossier as any other."""
    db, facts = visit.db, done.facts
    seen = dossiers.held_back(db, facts["dossier"])
    if seen:
        people.lock(db, seen.person_id)
        dossiers.lock(db, seen.id)
    found = dossiers.held_back(db, facts["dossier"])
    if found is None:
        is_there = dossiers.find(db, facts["dossier"])
        if is_there is None:
            return menu.menu(dossier.why_gone(visit, facts["dossier"]))
        return dossier.opened(visit, is_there.id, facts["reason"], CONFIRMED)
    if access.let(visit, "received", found.commune, found.id, facts["reason"]) is None:
        return menu.menu(access.ENDED)
    if _mark(found) != facts["mark"]:
        return _ask(found, facts["reason"], CHANGED)
    helps.sign(db, found.id)
    signed = dossiers.find(db, found.id)
    assert signed
    mark = dossier.mark(signed, [])
    details = {**receive.details(answers), "signed": True}
    return record(visit, {**facts, "mark": mark}, "received", "received", details)


def _closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    if dossiers.held_back(visit.db, facts["dossier"]) or dossiers.find(visit.db, facts["dossier"]):
        is_let = access.let(visit, "received", facts["commune"], facts["dossier"], facts["reason"])
        return None if is_let else access.ENDED
    return dossier.why_gone(visit, facts["dossier"])


FORM = Form(
    Conversation("held_back", "tờ chờ chữ ký", "", script, review=False),
    lambda visit: {},
    _chosen,
    keeps=False,
    closed=_closed,
)
SIGNED = Form(
    Conversation(
        "signed",
        "việc nhận bản giấy có chữ ký",
        "Ghi việc nhận bản giấy có chữ ký của tờ {code}. Xem lại rồi mới báo.",
        receive.script,
    ),
    lambda visit: {},
    _signed,
    keeps=False,
    closed=_closed,
)
