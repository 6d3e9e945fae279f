"""Telling everybody who asked, each once, and officials of what waits for them."""

from handlers.library import as_told
from handlers.visit import Moment, Visit
from ocop.topics import Version
from storage import official_versions, outbox, people, questions
from storage.official_versions import OfficialVersion
from talk.message import Message

SHOWN_QUESTION = 200


def put_in_use(visit: Visit, one: OfficialVersion) -> str:
    """Approve a version in the name of who is here and tell everybody who asked; how that is said to the official."""
    if not official_versions.approve(visit.db, one.id, visit.person.person_id, visit.now):
        return "Câu này đã có người duyệt rồi."
    visit.traces.library = True
    approved = official_versions.find(visit.db, one.id)
    assert approved
    reached = set()
    for person, text, asked_at in questions.asked(visit.db, one.id):
        if person is None:
            continue
        question = text if len(text) <= SHOWN_QUESTION else f"{text[:SHOWN_QUESTION]}…"
        told = words(as_told(approved, visit.office.timezone))
        if tell(
            visit,
            person,
            f"Câu hỏi {visit.since(asked_at)}: «{question}». Nay đã có trả lời:\n{told}",
            f"answered {one.id} {person}",
        ):
            reached.add(person)
    questions.unlink(visit.db, one.id)
    heard = f", báo {len(reached)} người đã hỏi" if reached else ""
    return f"✅ Đã cho dùng{heard}. Ai hỏi câu này cũng được trả lời như vậy."


def words(version: Version) -> str:
    """A version as people read it."""
    return f"{version.answer}\n{version.source}"


def tell(moment: Moment, person_id: int, words: str, what: str) -> bool:
    """Put words in the outbox of every chat of a person, once for each thing that happened; False when none reaches."""
    chats = people.reachable_chats(moment.db, person_id)
    body = Message(words).dumps()
    for chat in chats:
        at = (chat.id, chat.channel, chat.bot, chat.address)
        outbox.put(moment.db, *at, [body], moment.now, lane="reminder", once_key=f"{what} {chat.id}")
    moment.traces.told_others = True
    return bool(chats)
