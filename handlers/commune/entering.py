"""Becoming an official: a one-time code, typed in chat."""

from handlers.commune.access import office_words
from handlers.visit import Visit
from ocop.places import lowered
from storage import audit, grants

NOT_KNOWN = "Mã mời này không dùng được: có thể đã dùng một lần rồi, hoặc đã quá 7 ngày. Xin mã mới ở nơi đã cấp giúp."
SAY_OVER_OTHERS = "Mời cán bộ, xem ai đang có quyền thì gõ «mời cán bộ», «quyền cán bộ»."


def come_in(visit: Visit, code: str) -> str | None:
    """What is said to an invite, which then has done its work; None where it is of no use."""
    given = grants.come_in(visit.db, code, visit.person.person_id, visit.now)
    if given is None:
        return None
    audit.note(visit.db, visit.person.person_id, "come_in", visit.now, place_id=given.place_id)
    if given.role == "admin":
        return f"✅ Anh/chị nay là người quản trị trợ lý của {visit.office.name}. {SAY_OVER_OTHERS}"
    who = f"cán bộ {lowered(office_words(given.place_id))}"
    say = f" {SAY_OVER_OTHERS}" if given.role == "province" else ""
    return f"✅ Anh/chị nay là {who}. Xem hồ sơ thì gõ /hoso. Mã mời đã dùng xong, người khác gõ lại không được.{say}"
