"""What is done once a form is confirmed: its version is kept. Nothing is filed; only the office can say that."""

import json
from collections.abc import Mapping
from typing import Any

from handlers import documents, next_steps
from handlers.commune import mending
from handlers.form import Next
from handlers.visit import Visit
from ocop import catalogue
from ocop.kinds import kind_named
from storage import applications, dossiers, producers
from storage.applications import Details, Summary
from talk.message import Message
from talk.progress import Progress


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep the confirmed version, and say what comes next. Nothing is filed: only the office can say that."""
    commune_id = answers["commune"].key
    application = applications.of_progress(visit.db, int(done.id))
    producer_id = _producer(visit, application, answers["producer"], kind_of(answers), commune_id)
    details = Details(
        case=answers["case"],
        product=answers["product"],
        product_set=answers["set"].key,
        province=commune_id.partition("/")[0],
        commune=commune_id,
        producer_id=producer_id,
        claims=_claimed(answers),
    )
    if application:
        application_id, code = application.id, application.code or ""
    else:
        application_id, code = _begin(visit, details, int(done.id))
    body = json.dumps({key: kept.raw for key, kept in done.answers.items() if key in answers}, ensure_ascii=False)
    before = applications.latest_version(visit.db, application_id)
    if body != before:  # a second tap on «Xong» confirms nothing new
        asked = mending.waits_for(visit, done)
        applications.confirm(visit.db, application_id, details, body, visit.person.person_id, visit.now)
        if asked:
            mending.tell_office(visit, asked)
    is_handed_in = dossiers.is_handed_in(visit.db, application_id)
    what: next_steps.What = "first" if before is None else "corrected" if body != before else "same"
    words = next_steps.told(visit, code, what, answers, kind_of(answers), is_handed_in=is_handed_in)
    return Message(words, documents=documents.form01(application_id, code))


def kind_of(answers: Mapping[str, Any]) -> str:
    """The kind of producer, as asked or as its name says."""
    said = kind_named(answers["producer"])
    return said.id if said else str(answers["kind"])


def drop(visit: Visit, progress_id: int) -> None:
    """Take the application back with all its versions: the person no longer wants it, and was told it is gone."""
    if application := applications.of_progress(visit.db, progress_id):
        applications.drop(visit.db, application.id, visit.now)
        producers.leave_unused(visit.db, visit.person.person_id)


def _begin(visit: Visit, details: Details, progress_id: int) -> tuple[int, str]:
    while True:
        code = visit.draw_code()
        person = visit.person.person_id
        if application_id := applications.begin(visit.db, person, code, details, visit.now, progress_id):
            return application_id, code


def _producer(visit: Visit, application: Summary | None, name: str, kind: str, commune_id: str) -> int:
    """The producer of that name, or the application's own with its name corrected, or a new one."""
    person = visit.person.person_id
    mine = {known.name: known.id for known in producers.of_person(visit.db, person)}
    producer_id = mine.get(name)
    if producer_id is None and application:
        of_each = [one.details.producer_id for one in applications.of_person(visit.db, person)]
        its_own = application.details.producer_id
        producer_id = its_own if its_own in mine.values() and of_each.count(its_own) == 1 else None
    if producer_id is None:
        return producers.add(visit.db, name, kind, commune_id, person, visit.now)
    producers.correct(visit.db, producer_id, name, kind, commune_id)
    return producer_id


def _claimed(answers: Mapping[str, Any]) -> str | None:
    """The product of the catalogue that this is said to be, where it has been recognised before."""
    listed = catalogue.product(answers["product"]) if answers["case"] != "first" else None
    return listed.name if listed else None
