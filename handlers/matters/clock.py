"""The clock on what was promised: nobody who asked is left without a word, whatever the offices do."""

from datetime import UTC, timedelta

from handlers.commune.access import office_words
from handlers.matters import line, sides, telling, words
from handlers.visit import Moment
from ocop.office_hours import promise
from ocop.places import lowered
from storage import applications, promises
from storage.matters import Matter
from talk.vietnamese import capital

AT_ONCE = 50  # in one transaction, so that turns do not wait for it
OFTEN_ENOUGH = 2  # promises not kept; after that the person is told where else to turn, and nobody is reminded
IDLE = timedelta(days=7)  # so long after an answer it is done with


def sweep(moment: Moment) -> None:
    """Say whatever has become due: once, however many processes look at the clock and however often they are killed.

    What is due stands in the matters, and changes in the transaction that says it.
    """
    for matter in promises.silent(moment.db, moment.now, AT_ONCE):
        line.fall_silent(moment, matter)
    for matter in promises.due(moment.db, moment.now, AT_ONCE):
        _be_late(moment, matter)
    promises.end_idle(moment.db, moment.now - IDLE, moment.now)


def _be_late(moment: Moment, matter: Matter) -> None:
    """Ask the commune once more and the province as well, and tell the person how it stands."""
    asker, is_at_the_commune = matter.person_id, matter.office != matter.province
    theirs = sides.officials(moment, (matter.office,), asker)
    provinces = sides.officials(moment, (matter.province,), asker) if is_at_the_commune else []
    times = matter.times_late + 1
    is_last = times >= OFTEN_ENOUGH or not (theirs or provinces)
    due = None if is_last else promise(moment.here).due.astimezone(UTC)
    promises.late(moment.db, matter.id, due, is_passed_on=bool(provinces))
    asked, what = words.asked(moment, matter), f"late {times} {matter.waiting_since}"
    again = f"⏰ {capital(words.asked_on(moment, matter))} đã quá hẹn mà chưa ai trả lời:\n{asked}"
    first = f"{office_words(matter.office)} chưa kịp trả lời câu này, trợ lý báo thêm anh/chị:\n{asked}"
    heads = dict.fromkeys(provinces, first if is_at_the_commune and not matter.is_passed_on else again)
    for person, head in (heads | dict.fromkeys(theirs, again)).items():
        telling.tell(moment, matter, person, head, what, sides.FOR_OFFICIALS, if_busy=sides.LATER, lane="reminder")
    reminded = lowered(office_words(matter.office)) if theirs else ""
    told = _honest(moment, matter, reminded, bool(provinces), is_last)
    telling.tell(moment, matter, asker, told, what, lane="reminder")


def _honest(moment: Moment, matter: Matter, reminded: str, is_with_the_province: bool, is_last: bool) -> str:
    """What the person is told: that nobody answered, what was done about it, and where else to turn."""
    you, still = sides.called(moment, matter), "vẫn " if matter.times_late else ""
    lines = [f"{capital(words.asked_on(moment, matter))} của {you} {still}chưa ai trả lời."]
    if matter.times_late and (reminded or is_with_the_province):
        lines.append("Trợ lý đã nhắc cán bộ lần nữa.")
    elif is_with_the_province:
        also = f"đã nhắc {reminded} và báo thêm" if reminded else "đã báo"
        lines.append(f"Trợ lý {also} cơ quan lo việc OCOP của tỉnh.")
    elif reminded:
        lines.append(f"Trợ lý đã nhắc {reminded}.")
    else:
        lines.append("Ở đây không còn cán bộ nào nhận câu hỏi.")
    if is_last and moment.office.contact:
        lines.append(f"Gọi {moment.office.name} giúp: {moment.office.contact}.")
    where = lowered(office_words(matter.commune)) if matter.commune else "xã"
    code = _code(moment, matter)
    lines.append(f"Gấp thì {you} ra thẳng ủy ban {where}{f', đọc mã {code}' if code else ''}.")
    return " ".join(lines)


def _code(moment: Moment, matter: Matter) -> str:
    """The code of the person's newest application, by which an office finds what they ask about."""
    mine = applications.of_person(moment.db, matter.person_id)
    return next((one.code for one in mine if one.code), "")
