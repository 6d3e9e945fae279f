"""«Giấy tờ của tôi»: the drafts a person has begun, to go on with one or begin another."""

from collections.abc import Mapping
from typing import Any

from handlers.form import Form, Next, Open, Start
from handlers.visit import Visit
from storage import applications, helps, progress
from storage.progress import Saved
from talk.answers import Option, one_of, shortened
from talk.conversation import Conversation
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital

NEW, HELP = "new", "help"
TALKS = {NEW: "register", HELP: "help"}
KINDS = ("register", "helping")  # the talks whose progress is a draft: one's own, and one filled in for somebody else
STANDS = {
    "draft": "đang soạn",
    "unsigned": "chờ cơ sở xác nhận",
    "confirmed": "đã xong",
    "received": "xã đã nhận bản giấy",
    "needs_more": "xã cần bổ sung",
    "forwarded": "xã đã chuyển tỉnh",
    "recognised": "đã được công nhận",
    "not_recognised": "chưa được công nhận",
}
"""What an application's state is called; all but the first three only an official records."""
NAME_LENGTH = 25  # leaves room on a button for where the draft stands


def script(facts: Facts) -> Script:
    """One question: which one."""
    drafts = [Option(key, label) for key, label in facts.drafts]
    yield ask(
        "which",
        "Giấy tờ của bà con. Mở tờ nào?",
        one_of(
            [
                *drafts,
                Option(NEW, "Soạn tờ mới", ("moi", "to moi", "lam moi")),
                Option(HELP, "Làm giúp người khác", ("lam giup", "lam ho")),
            ]
        ),
        title="Tờ",
    )


def facts(visit: Visit) -> Mapping[str, Any]:
    """The person's drafts, last touched first."""
    confirmed = {a.progress_id: a for a in applications.of_person(visit.db, visit.person.person_id)}
    confirmed_elsewhere = {help.progress_id for help in helps.of_helper(visit.db, visit.person.person_id)}
    drafts = []
    for saved in progress.open_ones(visit.db, visit.person.person_id):
        if saved.conversation not in KINDS:
            continue
        application = confirmed.get(saved.id)
        left = visit.since(saved.updated_at)
        state = "đang soạn" if left == "hôm nay" else f"đang soạn, để từ {left}"
        if application:
            state = f"{STANDS[application.state]}, mã {application.code}"
        elif saved.id in confirmed_elsewhere:
            state = "làm giúp, cơ sở đã xác nhận"
        drafts.append([str(saved.id), f"{capital(name_of(saved))}, {state}"])
    return {"drafts": drafts}


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Open the one chosen."""
    which = answers["which"]
    return Start(TALKS[which]) if which in TALKS else Open(int(which))


def name_of(saved: Saved) -> str:
    """What tells one draft from another: its product, else its producer."""
    kept = Progress.loads("", saved.body).answers
    for key in ("product", "producer"):
        if key in kept and isinstance(kept[key].raw, str):
            return f"«{shortened(kept[key].raw, NAME_LENGTH)}»"
    return "tờ đăng ký"


FORM = Form(Conversation("drafts", "giấy tờ của tôi", "", script, review=False), facts, finish, keeps=False)
