"""The line: while it is open, what either side of a matter types goes straight to the other, and the bot is silent.

An official opens it. The person who asked is on it at once when they are in the middle of nothing, else as soon as they
say so. «xong» or «menu» of either side closes it, or thirty minutes without a word.
"""

from datetime import timedelta

from handlers.matters import sides, telling
from handlers.visit import Moment, Visit
from ocop.places import lowered
from storage import matters, people
from storage.matters import Matter
from talk.message import Message, Wants
from talk.vietnamese import capital

QUIET = timedelta(minutes=30)
AT_MOST = 1_200
HOW = "Xong thì gõ «xong». 30 phút không ai nhắn thì trợ lý nói lại."
SPEAKS = "Trợ lý trả lời lại đây."


def open_line(visit: Visit, matter: Matter) -> Message:
    """Open the line for the official who is here and took the matter, and bring in the person who asked."""
    me = visit.person.person_id
    if visit.person.line not in (None, matter.id):
        _leave(visit, visit.person.line)
    matters.keep_line(visit.db, matter.id, visit.now + QUIET)
    people.put_on_line(visit.db, me, matter.id)
    office, you = capital(sides.office_name(matter.speaks_for)), sides.called(visit, matter)
    what = f"line {visit.now.isoformat()}"
    if _bring_in(visit, matter):
        telling.tell(visit, matter, matter.person_id, _joined(office, you), what, wants="line")
        slow = ""
    else:
        words = f"{office} đang chờ để nhắn trực tiếp với {you}."
        later = "Việc đang dở cứ làm, muốn nhắn thì gõ «gặp cán bộ»."
        telling.tell(visit, matter, matter.person_id, words, what, [sides.JOIN], if_busy=later)
        slow = " Bà con đang dở việc khác, có thể trả lời chậm."
    asker = sides.asker_words(visit, matter)
    head = f"Đang nhắn trực tiếp với {lowered(asker)}. Anh/chị gõ gì bà con đọc ngay, dưới tên {lowered(office)}."
    return Message(f"{head}{slow} {HOW}", wants="line")


def join(visit: Visit, matter: Matter) -> Message:
    """Put the person who asked, and is here, on the open line."""
    people.put_on_line(visit.db, visit.person.person_id, matter.id)
    assert matter.taker_id
    words = f"{sides.asker_words(visit, matter)} đã vào, nhắn được rồi."
    telling.tell(visit, matter, matter.taker_id, words, f"joined {visit.now.isoformat()}", wants="line")
    office = capital(sides.office_name(matter.speaks_for))
    return Message(_joined(office, visit.you), wants="line")


def pass_over(visit: Visit, matter: Matter, words: str, word_id: int) -> bool:
    """Give the other side what the person who is here typed, which the caller keeps; False when it reaches nobody."""
    matters.keep_line(visit.db, matter.id, visit.now + QUIET)
    what = f"said {word_id}"
    if visit.person.person_id == matter.person_id:
        assert matter.taker_id
        said = f"{sides.asker_words(visit, matter)}: «{words}»"
        return telling.tell(visit, matter, matter.taker_id, said, what, wants="line")
    said = f"{capital(sides.office_name(matter.speaks_for))}: «{words}»"
    is_on = people.line_of(visit.db, matter.person_id) == matter.id
    options = () if is_on else (sides.CLEAR, sides.JOIN)
    later = "Muốn nhắn lại thì gõ «gặp cán bộ»."
    wants: Wants = "line" if is_on else ""
    return telling.tell(visit, matter, matter.person_id, said, what, options, if_busy=later, wants=wants)


def hang_up(visit: Visit, matter: Matter, *, is_answered: bool = True) -> None:
    """Close the line for the person who is here, and tell the other side that the bot speaks again.

    With the person who asked the matter ends; with an official it `is_answered`.
    """
    me = visit.person.person_id
    office = capital(sides.office_name(matter.speaks_for))
    if me == matter.person_id:
        other, words = matter.taker_id, f"{sides.asker_words(visit, matter)} đã thôi nhắn. {SPEAKS}"
        matters.end(visit.db, matter.id, visit.now)
    else:
        other = matter.person_id
        words = f"{office} đã thôi nhắn trực tiếp. {SPEAKS} Còn muốn hỏi thì gõ «gặp cán bộ»."
        if is_answered:
            matters.settle(visit.db, matter.id, visit.now)
    people.put_on_line(visit.db, me, None)
    close(visit, matter)
    if other:
        telling.tell(visit, matter, other, words, f"over {visit.now.isoformat()}")


def fall_silent(moment: Moment, matter: Matter) -> None:
    """Close a line that nobody has used for too long, and tell both."""
    close(moment, matter)
    for person in (matter.person_id, matter.taker_id):
        if person:
            words = f"30 phút không ai nhắn, nên đã thôi nhắn trực tiếp. {SPEAKS}"
            telling.tell(moment, matter, person, words, f"silent {moment.now.isoformat()}", lane="reminder")


def close(moment: Moment, matter: Matter) -> None:
    """Close a line. Whoever was on it leaves with their next word, lest a late «xong» be taken for that of a form."""
    matters.keep_line(moment.db, matter.id, None)


def _leave(visit: Visit, matter_id: int) -> None:
    """Close the line the official who is here was on, for the sake of another one."""
    other = matters.lock(visit.db, matter_id)
    if other and sides.is_on_line(visit, other) and other.taker_id == visit.person.person_id:
        hang_up(visit, other)


def _bring_in(visit: Visit, matter: Matter) -> bool:
    """Put the person who asked on the line, unless they are in the middle of something."""
    busy = people.lock_if_idle(visit.db, matter.person_id)
    if busy is None:
        return False
    is_free = busy.line == matter.id or telling.is_free(visit, busy)
    people.put_on_line(visit.db, matter.person_id, matter.id if is_free else None)
    return is_free


def _joined(office: str, you: str) -> str:
    return f"{office} đang nhắn trực tiếp với {you}. {capital(you)} gõ gì là tới thẳng cán bộ, trợ lý im lặng. {HOW}"
