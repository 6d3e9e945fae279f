"""A draft that somebody filled in for the person who is here: leave is asked first, then it is shown, then decided."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers import confirm, consent, helping, menu, photos, register
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from storage import applications, files, helps, passes, producers
from storage import progress as saved_talks
from storage.applications import Summary
from storage.helps import UNSIGNED, Help
from talk import conversation as kit
from talk.answers import Option, text
from talk.conversation import Conversation
from talk.message import Message
from talk.plainly import plainly
from talk.progress import Progress
from talk.scene import summary
from talk.script import Facts, Script, ask
from talk.vietnamese import capital

OF_NO_USE = "Mã này không dùng được: có thể đã dùng một lần rồi, hoặc đã quá 7 ngày. Xin mã mới ở người làm giúp."
YOUR_OWN = "Mã này để chủ cơ sở gõ ở máy của họ. Họ không có máy thì in tờ đó ra, ký rồi nộp ủy ban xã."
SIGNED = "Tờ này xã đã nhận bản giấy có chữ ký rồi, không phải xác nhận ở đây nữa."
IN_THE_MAKING = "Người làm giúp đang sửa tờ này. Họ sửa xong sẽ đưa mã mới."
ABOUT_HELPER = frozenset({"helper", "agreed_at"})  # facts of the helper's draft that are not the producer's


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a helper filled in, as it stands now."""

    help: Help
    application: Summary
    progress: Progress

    @property
    def mark(self) -> int:
        """Changes as soon as the helper changes an answer."""
        return zlib.crc32(repr(sorted(self.progress.answers.items())).encode())


def who_helped(facts: Facts) -> Script:
    """One question, before anything is shown: whoever was sent a code by mistake sees nothing of others."""
    yield ask(
        "look",
        f"{capital(facts.helper or '')} soạn giúp tờ đăng ký {facts.code}. "
        f"Có phải giấy của cơ sở mà {facts.you} đứng tên không?",
        plainly(
            [
                Option("yes", "Phải, xem cả tờ", ("phai", "xem", "xem ca to", "dung", "co")),
                Option("no", "Không phải", ("khong", "ko", "khong phai cua toi")),
            ],
            how="Phải thì gõ 1, không phải thì gõ 2.",
        ),
        title="Xem",
    )


def is_right(facts: Facts) -> Script:
    """Whether it is right as it stands, or what to tell the helper."""
    act = yield ask(
        "act",
        f"Tờ này đúng chưa? Xác nhận rồi thì tờ là của {facts.you}, cán bộ OCOP của xã và tỉnh xem được.",
        plainly(
            [
                Option("yes", "Đúng, xác nhận", ("dung", "dung roi", "xac nhan", "xong")),
                Option("mend", f"Cần sửa, nhắn {facts.helper}", ("can sua", "sua", "chua dung", "chua")),
                Option("later", "Để sau", ("de sau", "khong", "ko")),
            ],
            how="Đúng thì gõ 1, cần sửa thì gõ 2.",
        ),
        title="Đúng chưa",
    )
    if act == "mend":
        yield ask(
            "word",
            f"Nhắn {facts.helper} cần sửa chỗ nào?",
            text(at_most=300, example="số điện thoại là 0900 000 000"),
            title="Lời nhắn",
        )


def take(visit: Visit, code: str) -> Next | str | None:
    """Begin with what a helper filled in for the person who is here; None where the code is of no use to them."""
    found = passes.find(visit.db, code, "help", visit.now)
    proposal = _proposal(visit, found.application_id) if found else None
    if found is None or proposal is None:
        return None
    help = proposal.help
    if why_not := _why_not(visit, proposal):
        return why_not
    about = {"of": found.code_hash, "application": help.application_id, "code": proposal.application.code}
    return Start(WHO.conversation.name, about={**about, "helper": help.name})


