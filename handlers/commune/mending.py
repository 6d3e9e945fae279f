"""What an office asked to be mended, as its producer meets it in the form: at each question, and when all is done."""

import json
from collections.abc import Mapping

from handlers import phones
from handlers.commune.access import may, office_words
from handlers.commune.words import item_reason
from handlers.visit import Visit
from ocop.places import lowered
from storage import applications, dossiers, grants, people
from storage.applications import Summary
from storage.dossiers import Event
from talk.message import Message
from talk.progress import Progress

AT_MOST_NAMED = 5


Asked = tuple[Summary, Event]


def waits_for(visit: Visit, progress: Progress) -> Asked | None:
    """The application that came of a form and what was asked of it last, where that is not confirmed anew yet."""
    application = applications.of_progress(visit.db, int(progress.id))
    if application is None or application.state != "needs_more" or application.confirmed_at is None:
        return None
    last = dossiers.events(visit.db, application.id)[-1]
    is_mended = last.kind != "needs_more" or application.confirmed_at > last.at
    return None if is_mended else (application, last)


def said_of(visit: Visit, progress: Progress, key: str) -> str:
    """What the office said about a question that is opened to be mended; "" where it said nothing."""
    asked = waits_for(visit, progress)
    item = next((item for item in asked[1].details["items"] if item["key"] == key), None) if asked else None
    return f"{office_words(asked[1].place_id)} nhắn về câu này: {item_reason(item)}." if asked and item else ""


def still_to_do(visit: Visit, progress: Progress, titles: Mapping[str, str]) -> str:
    """What is said below a form just corrected, while its office waits. `titles`: of its questions, by key."""
    asked = waits_for(visit, progress)
    if asked is None:
        return ""
    application, event = asked
    confirmed = json.loads(applications.latest_version(visit.db, application.id) or "{}")
    keys = [item["key"] for item in event.details["items"] if item["key"] in titles]
    same = [key for key in keys if key in progress.answers and progress.answers[key].raw == confirmed.get(key)]
    office = lowered(office_words(event.place_id))
    if same:
        return f"{office_words(event.place_id)} còn nhắc: {', '.join(titles[key] for key in same[:AT_MOST_NAMED])}."
    return f"Đã sửa đủ chỗ {office} nhắc. Gõ «xong» thì {office} mới thấy." if keys else ""


def tell_office(visit: Visit, asked: Asked) -> None:
    """Tell the official who asked, if still one there, that the producer has confirmed anew. No name is in it."""
    application, event = asked
    theirs = grants.of_person(visit.db, event.by_person, visit.now)
    if not any(may(given, "numbers", application.details.commune, None) for given in theirs):
        return
    words = f"Cơ sở đã sửa chỗ anh/chị nhắc và xác nhận lại hồ sơ {application.code}. Mở xem thì gõ {application.code}."
    phones.tell(visit, people.reachable_chats(visit.db, event.by_person), Message(words))
