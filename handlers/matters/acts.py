"""What can be done with a matter by one touch: an official takes it or leaves it, who asked is content or asks more."""

from collections.abc import Mapping
from typing import Any

from handlers.form import CAME_FROM, Form, Next, back_to
from handlers.matters import answering, asking, line, sides, telling
from handlers.visit import Visit
from storage import matters
from storage.progress import Saved
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital


def script(facts: Facts) -> Script:
    """One question: what to do about it."""
    known = {option.key: option for option in (*sides.FOR_OFFICIALS, *sides.FOR_THE_ASKER)}
    options = [Option(key, label, known[key].also) for key, label in facts.options or [["clear", sides.CLEAR.label]]]
    yield ask("act", "Với câu này, làm gì tiếp?", one_of(options), title="Việc")


def act(visit: Visit, matter_id: int, key: str, saved: Saved | None = None) -> Next:
    """Do it, for whoever may. `saved` is the talk they are in the middle of, and come back to."""
    came_from = saved.id if saved else None
    match key:
        case sides.ANSWER.key:
            return answering.take(visit, matter_id, came_from)
        case sides.LINE.key:
            return answering.talk(visit, matter_id, came_from)
        case sides.LEAVE.key:
            return answering.leave(visit, matter_id, came_from)
    matter = matters.lock(visit.db, matter_id)
    if matter is None or matter.person_id != visit.person.person_id:
        return back_to({CAME_FROM: came_from}, sides.GONE)
    if key == sides.MORE.key:
        if sides.is_on_line(visit, matter):
            return line.join(visit, matter)
        return asking.begin(visit, saved)
    if sides.is_on_line(visit, matter):
        line.hang_up(visit, matter)
    elif matter.ended_at is None:
        matters.end(visit.db, matter.id, visit.now)
    return back_to({CAME_FROM: came_from}, f"Được ạ. {capital(visit.you)} cần hỏi nữa thì gõ «gặp cán bộ».")


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Do what was chosen by its number or in words."""
    return act(visit, done.facts["matter"], answers["act"])


FORM = Form(
    Conversation(telling.OFFER, "một câu hỏi", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
    waits=True,
)
