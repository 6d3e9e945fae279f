"""«Gỡ máy»: a phone that was joined sees nothing of the person any more."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers import menu, phones
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from storage import joining, people
from storage.people import Chat
from talk.answers import Option
from talk.conversation import Conversation
from talk.message import Message
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask

# Somebody who joined by a trick must not be able to lock the person out before they have read the warning.
NEW = timedelta(days=1)
KEEP = "keep"
ONLY_ONE = "Chỉ có máy này, chưa nối máy nào khác. Nối thêm thì gõ «nối máy»."
UNLINKED = "Máy này đã được gỡ: không thấy giấy tờ ở đây nữa, theo lời nhắn từ máy kia. Cần gì thì nhắn «alo»."
NOT_YET = "Máy này mới nối chưa đủ một ngày nên chỉ gỡ được chính nó; gỡ máy kia thì gõ «gỡ máy» ở máy đó.\n"


def script(facts: Facts) -> Script:
    """One question: which of them."""
    options = [Option(key, label) for key, label in facts.phones or ()]
    yield ask(
        "phone",
        f"{facts.first or ''}Gỡ máy nào? Máy gỡ rồi không thấy giấy tờ nữa, nối lại thì cần mã mới.",
        plainly(
            [*options, Option(KEEP, "Thôi, không gỡ", ("khong", "ko", "thoi", "khong go", "giu lai"))],
            how="Gõ số đứng trước máy cần gỡ.",
        ),
        title="Máy",
    )


def begin(visit: Visit) -> Next | str:
    """Ask which phone to let go of; who has but one is told so."""
    chats = people.chats(visit.db, visit.person.person_id)
    if len(chats) < 2:
        return ONLY_ONE
    may_go = [chat for chat in chats if _may_let_go(visit, chats, chat)]
    may_go.sort(key=lambda chat: chat.id == visit.person.chat_id)
    about = {
        "phones": [[str(chat.id), _label(visit, chat)] for chat in may_go],
        "first": NOT_YET if len(may_go) < len(chats) else "",
    }
    return Start(FORM.conversation.name, about=about)


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Let go of it, and tell it."""
    db, person = visit.db, visit.person
    if answers["phone"] == KEEP:
        return menu.menu("Được, giữ nguyên các máy.")
    chats = people.chats(db, person.person_id)
    going = next((chat for chat in chats if str(chat.id) == answers["phone"]), None)
    if going is None or len(chats) < 2 or not _may_let_go(visit, chats, going):
        return menu.menu("Máy đó không gỡ được nữa.")
    joining.let_go(db, person.person_id, going.id, visit.now)
    visit.traces.words = True
    if going.id == person.chat_id:
        return Message("✅ Đã gỡ máy này. Giấy tờ vẫn còn đủ ở máy kia.")
    phones.tell(visit, [going], Message(UNLINKED))
    return menu.menu(f"✅ Đã gỡ máy trên {phones.named(going)}. Máy đó không thấy giấy tờ nữa.")


def _may_let_go(visit: Visit, chats: list[Chat], going: Chat) -> bool:
    """Whether the phone here may let go of another: of itself always, of others once it has been joined for a day."""
    here = next(chat for chat in chats if chat.id == visit.person.chat_id)
    return going.id == here.id or here.joined_at is None or visit.now - here.joined_at > NEW


def _label(visit: Visit, chat: Chat) -> str:
    name = phones.named(chat)
    which = f"nối {visit.since(chat.joined_at)}" if chat.joined_at else "máy đầu"
    return f"{name[:1].upper()}{name[1:]}, {which}{', là máy này' if chat.id == visit.person.chat_id else ''}"


FORM = Form(
    Conversation("unlink", "việc gỡ máy", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
)
