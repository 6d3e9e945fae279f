"""What is known of a person before they register a product: offered, so that nothing is typed twice."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.visit import Visit
from storage import applications, helps, recognitions

OF_THE_PRODUCER = ("producer", "kind", "representative", "position", "commune", "village", "phone", "email")


def facts(visit: Visit) -> Mapping[str, Any]:
    """What the person confirmed last of the producer, and which of their products officials say were recognised."""
    mine = recognitions.of_person(visit.db, visit.person.person_id)
    recognised = {one.product: one.issued.isoformat() for one in reversed(mine) if one.issued}
    return {**_producer(visit), "recognised": list(recognised.items())}


def _producer(visit: Visit) -> dict[str, Any]:
    for_others = {help.application_id for help in helps.of_helper(visit.db, visit.person.person_id)}
    for application in applications.of_person(visit.db, visit.person.person_id):
        if application.id in for_others:
            continue
        if body := applications.latest_version(visit.db, application.id):
            last = json.loads(body)
            return {key: last[key] for key in OF_THE_PRODUCER if last.get(key) is not None}
    return {}
