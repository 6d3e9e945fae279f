"""«Câu chưa trả lời»: what people ask most and nobody answers, for the officials of a province to answer for all.

What waits to be approved stands first, then where a release and an official differ, then the questions, biggest group
first, then what is in use.
"""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.editing import approving, clashes, page, writing
from handlers.editing.approving import GONE
from handlers.editing.forms import form
from handlers.form import Next, Start
from handlers.visit import Visit
from ocop.asking.likeness import grouped
from ocop.topics import topic
from storage import audit, official_versions, questions
from storage.questions import Asked
from talk.answers import Option, one_of, shortened
from talk.progress import Progress
from talk.script import Facts, Script, ask

LIST = "unanswered"
GROUPS = 12
APPROVE, CLASH, GROUP, IN_USE = "acgu"  # begin the key of what the list leads to; its number follows


def which(facts: Facts) -> Script:
    """One question: which one."""
    yield ask("which", "Mở câu nào?", one_of([Option(*one) for one in facts.items or [["-", "-"]]]), title="Câu")


def begin(visit: Visit) -> Next:
    """What waits to be approved or decided, what waits for an answer, what is in use."""
    province = access.answers_for(visit)
    if province is None:
        audit.note(visit.db, visit.person.person_id, "unanswered", visit.now, was_denied=True)
        return menu.menu("Việc này của cán bộ tỉnh.")
    to_approve = [(APPROVE, one.id, f"Duyệt: «{one.version.answer}»") for one in approving.waiting(visit, province)]
    differ = [(CLASH, one.id, f"Bản mới đổi: «{topic(one.topic).title}»") for one in clashes.clashing(visit, province)]
    asked = [(GROUP, group[0].id, _line(group)) for group in groups(visit, province)[:GROUPS]]
    in_use = [
        (IN_USE, one.id, f"Đang dùng: «{one.version.answer}»")
        for one in official_versions.of_province(visit.db, province)
    ]
    items = [[f"{kind}{row}", shortened(label)] for kind, row, label in (*to_approve, *differ, *asked, *in_use)]
    if not items:
        return menu.menu("Chưa có câu nào trợ lý không trả lời được.")
    audit.note(visit.db, visit.person.person_id, "unanswered", visit.now, place_id=province)
    return Start(
        LIST, "Câu trợ lý chưa trả lời được, nhiều người hỏi đứng trước.", {"items": items, "province": province}
    )


def groups(visit: Visit, province: str) -> list[list[Asked]]:
    """What waits for an answer, together what asks the same, the biggest group first."""
    waiting = questions.waiting(visit.db, province)
    return [[waiting[place] for place in group] for group in grouped([one.text for one in waiting])]


def opened(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """The question to be answered, or the version to be looked at."""
    kind, row, province = answers["which"][0], int(answers["which"][1:]), done.facts["province"]
    if kind == GROUP:
        group = next((one for one in groups(visit, province) if any(asked.id == row for asked in one)), None)
        return writing.for_questions(visit, group, province) if group else menu.menu(GONE)
    found = official_versions.find(visit.db, row)
    if found is None or found.province != province or found.ended_at:
        return menu.menu(GONE)
    if kind == APPROVE:
        return approving.begin(visit, found)
    if kind == CLASH:
        return clashes.begin(visit, found)
    return page.begin(visit, found.topic, province) if visit.library.has(found.topic) else menu.menu(GONE)


def _line(group: list[Asked]) -> str:
    count = f"{len(group)} lượt hỏi" if len(group) > 1 else "1 lượt hỏi"
    mark = "chê câu trả lời" if group[0].topic else count
    return f"{mark}: «{group[0].text}»"


FORM = form(LIST, "câu chưa trả lời", which, opened)
