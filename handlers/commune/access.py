"""Who may do what with whose dossiers: officials of that commune and of its province, and nobody else."""

from collections.abc import Mapping
from typing import Literal

from handlers.visit import Visit
from ocop.places import all_places, place
from storage import audit, grants
from storage.grants import Given, Role

Act = Literal["numbers", "names", "open", "received", "needs_more", "forwarded", "result"]

OFFICES: frozenset[Role] = frozenset({"commune", "province"})
# An admin runs the assistant, and has no business in anybody's dossier.
MAY: Mapping[Act, frozenset[Role]] = {
    "numbers": OFFICES,
    "names": OFFICES,
    "open": OFFICES,
    "received": OFFICES,
    "needs_more": OFFICES,
    "forwarded": OFFICES,
    "result": OFFICES,
}
# The province sees numbers; whose they are it sees once it has said why, and that is kept.
GIVES_A_REASON: frozenset[Role] = frozenset({"province"})

ENDED = "Anh/chị không có, hoặc không còn quyền cán bộ ở nơi này, nên việc này dừng ở đây. Chưa ghi gì thêm."


def may(given: Given, act: Act, place_id: str, reason: int | None) -> bool:
    """Whether this grant lets its person do this with the dossiers of a commune; "numbers" of a province, too.

    `reason`: the note in which they said why.
    """
    if given.role not in MAY[act] or given.place_id is None:
        return False
    if given.role in GIVES_A_REASON and reason is None and act != "numbers":
        return False
    if given.role == "province":
        return place_id.partition("/")[0] == given.place_id
    return place_id == given.place_id


def held(visit: Visit) -> list[Given]:
    """The grants of the person that let them see dossiers anywhere."""
    mine = grants.of_person(visit.db, visit.person.person_id, visit.now)
    return [given for given in mine if given.role in OFFICES]


def let(
    visit: Visit, act: Act, place_id: str, application_id: int | None = None, reason: int | None = None
) -> Given | None:
    """The grant that lets the person do this now; None, and logged, without any."""
    for given in held(visit):
        if may(given, act, place_id, reason):
            return given
    person = visit.person.person_id
    audit.note(visit.db, person, act, visit.now, was_denied=True, application_id=application_id, place_id=place_id)
    return None


def office_words(place_id: str | None) -> str:
    """The office of a place at the head of a sentence: "Xã Côn Minh", "Tỉnh Cao Bằng"."""
    if place_id is None:
        return "Cơ quan vận hành"
    if commune := place(place_id):
        return commune.name
    name = next((one.province for one in all_places() if one.id.startswith(f"{place_id}/")), "")
    return f"Tỉnh {name}".strip()
