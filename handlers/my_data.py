"""«Dữ liệu của tôi»: what is kept of a person, to look at, correct, take along or delete."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers import drafts, export, join, menu, phones, unlink
from handlers.consent import PURPOSES
from handlers.form import Form, Next, Open, Start
from handlers.matters import words
from handlers.visit import EVERYBODY, Visit
from ocop.calendar import date_words
from storage import applications, consents, files, matters, people, progress, questions
from storage.progress import Saved
from talk.answers import NoLongerFits, OneOf, Option, Unclear
from talk.conversation import Conversation
from talk.message import Message
from talk.phones import phone
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import blunt, capital, fold

CALL, DRAFT, CONSENT, MATTER = "call", "draft-", "consent-", "matter-"
FILE, JOIN, UNLINK, ALL, DELETE = "file", "join", "unlink", "all", "-"
_SHORTCUT = re.compile(r"(sua|xoa)(?: muc| so)? (\d{1,2})")


class Kept(OneOf):
    """One thing of those that are kept: its number opens it, «sửa 2» too, «xóa 2» gives its key after a DELETE."""

    takes_edits = True

    def __init__(self, things: Sequence[Option], has_phones: bool):
        unlink = [Option(UNLINK, "Gỡ máy", ("bo may",))] if has_phones else []
        super().__init__(
            [
                *things,
                Option(FILE, "Tải về", ("tai", "xuat")),
                Option(JOIN, "Nối máy khác", ("noi may", "them may", "doi may")),
                *unlink,
                Option(ALL, "Xóa hết", ("xoa tat ca",)),
            ]
        )
        self._things = things

    def read_words(self, words: str) -> str:
        shortcut = _SHORTCUT.fullmatch(blunt(fold(words)))
        if shortcut is None:
            return super().read_words(words)
        number = int(shortcut[2])
        if not 1 <= number <= len(self._things):
            raise Unclear(f"Chỉ có các số ở dưới. {self.hint()}")
        key = self._things[number - 1].key
        return key if shortcut[1] == "sua" else f"{DELETE}{key}"

    def load(self, raw: Any) -> str:
        if str(raw).removeprefix(DELETE) not in self._labels:
            raise NoLongerFits("Danh sách này đã đổi.")
        return str(raw)

    def say(self, value: str) -> str:
        return self._labels[value.removeprefix(DELETE)]

    def echo(self, value: str) -> str:
        return self.say(value)


def script(facts: Facts) -> Script:
    """One question: which of them."""
    things = [Option(key, label) for key, label in facts.things]
    yield ask("which", facts.lead, Kept(things, bool(facts.has_phones)), title="Mục")


def facts(visit: Visit) -> Mapping[str, Any]:
    """Everything that is kept, a line each."""
    db, person_id = visit.db, visit.person.person_id
    called = people.address_form(db, person_id)  # the visit may have just changed it
    # Two phones that were joined may both have agreed.
    agreed = {one.purpose: one for one in consents.of_person(db, person_id) if one.withdrawn_at is None}
    given = list(agreed.values())
    things = [[CALL, f"Cách gọi: {called or EVERYBODY}"]] if given or called else []
    codes = {one.progress_id: one.code for one in applications.of_person(db, person_id)}
    drafts_kept = [saved for saved in progress.open_ones(db, person_id) if saved.subject]
    things += [[f"{DRAFT}{saved.id}", _line(saved, codes.get(saved.id))] for saved in drafts_kept]
    things += [[f"{MATTER}{one.id}", words.kept(visit, one)] for one in matters.of_person(db, person_id)]
    for one in given:
        label = PURPOSES[one.purpose].label if one.purpose in PURPOSES else one.purpose
        things.append([f"{CONSENT}{one.purpose}", f"Đồng ý: {label} ({date_words(visit.day_of(one.given_at))})"])
    lead = _lead(visit, called or EVERYBODY, len(things))
    return {"things": things, "lead": lead, "has_phones": len(people.chats(db, person_id)) > 1}


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Lead to where the chosen thing is corrected or deleted."""
    which = answers["which"]
    if which == FILE:
        return everything(visit)
    if which == ALL:
        return Start("erase")
    if which == JOIN:
        return menu.menu(join.make(visit))
    if which == UNLINK:
        step = unlink.begin(visit)
        return menu.menu(step) if isinstance(step, str) else step
    if which == CALL:
        return Start("address")
    if which == DELETE + CALL:
        people.call(visit.db, visit.person.person_id, None)
        return Start("data", "Đã xóa cách gọi.")
    if which.startswith(DRAFT):
        return Open(int(which.removeprefix(DRAFT)))
    if which.startswith(MATTER):
        matter = matters.find(visit.db, int(which.removeprefix(MATTER)))
        return Start("data", words.history(visit, matter) if matter else "")
    return Start("sure", about={"thing": which.removeprefix(DELETE), "label": _label(done, which)})


def everything(visit: Visit) -> Message:
    """All of it in one file."""
    said = menu.menu(f"Gửi kèm dưới đây là mọi thứ trợ lý giữ của {visit.you}, trong một tệp.")
    return replace(said, documents=(export.document(visit.person.person_id),))


def _label(done: Progress, which: str) -> str:
    return str(dict(done.facts["things"])[which.removeprefix(DELETE)])


def _line(saved: Saved, code: str | None) -> str:
    kept = Progress.loads("", saved.body).answers.get("phone")
    number = f", {phone().say(kept.raw)}" if kept and isinstance(kept.raw, str) else ""
    return f"{capital(drafts.name_of(saved))}{number}, {f'mã {code}' if code else 'đang soạn'}"


def _lead(visit: Visit, you: str, count: int) -> str:
    db, person_id = visit.db, visit.person.person_id
    waiting = questions.of_person(db, person_id)
    asked = f" Câu hỏi chưa ai trả lời: {len(waiting)}, đã che tên và số; có trong tệp khi tải về." if waiting else ""
    if not count:
        return f"Trợ lý chưa giữ gì của {you}, ngoài mã cuộc trò chuyện để trả lời.{asked}"
    chats = people.chats(db, person_id)
    names = ", ".join(dict.fromkeys(phones.named(chat) for chat in chats))
    joined = f" Đang nối {len(chats)} máy: {names}." if len(chats) > 1 else ""
    sent = len(files.of_person(db, person_id))
    photos = f" Kèm {sent} ảnh, tệp." if sent else ""
    example = min(count, 2)
    return (
        f"Trợ lý đang giữ của {you} những thứ dưới đây.{photos}{joined}{asked} "
        f"Gõ «sửa {example}», «xóa {example}», «tải về» hoặc «xóa hết»."
    )


FORM = Form(Conversation("data", "dữ liệu của tôi", "", script, review=False), facts, finish, keeps=False)
