"""Answers from the person's own papers: where an application stands, until when a certificate holds."""

import re

from handlers.drafts import STANDS
from handlers.said import Said
from handlers.topics import OPEN, TAP
from handlers.visit import Visit
from ocop import renewal
from ocop.calendar import weekday_words
from ocop.topics import DOUBT
from storage import applications, dossiers, recognitions
from storage.applications import Summary
from storage.recognitions import Recognition
from talk.message import Tap
from talk.vietnamese import fold

STATUS = "application-status"
OF_CERTIFICATES = frozenset({"certificate-validity", "re-evaluation", "submission-deadlines"})
SHOWN = 5
IN_GENERAL = "Quy định chung"
ONLY_RECORDED = "Trợ lý chỉ biết điều cán bộ đã ghi ở đây. Mở tờ nào thì gõ mã tờ đó."

_MINE = re.compile(r"\b(?:(?:cua|nha) (?:toi|minh|em|chau|chung toi|con)|toi (?:phai|nop|con|co))\b")


def answer(visit: Visit, words: str) -> Said | None:
    """What is known of the person's own case; None where the question is no such one, or nothing is known."""
    understood = visit.understood
    if understood.decision != "answer" or understood.is_english:
        return None
    topic = understood.topics[0]
    if topic == STATUS:
        text = _applications(visit)
    elif topic in OF_CERTIFICATES and _MINE.search(fold(words)):
        text = _certificates(visit)
    else:
        return None
    return Said(text, ((IN_GENERAL, Tap(TAP, topic, OPEN)),), {"topic": topic}) if text else None


def _applications(visit: Visit) -> str:
    mine = [one for one in applications.of_person(visit.db, visit.person.person_id) if one.code][:SHOWN]
    lines = [_stands(visit, one) for one in mine]
    return "\n".join((f"Giấy tờ của {visit.you}:", *lines, ONLY_RECORDED)) if lines else ""


def _stands(visit: Visit, one: Summary) -> str:
    # A result that a second official has yet to release is no news yet.
    state = one.state if one.state in STANDS else "forwarded"
    told = [event for event in dossiers.events(visit.db, one.id) if event.kind == state]
    since = f", ghi {weekday_words(visit.day_of(told[-1].at))}" if told else ""
    return f"– «{one.details.product}», mã {one.code}: {STANDS[state]}{since}"


def _certificates(visit: Visit) -> str:
    known = recognitions.of_person(visit.db, visit.person.person_id)[:SHOWN]
    lines = [_until(visit, one) for one in known if one.ends]
    if not lines:
        return ""
    decisions = "; ".join(dict.fromkeys(f"Quyết định {one.decision}" for one in known if one.ends))
    return "\n".join((*lines, f"Nguồn: {decisions}; {renewal.SOURCE} · ngày do trợ lý tính{DOUBT}"))


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
