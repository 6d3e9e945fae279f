"""Codes typed in chat: what each kind does, and how often one may be wrong before it rests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from handlers import helped, join, reference
from handlers.commune import entering
from handlers.form import Next
from handlers.visit import Visit
from ocop.calendar import hour_words
from ocop.codes import WrongCode
from ocop.long_codes import HELP, INVITE, JOIN, REFERENCE, WrongGroup, groups_of, read_long_code
from storage import audit

TRIES = 5
WINDOW = timedelta(hours=1)
BUSY = "Nhiều nơi đang gõ mã chưa khớp, nên trợ lý nghỉ nhận mã này một lát. Chừng một giờ nữa gõ lại giúp."


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code of so many groups does for whoever types it."""

    groups: int
    act: str  # what the audit calls a try
    take: Callable[[Visit, str], Next | str | None]  # words are said above what lies open; None: it is of no use here
    of_no_use: str  # said then
    instead: str  # what else can be done while it rests
    tries_in_all: int | None = None  # wrong ones of everybody in an hour, where the code is short for what it opens


KINDS = (
    Kind(
        REFERENCE, "reference", reference.take, reference.OPENS_NOTHING, "mở giấy của bà con thì gõ «giấy tờ của tôi»"
    ),
    Kind(JOIN, "join", join.take, join.OF_NO_USE, "lấy mã mới ở máy kia rồi gõ", tries_in_all=300),
    Kind(HELP, "helped", helped.take, helped.OF_NO_USE, "xin mã mới ở người làm giúp", tries_in_all=300),
    Kind(INVITE, "come_in", entering.come_in, entering.NOT_KNOWN, "xin mã mới ở nơi đã cấp"),
)
_BY_GROUPS = {kind.groups: kind for kind in KINDS}


def take(visit: Visit, words: str, *, is_answering: bool) -> Next | str | None:
    """What comes of a code typed by itself; None where the words are none.

    `is_answering`: a form lies open, whose answer may look like a short code that does not fit.
    """
    code, wrong = None, ""
    try:
        code = read_long_code(words)
        groups = groups_of(code) if code else 0
    except WrongCode as slip:
        groups, wrong = (0 if is_answering else REFERENCE), str(slip)
    except WrongGroup as slip:
        groups, wrong = slip.groups, str(slip)
    kind = _BY_GROUPS.get(groups)
    if kind is None:
        return None
    if resting := _resting(visit, kind):
        return resting
    taken = kind.take(visit, code) if code else None
    if taken is None:
        audit.note(visit.db, visit.person.person_id, kind.act, visit.now, was_denied=True)
        return wrong or kind.of_no_use
    return taken


def _resting(visit: Visit, kind: Kind) -> str | None:
    """After too many tries nothing is looked up for an hour, be the code right or wrong."""
    since = visit.now - WINDOW
    if kind.tries_in_all and audit.denied_in_all(visit.db, kind.act, since) >= kind.tries_in_all:
        return BUSY
    tries, first = audit.denied_since(visit.db, visit.person.person_id, kind.act, since)
    if tries < TRIES or first is None:
        return None
    at = hour_words((first + WINDOW).astimezone(visit.office.timezone).time())
    return f"Đã gõ {TRIES} lần chưa khớp. Nghỉ một lát, từ {at} gõ lại giúp, hoặc {kind.instead}."
