"""Answers from the person's own papers: where they stand, by when to hand them in, until when a certificate holds."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers import certificates, handing_in
from handlers.drafts import STANDS, name_of
from handlers.said import Said
from handlers.topics import OPEN, TAP
from handlers.visit import Visit
from ocop import renewal
from ocop.calendar import weekday_words
from ocop.topics import DOUBT
from storage import applications, dossiers, progress, recognitions
from storage.applications import Summary
from storage.recognitions import Recognition
from talk.message import Tap
from talk.progress import Progress
from talk.vietnamese import fold

STATUS, DEADLINES = "application-status", "submission-deadlines"
OF_CERTIFICATES = frozenset({"certificate-validity", "re-evaluation"})
SHOWN = 5
IN_GENERAL = "Quy định chung"
ONLY_RECORDED = "Trợ lý chỉ biết điều cán bộ đã ghi ở đây. Mở tờ nào thì gõ mã tờ đó."
TO_HAND_IN = {
    "draft": "đang soạn",
    "unsigned": "chờ cơ sở xác nhận",
    "confirmed": "soạn xong, xã chưa ghi là đã nhận bản giấy",
}
WITH_THE_OFFICE = {
    "received": "xã đã nhận bản giấy, không phải nộp lại.",
    "needs_more": "xã cần bổ sung. Thiếu gì thì gõ «xã ghi gì», làm thêm cho đủ rồi đưa lại xã sớm.",
    "forwarded": "xã đã chuyển tỉnh, không phải nộp lại.",
}

_MINE = re.compile(r"\b(?:(?:cua|nha) (?:toi|minh|em|chau|chung toi|con)|toi (?:phai|nop|con|co))\b")


@dataclass(frozen=True, slots=True)
class Paper:
    """A form of the person's own, drafted or confirmed."""

    name: str  # "«Miến dong Bản Mẫu», mã HK-394-27"
    state: str
    case: str
    issued: date | None  # the day of the certificate that it names


def answer(visit: Visit, words: str) -> Said | None:
    """What is known of the person's own case; None where the question is no such one, or nothing is known."""
    understood = visit.understood
    if understood.decision != "answer" or understood.is_english:
        return None
    topic = understood.topics[0]
    is_mine = _MINE.search(fold(words)) is not None
    if topic == STATUS:
        text = _applications(visit)
    elif topic == DEADLINES and is_mine:
        text = _deadlines(visit)
    elif topic in OF_CERTIFICATES and is_mine:
        text = _certificates(visit)
    else:
        return None
    return Said(text, ((IN_GENERAL, Tap(TAP, topic, OPEN)),), {"topic": topic}) if text else None


def _applications(visit: Visit) -> str:
    mine = [one for one in applications.of_person(visit.db, visit.person.person_id) if one.code][:SHOWN]
    lines = [_stands(visit, one) for one in mine]
    return "\n".join((f"Giấy tờ của {visit.you}:", *lines, ONLY_RECORDED)) if lines else ""


def _stands(visit: Visit, one: Summary) -> str:
    state = _told_state(one)
    told = [event for event in dossiers.events(visit.db, one.id) if event.kind == state]
    since = f", ghi {weekday_words(visit.day_of(told[-1].at))}" if told else ""
    return f"– «{one.details.product}», mã {one.code}: {STANDS[state]}{since}"


def _told_state(one: Summary) -> str:
    # A result that a second official has yet to release is no news yet.
    return one.state if one.state in STANDS else "forwarded"


def _deadlines(visit: Visit) -> str:
    by_words: dict[str, list[str]] = {}  # what is said of several papers is said once
    for paper in list(_papers(visit))[:SHOWN]:
        if words := _by_when(visit, paper):
            by_words.setdefault(words, []).append(paper.name)
    lines = [f"– {'; '.join(names)}: {words}" for words, names in by_words.items()]
    known = _recognised(visit)
    lines += [_until(visit, one) for one in known]
    return "\n".join((*lines, f"Nguồn: {_decisions(known)}{handing_in.SOURCE}")) if lines else ""


def _by_when(visit: Visit, paper: Paper) -> str:
    if paper.state not in TO_HAND_IN:
        return WITH_THE_OFFICE.get(paper.state, "")
    when = handing_in.when(paper.case, paper.issued, visit.today)
    return f"{TO_HAND_IN[paper.state]}. {when.words}" if when else ""


def _papers(visit: Visit) -> Iterator[Paper]:
    """The confirmed ones, the newest first, and then those that are being written."""
    me = visit.person.person_id
    confirmed = applications.of_person(visit.db, me)
    for one in confirmed:
        answers = json.loads(applications.latest_version(visit.db, one.id) or "{}")
        name = f"«{one.details.product}», mã {one.code}"
        yield Paper(name, _told_state(one), one.details.case, _issued(answers))
    known = {one.progress_id for one in confirmed}
    for saved in progress.open_ones(visit.db, me):
        answers = {key: kept.raw for key, kept in Progress.loads("", saved.body).answers.items()}
        if saved.conversation == "register" and saved.id not in known and "case" in answers:
            yield Paper(name_of(saved), "draft", answers["case"], _issued(answers))


def _issued(answers: dict[str, Any]) -> date | None:
    return date.fromisoformat(answers["issued"]) if answers.get("issued") else None


def _certificates(visit: Visit) -> str:
    """What officials recorded, else what the person's own papers say."""
    if known := _recognised(visit):
        source = f"Nguồn: {_decisions(known)}{renewal.SOURCE} · ngày do trợ lý tính{DOUBT}"
        return "\n".join((*(_until(visit, one) for one in known), source))
    named = [paper for paper in _papers(visit) if paper.issued][:SHOWN]
    lines = [f"– {one.name}: {certificates.ends(one.issued, visit.today)}" for one in named if one.issued]
    return "\n".join((*lines, f"Nguồn: ngày cấp bà con đã ghi; {renewal.SOURCE}{DOUBT}")) if lines else ""


def _recognised(visit: Visit) -> list[Recognition]:
    """What officials recorded and is known to end, the newest first."""
    return [one for one in recognitions.of_person(visit.db, visit.person.person_id)[:SHOWN] if one.ends]


def _decisions(known: list[Recognition]) -> str:
    """The head of a source: "Quyết định 124/QĐ-UBND; ", "" for none."""
    return "".join(f"{decision}; " for decision in dict.fromkeys(f"Quyết định {one.decision}" for one in known))


def _until(visit: Visit, one: Recognition) -> str:
    assert one.ends
    window = renewal.window(one.ends)
    by = weekday_words(window.hand_in_by())
    match window.state(visit.today):
        case "not_yet":
            left = f"Xin chấm lại thì nộp ở xã từ {weekday_words(window.opens)}, chậm nhất {by}."
        case "open":
            left = f"Nay nộp ở xã được để xin chấm lại, chậm nhất {by}."
        case "closed":
            left = f"Ngày cuối nộp xin chấm lại đã qua, {by}. Nộp muộn có được nhận không thì hỏi cán bộ."
        case _:
            left = "Nay đã quá."
    return f"– «{one.product}», {one.stars} sao: giấy dùng đến {weekday_words(one.ends)}. {left}"
