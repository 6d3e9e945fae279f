"""«Làm giúp»: somebody fills in a draft for a producer, who has yet to confirm it. The helper's side of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers import confirm, consent, menu, phones, photos, register
from handlers.form import Form, Next, Start
from handlers.visit import Visit
from ocop.calendar import weekday_words
from ocop.codes import spoken
from ocop.long_codes import HELP, new_long_code
from storage import applications, helps, passes, people, progress
from storage.applications import Summary
from storage.helps import UNSIGNED, Help
from talk.answers import Option, text
from talk.conversation import Conversation
from talk.message import Message
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital

VALID = timedelta(days=7)  # of the code for the producer
WAITS_FOR_A_PRODUCER = timedelta(days=30)
ASK_FIRST = "Hỏi chủ cơ sở trước đã, vì tờ này ghi tên, số điện thoại của họ. Họ bằng lòng rồi thì gõ «làm giúp»."
NOBODY = "Không có ai đang làm giúp giấy ở đây."


def before(facts: Facts) -> Script:
    """Whether the producer knows, and who helps."""
    agreed = yield ask(
        "agreed",
        "Chủ cơ sở đã đồng ý để người khác làm giúp chưa?",
        plainly(
            [
                Option("yes", "Đã đồng ý", ("dong y", "roi", "dong y roi", "da dong y roi")),
                Option("no", "Chưa, để hỏi đã", ("chua", "de hoi", "de hoi da")),
            ],
            how="Đã đồng ý thì gõ 1, chưa thì gõ 2.",
        ),
        title="Chủ cơ sở đồng ý",
        why="Tờ này ghi tên, số điện thoại của họ, nên họ phải biết trước.",
    )
    if agreed == "yes":
        yield ask(
            "name",
            "Chủ cơ sở và cán bộ sẽ thấy ai làm giúp. Gõ tên gọi.",
            text(at_most=40, example="cô Hoa, kế toán hợp tác xã"),
            title="Người làm giúp",
            why="Chủ cơ sở nhìn tên là biết ai làm, cán bộ cần hỏi thì biết hỏi ai.",
        )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Finish it as any draft, hold it back from every office, and say how the producer confirms."""
    progress_id = int(done.id)
    if help := helps.of_progress(visit.db, progress_id):
        helps.lock(visit.db, help.application_id)
        help = helps.of_progress(visit.db, progress_id)
    if help and help.confirmed_at:
        return _propose(visit, help)
    said = confirm.finish(visit, done, answers)
    application = applications.of_progress(visit.db, progress_id)
    if application is None:
        return said
    if help is None:
        agreed_at = datetime.fromisoformat(done.facts["agreed_at"])
        person = visit.person.person_id
        helps.begin(visit.db, application.id, progress_id, person, done.facts["helper"], agreed_at)
    helps.hold_back(visit.db, application.id, visit.person.person_id)
    code, papers = application.code or "", said.documents if isinstance(said, Message) else ()
    if application.state not in ("draft", "confirmed", UNSIGNED):
        words = (
            f"Đã ghi bản sửa, mã {code}. Xã đã nhận bản giấy có chữ ký trước đó, nên bản sửa phải in lại để cơ sở ký. "
            "Có phải nộp lại không thì hỏi cán bộ xã."
        )
        return Message(words, documents=papers)
    saved = progress.find(visit.db, progress_id)
    begun = saved.created_at if saved else visit.now
    return Message(_how_to_confirm(visit, code, _pass(visit, application.id), begun), documents=papers)


def drop(visit: Visit, progress_id: int) -> None:
    """Take back what only the helper has seen so far; what a producer has confirmed stays theirs."""
    if help := helps.of_progress(visit.db, progress_id):
        helps.end(visit.db, help.application_id)
    confirm.drop(visit, progress_id)


