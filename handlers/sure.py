"""The question asked before one thing is deleted, or a consent taken back."""

from collections.abc import Mapping
from typing import Any

from handlers import consent, my_data, photos
from handlers.form import Form, Next, Start
from handlers.matters import line
from handlers.visit import Visit
from storage import erasure, matters, progress
from talk.answers import Option
from talk.conversation import Conversation
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask

GONE = "Thứ đó không còn nữa."


def script(facts: Facts) -> Script:
    """One question."""
    if str(facts.thing).startswith(my_data.CONSENT):
        also: tuple[str, ...] = ("rut", "rut lai")
        text, yes = (
            f"{facts.label}. Rút thì trợ lý thôi soạn giấy, cán bộ thôi xem; giấy đã soạn vẫn giữ. Rút không?",
            "Rút đồng ý",
        )
    elif str(facts.thing).startswith(my_data.MATTER):
        also = ("xoa",)
        text, yes = f"⚠️ {facts.label}: xóa thì cán bộ cũng thôi thấy, không lấy lại được. Xóa thật không?", "Xóa thật"
    else:
        also = ("xoa",)
        text, yes = f"⚠️ Xóa {facts.label} là mất cả ảnh kèm theo, không lấy lại được. Xóa thật không?", "Xóa thật"
    yield ask(
        "sure",
        text,
        plainly(
            [Option("yes", yes, also), Option("no", "Thôi, giữ lại", ("khong", "ko", "thoi", "giu lai"))],
            how=f"Gõ 1 hoặc «{yes.lower()}», không thì gõ 2.",
        ),
        title="Chắc",
    )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Do it or not, and show what is kept now."""
    thing: str = done.facts["thing"]
    if answers["sure"] != "yes":
        return Start("data", "Được, giữ nguyên.")
    if thing.startswith(my_data.CONSENT):
        return Start("data", consent.withdraw(visit, thing.removeprefix(my_data.CONSENT)))
    if thing.startswith(my_data.MATTER):
        return Start("data", _drop_matter(visit, int(thing.removeprefix(my_data.MATTER))))
    saved = progress.find(visit.db, int(thing.removeprefix(my_data.DRAFT)))
    if saved is None or saved.person_id != visit.person.person_id:
        return Start("data", GONE)
    erasure.drop_draft(visit.db, saved.id, visit.now)
    photos.wipe_unused(visit)
    return Start("data", f"Đã xóa {done.facts['label']}.")


def _drop_matter(visit: Visit, matter_id: int) -> str:
    matter = matters.lock(visit.db, matter_id)
    if matter is None or matter.person_id != visit.person.person_id:
        return GONE
    line.close(visit, matter)
    matters.drop(visit.db, matter.id)
    visit.traces.words = True
    return "Đã xóa câu hỏi gửi cán bộ."


FORM = Form(
    Conversation("sure", "xóa một thứ", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
)
