"""The two sides of a matter: who asked and what they are called, which office answers, and who may."""

from datetime import timedelta

from handlers.commune import access
from handlers.commune.access import Act, office_words
from handlers.visit import EVERYBODY, Moment, Visit
from ocop.places import lowered
from storage import grants, matters, people
from storage.grants import Given
from storage.matters import Matter
from talk.answers import Option
from talk.vietnamese import capital

ANSWER = Option("answer", "Trả lời", ("tra loi",))
LINE = Option("line", "Nhắn trực tiếp", ("truc tiep", "nhan truc tiep"))
LEAVE = Option("leave", "Để người khác", ("nguoi khac",))
FOR_OFFICIALS = (ANSWER, LINE, LEAVE)
CLEAR = Option("clear", "Rõ rồi", ("ro", "da ro", "cam on"))
MORE = Option("more", "Hỏi thêm", ("hoi nua", "con hoi"))
JOIN = Option("more", "Nhắn luôn", ("nhan",))
FOR_THE_ASKER = (CLEAR, MORE)

HELD = timedelta(minutes=30)
LATER = "Đang dở việc khác thì làm xong đã, rồi gõ «câu hỏi»."
GONE = "Câu hỏi này không còn nữa: người hỏi đã xóa, hoặc đã xong việc."


def office_name(place_id: str) -> str:
    """Whose officials they are, within a sentence: "cán bộ OCOP xã Côn Minh"."""
    return f"cán bộ OCOP {lowered(office_words(place_id))}"


def called(moment: Moment, matter: Matter) -> str:
    """How the person who asked is called."""
    return people.address_form(moment.db, matter.person_id) or EVERYBODY


def asker_words(moment: Moment, matter: Matter) -> str:
    """The person who asked, at the head of a sentence: "Chị ở xã Côn Minh". Nobody's name is known here."""
    return f"{capital(called(moment, matter))} ở {lowered(office_words(matter.commune or matter.province))}"


def let(visit: Visit, act: Act, matter: Matter) -> Given | None:
    """The grant that lets the person do this with the matter now; None, and logged, without any."""
    theirs = {given.place_id for given in access.held(visit)}
    at = next((place_id for place_id in matter.offices if place_id in theirs), matter.office)
    return access.let(visit, act, at)


def officials(moment: Moment, place_ids: tuple[str, ...], but: int) -> list[int]:
    """Everybody who answers for these offices now and can be reached; nobody answers what they asked themselves."""
    found = (
        person
        for place_id in place_ids
        for person in grants.officials(moment.db, access.role_at(place_id), place_id, moment.now)
    )
    return [person for person in dict.fromkeys(found) if person != but]


def office_for(moment: Moment, commune: str | None, province: str, asker: int) -> str | None:
    """The office that answers people of a place: the commune's, else the province's; None where nobody would."""
    for place_id in (commune, province):
        if place_id and officials(moment, (place_id,), asker):
            return place_id
    return None


def is_anybody_there(moment: Moment, asker: int) -> bool:
    """Whether any office at all has somebody who answers."""
    return grants.is_any_official_but(moment.db, asker, moment.now)


def holder(moment: Moment, matter: Matter) -> int | None:
    """The official whose matter it is: for half an hour after they took it or said something, then the office's again.

    So nobody waits for somebody who has gone home. On an open line it stays theirs.
    """
    is_recent = matter.taken_at is not None and matter.taken_at + HELD > moment.now
    if not (is_recent or is_on_line(moment, matter)):
        return None
    return matter.taker_id if matter.taker_id in officials(moment, matter.offices, matter.person_id) else None


def those_who_answer(moment: Moment, matter: Matter) -> list[int]:
    """Whom words of the asker reach: the official whose matter it is, else everybody at its offices."""
    found = holder(moment, matter)
    return [found] if found else officials(moment, matter.offices, matter.person_id)


def is_on_line(moment: Moment, matter: Matter) -> bool:
    """Whether the words of both sides go straight over now."""
    return matter.line_until is not None and matter.line_until > moment.now


def is_line_open(moment: Moment, matter_id: int | None) -> bool:
    """The same of the matter that a person is, or was, on the line of."""
    matter = matters.find(moment.db, matter_id) if matter_id is not None else None
    return matter is not None and is_on_line(moment, matter)


def waiting(visit: Visit) -> int:
    """How many questions wait for the offices that the person works for."""
    places = offices_of(visit)
    return matters.count_waiting(visit.db, places, visit.person.person_id) if places else 0


def offices_of(visit: Visit) -> list[str]:
    """The places whose questions the person may read."""
    return [
        given.place_id
        for given in access.held(visit)
        if given.place_id and access.may(given, "questions", given.place_id, None)
    ]
