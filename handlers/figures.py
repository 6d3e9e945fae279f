"""Tells published numbers of the programme: how many, where, as of when, out of what, and who says so.

A number of one place or time is never told as that of another: what is missing is asked or said, what is nearest is
offered with its own date, and a target is told as a target.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from handlers import asked
from handlers.said import Said
from handlers.topics.words import CARRIED
from handlers.visit import Visit
from ocop.asking import DISTRESS
from ocop.asking.period import Period
from ocop.calendar import date_words
from ocop.figure_questions import COOPERATIVES, PRODUCERS, Asked, province_of, read, read_on
from ocop.figures import CHECKED, PLACES, Figure, Kind, best, figure, figures_of
from ocop.topics import DOUBT
from talk.message import Tap
from talk.vietnamese import blunt, capital, decimal_words, fold, grouped

TAP = "figure"  # the talk of a tap under a number: its step is the figure, its choice the part asked for
WHOLE = "-"
TOPIC = "figures"  # what an answer is said to be about; no topic has this id
CHOICES = 4
OTHER_PLACE = frozenset({"doi", "doi noi khac", "noi khac", "doi tinh", "tinh khac"})

WHERE = "Bà con hỏi số của nơi nào?"
WHERE_ASIDE = "Hỏi lại giúp, kèm tên tỉnh, ví dụ: Cao Bằng."
NOT_REACHED = {"target": "Đây là mục tiêu, không phải số đã đạt.", "plan": "Đây là kế hoạch, không phải số đã đạt."}
REACHED: tuple[Kind, ...] = ("result",)
AIMED_AT: tuple[Kind, ...] = ("target", "plan")


def answer(visit: Visit, words: str) -> Said | None:
    """The number these words ask for, or what has to be known first; None where they ask for none."""
    if visit.understood.kind == DISTRESS or visit.understood.is_english:
        return None
    before = _before(visit)
    found = read(words, visit.today)
    if found is None and before and blunt(fold(words)) in OTHER_PLACE:
        return _ask_where(before)
    if found is None and before is None:
        return None
    if found is None:
        goes_on = read_on(words, visit.today)
        return _tell(goes_on.after(before), is_carried=True) if goes_on and before else None
    if before and not found.places and not found.within:
        return _tell(found.after(before), is_carried=True)
    return _tell(found)


def follow(visit: Visit, tap: Tap) -> Said | None:
    """The number a choice under an answer names; None when none does."""
    one = figure(tap.step)
    part = "" if tap.choice == WHOLE else tap.choice
    if one is None:
        return None
    return _said(one, Asked(one.counts, part, (one.place,), "", None, False, one.kind != "result"))


def _tell(asked_for: Asked, is_carried: bool = False) -> Said:
    if len(asked_for.places) > 1:
        return _side_by_side(asked_for)
    if not asked_for.places and not asked_for.within:
        there = list(_by_place(asked_for))
        if len(there) != 1:
            return _ask_where(asked_for)
        asked_for = asked_for.at(there[0])
    place = asked_for.places[0] if asked_for.places else province_of(asked_for.within)
    if asked_for.counts == COOPERATIVES and not figures_of(COOPERATIVES, place):
        asked_for = replace(asked_for, counts=PRODUCERS, part="hợp tác xã")  # those with OCOP products are known
    found = _found(asked_for, place)
    if not found:
        return _none_there(asked_for, place)
    one = best(found, asked_for.period, asked_for.part)
    leads = []
    if is_carried:
        when = asked_for.period.said if asked_for.period else ""
        leads.append(CARRIED.format(", ".join(filter(None, (PLACES[place], when)))))
    if asked_for.within:
        leads.append(f"Riêng {asked_for.within} thì trợ lý không có số, chỉ có số của cả {_province(place)}.")
    if asked_for.is_target and one.kind == "result":
        leads.append("Mục tiêu thì trợ lý chưa có số. Số đã đạt:")
    if asked_for.period and not one.tells_of(asked_for.period):
        leads.append(f"{capital(asked_for.period.said)} thì trợ lý chưa có số. Gần nhất:")
    elif asked_for.is_now:
        leads.append("Số lúc này thì trợ lý chưa có. Gần nhất:")
    return _said(one, asked_for.at(place), leads)


def _said(one: Figure, asked_for: Asked, leads: Sequence[str] = ()) -> Said:
    """A figure with its parts, its source, and what may be asked next."""
    lines = [*leads, *_lines(one, asked_for.part), *_source([one])]
    same_place = (*figures_of(one.counts, one.place), *figures_of(one.counts, one.place, AIMED_AT))
    others = [(_label(other), _tap(other, asked_for.part)) for other in same_place if other is not one]
    elsewhere = [choice for place, choice in _by_place(asked_for).items() if place != one.place]
    choices = (*others[: CHOICES - min(1, len(elsewhere))], *elsewhere)[:CHOICES]
    return Said("\n".join(lines), choices, _about(asked_for))


def _lines(one: Figure, part: str) -> list[str]:
    """The number in words, divided where it can be."""
    if one.kind != "result":
        return [f"{one.text}.", NOT_REACHED[one.kind]]
    where = f"{capital(PLACES[one.place])}, {one.said}"
    divided = one.divided_by(part) or next(iter(one.parts), {})
    whole = f"{_value(one)} {one.unit} gồm" if part in divided else "Gồm"
    parts = f"{whole}: {', '.join(_counted(count, name, one) for name, count in divided.items())}." if divided else ""
    count = one.part(part)
    if not part or part in divided:
        first = f"{where}: {_counted(count, part, one)}." if count is not None else f"{one.text}."
    elif count is not None:
        first = f"{where}: {_counted(count, part, one)}.\n{one.text}."
    elif part in one.shares:
        first = f"{where}: {_number(one.shares[part])}% là {part}, nguồn không ghi bao nhiêu.\n{one.text}."
    else:
        first = f"Riêng {part} thì nguồn không ghi.\n{one.text}."
    return [line for line in (first, parts, one.part_notes.get(part, ""), one.note) if line]


def _side_by_side(asked_for: Asked) -> Said:
    """Numbers of several places, each with its time; never added up."""
    found = {place: _found(asked_for, place) for place in asked_for.places}
    told = [best(those, asked_for.period, asked_for.part) for those in found.values() if those]
    lines = [line for one in told for line in _lines(one, asked_for.part)[:1]]
    lines += [f"Số này của {PLACES[place]} thì trợ lý chưa có." for place, those in found.items() if not those]
    if len(told) > 1:
        lines.append("Hai nơi đếm không cùng lúc nên trợ lý không cộng." if len({one.last for one in told}) > 1 else "")
    choices = tuple((_label(one, with_place=True), _tap(one, asked_for.part)) for one in told)
    return Said("\n".join(filter(None, (*lines, *_source(told)))), choices, _about(asked_for))


def _ask_where(asked_for: Asked) -> Said:
    """The one thing to be known first: the place."""
    choices = tuple((capital(PLACES[place]), tap) for place, (_, tap) in list(_by_place(asked_for).items())[:CHOICES])
    return Said(WHERE, choices, _about(asked_for), aside=WHERE_ASIDE)


def _none_there(asked_for: Asked, place: str) -> Said:
    """No such number of this place; where there is one."""
    text = f"Số này của {PLACES[place]} thì trợ lý chưa có, nên không đoán."
    return Said(text, tuple(_by_place(asked_for).values())[:CHOICES], _about(asked_for))


def _by_place(asked_for: Asked) -> dict[str, tuple[str, Tap]]:
    """The same asked of each place that has a number, as choices."""
    return {
        place: (f"Số của {PLACES[place]}", _tap(best(found, asked_for.period, asked_for.part), asked_for.part))
        for place in PLACES
        if (found := _found(asked_for, place))
    }


def _found(asked_for: Asked, place: str) -> list[Figure]:
    """The figures that may answer at a place, the newest first: of what was aimed at or what was reached, as asked."""
    kinds = (AIMED_AT, REACHED) if asked_for.is_target else (REACHED, AIMED_AT)
    return next((found for kind in kinds if (found := figures_of(asked_for.counts, place, kind))), [])


def _source(told: Sequence[Figure]) -> list[str]:
    names = "; ".join(dict.fromkeys(one.source for one in told))
    line = f"Nguồn: {names} · kiểm tra {date_words(CHECKED)}{DOUBT}"
    return [line, told[0].link] if len(told) == 1 and told[0].link else [line]


def _label(one: Figure, with_place: bool = False) -> str:
    what = {"target": "Mục tiêu", "plan": "Kế hoạch"}.get(one.kind, "Số")
    return f"{what} {PLACES[one.place]}, {one.said}" if with_place else f"{what} {one.said}"


def _tap(one: Figure, part: str) -> Tap:
    return Tap(TAP, one.id, part or WHOLE)


def _province(place: str) -> str:
    return f"tỉnh {PLACES[place]} cũ" if place == "bac-kan" else f"tỉnh {PLACES[place]}"


def _counted(count: int, part: str, one: Figure) -> str:
    """A part in words: "18 sản phẩm 4 sao", "73 hợp tác xã"."""
    return f"{grouped(count)} {part}" if one.counts == PRODUCERS else f"{grouped(count)} {one.unit} {part}"


def _value(one: Figure) -> str:
    return " ".join(filter(None, (one.at, _number(one.value))))


def _number(value: float) -> str:
    return decimal_words(Decimal(str(value)))


def _about(asked_for: Asked) -> dict[str, Any]:
    """As it is kept for the next question; JSON."""
    return {"topic": TOPIC, TOPIC: asdict(asked_for) | {"period": _dumped(asked_for.period)}}


def _before(visit: Visit) -> Asked | None:
    """The question for a number that was answered last, as long as another may go on from it."""
    kept = asked.remembered(visit).get(TOPIC)
    if not kept:
        return None
    return Asked(**kept | {"places": tuple(kept["places"]), "period": _loaded(kept["period"])})


def _dumped(period: Period | None) -> list[str] | None:
    return [period.first.isoformat(), period.last.isoformat(), period.said] if period else None


def _loaded(kept: list[str] | None) -> Period | None:
    return Period(date.fromisoformat(kept[0]), date.fromisoformat(kept[1]), kept[2]) if kept else None
