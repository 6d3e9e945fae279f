"""Asking leave, one purpose at a time, before the first thing about a person is kept; and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers import menu, questions
from handlers.form import Form, Next, Open, Start
from handlers.visit import Visit
from storage import consents, people
from talk.answers import Option
from talk.conversation import Conversation
from talk.plainly import plainly
from talk.progress import Progress
from talk.script import Facts, Script, ask
from talk.vietnamese import capital, fold

DRAFTING = consents.DRAFTING
CALLING = "address"  # the talk in which people say how they wish to be called


@dataclass(frozen=True, slots=True)
class Purpose:
    """What leave is asked for. Who changes its words raises the version, and everybody is asked anew."""

    label: str  # "đồng ý cho …"
    version: int
    needs: str


PURPOSES: Mapping[str, Purpose] = {
    DRAFTING: Purpose("soạn giấy", 2, "Tờ đăng ký cần họ tên, số điện thoại, địa chỉ, email, ảnh giấy tờ."),
}
YES = ("dong y", "toi dong y", "em dong y", "anh dong y", "chi dong y", "bac dong y", "co dong y", "chu dong y")
NO = ("khong", "ko", "ko dong y", "chua", "chua dong y", "tu choi", "thoi", "bo qua")
WORDS_OF_A_QUESTION = 4  # as many can hardly be a yes or a no, so they are taken for what the person wants to know


def script(facts: Facts) -> Script:
    """One question. What it is about was said before it, and is said again to whoever asks."""
    yield ask(
        "agree",
        f"{capital(facts.you)} có đồng ý cho {facts.label} không?",
        plainly(
            [Option("yes", f"Đồng ý cho {facts.label}", YES), Option("no", "Không đồng ý", NO)],
            how="Gõ 1 hoặc «đồng ý», không muốn thì gõ 2.",
        ),
        title="Đồng ý",
        why=facts.why,
        why_offered="Hỏi thêm đã",
    )


def is_missing(visit: Visit, purpose: str) -> bool:
    """Whether the person has yet to agree to a purpose, in the words it has today."""
    if not purpose:
        return False
    return not consents.is_given(visit.db, visit.person.person_id, purpose, PURPOSES[purpose].version)


def first(visit: Visit, purpose: str, then: Start | Open) -> Start:
    """Ask leave first, and go on with `then` once it is given.

    Who was never asked how they wish to be called is asked that before; it is kept together with the consent.
    """
    next_talk = [then.progress_id] if isinstance(then, Open) else [then.conversation, dict(then.about)]
    about = {"purpose": purpose, "then": next_talk}
    return asked(visit, about, visit.you) if visit.person.address_form else Start(CALLING, about=about)


def asked(visit: Visit, about: Mapping[str, Any], you: str) -> Start:
    """Ask for the consent that `first` was about, of somebody who is called so."""
    purpose, office = about["purpose"], visit.office
    needed = PURPOSES[purpose]
    return Start(
        FORM.conversation.name,
        about={
            "purpose": purpose,
            "version": needed.version,
            "label": needed.label,
            "needs": needed.needs,
            "you": you,
            "office": office.name,
            "kept": office.kept_for,
            "why": (
                "Cán bộ OCOP của xã và tỉnh nơi có cơ sở xem được tờ đã xác nhận, ngoài ra không đưa ai. "
                f"{office.name} giữ lâu nhất {office.kept_for} kể từ lần nhắn cuối, rồi xóa. "
                "Xem, sửa, tải về, xóa thì gõ «dữ liệu của tôi», rút lại thì gõ «rút đồng ý». "
                f"Tin nhắn vẫn đi qua ứng dụng nhắn tin như mọi tin {you} gửi."
            ),
            "then": about["then"],
        },
    )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Keep the consent with its version and moment and go on, or keep nothing at all."""
    if answers["agree"] != "yes":
        return menu.menu(
            "Không sao ạ. Trợ lý không ghi gì thêm. Muốn tự viết tay thì gõ «mẫu trống», hỏi người thì gõ 9."
        )
    facts = done.facts
    people.call(visit.db, visit.person.person_id, facts["you"])
    consents.give(visit.db, visit.person.person_id, facts["purpose"], facts["version"], visit.now)
    lead = f"Đã ghi: {facts['you']} đồng ý cho {facts['label']}, {visit.this_moment}. Đổi ý thì gõ «rút đồng ý»."
    match facts["then"]:
        case [int(progress_id)]:
            return Open(progress_id, lead)
        case [conversation, about]:
            return Start(conversation, lead, about)
    raise AssertionError("a consent is asked for the sake of something")


def reply(facts: Mapping[str, Any], words: str) -> str | None:
    """Whatever is asked before agreeing, the answer is what becomes of the data."""
    is_asking = questions.asks(words) or len(fold(words).split()) >= WORDS_OF_A_QUESTION
    return str(facts["why"]) if is_asking else None


def withdraw(visit: Visit, purpose: str = DRAFTING) -> str:
    """Take a consent back; what is said about it. The person is busy no more with what needed it."""
    if not consents.withdraw(visit.db, visit.person.person_id, purpose, visit.now):
        return "Chưa có đồng ý nào để rút."
    people.focus_on(visit.db, visit.person.person_id, None)
    return (
        f"Đã ghi: rút đồng ý cho {PURPOSES[purpose].label}, {visit.this_moment}. Trợ lý thôi soạn giấy. "
        "Giấy đã soạn vẫn giữ, cán bộ không xem được nữa. Tờ nào xã đã nhận bản giấy thì xã chỉ còn thấy mã, tên sản "
        "phẩm và tới bước nào. Đồng ý lại là mọi thứ như cũ; muốn xóa thì gõ «xóa hết»."
    )


FORM = Form(
    Conversation(
        "consent",
        "xin phép",
        "Trước khi {label}, xin phép {you}. {needs} {office} giữ để {label}, lâu nhất {kept}. "
        "Xem, sửa, xóa, rút lại lúc nào cũng được.",
        script,
        review=False,
    ),
    lambda visit: {},
    finish,
    keeps=False,
    reply=reply,
)
