"""One dossier, opened: the paper as its producer confirmed it, what was recorded of it, and what can come next."""

import json
from collections.abc import Mapping
from typing import Any

from handlers import documents, menu, register
from handlers.commune import access, attached, listing, words
from handlers.commune.access import Act
from handlers.commune.attached import Reader
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from ocop import catalogue
from ocop.calendar import weekday_words
from ocop.dossier import papers_for
from ocop.kinds import application_case
from storage import applications, audit, dossiers, helps
from storage import progress as saved_talks
from storage.dossiers import UNRELEASED, Dossier, Event
from talk.answers import Option, one_of
from talk.conversation import Conversation, way_of
from talk.message import Attachment, Document
from talk.progress import Kept, Progress
from talk.scene import summary
from talk.script import Facts, Script, Walk, ask
from talk.vietnamese import capital

GONE = "Hồ sơ này không còn nữa: cơ sở vừa xóa, nên không ghi gì thêm được."
TAKEN_BACK = "Cơ sở đã rút đồng ý nên hồ sơ này đóng lại, không xem được nữa. Chưa ghi gì thêm."

RECEIVE = Option("receive", "Đã nhận bản giấy", ("nhan giay", "da nhan"))
ASK_MORE = Option("ask_more", "Cần bổ sung", ("bo sung", "con thieu", "thieu"))
FORWARD = Option("forward", "Đã chuyển tỉnh", ("chuyen tinh", "gui tinh"))
RELEASE = Option("release", "Báo cho cơ sở", ("bao",))
RESULT = Option("result", "Ghi kết quả", ("ket qua",))
PRINT = Option("print", "Lấy tờ in", ("in", "to in", "tai ve"))
FILES = Option("files", "Xem ảnh, giấy tờ", ("xem anh", "anh", "giay to"))
PAPER = Option("paper", "Xem lại cả tờ này", ("xem ca to",))
LIST = Option("list", "Về danh sách", ("danh sach",))

# What an office can do next, by where the dossier stands; the last of each is for setting right what was recorded.
NEXT: Mapping[str, tuple[Option, ...]] = {
    "confirmed": (RECEIVE, ASK_MORE),
    "received": (ASK_MORE, FORWARD, RECEIVE),
    "needs_more": (RECEIVE, ASK_MORE, FORWARD),
    "forwarded": (RESULT, ASK_MORE),
    UNRELEASED: (RELEASE, RESULT),
    "recognised": (RESULT,),
    "not_recognised": (RESULT,),
}


def script(facts: Facts) -> Script:
    """One question: what happened at the office."""
    of_the_paper = (ASK_MORE, PRINT, FILES, PAPER)
    files = (FILES,) if facts.has_files else ()
    options = [*NEXT.get(facts.state or "", ()), *files, PRINT, PAPER, LIST]
    if facts.waits_for_another:
        options.remove(RELEASE)
    if facts.is_closed:
        options = [option for option in options if option not in of_the_paper]
    yield ask("act", f"Hồ sơ {facts.code}: ghi việc gì?", one_of(options), title="Việc")


def opened(
    visit: Visit, dossier_id: int, reason: int | None, lead: str = "", documents: tuple[Document, ...] = ()
) -> Next:
    """Open a dossier under words of its own, or else with the whole paper. `reason`: the note that says why."""
    dossier = dossiers.find(visit.db, dossier_id)
    if dossier is None:
        return menu.menu(why_gone(visit, dossier_id))
    if access.let(visit, "open", dossier.commune, dossier.id, reason) is None:
        return menu.menu(access.ENDED)
    if not lead:
        audit.note(visit.db, visit.person.person_id, "open", visit.now, application_id=dossier.id)
    events = dossiers.events(visit.db, dossier.id)
    return Start(
        FORM.conversation.name,
        lead or "\n".join(_paper(visit, dossier, events) if dossier.is_open else _closed_paper(visit, dossier, events)),
        {
            "dossier": dossier.id,
            "code": dossier.code,
            "state": events[-1].kind if events else dossier.state,
            "commune": dossier.commune,
            "mark": mark(dossier, events),
            "reason": reason,
            "is_closed": not dossier.is_open,
            "waits_for_another": _waits_for_another(visit, events),
            "has_files": any(isinstance(stop.value, Attachment) for stop in way(visit, dossier).answered),
        },
        documents=documents,
    )


def _waits_for_another(visit: Visit, events: list[Event]) -> bool:
    """Whether bad news that the person recorded waits for somebody else to look at it."""
    held, me = events[-1] if events else None, visit.person.person_id
    if held is None or held.kind != UNRELEASED or held.by_person != me:
        return False
    return bool(access.second_officials(visit, held.place_id, me))


def why_gone(visit: Visit, dossier_id: int) -> str:
    """Why an office sees nothing of a dossier that it knew of."""
    return GONE if applications.find(visit.db, dossier_id) is None else TAKEN_BACK


def mark(dossier: Dossier, events: list[Event]) -> str:
    """What an official has seen of a dossier: changes as soon as anybody records something, or its producer does."""
    return f"{events[-1].id if events else 0} {dossier.confirmed_at.isoformat()}"


