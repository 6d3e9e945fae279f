"""The dossiers of a commune as a list, and the communes of a province as numbers."""

from collections.abc import Iterable

from handlers import menu
from handlers.commune import access, words
from handlers.commune.access import office_words
from handlers.form import Next, Start
from handlers.matters import sides
from handlers.visit import Visit
from ocop.calendar import date_words
from ocop.places import lowered, place
from storage import dossiers, erased_dossiers
from storage.dossiers import Dossier, Event, HeldBack
from storage.erased_dossiers import Erased
from storage.grants import Given
from talk.progress import Progress
from talk.scene import PAGE

OFFICES, COMMUNES, DOSSIERS = "offices", "communes", "dossiers"
SHOWN_ERASED = 3  # who deleted more than these is found by the code on the paper
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


def of_commune(visit: Visit, commune: str, reason: int | None, at: int = 0) -> Next:
    """The list of a commune's dossiers, at the page where that of id `at` stands.

    Those that were over before today come last. What is recorded today moves none, so a number means the same all day.
    """
    where = lowered(office_words(commune))
    if access.let(visit, "names", commune, reason=reason) is None:
        return menu.menu(access.ENDED)
    events = dossiers.events_of_commune(visit.db, commune)
    found = dossiers.of_commune(visit.db, commune)
    held_back, gone = dossiers.held_back_of_commune(visit.db, commune), _gone(visit, commune)
    if not found and not held_back:
        return menu.menu("\n".join([f"Chưa có hồ sơ nào của {where} được cơ sở xác nhận.", *gone]))
    in_order: list[Dossier | HeldBack] = [*found, *held_back]
    in_order.sort(key=lambda one: (_was_over(visit, events.get(one.id, [])), one.id))
    lines = [_line(visit, one, events.get(one.id, [])) for one in in_order]
    new = sum(one.state == "confirmed" for one in found)
    about = {"commune": commune, "reason": reason, "dossiers": lines}
    waiting = f", chờ bản giấy {new}" if new else ""
    place_of = next((place for place, one in enumerate(in_order) if one.id == at), 0)
    unsigned = f" Chờ chữ ký trên giấy: {len(held_back)}." if held_back else ""
    lead = "\n".join([f"Hồ sơ {where}: {len(found)}{waiting}.{unsigned}{_questions(visit)}", *gone])
    return Start(DOSSIERS, lead, about, page=place_of // PAGE)


def line_of_erased(visit: Visit, erased: Erased) -> str:
    """What an office is told of a dossier that it has on paper, and that is gone here."""
    received, gone = date_words(erased.received_on), date_words(visit.day_of(erased.erased_at))
    return f"– {erased.code}: nhận bản giấy {received}, cơ sở đã xóa dữ liệu {gone}"


def _line(visit: Visit, one: Dossier | HeldBack, events: list[Event]) -> list[str]:
    """A line of the list: its key, its words, and the names by which it is found."""
    if isinstance(one, HeldBack):
        return [str(one.id), f"{one.code}, có người soạn giúp, chờ chữ ký trên giấy", one.code]
    names = f"{one.product}; {one.producer}" if one.is_open else one.product
    return [str(one.id), words.listed(visit, one, events), names]


def _gone(visit: Visit, commune: str) -> list[str]:
    return [line_of_erased(visit, one) for one in erased_dossiers.of_commune(visit.db, commune, SHOWN_ERASED)]


def reason_at_hand(visit: Visit, commune: str) -> int | None:
    """Why the person has just said that they look at this commune's names, in a list that lies open; None if not."""
    saved = visit.person.focus
    if saved is None or saved.conversation != DOSSIERS:
        return None
    facts = Progress.loads("", saved.body).facts
    reason: int | None = facts["reason"] if facts.get("commune") == commune else None
    return reason


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


def _was_over(visit: Visit, events: list[Event]) -> bool:
    return bool(events) and events[-1].kind in OVER and visit.day_of(events[-1].at) < visit.today


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
