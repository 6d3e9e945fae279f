"""Who may do what with whose dossiers, and with whose rights: officials of that place and above, and nobody else."""

from collections.abc import Mapping
from typing import Literal

from handlers.visit import Visit
from ocop.places import all_places, place
from storage import audit, grants
from storage.grants import Given, Role

Act = (
    Literal["numbers", "names", "open", "received", "needs_more", "forwarded", "result", "release", "files"]
    | Literal["officials", "revoke", "invite"]
    | Literal["questions", "answer"]
    | Literal["unanswered", "write_answer", "approve"]
)

OFFICES: frozenset[Role] = frozenset({"commune", "province"})
ABOVE: frozenset[Role] = frozenset({"province", "admin"})
PROVINCES: frozenset[Role] = frozenset({"province"})
# An admin runs the assistant, and has no business in anybody's dossier.
MAY: Mapping[Act, frozenset[Role]] = {
    "numbers": OFFICES,
    "names": OFFICES,
    "open": OFFICES,
    "received": OFFICES,
    "needs_more": OFFICES,
    "forwarded": OFFICES,
    "result": OFFICES,
    "release": OFFICES,
    "files": OFFICES,
    "officials": ABOVE,
    "revoke": ABOVE,
    "invite": ABOVE,
    "questions": OFFICES,
    "answer": OFFICES,
    "unanswered": PROVINCES,
    "write_answer": PROVINCES,
    "approve": PROVINCES,
}
# Over whom a province's official has a say: those of its communes, not its own colleagues.
OVER_OFFICIALS: frozenset[Act] = frozenset({"officials", "revoke", "invite"})
# What people ask an office is for that office alone, until it is passed on; a province answers for its own people.
OF_THEIR_OWN_OFFICE: frozenset[Act] = frozenset({"questions", "answer", "unanswered", "write_answer", "approve"})
NEED_NO_REASON = OVER_OFFICIALS | OF_THEIR_OWN_OFFICE | {"numbers"}
# The province sees numbers; whose they are it sees once it has said why, and that is kept.
GIVES_A_REASON: frozenset[Role] = frozenset({"province"})

ENDED = "Anh/chị không có, hoặc không còn quyền cán bộ ở nơi này, nên việc này dừng ở đây. Chưa ghi gì thêm."


def may(given: Given, act: Act, place_id: str | None, reason: int | None) -> bool:
    """Whether this grant lets its person do this at a commune; "numbers" of a province, too.

    `place_id`: None for what belongs to no place, as an admin does. `reason`: the note in which they said why.
    """
    if given.role not in MAY[act]:
        return False
    if given.role == "admin":
        return given.place_id is None
    if given.place_id is None or place_id is None:
        return False
    if act in OF_THEIR_OWN_OFFICE:
        return given.place_id == place_id and given.role == role_at(place_id)
    if given.role in GIVES_A_REASON and reason is None and act not in NEED_NO_REASON:
        return False
    province, _, commune = place_id.partition("/")
    if given.role == "province":
        return province == given.place_id and (bool(commune) or act not in OVER_OFFICIALS)
    return place_id == given.place_id


def role_at(place_id: str) -> Role:
    """The role of those who work for the office of a place."""
    return "commune" if "/" in place_id else "province"


def held(visit: Visit) -> list[Given]:
    """The grants of the person that let them see dossiers anywhere."""
    mine = grants.of_person(visit.db, visit.person.person_id, visit.now)
    return [given for given in mine if given.role in OFFICES]


def answers_for(visit: Visit) -> str | None:
    """The province for whose people the person may write answers; None where they may for none."""
    return next((given.place_id for given in held(visit) if may(given, "unanswered", given.place_id, None)), None)


def second_officials(visit: Visit, office: str | None, but: int) -> list[int]:
    """Who else answers for an office: the others there and those of its province, as far as they can be reached."""
    places = dict.fromkeys([office, office.partition("/")[0]] if office else [])
    found = (person for at in places for person in grants.officials(visit.db, role_at(at), at, visit.now))
    return [person for person in dict.fromkeys(found) if person != but]


def above(visit: Visit) -> list[Given]:
    """The grants of the person that give them a say over officials anywhere."""
    mine = grants.of_person(visit.db, visit.person.person_id, visit.now)
    return [given for given in mine if given.role in ABOVE]


def not_above(visit: Visit, act: Act) -> str:
    """What somebody is told who has no say over officials; it is logged."""
    audit.note(visit.db, visit.person.person_id, act, visit.now, was_denied=True)
    return "Việc này của cán bộ tỉnh và người quản trị trợ lý."


def granted(visit: Visit, act: Act, place_id: str | None, reason: int | None) -> Given | None:
    """The grant that would let the person do this now, if they tried."""
    mine = grants.of_person(visit.db, visit.person.person_id, visit.now)
    return next((given for given in mine if may(given, act, place_id, reason)), None)


def let(
    visit: Visit, act: Act, place_id: str | None, application_id: int | None = None, reason: int | None = None
) -> Given | None:
    """The grant that lets the person do this now; None, and logged, without any."""
    if given := granted(visit, act, place_id, reason):
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
