"""Writing an answer for everybody: the words, where they stand, from when and until when they hold, and a last look."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.form import Next, Start
from handlers.unanswered import telling
from handlers.visit import Visit
from ocop.asking import understand
from ocop.calendar import date_words
from storage import audit, grants, questions
from storage.questions import Asked
from talk.answers import Option, Text, Unclear, one_of, text
from talk.days import Day, day
from talk.progress import Progress
from talk.script import Facts, Script, ask

NAME = "write_answer"
AT_MOST = 400
SHOWN_WORDINGS = 4
EXAMPLE = "Điều 7 QĐ 26/2026/QĐ-TTg, hoặc theo cán bộ Sở, ngày 20/11/2026"
SEND = Option("send", "Gửi đi", ("gui", "gui luon", "xong", "duoc", "ok"))
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
    """The words, their source and days, and a look at them as people will read them."""
    today = date.fromisoformat(facts.today or "2026-11-21")
    said = yield ask(
        "words",
        "Gõ câu trả lời cho bà con: ý chính trước, điều kiện sau.",
        text(AT_MOST, at_least=10, example="Thử mẫu miến ở phòng thử của tỉnh", room="một câu trả lời chứa"),
        title="Câu trả lời",
        out="Để lúc khác",
    )
    source = yield ask(
        "source",
        "Theo văn bản nào, hoặc ai nói, ngày nào?",
        Source(160, 6, False, EXAMPLE, "chỗ ghi nguồn chứa"),
        title="Nguồn",
    )
    since = yield ask("since", "Áp dụng từ ngày nào?", day(today), known=today, title="Áp dụng từ")
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


def begin(visit: Visit, group: Sequence[Asked], province: str) -> Next:
    """How people ask it, and then the answer."""
    lines = "\n".join(f"– «{one.text[:150]}»" for one in group[:SHOWN_WORDINGS])
    about = {
        "questions": [one.id for one in group],
        "asked": group[0].text,
        "topic": group[0].topic,
        "province": province,
        "today": visit.today.isoformat(),
    }
    return Start(NAME, f"Bà con hỏi ({len(group)} lượt):\n{lines}", about)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep the answer and have a second official look at it; where there is none it is in use at once."""
    facts, me = done.facts, visit.person.person_id
    if access.let(visit, "write_answer", facts["province"]) is None:
        return menu.menu(access.ENDED)
    parent = facts["topic"] or next(iter(understand(facts["asked"]).topics), "")
    said = (answers["words"], answers["source"], answers["since"], answers.get("until"))
    row = questions.write(visit.db, facts["questions"], facts["province"], parent, *said, me, visit.now)
    if row is None:
        return menu.menu(MEANWHILE.format(words=answers["words"]))
    audit.note(visit.db, me, "write_answer", visit.now, place_id=facts["province"])
    others = [one for one in grants.officials(visit.db, "province", facts["province"], visit.now) if one != me]
    if others:
        for other in others:
            words = f"Có câu trả lời chờ anh/chị duyệt: «{answers['words']}». Gõ «câu chưa trả lời» để xem."
            telling.tell(visit, other, words, f"look {row} {other}")
        return menu.menu("✅ Đã ghi. Cán bộ khác của tỉnh duyệt xong thì bà con được báo.")
    found = questions.find(visit.db, row)
    assert found
    return menu.menu(f"{telling.put_in_use(visit, found)} {ALONE}")
