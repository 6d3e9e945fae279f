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
MINE = Option(
    "mine",
    "Giấy tờ của tôi",
    ("giay to", "giay cua toi", "ho so", "ho so cua toi", "ban nhap", "lam tiep", "hom truoc lam den dau"),
)
PERSON = Option("person", "Gặp cán bộ", ("can bo", "gap nguoi", "hoi can bo"))

_NUMBERED = (("1", REGISTER), ("2", MINE), ("9", PERSON))
_GREETINGS = frozenset({"alo", "a lo", "xin chao", "hi", "hello", "chao ban", "start"})
_GREETINGS_OUTSIDE = _GREETINGS | {"chao", "e", "oi", "menu", "ve dau"}


def welcome(office: Office, has_papers: bool = False) -> Message:
    """First contact: who this is, that it is a machine, and what it can do."""
    papers = "Giấy đang soạn vẫn còn đủ. " if has_papers else ""
    return _menu(f"Chào bà con. {who(office)} {papers}Gõ không dấu cũng được, hoặc gõ số:")


def who(office: Office) -> str:
    """Who is speaking: said to everybody once, whatever they come in with."""
    return f"Đây là Trợ lý OCOP, máy trả lời tự động của {office.name}."


def menu(lead: str = "") -> Message:
    """What can be done here."""
    return _menu(f"{lead}\nBà con cần việc gì?".strip())


def lost(words: str) -> Message:
    """Words nobody could place."""
    if fold(words) in _GREETINGS_OUTSIDE:
        return menu("Chào bà con.")
    return _menu("Trợ lý chưa hiểu ý này. Gõ lại giúp, thêm vài chữ, hoặc chọn:")


def is_greeting(words: str) -> bool:
    """Whether these words greet and could name nothing; "chao" and "oi" alone are also things people make."""
    return fold(words) in _GREETINGS or words.strip().lower() == "chào"


def named(words: str) -> str | None:
    """The key of the item whose whole label these words are: that is understood in the middle of a talk, too."""
    plain = fold(words)
    return next((item.key for item in (REGISTER, MINE) if plain == fold(item.label)), None)


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
        return f"Gặp cán bộ của {office.name}: {office.contact}."
    return "Trợ lý chưa có số của cán bộ. Bà con hỏi thẳng ủy ban xã giúp."


def _menu(text: str) -> Message:
    choices = tuple(Choice(n, option.label, Tap(MAIN_MENU, MAIN_MENU, option.key)) for n, option in _NUMBERED)
    return Message(text, choices)