def _looked(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    if answers["look"] != "yes":
        return menu.menu("Được, không mở tờ đó.")
    return _shown(visit, done.facts)


def _shown(visit: Visit, facts: Mapping[str, Any], lead: str = "") -> Next:
    proposal = _proposal(visit, facts["application"])
    if proposal is None:
        return menu.menu(OF_NO_USE)
    way = kit.way_of(register.FORM.conversation, proposal.progress)
    if way.open:
        return menu.menu(IN_THE_MAKING)
    head = lead or f"{capital(facts['helper'])} soạn giúp, chưa ai khác thấy:"
    return Start(PAPER.conversation.name, f"{head}\n{summary(way)}", {**facts, "mark": proposal.mark})


def _decided(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    facts = done.facts
    if answers["act"] == "later":
        return menu.menu("Được. Lúc nào xem lại thì gõ mã đó, trong 7 ngày.")
    if answers["act"] == "yes":
        return _confirm(visit, facts)
    if proposal := _proposal(visit, facts["application"]):
        word = f"Chủ cơ sở xem tờ {facts['code']}, nhắn: «{answers['word']}»."
        helping.tell(visit, proposal.help, f"{word} Mở tờ đó sửa, gõ «xong» thì có mã mới cho chủ cơ sở.")
    return menu.menu(f"Đã nhắn {facts['helper']}. Sửa xong sẽ có mã mới để xem lại.")


def _confirm(visit: Visit, facts: Mapping[str, Any]) -> Next:
    """Make it the producer's own draft, confirmed by them and nobody else."""
    db, person = visit.db, visit.person.person_id
    helps.lock(db, facts["application"])
    proposal = _proposal(visit, facts["application"])
    if proposal is None:
        return menu.menu(OF_NO_USE)
    if why_not := _why_not(visit, proposal):
        return menu.menu(why_not)
    if proposal.mark != facts["mark"]:
        return _shown(visit, facts, "Người làm giúp vừa sửa tờ này. Xem lại giúp:")
    if passes.use(db, facts["of"], "help", visit.now) is None:
        return menu.menu(OF_NO_USE)
    help, progress = proposal.help, proposal.progress
    files.give(db, list(photos.files_in([kept.raw for kept in progress.answers.values()])), person)
    own = _own_draft(visit, proposal)
    helps.confirm(db, help.application_id, visit.now)
    said = confirm.finish(visit, own, kit.values(register.FORM.conversation, own))
    producers.leave_unused(db, help.helper_id)
    helping.tell(visit, help, f"Chủ cơ sở đã xác nhận tờ {facts['code']} ở máy của họ, {visit.this_moment}.")
    tail = f"Không nhờ {help.name} sửa nữa thì gõ «thôi làm giúp»."
    return replace(said, text=f"{said.text}\n{tail}") if isinstance(said, Message) else said


def _own_draft(visit: Visit, proposal: Proposal) -> Progress:
    """The helper's answers in a draft of the producer's own: the one that they have, or a new one."""
    db, person, application = visit.db, visit.person.person_id, proposal.application
    name = register.FORM.conversation.name
    known = {key: value for key, value in proposal.progress.facts.items() if key not in ABOUT_HELPER}
    row = application.progress_id if application.person_id == person else None
    if row is None or saved_talks.find(db, row) is None:
        subject = visit.draw_code()
        while saved_talks.about(db, person, name, subject):
            subject = visit.draw_code()
        row = saved_talks.start(db, person, name, subject, Progress("", known).dumps(), visit.now)
        helps.hand_over(db, application.id, person, row)
    own = Progress(str(row), known, proposal.progress.answers)
    saved_talks.save(db, row, own.dumps(), visit.now)
    return own


def _why_not(visit: Visit, proposal: Proposal) -> str | None:
    """Why there is nothing here for this person to confirm; None where there is."""
    if proposal.help.helper_id == visit.person.person_id:
        return YOUR_OWN
    is_signed = proposal.help.confirmed_at is None and proposal.application.state != UNSIGNED
    return SIGNED if is_signed else None


def _proposal(visit: Visit, application_id: int | None) -> Proposal | None:
    """What a helper filled in; None where it is gone, or somebody else has confirmed it as theirs."""
    help = helps.of_application(visit.db, application_id) if application_id else None
    application = applications.find(visit.db, help.application_id) if help else None
    saved = saved_talks.find(visit.db, help.progress_id) if help else None
    if help is None or application is None or saved is None:
        return None
    if help.confirmed_at and visit.person.person_id not in (application.person_id, help.helper_id):
        return None
    return Proposal(help, application, Progress.loads(str(saved.id), saved.body))


WHO = Form(
    Conversation("helped", "tờ được làm giúp", "", who_helped, review=False),
    lambda visit: {"you": visit.you},
    _looked,
    keeps=False,
    purpose=consent.DRAFTING,
)
PAPER = Form(
    Conversation("helped_paper", "tờ được làm giúp", "", is_right, review=False),
    lambda visit: {"you": visit.you},
    _decided,
    keeps=False,
    purpose=consent.DRAFTING,
)
