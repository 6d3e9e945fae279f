"""Writing an answer for everybody: the words, where they stand, from when and until when they hold, and a last look."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.editing import telling
from handlers.editing.forms import form
from handlers.form import Next, Start
from handlers.visit import Visit
from ocop.asking import understand
from ocop.calendar import date_words
from ocop.library import official_version, shipped_digest
from ocop.topics import Version
from storage import audit, grants, official_versions, questions
from storage.questions import Asked
from talk.answers import Option, Text, Unclear, one_of, shortened, text
from talk.days import Day, day
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "write_answer"
AT_LEAST, AT_MOST = 10, 400  # characters of a short answer
SHOWN_WORDINGS = 4
SHOWN_WORDING = 150
EXAMPLE = "Điều 7 QĐ 26/2026/QĐ-TTg, hoặc theo cán bộ Sở, ngày 20/11/2026"
SEND = Option("send", "Gửi đi", ("gui", "gui luon", "xong", "duoc", "ok"))
OWN = Option("own", "Câu riêng, chủ đề nào cũng giữ nguyên", ("cau rieng", "rieng"))
ALONE = "Tỉnh mới có một cán bộ ở đây nên không có người duyệt thứ hai."
MEANWHILE = "Trong lúc anh/chị viết, người khác đã trả lời câu này rồi. Chữ vừa gõ chưa dùng tới:\n«{words}»"


class Source(Text):
    """Where an answer stands: a document with its number, or whoever said it with the day."""

    def read_words(self, words: str) -> str:
        line = super().read_words(words)
        if not any(letter.isdigit() for letter in line):
            raise Unclear(f"Cần số văn bản, hoặc ai nói, ngày nào. {self.hint()}")
        return line


class LastDay(Day):
    """A day on or after the first one."""

    def __init__(self, today: date, first: date):
        super().__init__(today, past=False)
        self.first = first

    def read_words(self, words: str) -> date:
        value = super().read_words(words)
        if value < self.first:
            raise Unclear(f"Ngày cuối phải từ {date_words(self.first)} trở đi. {self.hint()}")
        return value


def script(facts: Facts) -> Script:
    """What it is the answer to, the words, their source and days, and a look at them as people will read them."""
    today = date.fromisoformat(facts.today or "2026-11-21")
    before = facts.before or {}
    if facts.near:
        id, title = facts.near
        instead = Option(id, shortened(f"Thay câu trả lời «{title}»"))
        yield ask("about", "Trả lời vào đâu?", one_of([OWN, instead]), title="Vào đâu", out="Để lúc khác")
    said = yield ask(
        "words",
        "Gõ câu trả lời cho bà con: ý chính trước, điều kiện sau.",
        text(AT_MOST, at_least=AT_LEAST, example="Thử mẫu miến ở phòng thử của tỉnh", room="một câu trả lời chứa"),
        title="Câu trả lời",
        known=before.get("answer"),
        out="" if facts.near else "Để lúc khác",
    )
    source = yield ask(
        "source",
        "Theo văn bản nào, hoặc ai nói, ngày nào?",
        Source(160, 6, False, EXAMPLE, "chỗ ghi nguồn chứa"),
        title="Nguồn",
        known=before.get("source"),
    )
    since = yield ask("since", "Áp dụng từ ngày nào?", day(today), known=today, known_as="Hôm nay,", title="Áp dụng từ")
    until = yield ask(
        "until",
        "Áp dụng đến hết ngày nào? Chưa biết ngày hết thì gõ «chưa có».",
        LastDay(today, since),
        title="Đến hết",
        optional=True,
    )
    end = f" Điều này áp dụng đến hết {date_words(until)}." if until else ""
    yield ask(
        "send",
        f"Bà con sẽ thấy:\n«{said.rstrip('.')}.{end}\nNguồn: {source}»\nĐúng thì gõ 1, muốn sửa thì gõ 0.",
        one_of([SEND]),
        title="Gửi",
    )


def for_questions(visit: Visit, group: Sequence[Asked], province: str) -> Next:
    """Answer what several people asked: their words, and then the answer."""
    asked = group[0]
    lines = "\n".join(f"– «{one.text[:SHOWN_WORDING]}»" for one in group[:SHOWN_WORDINGS])
    near = asked.topic or next(iter(understand(asked.text, visit.library.bank).topics), "")
    about = {
        "questions": [one.id for one in group],
        "wordings": list(dict.fromkeys(one.text for one in group)),
        "near": [near, visit.library.topic(near).title] if near and visit.library.has(near) else None,
    }
    return _begin(visit, province, f"Bà con hỏi ({len(group)} lượt):\n{lines}", about)


def for_topic(visit: Visit, topic: str, province: str, before: Version | None = None) -> Next:
    """Have a topic answer otherwise. `before`: what is offered again, where it is a former version."""
    about = {
        "topic": topic,
        "base": _newest(visit, topic, province),
        "before": {"answer": before.answer, "source": before.stands} if before else None,
    }
    return _begin(visit, province, f"Câu trả lời mới cho «{visit.library.topic(topic).title}».", about)


def for_new(visit: Visit, asked: str, province: str) -> Next:
    """Answer what nobody asked yet, and nothing answers."""
    near = next(iter(understand(asked, visit.library.bank).topics), "")
    return _begin(visit, province, f"Bà con hỏi: «{asked}»", {"wordings": [asked], "parent": near})


def _begin(visit: Visit, province: str, lead: str, about: Mapping[str, Any]) -> Next:
    return Start(NAME, lead, {**about, "province": province, "today": visit.today.isoformat()})


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep the version and have a second official look at it; where there is none it is in use at once."""
    facts, me, province = done.facts, visit.person.person_id, done.facts["province"]
    if access.let(visit, "write_answer", province) is None:
        return menu.menu(access.ENDED)
    near = (facts.get("near") or [""])[0]
    topic = facts.get("topic", "") or ("" if answers.get("about", OWN.key) == OWN.key else near)
    if "base" in facts and facts["base"] != _newest(visit, topic, province):
        return menu.menu(MEANWHILE.format(words=answers["words"]))
    row = official_versions.write(
        visit.db,
        topic,
        "" if topic else _shipped(facts.get("parent", near)),
        official_version(province, answers["words"], answers["source"], answers["since"], answers.get("until")),
        facts.get("wordings", ()),
        shipped_digest(topic),
        me,
        visit.now,
    )
    asked = facts.get("questions", ())
    if asked and not questions.claim(visit.db, asked, row):
        official_versions.end(visit.db, row, visit.now)
        return menu.menu(MEANWHILE.format(words=answers["words"]))
    audit.note(visit.db, me, "write_answer", visit.now, place_id=province)
    others = [one for one in grants.officials(visit.db, "province", province, visit.now) if one != me]
    if others:
        for other in others:
            words = f"Có câu trả lời chờ anh/chị duyệt: «{answers['words']}». Gõ «câu chưa trả lời» để xem."
            telling.tell(visit, other, words, f"look {row} {other}")
        return menu.menu("✅ Đã ghi. Cán bộ khác của tỉnh duyệt xong thì bà con được báo.")
    found = official_versions.find(visit.db, row)
    assert found
    return menu.menu(f"{telling.put_in_use(visit, found)} {ALONE}")


def _shipped(topic: str) -> str:
    """The topic where it ships; one that an official began may be gone tomorrow."""
    return topic if shipped_digest(topic) else ""


def _newest(visit: Visit, topic: str, province: str) -> int:
    """The number of the version written last; 0 where there is none."""
    return max((one.id for one in official_versions.of_topic(visit.db, topic, province)), default=0)


FORM = form(NAME, "câu trả lời cho mọi người", script, finish)
