"""Becoming an official: a one-time code, typed in chat."""

from datetime import timedelta

from handlers.commune.access import office_words
from handlers.visit import Visit
from ocop.calendar import hour_words
from ocop.invite_codes import WrongInvite, read_invite
from ocop.places import lowered
from storage import audit, grants

TRIES = 5
WINDOW = timedelta(hours=1)
NOT_KNOWN = "Mã mời này không dùng được: có thể đã dùng một lần rồi, hoặc đã quá 7 ngày. Xin mã mới ở nơi đã cấp giúp."


def come_in(visit: Visit, words: str) -> str | None:
    """What is said to an invite code, which then has done its work; None where the words are none."""
    try:
        code = read_invite(words)
    except WrongInvite as wrong:
        return _resting(visit) or _refused(visit, str(wrong))
    if code is None:
        return None
    if resting := _resting(visit):
        return resting
    given = grants.come_in(visit.db, code, visit.person.person_id, visit.now)
    if given is None:
        return _refused(visit, NOT_KNOWN)
    audit.note(visit.db, visit.person.person_id, "come_in", visit.now, place_id=given.place_id)
    if given.role == "admin":
        return f"✅ Anh/chị nay là người quản trị trợ lý của {visit.office.name}."
    who = f"cán bộ {lowered(office_words(given.place_id))}"
    return f"✅ Anh/chị nay là {who}. Xem hồ sơ thì gõ /hoso. Mã mời đã dùng xong, người khác gõ lại không được."


def _resting(visit: Visit) -> str | None:
    """After too many tries nothing is looked up for an hour, be the code right or wrong."""
    tries, first = audit.denied_since(visit.db, visit.person.person_id, "come_in", visit.now - WINDOW)
    if tries < TRIES or first is None:
        return None
    at = hour_words((first + WINDOW).astimezone(visit.office.timezone).time())
    return f"Đã gõ {TRIES} lần chưa khớp. Nghỉ một lát, từ {at} gõ lại giúp, hoặc xin mã mới ở nơi đã cấp."


def _refused(visit: Visit, words: str) -> str:
    audit.note(visit.db, visit.person.person_id, "come_in", visit.now, was_denied=True)
    return words
