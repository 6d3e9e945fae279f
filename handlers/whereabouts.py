"""Where a person is, as far as they said."""

from handlers.visit import Visit
from storage import matters, producers
from storage.progress import Saved
from talk.progress import Progress


def place_of(visit: Visit, saved: Saved | None = None) -> tuple[str | None, str | None]:
    """The person's commune and province: as in this draft, as a producer, or as when they asked an office last."""
    answers = Progress.loads("", saved.body).answers if saved else {}
    kept = answers.get("commune")
    commune_id = kept.raw["key"] if kept and isinstance(kept.raw, dict) else None
    if commune_id is None:
        mine = producers.of_person(visit.db, visit.person.person_id)
        commune_id = next((producer.place_id for producer in mine if producer.place_id), None)
    if commune_id is None and (before := matters.of_person(visit.db, visit.person.person_id)):
        return before[-1].commune, before[-1].province
    return (commune_id, commune_id.partition("/")[0]) if commune_id else (None, None)
