"""The officials' side: what waits for an answer, taking a question, and answering it once and for all to read."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.form import CAME_FROM, Form, Next, Start, back_to
from handlers.matters import line, sides, telling, words
from handlers.visit import Visit
from ocop.office_hours import promise
from storage import audit, matters
from storage.matters import LIST, Matter
from talk.answers import Option, one_of, text
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital

NAME = "answer"
AT_MOST = 700
SEND = Option("send", "Gửi", ("gui di", "gui luon", "xong", "duoc", "ok"))
NOT_SENT = "Lời vừa gõ chưa gửi."


def which_question(facts: Facts) -> Script:
    """One question: which one."""
    found = [Option(key, label) for key, label in facts.questions or [["-", "-"]]]
    yield ask("which", "Mở câu nào?", one_of(found), title="Câu hỏi")


def script(facts: Facts) -> Script:
    """The words, and a look at them as the person will read them."""
    said = yield ask(
        "words",
        "Gõ câu trả lời. Bà con đọc đúng từng chữ.",
        text(at_most=AT_MOST, example="Thứ Năm 26/11 xã nhắn lại nơi thử mẫu", room="một tin chuyển được"),
        title="Câu trả lời",
        out="Để người khác",
    )
    yield ask(
        "send",
        f"Bà con sẽ thấy:\n{facts.office} trả lời: «{said}»\nĐúng thì gõ 1, muốn sửa thì gõ 0.",
        one_of([SEND]),
        title="Gửi",
    )


def begin(visit: Visit) -> Next:
    """The questions that wait for the offices the person works for; who works for none is told so, and it is logged."""
    places = sides.offices_of(visit)
    if not places:
        audit.note(visit.db, visit.person.person_id, "questions", visit.now, was_denied=True)
        return menu.menu("Việc này của cán bộ xã, tỉnh. Có mã mời thì gõ mã vào đây.")
    found = matters.waiting_at(visit.db, places, visit.person.person_id)
    if not found:
        return menu.menu("Chưa có câu hỏi nào chờ trả lời.")
    lines = [[str(one.id), words.listed(visit, one)] for one in found]
    return Start(LIST, f"Câu hỏi chờ trả lời: {len(found)}.", {"questions": lines, "places": places})


def opened(visit: Visit, matter_id: int) -> Next:
    """What was said so far, and what can be done about it."""
    matter = matters.find(visit.db, matter_id)
    if matter is None or matter.ended_at:
        return menu.menu(sides.GONE)
    if sides.let(visit, "questions", matter) is None:
        return menu.menu(access.ENDED)
    audit.note(visit.db, visit.person.person_id, "questions", visit.now, place_id=matter.office)
    return Start(telling.OFFER, words.history(visit, matter), telling.offered(matter.id, sides.FOR_OFFICIALS))


def take(visit: Visit, matter_id: int, came_from: int | None) -> Next:
    """Take a question and ask for the answer to it."""
    matter, why = _taken(visit, matter_id)
    about: dict[str, Any] = {"matter": matter_id, CAME_FROM: came_from}
    if matter is None:
        return back_to(about, why)
    about["office"] = capital(sides.office_name(matter.speaks_for))
    about["seen"] = matters.words(visit.db, matter.id)[-1].id
    return Start(NAME, words.history(visit, matter), about)


def talk(visit: Visit, matter_id: int, came_from: int | None) -> Next:
    """Take a question and open the line to the person who asked."""
    matter, why = _taken(visit, matter_id)
    return line.open_line(visit, matter) if matter else back_to({CAME_FROM: came_from}, why)


def leave(visit: Visit, matter_id: int, came_from: int | None) -> Next:
    """Leave a question to the others; they are told when it had been taken."""
    about = {CAME_FROM: came_from}
    matter = matters.lock(visit.db, matter_id)
    if matter is None or matter.ended_at:
        return back_to(about, sides.GONE)
    if sides.let(visit, "questions", matter) is None:
        return back_to(about, access.ENDED)
    if matter.taker_id == visit.person.person_id:
        matters.leave(visit.db, matter.id, visit.now)
        _tell_others(visit, matter, "Câu hỏi này người nhận đã để lại, chờ anh/chị khác trả lời", offers=True)
    return back_to(about, "Được, để người khác. Câu này vẫn còn trong danh sách, mở thì gõ «câu hỏi».")


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Send the answer, unless the question is gone, the right ended, or somebody else has taken it meanwhile."""
    matter, why = _taken(visit, done.facts["matter"])
    if matter is None:
        return back_to(done.facts, f"{why} {NOT_SENT}")
    said = answers["words"]
    head = f"{capital(sides.office_name(matter.speaks_for))} trả lời {words.asked_on(visit, matter)} của "
    unseen = [word for word in words.unanswered(visit, matter) if word.id > done.facts["seen"]]
    word_id = matters.answer(visit.db, matter.id, visit.person.person_id, matter.speaks_for, said, visit.now)
    if unseen:  # asked while the answer was typed
        since = unseen[0].at
        due = promise(since.astimezone(visit.office.timezone)).due.astimezone(UTC)
        matters.still_wait(visit.db, matter.id, since, due)
    was_told = telling.tell(
        visit,
        matter,
        matter.person_id,
        f"{head}{sides.called(visit, matter)}:\n«{said}»",
        f"said {word_id}",
        sides.FOR_THE_ASKER,
        if_busy="Muốn hỏi thêm thì gõ «gặp cán bộ».",
    )
    if not was_told:
        return back_to(done.facts, "✅ Đã ghi câu trả lời, nhưng bà con không còn nhận tin ở đây.")
    left = sides.waiting(visit)
    more = f" Còn {left} câu chờ, mở thì gõ «câu hỏi»." if left else " Bà con hỏi thêm là báo anh/chị ngay."
    return back_to(done.facts, f"✅ Đã gửi câu trả lời.{more}")


