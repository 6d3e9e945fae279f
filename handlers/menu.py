"""The first words, the menu, and what is said when nothing else fits."""

from dataclasses import replace

from handlers.visit import Office
from talk.answers import Option, match
from talk.message import MAIN_MENU, Choice, Message, Tap
from talk.vietnamese import fold, fold_wording

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
DATA = Option(
    "data",
    "Dữ liệu của tôi",
    ("du lieu", "xem du lieu", "xem du lieu cua toi", "thong tin cua toi", "tro ly giu gi cua toi"),
)
WITHDRAW = Option("withdraw", "Rút đồng ý", ("rut lai dong y", "rut lai", "khong dong y nua"))
ERASE = Option("erase", "Xóa hết", ("xoa het du lieu", "xoa het du lieu cua toi", "xoa tat ca", "xoa du lieu"))
JOIN = Option("join", "Nối máy", ("noi them may", "noi may khac", "noi may moi", "them may", "doi may", "may moi"))
UNLINK = Option("unlink", "Gỡ máy", ("go may khac", "go may nay", "bo may", "thao may"))
HELP = Option("help", "Làm giúp", ("lam giup nguoi khac", "lam ho", "lam ho nguoi khac", "khai giup", "soan giup"))
END_HELP = Option("end_help", "Thôi làm giúp", ("thoi cho lam giup", "khong cho lam giup nua"))
OFFICIALS = Option("officials", "Quyền cán bộ", ("danh sach can bo", "rut quyen can bo", "rut quyen"))
INVITE = Option("invite", "Mời cán bộ", ("moi them can bo", "ma moi can bo"))
BLANK = Option("blank", "Mẫu trống", ("to trong", "mau 01 trong", "to dang ky trong"))
DOSSIERS = Option("dossiers", "Hồ sơ của xã", ("hoso", "ho so xa"))  # this and the next for officials only
QUESTIONS = Option("questions", "Câu hỏi chờ trả lời", ("cauhoi", "cau hoi", "cau hoi cho"))
PRINT = Option(
    "print", "In lại", ("in lai to", "in to", "gui lai to in", "gui lai to dang ky", "tai lai", "tai lai to in")
)
HISTORY = Option("history", "Xã ghi gì", ("xa noi gi", "xa bao gi", "ho so toi dau roi", "ho so den dau roi"))
UNANSWERED = Option("unanswered", "Câu chưa trả lời", ("chuatraloi", "cau hoi chua tra loi"))  # a province's
SUPPORT = Option("support", "Tìm hỗ trợ", ("ho tro", "xin ho tro", "co ho tro gi", "ho tro gi", "duoc ho tro gi"))
EDIT = Option("edit", "Sửa câu trả lời", ("them cau tra loi", "suacautraloi"))  # a province's, too
PERSON = Option("person", "Gặp cán bộ", ("can bo", "gap nguoi", "hoi can bo"))

_NUMBERED = (("1", REGISTER), ("2", MINE), ("3", DATA), ("9", PERSON))
WHAT_NEXT, WHAT_NEXT_OF_OFFICIALS = "Bà con cần việc gì?", "Anh/chị cần việc gì?"
_FOR_OFFICIALS = (("4", DOSSIERS), ("5", QUESTIONS))
# Understood wherever a person is, but only in full.
_IN_SO_MANY_WORDS = (
    *(WITHDRAW, ERASE, JOIN, UNLINK, HELP, END_HELP, PRINT, HISTORY),
    *(OFFICIALS, INVITE, BLANK, UNANSWERED, EDIT, SUPPORT),
)
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
    return _menu(f"{lead}\n{WHAT_NEXT}".strip())


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
    items = (REGISTER, MINE, DATA, *_IN_SO_MANY_WORDS)
    return next((item.key for item in items if plain == fold_wording(item.label)), None)


def is_menu(message: Message) -> bool:
    """Whether the choices under this message are the menu's."""
    return any(choice.tap.talk == MAIN_MENU for choice in message.choices)


def for_official(message: Message, questions: int) -> Message:
    """The menu with the officials' own items, and how many questions wait."""
    own = [_choice(number, option) for number, option in _FOR_OFFICIALS]
    if questions:
        own[-1] = replace(own[-1], label=f"{QUESTIONS.label}: {questions}")
    choices = tuple(sorted((*message.choices, *own), key=lambda choice: choice.number))
    return replace(message, text=message.text.replace(WHAT_NEXT, WHAT_NEXT_OF_OFFICIALS), choices=choices)


def of_officials(words: str) -> str | None:
    """The key of the officials' own item that these words take, wherever they are typed."""
    plain = fold(words)
    return next((item.key for _, item in _FOR_OFFICIALS if plain in (fold_wording(item.label), *item.also)), None)


def numbered_for_officials(words: str) -> str | None:
    """The key of the officials' own item that the menu has under this number."""
    return next((item.key for number, item in _FOR_OFFICIALS if words.strip() == number), None)


def chosen(words: str) -> str | None:
    """The key of the menu's item that these words take."""
    typed = words.strip()
    for number, item in _NUMBERED:
        if typed == number:
            return item.key
    if typed.isdigit():
        return None
    for item in _IN_SO_MANY_WORDS:
        if fold(typed) in (fold_wording(item.label), *item.also):
            return item.key
    meant = match(typed, [item for _, item in _NUMBERED])
    return meant.key if meant else None


def blank_form() -> str:
    """What goes with the blank Mẫu 01."""
    return "Mẫu 01 trống ở dưới đây: tệp PDF để xem, tệp Word để in hay gõ vào. Ghi xong ký tên, nộp ủy ban xã."


def nobody(office: Office) -> str:
    """That no official answers here, and how to reach a person as far as the operator has said."""
    where = f"Hỏi {office.name} giúp: {office.contact}." if office.contact else "Hỏi thẳng ủy ban xã giúp."
    return f"Ở đây chưa có cán bộ nào nhận câu hỏi. {where}"


def _menu(text: str) -> Message:
    return Message(text, tuple(_choice(number, option) for number, option in _NUMBERED))


def _choice(number: str, option: Option) -> Choice:
    return Choice(number, option.label, Tap(MAIN_MENU, MAIN_MENU, option.key))
