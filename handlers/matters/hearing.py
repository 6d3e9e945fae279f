"""What becomes of the words of somebody whose line is open: the other side reads them, and the bot says nothing."""

from handlers import menu
from handlers.commune import access
from handlers.matters import asking, line, sides
from handlers.visit import Visit
from ocop.codes import WrongCode
from ocop.long_codes import REFERENCE, WrongGroup, groups_of, read_long_code
from storage import matters, people
from storage.matters import Matter
from talk.answers import shortened
from talk.message import Message, Update
from talk.vietnamese import blunt, fold, grouped, tidy

ENDS = frozenset({"xong", "xong roi", "menu", "ve dau", "thoat"})
WORDS_ONLY = f"Lúc nhắn trực tiếp chỉ chuyển được chữ, tin này chưa chuyển. {line.HOW}"
SENT_ALREADY = "Tin đã tới bên kia thì không sửa lại được. Gõ lại câu đúng giúp."
CUT = f"Tin dài quá, bên kia đọc được {grouped(line.AT_MOST)} chữ cái đầu."
UNREACHABLE = f"Bên kia không còn nhận tin ở đây. {line.HOW}"
SILENCE = Message("")
NOT_PASSED = "Lời vừa gõ chưa chuyển đi."


def hear(visit: Visit, update: Update) -> Message | str | None:
    """What is said to an update on an open line; None where it is answered as ever.

    A message stands by itself. A text is said above what lies open, for the line is closed now.
    """
    if visit.person.line is None or update.tap:
        return None
    words = tidy(update.text)
    ends = blunt(fold(words)) in ENDS
    matter = matters.lock(visit.db, visit.person.line)
    if why := _over(visit, matter):
        return why if words else None
    if matter is None or not sides.is_on_line(visit, matter):
        return f"Đã thôi nhắn trực tiếp rồi. {line.SPEAKS}" if ends else None
    if ends:
        line.hang_up(visit, matter)
        return f"Đã thôi nhắn trực tiếp. {line.SPEAKS}"
    if update.start or menu.named(words) or menu.of_officials(words):
        line.hang_up(visit, matter)
        return None
    if _opens_something(words):
        return None
    if update.is_edit:
        return Message(SENT_ALREADY, wants="line")
    if not words:
        return Message(WORDS_ONLY, wants="line")
    return _pass_over(visit, matter, words)


def _opens_something(words: str) -> bool:
    """Whether this is a code that joins a phone or makes an official, which is nobody else's to read."""
    try:
        code = read_long_code(words)
    except WrongCode:
        return False
    except WrongGroup:
        return True
    return code is not None and groups_of(code) != REFERENCE


def _over(visit: Visit, matter: Matter | None) -> str:
    """Why the line is closed to the person, who leaves it; "" where it is not, or where they know already."""
    me = visit.person.person_id
    if matter is None or me not in (matter.person_id, matter.taker_id):
        people.put_on_line(visit.db, me, None)
        return f"{sides.GONE} {NOT_PASSED}"
    if matter.line_until is None:
        people.put_on_line(visit.db, me, None)
        return ""
    if matter.line_until <= visit.now:
        people.put_on_line(visit.db, me, None)
        line.fall_silent(visit, matter)
        return NOT_PASSED
    if me == matter.taker_id and sides.let(visit, "answer", matter) is None:
        line.hang_up(visit, matter, is_answered=False)
        matters.leave(visit.db, matter.id, visit.now)
        return access.ENDED
    return ""


def _pass_over(visit: Visit, matter: Matter, words: str) -> Message:
    text = shortened(words, line.AT_MOST)
    if visit.person.person_id == matter.person_id:
        word_id = asking.keep(visit, matter, text)
    else:
        me = visit.person.person_id
        word_id = matters.answer(visit.db, matter.id, me, matter.speaks_for, text, visit.now)
    if not line.pass_over(visit, matter, text, word_id):
        return Message(UNREACHABLE, wants="line")
    return SILENCE if text == words else Message(CUT, wants="line")
