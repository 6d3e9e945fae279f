"""A topic as the people of a province are given it, and what an official can do about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.editing import telling, writing
from handlers.editing.forms import LATER, form
from handlers.form import Next, Start
from handlers.library import province_name
from handlers.visit import Visit
from ocop.calendar import date_words
from ocop.topics import Version
from storage import audit, official_versions, questions
from storage.official_versions import OfficialVersion
from talk.answers import Option, one_of, shortened
from talk.days import day
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "topic"
FORMER_SHOWN = 6
WRITE = Option("write", "Viết câu trả lời mới", ("viet", "viet moi", "sua"))
ON_A_DAY = Option("day", "Xem vào ngày khác", ("ngay khac", "xem ngay khac"))
FORMER = Option("former", "Dùng lại câu trước", ("dung lai", "cau truoc", "ban truoc"))
END = Option("end", "Rút câu của cán bộ", ("rut", "rut lai", "thoi dung"))
SHOWN_OF_ANOTHER = 120  # characters of an answer that is not told today
NOTHING = "Chưa có câu trả lời nào áp dụng."


def script(facts: Facts) -> Script:
    """What is to be done, and what that needs to know."""
    options = [Option(*one) for one in facts.options or [["write", WRITE.label]]]
    do = yield ask("do", str(facts.told), one_of(options), title="Việc", out=LATER)
    if do == ON_A_DAY.key:
        yield ask("day", "Xem ngày nào?", day(date.fromisoformat(facts.today)), title="Ngày")
    if do == FORMER.key:
        former = [Option(*one) for one in facts.former]
        yield ask("former", "Dùng lại câu nào? Còn xem, sửa được trước khi gửi duyệt.", one_of(former), title="Câu")


def begin(visit: Visit, topic: str, province: str, lead: str = "") -> Next:
    """What people are told today, what will be told later, what waits to be approved."""
    one = visit.library.topic(topic)
    every = official_versions.of_topic(visit.db, topic, province)
    former = [version for version in every if version.approved_at and not version.is_in_use]
    has = {
        WRITE: True,
        ON_A_DAY: True,
        FORMER: bool(former),
        END: any(version.is_in_use for version in every),
    }
    lines = [
        f"«{one.title}», tỉnh {province_name(province)}. Bà con đang được trả lời:",
        _told(one.on(visit.today, province), visit.today),
        *(f"Chờ duyệt: «{_begins(each)}»" for each in every if each.approved_at is None and not each.ended_at),
        *(
            f"Từ {date_words(each.version.valid_from)}: «{_begins(each)}»"
            for each in every
            if each.is_in_use and each.version.valid_from > visit.today
        ),
    ]
    about = {
        "topic": topic,
        "province": province,
        "today": visit.today.isoformat(),
        "told": "\n".join(lines),
        "options": [[option.key, option.label, option.also] for option, is_there in has.items() if is_there],
        "former": [[str(each.id), _named(visit, each)] for each in former[:FORMER_SHOWN]],
    }
    return Start(NAME, lead, about)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Write anew, look at a day, use a former version again, or take one back."""
    topic, province = done.facts["topic"], done.facts["province"]
    if not visit.library.has(topic):
        return menu.menu("Câu này vừa được rút, không còn ở đây.")
    if answers["do"] == ON_A_DAY.key:
        on = answers["day"]
        told = _told(visit.library.topic(topic).on(on, province), on)
        return begin(visit, topic, province, f"Ngày {date_words(on)} bà con sẽ thấy:\n{told}\n")
    if answers["do"] == FORMER.key:
        former = official_versions.find(visit.db, int(answers["former"]))
        assert former
        return writing.for_topic(visit, topic, province, former.version)
    if answers["do"] == END.key:
        return take_back(visit, topic, province)
    return writing.for_topic(visit, topic, province)


def take_back(visit: Visit, topic: str, province: str) -> Next:
    """Have the newest version of a province be in use no more; what it answered waits again."""
    if access.let(visit, "approve", province) is None:
        return menu.menu(access.ENDED)
    every = official_versions.of_topic(visit.db, topic, province)
    newest = next((each for each in every if each.is_in_use), None)
    if newest is None or not official_versions.end(visit.db, newest.id, visit.now):
        return menu.menu("Câu này đã có người rút rồi.")
    audit.note(visit.db, visit.person.person_id, "approve", visit.now, place_id=province)
    questions.free(visit.db, newest.id)
    visit.traces.library = True
    before = "câu trước nó" if any(each.is_in_use for each in every if each is not newest) else "câu có sẵn"
    then = "Ai hỏi câu này thì lại vào danh sách chưa trả lời." if newest.is_own else f"Bà con lại thấy {before}."
    return menu.menu(f"✅ Đã rút. {then} Viết lại lúc nào cũng được.")


def _told(version: Version | None, on: date) -> str:
    return telling.words(version.told_on(on)) if version else NOTHING


def _begins(one: OfficialVersion) -> str:
    return shortened(one.version.answer, SHOWN_OF_ANOTHER)


def _named(visit: Visit, one: OfficialVersion) -> str:
    return shortened(f"{date_words(visit.day_of(one.written_at))}: «{one.version.answer}»")


FORM = form(NAME, "câu trả lời của một chủ đề", script, finish)
