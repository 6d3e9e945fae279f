"""`invite`: a one-time code that makes whoever types it in chat an official."""

from datetime import datetime

from bot import clock
from bot.settings import Settings
from handlers.commune.inviting import VALID
from handlers.places import put_all
from ocop.places import all_places, place
from storage import grants
from storage.beside import run_beside
from storage.grants import Role
from storage.store import Db


class CannotInvite(Exception):
    """One sentence for the operator."""


def invite(settings: Settings, role: str, province: str, commune: str) -> str:
    """Make a code for an official of this place and return it; only its hash is kept. Raises CannotInvite."""
    of_role, place_id = _office(role, province.strip(), commune.strip())
    code, now = clock.draw_invite(), clock.now()
    run_beside(settings.database_url, lambda db: _keep(db, code, of_role, place_id, now))
    return code


def _keep(db: Db, code: str, role: Role, place_id: str | None, now: datetime) -> None:
    put_all(db)  # on a database that was never run with
    grants.invite(db, code, role, place_id, now, now + VALID)


def _office(role: str, province: str, commune: str) -> tuple[Role, str | None]:
    """The place an official of this role serves, as its id."""
    match role:
        case "admin":
            if province or commune:
                raise CannotInvite("Người quản trị (--role admin) không thuộc nơi nào; bỏ --province và --commune.")
            return "admin", None
        case "province":
            if commune:
                raise CannotInvite("Cán bộ tỉnh (--role province) chỉ cần --province; bỏ --commune.")
            return "province", _province(province)
        case "commune":
            return "commune", _commune(province, commune)
    raise CannotInvite(f"--role là commune, province hoặc admin, không phải «{role}».")


def _province(province: str) -> str:
    known = sorted({one.id.partition("/")[0] for one in all_places()})
    if province not in known:
        raise CannotInvite(f"--province là {' hoặc '.join(known)}, không phải «{province}».")
    return province


def _commune(province: str, commune: str) -> str:
    id = commune if "/" in commune or not province else f"{province}/{commune}"
    found = place(id)
    if found is None:
        raise CannotInvite(f"--commune là mã của một xã, phường, ví dụ cao-bang/hung-dao; chưa thấy «{commune}».")
    if province and _province(province) != found.id.partition("/")[0]:
        raise CannotInvite(f"«{commune}» không thuộc tỉnh «{province}».")
    return found.id
