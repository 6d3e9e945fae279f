"""How an office's dealings with a dossier are put into words, for lists and for its history."""

from collections.abc import Sequence
from datetime import date

from handlers.commune.access import office_words
from handlers.visit import Visit
from ocop.calendar import weekday_words
from ocop.places import lowered
from storage.dossiers import Dossier, Event
from storage.helps import Help
from talk.answers import shortened
from talk.vietnamese import capital

PRODUCT_LENGTH, PRODUCER_LENGTH = 18, 14  # together with the longest state they just fit a button
SHOWN_EVENTS, SHOWN_EVENT = 3, 140


def listed(visit: Visit, dossier: Dossier, events: Sequence[Event]) -> str:
    """One line of a list: what, who, and where it stands since when."""
    name = shortened(capital(dossier.product), PRODUCT_LENGTH)
    whose = shortened(dossier.producer, PRODUCER_LENGTH) if dossier.is_open else f"{dossier.code}, đóng"
    return f"«{name}», {whose}, {standing(visit, dossier, events)}"


def standing(visit: Visit, dossier: Dossier, events: Sequence[Event]) -> str:
    """Where it stands, in a few words."""
    if not events:
        return f"chờ giấy từ {_short(visit.day_of(dossier.confirmed_at))}"
    last = events[-1]
    details = last.details
    if is_mended(dossier, events):
        return f"đã sửa {_short(visit.day_of(dossier.confirmed_at))}, chờ xem"
    match last.kind:
        case "received":
            return f"đã nhận, hạn {_short(date.fromisoformat(details['by']))}"
        case "needs_more":
            return f"thiếu {len(details['items'])} thứ từ {_short(visit.day_of(last.at))}"
        case "forwarded":
            return f"chuyển tỉnh {_short(date.fromisoformat(details['day']))}"
        case "unreleased":
            return "chờ báo tin"
        case "recognised":
            return f"{details['stars']} sao"
        case _:
            return "chưa công nhận"


def said(event: Event) -> str:
    """What was recorded, as a line of the history."""
    details = event.details
    match event.kind:
        case "received":
            by = weekday_words(date.fromisoformat(details["by"]))
            signed = " có chữ ký của cơ sở" if details.get("signed") else ""
            return f"nhận bản giấy{signed} số {details['number']}, {_day(details['day'])}; 15 ngày làm việc tới {by}"
        case "needs_more":
            missing = "; ".join(f"{item['title']}: {item_reason(item)}" for item in details["items"])
            return f"cần bổ sung: {missing}"
        case "forwarded":
            return f"chuyển tỉnh, {_day(details['day'])}"
        case "unreleased":
            return f"chưa được công nhận, {_day(details['day'])}; chưa báo cho cơ sở, chờ một cán bộ nữa"
        case "recognised":
            return f"công nhận {details['stars']} sao, Quyết định {details['decision']}, {_day(details['day'])}"
        case _:
            alone = "; một cán bộ ghi và báo, lúc đó không có người thứ hai" if details.get("alone") else ""
            return f"chưa được công nhận, {_day(details['day'])}{alone}"


def item_reason(item: dict[str, str], at_most: int = 200) -> str:
    """Why something is asked for: a ready-made reason, or the official's own words, which stand in «»."""
    own = item.get("own")
    return f"«{shortened(own, at_most)}»" if own else item["reason"]


def helped(visit: Visit, help: Help) -> str:
    """Who filled the paper in, and how its producer confirmed it."""
    name = capital(help.name)
    if help.confirmed_at is None:
        return f"{name} soạn giúp, cơ sở ký trên giấy."
    return f"{name} soạn giúp, cơ sở xác nhận ở máy của cơ sở {weekday_words(visit.day_of(help.confirmed_at))}."


def history(visit: Visit, events: Sequence[Event]) -> list[str]:
    """The last things recorded, a line each: when, by which office, what."""
    return [
        f"– {weekday_words(visit.day_of(event.at), with_year=False)}, {lowered(office_words(event.place_id))}: "
        f"{shortened(said(event), SHOWN_EVENT)}"
        for event in events[-SHOWN_EVENTS:]
    ]


def is_mended(dossier: Dossier, events: Sequence[Event]) -> bool:
    """Whether the producer has confirmed anew since something was asked for."""
    return bool(events) and events[-1].kind == "needs_more" and dossier.confirmed_at > events[-1].at


def _short(day: date) -> str:
    return weekday_words(day, with_year=False).rpartition(" ")[2]


def _day(iso: str) -> str:
    return weekday_words(date.fromisoformat(iso))
