"""«Câu chưa trả lời»: what people ask most and nobody answers, for the officials of a province to answer for all.

One official writes, with a source; a second one approves. Where there is no second one it is in use at once, and that
is said under it.
"""

from collections.abc import Mapping
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.form import Form, Next, Start
from handlers.unanswered import telling, writing
from handlers.unanswered.words import told
from handlers.visit import Visit
from ocop.asking.likeness import grouped
from storage import audit, questions
from storage.questions import Asked
from talk.answers import Option, one_of, shortened
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask

LIST, APPROVE, IN_USE = "unanswered", "approve", "in_use"
SHOWN_WORDINGS = 4
GROUPS = 12

GOOD = Option("approve", "Đồng ý, cho dùng", ("dong y", "duyet", "duoc", "cho dung"))
NOT_GOOD = Option("reject", "Chưa được, trả lại", ("tra lai", "chua duoc", "khong"))
END = Option("end", "Rút câu này lại", ("rut", "rut lai", "bo"))
STAY = Option("stay", "Để nguyên", ("de nguyen", "giu", "giu nguyen"))
GONE = "Trong lúc anh/chị xem, đã có người xử lý câu này rồi."


def which(facts: Facts) -> Script:
    """One question: which one."""
    yield ask("which", "Mở câu nào?", one_of([Option(*one) for one in facts.items or [["-", "-"]]]), title="Câu")


def approving(facts: Facts) -> Script:
    """Whether people are to be given it."""
    prompt = f"Bà con sẽ thấy:\n{facts.told}\nCho dùng không?"
    yield ask("approve", prompt, one_of([GOOD, NOT_GOOD]), title="Duyệt", out="Để lúc khác")


def using(facts: Facts) -> Script:
    """Whether people are to be given it any longer."""
    yield ask("use", f"Đang dùng:\n{facts.told}", one_of([END, STAY]), title="Đang dùng", out="Để lúc khác")


def begin(visit: Visit) -> Next:
    """What waits to be approved, what waits for an answer, what is in use."""
    province = province_of(visit)
    if province is None:
        audit.note(visit.db, visit.person.person_id, "unanswered", visit.now, was_denied=True)
        return menu.menu("Việc này của cán bộ tỉnh.")
    mine = visit.person.person_id
    items = [
        [f"a{one.id}", shortened(f"Duyệt: «{one.text}»")]
        for one in questions.to_approve(visit.db, province)
        if one.written_by != mine
    ]
    items += [[f"g{group[0].id}", shortened(_line(group))] for group in groups(visit, province)[:GROUPS]]
    items += [[f"u{one.id}", shortened(f"Đang dùng: «{one.text}»")] for one in questions.in_use(visit.db, province)]
    if not items:
        return menu.menu("Chưa có câu nào trợ lý không trả lời được.")
    audit.note(visit.db, mine, "unanswered", visit.now, place_id=province)
    return Start(
        LIST, "Câu trợ lý chưa trả lời được, nhiều người hỏi đứng trước.", {"items": items, "province": province}
    )


def province_of(visit: Visit) -> str | None:
    """The province for whose people the person may answer; None where they may not."""
    provinces = (
        given.place_id for given in access.held(visit) if access.may(given, "unanswered", given.place_id, None)
    )
    return next(provinces, None)


def groups(visit: Visit, province: str) -> list[list[Asked]]:
    """What waits for an answer, together what asks the same, the biggest group first."""
    waiting = questions.waiting(visit.db, province)
    return [[waiting[place] for place in group] for group in grouped([one.text for one in waiting])]


def opened(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """The question to be answered, or the answer to be looked at."""
    key, province = answers["which"], done.facts["province"]
    kind, row = key[0], int(key[1:])
    if kind == "g":
        group = next((one for one in groups(visit, province) if any(asked.id == row for asked in one)), None)
        return writing.begin(visit, group, province) if group else menu.menu(GONE)
    found = questions.find(visit.db, row)
    if found is None or found.province != province or found.ended_at:
        return menu.menu(GONE)
    return Start(
        APPROVE if kind == "a" else IN_USE, about={"answer": row, "told": told(visit, found), "province": province}
    )


def approved(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Put an answer in use and tell everybody who asked, or give it back to be written anew."""
    row, me = done.facts["answer"], visit.person.person_id
    found = questions.find(visit.db, row)
    if found is None or found.ended_at or found.approved_at:
        return menu.menu(GONE)
    if access.let(visit, "approve", found.province) is None or found.written_by == me:
        return menu.menu(access.ENDED)
    audit.note(visit.db, me, "approve", visit.now, place_id=found.province)
    if answers["approve"] == NOT_GOOD.key:
        questions.end(visit.db, row, visit.now)
        telling.tell(
            visit, found.written_by, f"Câu trả lời này chưa được duyệt, xin viết lại: «{found.text}»", f"back {row}"
        )
        return menu.menu("Đã trả lại. Câu hỏi vẫn nằm trong danh sách.")
    return menu.menu(telling.put_in_use(visit, found))


def used(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Take an answer out of use, so that its question waits again, or leave it."""
    if answers["use"] == STAY.key:
        return menu.menu("Được, để nguyên.")
    province = done.facts["province"]
    if access.let(visit, "approve", province) is None:
        return menu.menu(access.ENDED)
    audit.note(visit.db, visit.person.person_id, "approve", visit.now, place_id=province)
    if not questions.end(visit.db, done.facts["answer"], visit.now):
        return menu.menu(GONE)
    return menu.menu("✅ Đã rút. Câu hỏi trở lại danh sách chưa trả lời, viết lại được.")


def closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    """Why this can go on no longer: the right ended."""
    return None if province_of(visit) == facts["province"] else access.ENDED


def _line(group: list[Asked]) -> str:
    count = f"{len(group)} lượt hỏi" if len(group) > 1 else "1 lượt hỏi"
    mark = "chê câu trả lời" if group[0].topic else count
    return f"{mark}: «{group[0].text}»"


def _form(name: str, title: str, script: Any, finish: Any) -> Form:
    conversation = Conversation(name, title, "", script, review=False)
    return Form(conversation, lambda visit: {}, finish, keeps=False, closed=closed, reply=lambda facts, words: None)


FORMS = (
    _form(LIST, "câu chưa trả lời", which, opened),
    _form(APPROVE, "việc duyệt câu trả lời", approving, approved),
    _form(IN_USE, "câu trả lời đang dùng", using, used),
    _form(writing.NAME, "câu trả lời cho mọi người", writing.script, writing.finish),
)
