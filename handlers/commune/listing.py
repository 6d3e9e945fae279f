"""The dossiers of a commune as a list, and the communes of a province as numbers."""

from collections.abc import Iterable

from handlers import menu
from handlers.commune import access, words
from handlers.commune.access import office_words
from handlers.form import Next, Start
from handlers.matters import sides
from handlers.visit import Visit
from ocop.places import lowered, place
from storage import dossiers
from storage.grants import Given

OFFICES, COMMUNES, DOSSIERS = "offices", "communes", "dossiers"
OVER = frozenset({"recognised", "not_recognised"})


def first(visit: Visit, held: list[Given]) -> Next:
    """Where an official begins: with the place they serve, or the question which of several."""
    if len(held) > 1:
        return Start(OFFICES, about={"places": [[str(given.place_id), office_words(given.place_id)] for given in held]})
    return of_office(visit, held[0])


def of_office(visit: Visit, given: Given) -> Next:
    """A commune's list, or a province's numbers."""
    assert given.place_id
    if given.role == "province":
        return of_province(visit, given.place_id)
    return of_commune(visit, given.place_id, None)


def of_commune(visit: Visit, commune: str, reason: int | None) -> Next:
    """The list of a commune's dossiers, those that wait before those that are over."""
    where = lowered(office_words(commune))
    if access.let(visit, "names", commune, reason=reason) is None:
        return menu.menu(access.ENDED)
    events = dossiers.events_of_commune(visit.db, commune)
    found = dossiers.of_commune(visit.db, commune)
    if not found:
        return menu.menu(f"Chưa có hồ sơ nào của {where} được cơ sở xác nhận.")
    found.sort(key=lambda dossier: dossier.state in OVER)
    lines = [[str(one.id), words.listed(visit, one, events.get(one.id, []))] for one in found]
    new = sum(one.state == "confirmed" for one in found)
    about = {"commune": commune, "reason": reason, "dossiers": lines}
    waiting = f", chờ bản giấy {new}" if new else ""
    return Start(DOSSIERS, f"Hồ sơ {where}: {len(found)}{waiting}.{_questions(visit)}", about)


def of_province(visit: Visit, province: str) -> Next:
    """The communes of a province that have dossiers, with how many and where they stand."""
    if access.let(visit, "numbers", province) is None:
        return menu.menu(access.ENDED)
    counts = dossiers.counts(visit.db, province)
    if not counts:
        return menu.menu(f"Chưa có hồ sơ nào của {lowered(office_words(province))} được cơ sở xác nhận.")
    lines = [[commune, f"{_name(commune)}: {_numbers(states)}"] for commune, states in sorted(counts.items())]
    total = _numbers(_sum(counts.values()))
    lead = f"{office_words(province)}: {total}.{_questions(visit)}"
    return Start(COMMUNES, lead, {"province": province, "communes": lines})


def _questions(visit: Visit) -> str:
    count = sides.waiting(visit)
    return f" Câu hỏi chờ trả lời: {count}, mở thì gõ «câu hỏi»." if count else ""


def _name(commune: str) -> str:
    found = place(commune)
    return found.name if found else commune


def _numbers(states: dict[str, int]) -> str:
    parts = [
        ("hồ sơ", sum(states.values())),
        ("chờ giấy", states.get("confirmed", 0)),
        ("đang thiếu", states.get("needs_more", 0)),
    ]
    return ", ".join(f"{count} {what}" for what, count in parts if count)


def _sum(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for states in counts:
        for state, count in states.items():
            total[state] = total.get(state, 0) + count
    return total
