"""«Quyền cán bộ»: who is an official where, as far as anybody wrote it down, and ending a right with a plain yes."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers import menu, phones
from handlers.commune import access, inviting
from handlers.commune.access import office_words
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from ocop.calendar import weekday_words
from ocop.places import lowered
from storage import audit, grants, people
from storage.grants import Official, Role
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.message import Message
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask

ADMINS = "admin"  # stands for the place of those who belong to none
INVITE, LEAVE = "invite", "leave"
ENDED_BEFORE = "Quyền đó đã hết trước rồi."


def which_place(facts: Facts) -> Script:
    """One question: where."""
    places = [Option(key, label) for key, label in facts.places or [["-", "-"]]]
    yield ask("place", "Xem cán bộ của nơi nào?", one_of(places), title="Nơi")


def which_official(facts: Facts) -> Script:
    """One question: which of them."""
    options = [Option(key, label) for key, label in facts.officials or ()]
    yield ask(
        "which",
        f"{facts.place}: chọn người cần rút quyền.",
        one_of([*options, Option(INVITE, "Mời thêm", ("moi", "moi can bo")), Option(LEAVE, "Thôi", ("khong",))]),
        title="Cán bộ",
        why="Trợ lý không giữ tên cán bộ. Hỏi họ gõ «quyền cán bộ» thì máy họ hiện số của họ.",
    )


def is_sure(facts: Facts) -> Script:
    """One question, before a right ends."""
    yield ask(
        "sure",
        f"Rút quyền {facts.right}, {facts.which}? Người đó được báo và dừng ngay việc đang làm.",
        plainly(
            [Option("yes", "Rút quyền", ("rut",)), Option("no", "Không rút", ("khong", "ko", "thoi"))],
            how="Rút thì gõ 1 hoặc «rút quyền», không thì gõ 2.",
        ),
        title="Chắc",
    )


def begin(visit: Visit) -> Next | str:
    """Begin with the places one is above; an official of a commune is told the own number, anybody else is refused."""
    if not access.above(visit):
        own = [official for official in _all(visit) if official.person_id == visit.person.person_id]
        return "\n".join(_own(visit, one) for one in own) if own else access.not_above(visit, "officials")
    counts = Counter(official.place_id or ADMINS for official in _under(visit))
    if not counts:
        return "Chưa có cán bộ xã, phường nào. Mời thì gõ «mời cán bộ»."
    places = [[key, f"{_place(key)}: {count}"] for key, count in sorted(counts.items())]
    return Start(PLACES.conversation.name, about={"places": places})


def _place_chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    place_id = None if answers["place"] == ADMINS else answers["place"]
    if access.let(visit, "officials", place_id) is None:
        return menu.menu(access.ENDED)
    audit.note(visit.db, visit.person.person_id, "officials", visit.now, place_id=place_id)
    officials = [[str(one.id), _line(visit, one)] for one in _all(visit) if one.place_id == place_id]
    about = {"at": place_id, "place": _place(answers["place"]), "officials": officials}
    return Start(OFFICIALS.conversation.name, about=about)


def _official_chosen(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    place_id = done.facts["at"]
    if answers["which"] == INVITE:
        role: Role = "commune" if place_id and "/" in place_id else "province" if place_id else "admin"
        return menu.menu(inviting.made(visit, role, place_id))
    going = _find(visit, answers["which"])
    if going is None:
        return menu.menu(ENDED_BEFORE if answers["which"] != LEAVE else "")
    right, which = inviting.who(going.role, going.place_id), f"{lowered(_line(visit, going))}, {_giver(visit, going)}"
    return Start(SURE.conversation.name, about={"grant": str(going.id), "right": right, "which": which})


def _decided(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    if answers["sure"] != "yes":
        return menu.menu("Được, giữ nguyên.")
    going = _find(visit, done.facts["grant"])
    if going is None:
        return menu.menu(ENDED_BEFORE)
    if access.let(visit, "revoke", going.place_id) is None:
        return menu.menu(access.ENDED)
    grants.revoke(visit.db, going.id, visit.now)
    audit.note(visit.db, visit.person.person_id, "revoke", visit.now, place_id=going.place_id)
    if going.person_id == visit.person.person_id:
        return menu.menu("✅ Đã rút quyền của chính anh/chị.")
    right = done.facts["right"]
    news = f"Quyền {right} của anh/chị đã được rút, {visit.this_moment}. Chưa rõ vì sao thì hỏi nơi đã mời."
    chats = people.reachable_chats(visit.db, going.person_id)
    phones.tell(visit, chats, Message(news))
    told = "Đã báo người đó." if chats else "Người đó không còn nhận tin ở đây."
    return menu.menu(f"✅ Đã rút quyền {right}, số {going.id}. {told}")


def _all(visit: Visit) -> list[Official]:
    return grants.everybody(visit.db, visit.now)


def _find(visit: Visit, grant_id: str) -> Official | None:
    return next((one for one in _all(visit) if str(one.id) == grant_id), None)


def _under(visit: Visit) -> list[Official]:
    mine = access.above(visit)
    return [one for one in _all(visit) if any(access.may(given, "officials", one.place_id, None) for given in mine)]


def _place(key: str) -> str:
    return "Quản trị trợ lý" if key == ADMINS else office_words(key)


def _line(visit: Visit, one: Official) -> str:
    """What tells one official from another, within the length of a button."""
    chats = people.chats(visit.db, one.person_id)
    where = phones.named(chats[0]) if chats else "không còn máy"
    is_me = ", là anh/chị" if one.person_id == visit.person.person_id else ""
    last = f", gần nhất {_short(visit, one.last_act)}" if one.last_act else ""
    return f"Số {one.id}, từ {_short(visit, one.since)}, {where}{is_me or last}"


def _giver(visit: Visit, one: Official) -> str:
    if one.given_by is None:
        return "do nơi vận hành mời"
    if one.given_by == visit.person.person_id:
        return "do anh/chị mời"
    giver = next((other for other in _all(visit) if other.person_id == one.given_by), None)
    return f"do cán bộ số {giver.id} mời" if giver else "do người nay đã thôi quyền mời"


def _short(visit: Visit, moment: datetime) -> str:
    return weekday_words(visit.day_of(moment)).rpartition(" ")[2]


def _own(visit: Visit, one: Official) -> str:
    since = weekday_words(visit.day_of(one.since))
    return f"Anh/chị là {inviting.who(one.role, one.place_id)}, số {one.id}, từ {since}."


def _closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    return None if access.let(visit, "officials", facts["at"]) else access.ENDED


PLACES = Form(
    Conversation("official_places", "cán bộ các nơi", "", which_place, review=False),
    lambda visit: {},
    _place_chosen,
    keeps=False,
)
OFFICIALS = Form(
    Conversation("officials", "quyền cán bộ", "", which_official, review=False),
    lambda visit: {},
    _official_chosen,
    keeps=False,
    closed=_closed,
)
SURE = Form(
    Conversation("end_right", "việc rút quyền", "", is_sure, review=False),
    lambda visit: {},
    _decided,
    keeps=False,
)
