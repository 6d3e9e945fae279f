"""How a person wishes to be called. Nobody is asked for more about who they are."""

from collections.abc import Mapping
from typing import Any

from handlers import consent
from handlers.form import Form, Next, Start
from handlers.visit import EVERYBODY, Visit
from storage import people
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital, fold

FORMS = ("anh", "chị", "bác", "cô", "chú")
AS_EVERYBODY = "everybody"


def script(facts: Facts) -> Script:
    """One question."""
    forms = [Option(fold(form), capital(form)) for form in FORMS]
    yield ask(
        "call",
        "Gọi bà con thế nào cho phải ạ?",
        one_of([*forms, Option(AS_EVERYBODY, f"Cứ gọi là {EVERYBODY}", ("ba con", "bo qua", "sao cung duoc"))]),
        title="Cách gọi",
        why="Để gọi cho phải phép. Không chọn cũng được.",
    )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep it and show what is kept, or go on to the consent with which it is kept."""
    form = next((form for form in FORMS if fold(form) == answers["call"]), None)
    if "then" in done.facts:
        return consent.asked(visit, done.facts, form or EVERYBODY)
    people.call(visit.db, visit.person.person_id, form)
    return Start("data", f"Được, từ nay gọi là {form or EVERYBODY}.")


FORM = Form(
    Conversation("address", "cách gọi", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
)
