"""«Sửa câu trả lời»: which topic an official means, by the words people ask with; or one that is not there yet."""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.editing import page, writing
from handlers.editing.forms import LATER, form
from handlers.form import Next, Start
from handlers.visit import Visit
from ocop.asking import understand
from storage import audit
from talk.answers import Option, one_of, shortened, text
from talk.progress import Progress
from talk.script import Facts, Script, ask

FIND, PICK = "find_topic", "pick_topic"
AT_MOST = 200
NEW = Option("new", "Chưa có câu nào như vậy, viết câu mới", ("cau moi", "viet moi", "chua co"))


def which(facts: Facts) -> Script:
    """What people ask."""
    example = text(AT_MOST, at_least=4, example="thử mẫu miến ở đâu", room="một câu hỏi chứa")
    yield ask("asked", "Sửa, thêm câu trả lời nào? Gõ câu hỏi như bà con hay hỏi.", example, title="Câu hỏi", out=LATER)


def picking(facts: Facts) -> Script:
    """Which of the topics near it."""
    options = [*(Option(*one) for one in facts.near or ()), NEW]
    yield ask("topic", "Sửa chủ đề nào?", one_of(options), title="Chủ đề", out=LATER)


def begin(visit: Visit) -> Next:
    """Ask for the question."""
    province = access.answers_for(visit)
    if province is None:
        audit.note(visit.db, visit.person.person_id, "unanswered", visit.now, was_denied=True)
        return menu.menu("Việc này của cán bộ tỉnh.")
    return Start(FIND, about={"province": province})


def found(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """The topics near the question; without any it is a new one."""
    asked, province = answers["asked"], done.facts["province"]
    near = understand(asked, visit.library.bank).topics
    if not near:
        return writing.for_new(visit, asked, province)
    titles = [[id, shortened(visit.library.topic(id).question)] for id in near]
    return Start(PICK, about={"near": titles, "asked": asked, "province": province})


def picked(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """The topic, or a new one."""
    topic, province = answers["topic"], done.facts["province"]
    if topic == NEW.key or not visit.library.has(topic):
        return writing.for_new(visit, done.facts["asked"], province)
    return page.begin(visit, topic, province)


FORMS = (
    form(FIND, "câu trả lời cần sửa", which, found),
    form(PICK, "câu trả lời cần sửa", picking, picked),
)
