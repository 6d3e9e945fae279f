"""A release changed a topic that an official wrote over: the official's version stays, and officials see both."""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.editing import page, writing
from handlers.editing.forms import LATER, form
from handlers.form import Next, Start
from handlers.visit import Visit
from ocop.library import shipped_digest
from ocop.topics import topic
from storage import audit, official_versions
from storage.official_versions import OfficialVersion
from talk.answers import Option, one_of
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "clash"
KEEP = Option("keep", "Giữ câu của cán bộ", ("giu", "giu cau cua can bo"))
SHIPPED = Option("shipped", "Dùng câu mới của trợ lý", ("cau moi", "dung cau moi"))
WRITE = Option("write", "Viết câu khác", ("viet", "viet lai"))
NONE_NOW = "không còn câu nào áp dụng"


def script(facts: Facts) -> Script:
    """Which of the two people are to be given."""
    prompt = (
        f"Trợ lý bản mới đổi câu trả lời «{facts.title}». Bà con đang thấy câu của cán bộ:\n«{facts.officials}»\n"
        f"Bản mới ghi:\n«{facts.shipped}»\nTừ nay dùng câu nào?"
    )
    yield ask("which", prompt, one_of([KEEP, SHIPPED, WRITE]), title="Câu", out=LATER)


def clashing(visit: Visit, province: str) -> list[OfficialVersion]:
    """The versions of a province that lie on top of what a release has changed since."""
    newest = {one.topic: one for one in reversed(official_versions.of_province(visit.db, province))}
    return [one for one in newest.values() if one.over and one.over != shipped_digest(one.topic)]


def begin(visit: Visit, one: OfficialVersion) -> Next:
    """Both, one below the other."""
    below = topic(one.topic)
    shipped = below.on(visit.today, one.province)
    about = {
        "version": one.id,
        "province": one.province,
        "title": below.title,
        "officials": one.version.answer,
        "shipped": shipped.told_on(visit.today).answer if shipped else NONE_NOW,
    }
    return Start(NAME, about=about)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep the official's version on top, take it back, or write another."""
    found = official_versions.find(visit.db, done.facts["version"])
    if found is None or not found.is_in_use:
        return menu.menu("Câu của cán bộ đã được rút rồi, bà con thấy câu có sẵn.")
    if answers["which"] == WRITE.key:
        return writing.for_topic(visit, found.topic, found.province)
    if answers["which"] == SHIPPED.key:
        return page.take_back(visit, found.topic, found.province)
    if access.let(visit, "approve", found.province) is None:
        return menu.menu(access.ENDED)
    audit.note(visit.db, visit.person.person_id, "approve", visit.now, place_id=found.province)
    official_versions.keep_over(visit.db, found.id, shipped_digest(found.topic))
    return menu.menu("✅ Giữ câu của cán bộ. Bản sau đổi nữa thì trợ lý lại hỏi.")


FORM = form(NAME, "hai câu trả lời khác nhau", script, finish)
