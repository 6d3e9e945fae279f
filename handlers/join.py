"""«Nối máy»: a code made on one phone and typed on another makes both phones one person's."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers import menu, phones
from handlers.form import Form, Next, Start
from handlers.visit import EVERYBODY, Visit
from ocop.long_codes import JOIN, new_long_code
from storage import grants, joining, passes, people, progress
from talk.answers import Option
from talk.conversation import Conversation
from talk.message import Message
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask

VALID = timedelta(minutes=10)
OF_NO_USE = "Mã này không dùng được: có thể đã dùng một lần rồi, hoặc đã quá 10 phút. Lấy mã mới ở máy kia giúp."
JOINED_ALREADY = "Máy này đã nối rồi, giấy tờ thấy cả. Mã đó để gõ ở máy khác."
JOINED_ELSEWHERE = (
    "Máy này đang nối với máy khác. Muốn đổi thì gõ «gỡ máy» ở đây trước, gỡ chính máy này, rồi gõ lại mã."
)
OF_AN_OFFICIAL = "Máy này có quyền cán bộ nên phải nối ngược lại: gõ «nối máy» ở đây, rồi gõ mã nhận được ở máy kia."


def script(facts: Facts) -> Script:
    """One question, since whoever joins shows the other phone everything."""
    drafts = facts.drafts
    own = f" Máy này đang có {drafts} tờ riêng: nối thì mang theo cả." if drafts else ""
    yield ask(
        "join",
        f"Mã này lấy từ một máy trên {facts.there}. Nối rồi thì hai máy như một: máy nào cũng thấy hết giấy tờ của "
        f"máy kia. Chỉ nối khi cả hai máy là của bà con.{own}",
        plainly(
            [
                Option("yes", "Nối và mang theo" if drafts else "Nối máy này", ("noi", "noi may")),
                Option("no", "Không nối, để riêng", ("khong", "ko", "khong noi", "de rieng", "thoi")),
            ],
            how=f"Nối thì gõ 1 hoặc «{'nối và mang theo' if drafts else 'nối máy này'}», không thì gõ 2.",
        ),
        title="Nối máy",
        why="Có người nhờ gõ mã của họ thì đừng nối: họ sẽ thấy giấy tờ, số điện thoại ghi ở máy này.",
    )


def make(visit: Visit) -> str:
    """A fresh code, in the words that say what to do with it."""
    code = new_long_code(visit.draw_code, JOIN)
    passes.make(visit.db, code, "join", visit.person.person_id, visit.now + VALID)
    return (
        f"Mã nối máy: {code}\nỞ máy mới, mở trợ lý rồi gõ mã này. Dùng được một lần, trong 10 phút. "
        "Đừng đưa ai: ai gõ mã thì thấy hết giấy tờ ở đây."
    )


def take(visit: Visit, code: str) -> Next | str | None:
    """Ask whether to join the phone that the code was made on; None where it is of no use."""
    found = passes.find(visit.db, code, "join", visit.now)
    if found is None:
        return None
    if why_not := _why_not(visit, found.person_id):
        return why_not
    chats = people.chats(visit.db, found.person_id)
    drafts = [saved for saved in progress.open_ones(visit.db, visit.person.person_id) if saved.subject]
    there = " và ".join(dict.fromkeys(phones.named(chat) for chat in chats))
    return Start(FORM.conversation.name, about={"of": found.code_hash, "there": there, "drafts": len(drafts)})


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Make the two phones one person's, and tell those that were there before."""
    if answers["join"] != "yes":
        return menu.menu("Được, để riêng hai máy.")
    db, person = visit.db, visit.person
    used = passes.use(db, done.facts["of"], "join", visit.now)
    if used is None:
        return menu.menu(OF_NO_USE)
    if why_not := _why_not(visit, used.person_id):
        return menu.menu(why_not)
    before = people.reachable_chats(db, used.person_id)
    [this] = people.chats(db, person.person_id)
    joining.merge(db, person.person_id, used.person_id, visit.now)
    you = people.address_form(db, used.person_id) or EVERYBODY
    news = (
        f"Máy mới trên {phones.named(this)} vừa nối vào giấy tờ của {you}, {visit.this_moment}. "
        f"Không phải {you} thì gõ «gỡ máy»."
    )
    phones.tell(visit, before, Message(news))
    # No choices: a number typed next answers what lies open on the other phone, if anything does.
    return Message(f"✅ Đã nối. Giấy tờ của {you} nay thấy được ở máy này: gõ «giấy tờ của tôi». Gỡ thì gõ «gỡ máy».")


def _why_not(visit: Visit, other: int) -> str | None:
    """Why this phone cannot be joined to the other person; None where it can."""
    person = visit.person.person_id
    if other == person:
        return JOINED_ALREADY
    if len(people.chats(visit.db, person)) > 1:
        return JOINED_ELSEWHERE
    if grants.of_person(visit.db, person, visit.now):
        return OF_AN_OFFICIAL
    return None


FORM = Form(
    Conversation("join", "việc nối máy", "", script, review=False),
    lambda visit: {},
    finish,
    keeps=False,
)
