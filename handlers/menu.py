"""The first words, the menu, and what is said when nothing else fits."""

from handlers.visit import Office
from talk.answers import Option, match
from talk.message import MAIN_MENU, Choice, Message, Tap
from talk.vietnamese import fold

REGISTER = Option(
    "register",
    "Soạn giấy đăng ký",
    ("dang ky", "dang ky sp", "dang ky san pham", "muon dang ky sp", "soan giay", "lam ho so", "mau 01", "soan"),
)
MINE = Option("mine", "Giấy tờ của tôi", ("giay to", "giay cua toi", "ho so", "ho so cua toi", "ban nhap", "lam tiep"))
PERSON = Option("person", "Gặp cán bộ", ("can bo", "gap nguoi", "hoi can bo"))

_NUMBERED = (("1", REGISTER), ("2", MINE), ("9", PERSON))
_GREETINGS = frozenset({"alo", "chao", "xin chao", "hi", "hello", "chao ban", "e", "oi", "menu", "ve dau", "start"})


def welcome(office: Office) -> Message:
    """First contact: who this is, that it is a machine, and what it can do."""
    return _menu(
        f"Chào bà con. Đây là Trợ lý OCOP, máy trả lời tự động của {office.name}. Gõ không dấu cũng được, hoặc gõ số:"
    )


def menu(lead: str = "") -> Message:
    """What can be done here."""
    return _menu(f"{lead}\nBà con cần việc gì?".strip())


def lost(words: str) -> Message:
    """Words nobody could place."""
    if fold(words) in _GREETINGS:
        return menu("Chào bà con.")
    return _menu("Trợ lý chưa hiểu ý này. Gõ lại giúp, thêm vài chữ, hoặc chọn:")


def chosen(words: str) -> str | None:
    """The key of the menu's item that these words take."""
    typed = words.strip()
    for number, item in _NUMBERED:
        if typed == number:
            return item.key
    if typed.isdigit():
        return None
    meant = match(typed, [item for _, item in _NUMBERED])
    return meant.key if meant else None


def a_person(office: Office) -> str:
    """How to reach a person, as far as the operator has said."""
    if office.contact:
        return f"Gặp cán bộ của {office.name}: {office.contact}. Những gì đã ghi vẫn còn đủ."
    return "Trợ lý chưa có số của cán bộ. Bà con hỏi thẳng ủy ban xã giúp. Những gì đã ghi vẫn còn đủ."


def _menu(text: str) -> Message:
    choices = tuple(Choice(n, option.label, Tap(MAIN_MENU, MAIN_MENU, option.key)) for n, option in _NUMBERED)
    return Message(text, choices)
