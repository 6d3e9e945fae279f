"""A second official lets people be given a version, or gives it back."""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.editing import telling
from handlers.editing.forms import LATER, form
from handlers.form import Next, Start
from handlers.library import as_told
from handlers.visit import Visit
from storage import audit, official_versions, questions
from storage.official_versions import OfficialVersion
from talk.answers import Option, one_of
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "approve"
GOOD = Option("approve", "Đồng ý, cho dùng", ("dong y", "duyet", "duoc", "cho dung"))
NOT_GOOD = Option("reject", "Chưa được, trả lại", ("tra lai", "chua duoc", "khong"))
GONE = "Trong lúc anh/chị xem, đã có người xử lý câu này rồi."


def script(facts: Facts) -> Script:
    """Whether people are to be given it."""
    instead = f"\nThay cho:\n«{facts.instead_of}»" if facts.instead_of else ""
    prompt = f"Bà con sẽ thấy:\n{facts.told}{instead}\nCho dùng không?"
    yield ask("approve", prompt, one_of([GOOD, NOT_GOOD]), title="Duyệt", out=LATER)


def waiting(visit: Visit, province: str) -> list[OfficialVersion]:
    """The versions that the person may approve: what others wrote."""
    mine = visit.person.person_id
    return [one for one in official_versions.to_approve(visit.db, province) if one.written_by != mine]


def begin(visit: Visit, one: OfficialVersion) -> Next:
    """The version as people would read it, and what they are told now."""
    now = visit.library.topic(one.topic).on(visit.today, one.province) if visit.library.has(one.topic) else None
    about = {
        "version": one.id,
        "told": telling.words(as_told(one, visit.office.timezone)),
        "instead_of": now.told_on(visit.today).answer if now else None,
        "province": one.province,
    }
    return Start(NAME, about=about)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Put it in use and tell everybody who asked, or give it back to be written anew."""
    row, me = done.facts["version"], visit.person.person_id
    found = official_versions.find(visit.db, row)
    if found is None or found.ended_at or found.approved_at:
        return menu.menu(GONE)
    if access.let(visit, "approve", found.province) is None or found.written_by == me:
        return menu.menu(access.ENDED)
    audit.note(visit.db, me, "approve", visit.now, place_id=found.province)
    if answers["approve"] == GOOD.key:
        return menu.menu(telling.put_in_use(visit, found))
    official_versions.end(visit.db, row, visit.now)
    questions.free(visit.db, row)
    if found.written_by:
        words = f"Câu trả lời này chưa được duyệt, xin viết lại: «{found.version.answer}»"
        telling.tell(visit, found.written_by, words, f"back {row}")
    return menu.menu("Đã trả lại. Câu hỏi nào chờ câu trả lời này thì vẫn nằm trong danh sách.")


FORM = form(NAME, "việc duyệt câu trả lời", script, finish)