def way(visit: Visit, dossier: Dossier) -> Walk:
    """The questions of the paper with the answers its producer confirmed last."""
    saved = saved_talks.find(visit.db, dossier.progress_id) if dossier.progress_id else None
    facts = Progress.loads("", saved.body).facts if saved else {}
    body = json.loads(applications.latest_version(visit.db, dossier.id) or "{}")
    answers = {key: Kept("", raw, "none_yet" if raw is None else "given") for key, raw in body.items()}
    return way_of(register.FORM.conversation, Progress("", facts, answers))


def closed(act: Act, visit: Visit, facts: Mapping[str, Any]) -> str | None:
    """Why nothing more can be done with the dossier of these facts; None where it can."""
    dossier = dossiers.find(visit.db, facts["dossier"])
    if dossier is None:
        return why_gone(visit, facts["dossier"])
    if act == "needs_more" and not dossier.is_open:
        return TAKEN_BACK
    return None if access.let(visit, act, dossier.commune, dossier.id, facts["reason"]) else access.ENDED


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Go on with what was chosen."""
    facts = done.facts
    dossier = dossiers.find(visit.db, facts["dossier"])
    if dossier and not dossier.is_open and not facts.get("is_closed"):
        return opened(visit, dossier.id, facts["reason"])  # the consent was taken back while it lay open
    match answers["act"]:
        case "print":
            reader = Reader(facts["dossier"], visit.person.person_id, facts["reason"])
            papers = documents.form01(facts["dossier"], facts["code"], reader)
            return opened(visit, facts["dossier"], facts["reason"], "Tờ đăng ký gửi kèm dưới đây.", papers)
        case "files" if dossier:
            return _files(visit, dossier, facts["reason"])
        case "paper":
            return opened(visit, facts["dossier"], facts["reason"])
        case "list":
            return listing.of_commune(visit, facts["commune"], facts["reason"], facts["dossier"])
        case act:
            return Start(act, about={**facts, **_asks_about(visit, facts, act)})


def _files(visit: Visit, dossier: Dossier, reason: int | None) -> Next:
    """The dossier once more, with its photos and papers."""
    if access.let(visit, "files", dossier.commune, dossier.id, reason) is None:
        return menu.menu(access.ENDED)
    found = attached.of(visit, dossier, way(visit, dossier), reason)
    lead = f"Gửi kèm dưới đây {len(found)} tệp của cơ sở, chỉ dùng để xét hồ sơ này." if found else attached.ERASED
    return opened(visit, dossier.id, reason, lead, found)


def _asks_about(visit: Visit, facts: Mapping[str, Any], act: str) -> Mapping[str, Any]:
    """What the talk about an act needs to know, none of it about the producer."""
    about: dict[str, Any] = {"today": visit.today.isoformat()}
    dossier = dossiers.find(visit.db, facts["dossier"])
    if act == RESULT.key and dossier:
        about["claims"] = dossier.claims
    if act == RELEASE.key and dossier:
        about["note"] = dossiers.events(visit.db, dossier.id)[-1].details.get("note", "")
    if act == ASK_MORE.key and dossier:
        steps = [stop.step for stop in way(visit, dossier).answered]
        sent = {step.title for step in steps}  # a paper whose photo is in the form is asked for there
        about["questions"] = [[step.key, step.title, step.answer.wants] for step in steps]
        papers = [paper for paper in papers_for(dossier.product_set) if paper.title not in sent]
        about["papers"] = [[paper.id, paper.title] for paper in papers]
    return about


def _paper(visit: Visit, dossier: Dossier, events: list[Event]) -> list[str]:
    case = application_case(dossier.case).label.lower() if dossier.case else ""
    help = helps.of_application(visit.db, dossier.id)
    is_on_paper = help is not None and help.confirmed_at is None
    confirmed = weekday_words(visit.day_of(dossier.confirmed_at))
    who = "soạn xong" if is_on_paper else "cơ sở xác nhận"
    lines = [f"Hồ sơ {dossier.code}, {case}, {who} {confirmed}.", summary(way(visit, dossier))]
    if help:
        lines.append(words.helped(visit, help))
    if claimed := catalogue.product(dossier.claims or ""):
        lines.append(f"Cơ sở nói đây là {claimed.words} trong danh mục.")
        if not claimed.is_made_by(dossier.producer):
            lines.append("Tên cơ sở khác với danh mục, anh/chị xem lại giúp.")
    if events:
        lines += ["Đã ghi:", *words.history(visit, events)]
    if words.is_mended(dossier, events):
        who = "Người làm giúp đã sửa" if is_on_paper else "Cơ sở đã xác nhận lại"
        lines.append(f"{who} sau lần bổ sung này.")
    return lines


def _closed_paper(visit: Visit, dossier: Dossier, events: list[Event]) -> list[str]:
    """What the office has on paper anyway, where the producer took the consent back."""
    return [
        f"Hồ sơ {dossier.code}, «{capital(dossier.product)}»: {words.standing(visit, dossier, events)}.",
        "Cơ sở đã rút đồng ý, nên ở đây chỉ còn thấy tới thế. Bản giấy ở cơ quan thì không đổi.",
    ]


FORM = Form(
    Conversation("dossier", "hồ sơ", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
    closed=lambda visit, facts: closed("open", visit, facts),
)
