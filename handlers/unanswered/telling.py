"""Telling everybody who asked, each once, and officials of what waits for them."""

from handlers.unanswered.words import told
from handlers.visit import Visit
from storage import outbox, people, questions
from storage.questions import OfficialAnswer
from talk.message import Message

SHOWN_QUESTION = 200


def put_in_use(visit: Visit, answer: OfficialAnswer) -> str:
    """Approve an answer in the name of who is here and tell everybody who asked; how that is said to the official."""
    if not questions.approve(visit.db, answer.id, visit.person.person_id, visit.now):
        return "Câu này đã có người duyệt rồi."
    approved = questions.find(visit.db, answer.id)
    assert approved
    reached = set()
    for person, text, asked_at in questions.asked(visit.db, answer.id):
        if person is None:
            continue
        question = text if len(text) <= SHOWN_QUESTION else f"{text[:SHOWN_QUESTION]}…"
        words = f"Câu hỏi {visit.since(asked_at)}: «{question}». Nay đã có trả lời:\n{told(visit, approved)}"
        if tell(visit, person, words, f"answered {answer.id} {person}"):
            reached.add(person)
    questions.unlink(visit.db, answer.id)
    return f"✅ Đã cho dùng, báo {len(reached)} người đã hỏi. Ai hỏi câu này cũng được trả lời như vậy."


def tell(visit: Visit, person_id: int, words: str, what: str) -> bool:
    """Put words in the outbox of every chat of a person, once for each thing that happened; False when none reaches."""
    chats = people.reachable_chats(visit.db, person_id)
    body = Message(words).dumps()
    for chat in chats:
        at = (chat.id, chat.channel, chat.bot, chat.address)
        outbox.put(visit.db, *at, [body], visit.now, lane="reminder", once_key=f"{what} {chat.id}")
    visit.traces.told_others = True
    return bool(chats)
