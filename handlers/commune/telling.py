"""Telling a producer what an office did with the dossier: kindly, at once, with the thing to mend one tap away."""

from datetime import date
from typing import Any

from handlers import drafts, phones, register
from handlers.commune.access import office_words
from handlers.commune.words import item_reason
from handlers.visit import EVERYBODY, Visit
from ocop.calendar import weekday_words
from ocop.places import lowered
from ocop.rounds import hand_in_by, next_round, rounds_of
from storage import people
from storage import progress as saved_talks
from storage.dossiers import Dossier, Event
from talk.answers import shortened
from talk.conversation import put_before, way_of
from talk.lunar import lunar_words
from talk.message import EDIT, Choice, Message, Tap
from talk.progress import Act, Offer, Progress
from talk.vietnamese import capital

SOURCE = "Nguồn: Điều {articles} QĐ 26/2026/QĐ-TTg · kiểm tra 21/11/2026"
AT_MOST_TAPPED = 5
ITEMS_LENGTH = 1_000  # leaves room for the rest and the choices, however much is asked for


def tell(visit: Visit, dossier: Dossier, event: Event, focus: int | None) -> bool:
    """Put the news in the outbox of every chat that reaches the producer; False when none does.

    The caller has locked the producer, who is busy with `focus`.
    """
    message = Message(_words(visit, dossier, event))
    if event.kind == "needs_more":
        message = _to_mend(visit, dossier, event, message, focus)
    chats = people.reachable_chats(visit.db, dossier.person_id)
    phones.tell(visit, chats, message)
    return bool(chats)


def _words(visit: Visit, dossier: Dossier, event: Event) -> str:
    product = f"«{capital(dossier.product)}»"
    commune, office = office_words(dossier.commune), office_words(event.place_id)
    you = people.address_form(visit.db, dossier.person_id) or EVERYBODY
    details = event.details
    lines: list[str]
    match event.kind:
        case "received":
            by = date.fromisoformat(details["by"])
            lines = [
                f"{commune} đã nhận bản giấy hồ sơ {product} (mã {dossier.code}), số {details['number']}, "
                f"{_day(details['day'])}. Xã có 15 ngày làm việc để xem, tới {weekday_words(by)} ({lunar_words(by)}), "
                "ngày này trợ lý tính.",
                f"{capital(you)} chưa phải làm gì thêm: thiếu gì xã báo, trợ lý nhắn ngay tại đây.",
                f"{_source('7')} · chưa được cán bộ tỉnh xác nhận",
            ]
        case "needs_more":
            lines = _what_is_missing(visit, dossier, event, office, product, you)
        case "forwarded":
            lines = [
                f"{commune} đã chuyển hồ sơ {product} (mã {dossier.code}) lên tỉnh, {_day(details['day'])}. "
                f"Tỉnh chấm theo đợt. {capital(you)} chưa phải làm gì thêm, có tin trợ lý nhắn ngay.",
                _source("5, 7"),
            ]
        case "recognised":
            by_whom = "Bộ Nông nghiệp và Môi trường" if details["stars"] == 5 else "Ủy ban tỉnh"
            lines = [
                f"{by_whom} công nhận {product} (mã {dossier.code}) {details['stars']} sao, Quyết định số "
                f"{details['decision']}, {_day(details['day'])}. {office} vừa ghi kết quả này.",
                "Giấy dùng 36 tháng kể từ ngày cấp; ngày hết hạn in trên giấy. "
                f"Chưa nhận được giấy thì {you} hỏi cán bộ OCOP {lowered(commune)}.",
                _source("4, 7"),
            ]
        case _:
            office = office_words(details.get("recorded_at", event.place_id))
            note = f"\n{office} nhắn: «{details['note']}»" if details["note"] else ""
            lines = [
                f"Lần này {product} (mã {dossier.code}) chưa được công nhận, {_day(details['day'])}. "
                f"{office} ghi kết quả này.{note}",
                "Phần đã làm vẫn giữ nguyên, làm cho khá hơn rồi xin chấm ở đợt sau được.",
                f"Muốn biết chỗ nào cần sửa thì {you} hỏi cán bộ OCOP {lowered(commune)}, hoặc gõ «gặp cán bộ».",
                _source("5"),
            ]
    return "\n".join(lines)


def _what_is_missing(visit: Visit, dossier: Dossier, event: Event, office: str, product: str, you: str) -> list[str]:
    items = event.details["items"]
    lines = [
        f"{office} đã xem hồ sơ {product} (mã {dossier.code}). Chưa gửi tỉnh được, còn {len(items)} thứ phải làm thêm; "
        "hồ sơ không bị loại, phần đã làm vẫn giữ nguyên:",
        _each(items),
    ]
    round = next_round((*rounds_of(visit.today.year), *rounds_of(visit.today.year + 1)), visit.today)
    if round and dossier.case != "again" and (by := hand_in_by(round)) >= visit.today:
        lines.append(f"Đủ chậm nhất {weekday_words(by)} ({lunar_words(by)}) thì còn kịp đợt tới (trợ lý tính).")
    lines.append(f"{capital(you)} chưa rõ chỗ nào thì hỏi cán bộ OCOP {lowered(office)}, hoặc gõ «gặp cán bộ».")
    lines.append(f"{_source('5, 7')} · chưa được cán bộ tỉnh xác nhận")
    return lines


def _each(items: list[dict[str, str]]) -> str:
    """A line for each thing to mend; the official's own words are cut evenly where they are too many."""
    at_most = 200
    while len(lines := "\n".join(_line(item, at_most) for item in items)) > ITEMS_LENGTH and at_most > 10:
        at_most //= 2
    return lines


def _line(item: dict[str, str], at_most: int) -> str:
    return f"– {lowered(item['title'])}: {item_reason(item, at_most)}"


def _to_mend(visit: Visit, dossier: Dossier, event: Event, message: Message, focus: int | None) -> Message:
    """The message with a choice for each question of the form to mend; it opens that question, now or weeks later.

    Typed numbers take these choices, too, unless the producer is in the middle of something else.
    """
    saved = saved_talks.find(visit.db, dossier.progress_id) if dossier.progress_id else None
    if saved is None or saved.conversation not in drafts.KINDS:
        return message
    progress = Progress.loads(str(saved.id), saved.body)
    way = way_of(register.FORM.conversation, progress)
    stops = [stop for item in event.details["items"] if (stop := way.stop(item["key"]))][:AT_MOST_TAPPED]
    if not stops:
        return message
    is_free = focus in (None, saved.id)
    offers = tuple(
        Offer(str(n), stop.step.key, f"Sửa câu {stop.number}: {stop.step.title}", Act("edit", stop.number))
        for n, stop in enumerate(stops, 1)
    )
    if is_free:
        saved_talks.save(visit.db, saved.id, put_before(progress, message.text, offers).dumps(), visit.now)
        people.focus_on(visit.db, dossier.person_id, saved.id)
        text = message.text
    else:
        text = f"{message.text}\nLàm xong việc đang dở, gõ «giấy tờ của tôi» để mở tờ này."
    choices = tuple(
        Choice(offer.number if is_free else "", shortened(offer.label), Tap(str(saved.id), EDIT, offer.key))
        for offer in offers
    )
    return Message(text, choices)


def _source(articles: str) -> str:
    return SOURCE.format(articles=articles)


def _day(iso: Any) -> str:
    return weekday_words(date.fromisoformat(iso))