def _taken(visit: Visit, matter_id: int) -> tuple[Matter | None, str]:
    """The matter in the hands of the official who is here, the others told; or None and why not."""
    me = visit.person.person_id
    matter = matters.lock(visit.db, matter_id)
    if matter is None or matter.ended_at:
        return None, sides.GONE
    given = sides.let(visit, "answer", matter)
    if given is None or given.place_id is None or matter.person_id == me:
        return None, access.ENDED
    if sides.holder(visit, matter) not in (None, me):
        return None, "Câu này đã có người khác nhận trả lời."
    matters.take(visit.db, matter.id, me, given.place_id, visit.now)
    if matter.taker_id != me:
        audit.note(visit.db, me, "answer", visit.now, place_id=given.place_id)
        _tell_others(visit, matter, "Câu hỏi này đã có người nhận trả lời")
    taken = matters.find(visit.db, matter.id)
    assert taken
    return taken, ""


def _tell_others(visit: Visit, matter: Matter, what: str, *, offers: bool = False) -> None:
    if matter.waiting_since is None:
        return
    said = f"{what}:\n{words.asked(visit, matter)}"
    options = sides.FOR_OFFICIALS if offers else ()
    for person in sides.officials(visit, matter.offices, matter.person_id):
        if person != visit.person.person_id:
            key = f"{what} {visit.now.isoformat()}"
            telling.tell(visit, matter, person, said, key, options, if_busy=sides.LATER, lane="reminder")


def _list_closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    return None if set(facts["places"]) <= set(sides.offices_of(visit)) else access.ENDED


def _closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    """Why an answer can go on no longer; whatever was typed of it stays unsent."""
    matter = matters.find(visit.db, facts["matter"])
    if matter is None or matter.ended_at:
        return f"{sides.GONE} {NOT_SENT}"
    return None if sides.let(visit, "answer", matter) else access.ENDED


FORMS = (
    Form(
        Conversation(LIST, "câu hỏi chờ trả lời", "", which_question, review=False),
        lambda visit: {},
        lambda visit, done, answers: opened(visit, int(answers["which"])),
        keeps=False,
        closed=_list_closed,
    ),
    Form(
        Conversation(NAME, "câu trả lời", "", script, review=False),
        lambda visit: {},
        finish,
        keeps=False,
        closed=_closed,
        given_up=lambda visit, facts: leave(visit, facts["matter"], facts[CAME_FROM]),
        reply=lambda facts, words: None,
    ),
)
