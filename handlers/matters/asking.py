"""«Gặp cán bộ»: one question, passed on to the officials of the person's commune with where they stood.

It needs no consent: what is sent is what the person types to be sent, and who reads it is said before. The phone number
never goes along.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from handlers import menu
from handlers.form import CAME_FROM, Form, Next, Open, Start, back_to
from handlers.matters import line, sides, telling, words
from handlers.visit import Visit
from handlers.whereabouts import place_of
from ocop.answers import commune_or_province
from ocop.office_hours import promise
from storage import applications, matters
from storage.matters import Matter
from storage.progress import Saved
from talk.answers import shortened, text
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital

NAME = "question"
OUT = "Không hỏi nữa"
AT_MOST = 800
PRODUCT_LENGTH = 60
ENOUGH = 5  # questions that wait at a time


def script(facts: Facts) -> Script:
    """What they want to know, and where they are unless that is known."""
    if not facts.question:
        yield ask(
            "words",
            str(facts.prompt),
            text(at_most=AT_MOST, example="thử mẫu miến ở đâu, ai trả tiền", room="một tin chuyển được"),
            title="Câu hỏi",
            out=OUT,
        )
    if not facts.province:
        yield ask(
            "place",
            f"{capital(str(facts.you))} ở xã, phường nào? Hỏi để chuyển đúng cán bộ.",
            commune_or_province(),
            title="Xã, phường",
            out=OUT,
        )


def begin(visit: Visit, saved: Saved | None = None, at: str = "", question: str = "") -> Next:
    """Have a person asked for: what about, unless the `question` is known, and then on to the office.

    `saved` is the talk they are in the middle of, `at` the title of its open question; they come back there.
    """
    me = visit.person.person_id
    matter = _open_matter(visit, me)
    if matter and sides.is_on_line(visit, matter):
        return line.join(visit, matter)
    where, province = (matter.commune, matter.province) if matter else place_of(visit, saved)
    office = matter.office if matter else sides.office_for(visit, where, province, me) if province else None
    if office is None and (province or not sides.is_anybody_there(visit, me)):
        return _nobody(visit, saved.id if saved else None)
    along = _along(visit, saved, at)
    about = {
        "question": question,
        "prompt": _prompt(visit, office, along, bool(matter)),
        "you": visit.you,
        "along": along,
        "commune": where,
        "province": province,
        CAME_FROM: saved.id if saved else None,
    }
    if matter and len(words.unanswered(visit, matter)) >= ENOUGH:
        lead = f"{ENOUGH} câu vừa rồi đang chờ {sides.office_name(matter.office)} trả lời, có trả lời là báo ngay."
        return back_to(about, lead)
    if question and province:
        return pass_on(visit, question, about)
    return Start(NAME, about=about)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Pass it on."""
    facts = dict(done.facts)
    if found := answers.get("place"):
        facts["province"] = found.key.partition("/")[0]
        facts["commune"] = found.key if found.key != facts["province"] else None
    return pass_on(visit, facts["question"] or answers["words"], facts)


def pass_on(visit: Visit, question: str, facts: Mapping[str, Any]) -> Next:
    """Keep the question, tell the officials at once, and say by when an answer is promised."""
    me = visit.person.person_id
    matter = _open_matter(visit, me)
    is_more = matter is not None
    if matter is None:
        office = sides.office_for(visit, facts["commune"], facts["province"], me)
        if office is None:
            return _nobody(visit, facts[CAME_FROM])
        matter = matters.begin(visit.db, me, facts["commune"], facts["province"], office, visit.now)
    word_id = keep(visit, matter, question, facts["along"])
    _tell_officials(visit, matter.id, word_id, "hỏi thêm" if is_more else "hỏi")
    promised = words.promised(visit, promise(visit.here))
    lead = (
        f"✅ Đã chuyển {sides.office_name(matter.office)}. {promised} Có trả lời là báo ngay tại đây. "
        f"{capital(visit.you)} cứ làm việc khác."
    )
    return back_to(facts, lead)


def keep(visit: Visit, matter: Matter, question: str, along: str = "") -> int:
    """Keep what the asker said, with the promise that an answer comes in time; the number of the words."""
    due = promise(visit.here).due.astimezone(UTC)
    return matters.ask(visit.db, matter.id, matter.person_id, question, along, visit.now, due)


def _open_matter(visit: Visit, me: int) -> Matter | None:
    """The matter that more is asked about; one that nobody can answer any more is over."""
    found = matters.open_of(visit.db, me)
    matter = matters.lock(visit.db, found.id) if found else None
    if matter is None or matter.ended_at:
        return None
    if sides.officials(visit, matter.offices, me):
        return matter
    matters.end(visit.db, matter.id, visit.now)
    return None


def _tell_officials(visit: Visit, matter_id: int, word_id: int, verb: str) -> None:
    matter = matters.find(visit.db, matter_id)
    assert matter
    assert matter.due_at
    due = words.due_words(matter.due_at.astimezone(visit.office.timezone))
    said = f"{sides.asker_words(visit, matter)} {verb}:\n{words.asked(visit, matter)}\n{due}"
    for person in sides.those_who_answer(visit, matter):
        telling.tell(visit, matter, person, said, f"said {word_id}", sides.FOR_OFFICIALS, if_busy=sides.LATER)


def _nobody(visit: Visit, came_from: int | None) -> Next:
    lead = menu.nobody(visit.office)
    return Open(came_from, lead, was_left=False) if came_from else menu.menu(lead)


def _prompt(visit: Visit, office: str | None, along: str, is_more: bool) -> str:
    reader = sides.office_name(office) if office else "cán bộ OCOP nơi đó"
    what = "hỏi thêm cán bộ chuyện gì" if is_more else "hỏi cán bộ chuyện gì"
    goes = f"Kèm {along}, không kèm số điện thoại." if along else "Không kèm tên, số điện thoại."
    return f"{capital(visit.you)} muốn {what}? Gõ một câu, {reader} sẽ đọc. {goes}"


def _along(visit: Visit, saved: Saved | None, at: str) -> str:
    """Which draft it is about and the question they stood at: "bản nháp HK-394-27, câu «Điện thoại»"."""
    if saved is None or not saved.subject:
        return ""
    application = applications.of_progress(visit.db, saved.id)
    product = Progress.loads("", saved.body).answers.get("product")
    if application and application.code:
        name = f"bản nháp {application.code}"
    elif product and isinstance(product.raw, str):
        name = f"tờ đăng ký «{shortened(product.raw, PRODUCT_LENGTH)}»"
    else:
        name = "tờ đăng ký"
    return f"{name}, đang ở câu «{at}»" if at else name


FORM = Form(
    Conversation(NAME, "câu hỏi cho cán bộ", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
    given_up=lambda visit, facts: back_to(facts, "Được, không hỏi nữa." if facts[CAME_FROM] else ""),
    reply=lambda facts, words: None,
)
