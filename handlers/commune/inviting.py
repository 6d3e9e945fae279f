"""«Mời cán bộ»: a code for a new official, made in chat by those above."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers import menu
from handlers.commune import access
from handlers.commune.access import office_words
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from ocop.answers import commune
from ocop.calendar import weekday_words
from ocop.long_codes import INVITE, new_long_code
from ocop.places import all_places, lowered
from storage import audit, grants
from storage.grants import Role
from talk.answers import Option, one_of
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask

VALID = timedelta(days=7)
ROLES = (
    Option("commune", "Cán bộ xã, phường", ("xa", "phuong", "can bo xa")),
    Option("province", "Cán bộ tỉnh", ("tinh",)),
    Option("admin", "Người quản trị trợ lý", ("quan tri", "admin")),
)


def script(facts: Facts) -> Script:
    """Which role, and where. Whoever serves a province invites for its communes only."""
    role = "commune" if facts.province else (yield ask("role", "Mời ai?", one_of(ROLES), title="Quyền"))
    if role == "commune":
        yield ask("place", "Mời cán bộ của xã, phường nào? Gõ tên.", commune(facts.province or ""), title="Xã, phường")
    elif role == "province":
        provinces = dict.fromkeys((one.id.partition("/")[0], one.province) for one in all_places())
        yield ask("place", "Tỉnh nào?", one_of([Option(id, name) for id, name in provinces]), title="Tỉnh")


def begin(visit: Visit) -> Next | str:
    """Ask for whom; who is not above anybody is told so, and it is logged."""
    mine = access.above(visit)
    if not mine:
        return access.not_above(visit, "invite")
    # One who is both makes use of the wider right.
    province = "" if any(given.role == "admin" for given in mine) else mine[0].place_id
    return Start(FORM.conversation.name, about={"province": province})


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Make the code, which is shown this once."""
    role: Role = answers.get("role") or "commune"
    place = answers.get("place")
    return menu.menu(made(visit, role, place.key if role == "commune" and place else place))


def made(visit: Visit, role: Role, place_id: str | None) -> str:
    """A fresh code for an official of this place, in the words that say what to do with it."""
    if access.let(visit, "invite", place_id) is None:
        return access.ENDED
    code, until = new_long_code(visit.draw_code, INVITE), visit.now + VALID
    person = visit.person.person_id
    grants.invite(visit.db, code, role, place_id, visit.now, until, made_by=person)
    audit.note(visit.db, person, "invite", visit.now, place_id=place_id)
    return (
        f"Mã mời {who(role, place_id)}:\n{code}\n"
        f"Dùng được một lần, tới {weekday_words(visit.day_of(until))}. Đưa tận tay người được mời: ai gõ mã trước thì "
        "có quyền. Mã chỉ hiện lần này."
    )


def who(role: str, place_id: str | None) -> str:
    """An official of this role within a sentence: "cán bộ xã Côn Minh"."""
    return "người quản trị trợ lý" if role == "admin" else f"cán bộ {lowered(office_words(place_id))}"


FORM = Form(
    Conversation("invite", "việc mời cán bộ", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
)
