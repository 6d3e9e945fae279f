"""Keeping a question that got no good answer, without what tells who asked it."""

from handlers.visit import Visit
from handlers.whereabouts import place_of
from ocop.masking import masked
from ocop.place_names import province_named
from storage import questions
from talk.vietnamese import fold

ENOUGH = 20  # questions of one person that wait for an answer


def keep(visit: Visit, question: str, topic: str) -> None:
    """Keep it once for whoever answers. `topic`: whose answer was no good; "" where there was none."""
    me, text = visit.person.person_id, masked(question)
    mine = questions.of_person(visit.db, me)
    if not text or len(mine) >= ENOUGH or any(one.text == text for one in mine):
        return
    province = province_named(fold(question)) or place_of(visit)[1]
    questions.keep(visit.db, me, text, topic, province, visit.now)
