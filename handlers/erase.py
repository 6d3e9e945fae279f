"""«Xóa hết»: asked twice, and then nothing is kept of the person, who is as unknown as before the first word."""

from collections.abc import Mapping
from typing import Any

from handlers import helping, menu, my_data, phones
from handlers.form import Form, Next
from handlers.visit import Visit
from ocop.codes import WrongCode, read_code
from storage import applications, erasure, files, progress
from talk.answers import Option, Unclear
from talk.conversation import Conversation
from talk.message import Message
from talk.plainly import Plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import fold

ELSEWHERE = "Dữ liệu ở đây đã được xóa hết, theo lời nhắn từ máy kia. Cần lại thì nhắn «alo»."


class WithCode(Plainly):
    """Yes only together with a code, however it is spaced."""

    def __init__(self, code: str):
        self._code = code
        super().__init__(
            [
                Option("file", "Tải về trước đã", ("tai ve", "tai ve truoc")),
                Option("all", f"Xóa hết {code}"),
                Option("keep", "Thôi, giữ lại", ("khong", "ko", "thoi", "giu lai", "giu nguyen")),
            ],
            f"Xóa thì gõ «xóa hết {code}», không thì gõ 3.",
        )

    def read_words(self, words: str) -> str:
        try:
            if fold(words).startswith("xoa het ") and read_code(words) == self._code:
                return "all"
        except WrongCode as wrong:
            raise Unclear(f"{wrong} {self.hint()}") from None
        return super().read_words(words)


def script(facts: Facts) -> Script:
    """The second asking; the first was the person's own «xóa hết»."""
    yield ask(
        "sure",
        f"⚠️ Xóa hết là mất {facts.what}, không lấy lại được. Giấy ở xã thì không đổi.\n"
        f"Chắc rồi thì gõ «xóa hết {facts.code}».",
        WithCode(str(facts.code)),
        title="Chắc",
    )


def facts(visit: Visit) -> Mapping[str, Any]:
    """What would be lost, and a code to be typed: that of the newest draft, or any."""
    db, person = visit.db, visit.person.person_id
    kept = [saved for saved in progress.open_ones(db, person) if saved.subject]
    codes = [application.code for application in applications.of_person(db, person) if application.code]
    parts = [f"bản nháp {codes[0]}" if len(kept) == 1 and codes else f"{len(kept)} bản nháp"] if kept else []
    if sent := len(files.of_person(db, person)):
        parts.append(f"{sent} ảnh, tệp")
    what = " và ".join([*parts, "mọi điều trợ lý giữ" + (f" của {visit.you}" if not parts else "")])
    return {"what": what, "code": codes[0] if codes else visit.draw_code()}


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Delete everything, and tell every phone of the person."""
    if answers["sure"] == "file":
        return my_data.everything(visit)
    if answers["sure"] == "keep":
        return menu.menu("Được, giữ nguyên cả.")
    db, person, now = visit.db, visit.person, visit.now
    helping.end(visit)
    visit.traces.files += erasure.erase(db, person.person_id, now)
    visit.traces.words = True
    chats = erasure.begin_anew(db, person.person_id, now)
    phones.tell(visit, [chat for chat in chats if chat.id != person.chat_id], Message(ELSEWHERE))
    return Message(
        "Đã xóa hết ở đây: giấy đã soạn, ảnh, số điện thoại, tin nhắn. "
        f"Tin cũ còn hiện trên máy thì {visit.you} tự xóa. Cần lại thì nhắn «alo»."
    )


FORM = Form(Conversation("erase", "xóa hết", "", script, review=False), facts, finish, keeps=False)