def end(visit: Visit) -> str:
    """«Thôi làm giúp»: whoever helps the person who is here helps no more; what is said of it."""
    ended = helps.for_producer(visit.db, visit.person.person_id)
    for help in ended:
        helps.end(visit.db, help.application_id)
        visit.traces.files += photos.let_go_of_unused(visit.db, help.helper_id)
        if application := applications.find(visit.db, help.application_id):
            tell(visit, help, f"Chủ cơ sở không nhờ làm giúp tờ {application.code} nữa. Bản ở máy này đã xóa.")
    if not ended:
        return NOBODY
    visit.traces.words = True
    names = ", ".join(dict.fromkeys(help.name for help in ended))
    return f"Được, {names} không xem, không sửa giấy của {visit.you} được nữa. Giấy đã xác nhận vẫn giữ nguyên."


def tell(visit: Visit, help: Help, words: str) -> None:
    """Say something on the phones of a helper."""
    phones.tell(visit, people.reachable_chats(visit.db, help.helper_id), Message(words))


def _agreed(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    if answers["agreed"] != "yes":
        return menu.menu(ASK_FIRST)
    return Start(FORM.conversation.name, about={"helper": answers["name"], "agreed_at": visit.now.isoformat()})


def _pass(visit: Visit, application_id: int) -> str:
    code = new_long_code(visit.draw_code, HELP)
    passes.make(visit.db, code, "help", visit.person.person_id, visit.now + VALID, application_id)
    return code


def _how_to_confirm(visit: Visit, code: str, its_pass: str, begun: datetime) -> str:
    by = visit.day_of(begun + WAITS_FOR_A_PRODUCER)
    return (
        f"Xong tờ làm giúp, mã {code}, đọc là {spoken(code)}. Cán bộ chưa xem được. "
        "Chủ cơ sở xác nhận bằng một trong hai cách:\n"
        "– ở máy của họ: mở trợ lý, gõ mã dưới đây, xem cả tờ rồi xác nhận. Mã dùng một lần, trong 7 ngày\n"
        "– trên giấy: in tờ gửi kèm, họ ký, đóng dấu nếu có, nộp ủy ban xã\n"
        f"{its_pass}\n"
        f"Tới {weekday_words(by)} chưa ai xác nhận thì trợ lý xóa tờ này. Cần mã mới thì mở lại tờ, gõ «xong»."
    )


def _propose(visit: Visit, help: Help) -> Next:
    """A correction of what the producer has confirmed already: theirs to confirm again, on their own phone."""
    application: Summary | None = applications.find(visit.db, help.application_id)
    if application is None:
        return menu.menu("Tờ này không còn nữa.")
    code = _pass(visit, application.id)
    chats = people.reachable_chats(visit.db, application.person_id)
    news = f"{capital(help.name)} vừa sửa giúp tờ {application.code}. Xem và xác nhận thì gõ mã:\n{code}"
    phones.tell(visit, chats, Message(news))
    if chats:
        return menu.menu("Đã gửi bản sửa tới máy của chủ cơ sở. Họ xác nhận rồi mới đổi.")
    return menu.menu(f"Máy của chủ cơ sở không còn nhận tin. Nhắn cho họ mã này để xem bản sửa:\n{code}")


BEFORE = Form(
    Conversation(
        "help",
        "việc làm giúp",
        "Làm giúp cơ sở khác: soạn như tờ thường, rồi chủ cơ sở xác nhận ở máy của họ hoặc ký trên giấy. "
        "Chưa xác nhận thì cán bộ chưa xem được; sau 30 ngày trợ lý xóa.",
        before,
        review=False,
    ),
    lambda visit: {},
    _agreed,
    keeps=False,
    purpose=consent.DRAFTING,
)
FORM = Form(
    Conversation(
        "helping",
        "tờ làm giúp",
        "Tờ làm giúp có {total} câu. Trả lời như chủ cơ sở: tên, số điện thoại là của họ.",
        register.FORM.conversation.script,
    ),
    lambda visit: {},  # what is known is of the helper, not of who is helped
    finish,
    drop=drop,
    rooms=register.rooms,
    purpose=consent.DRAFTING,
)
