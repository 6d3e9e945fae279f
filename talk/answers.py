"""The kinds of answer a question can take, and how each is read from what a person sent.

An `Answer` turns an `Update` into a value, or raises:

    Unclear   it cannot be an answer; its text says what would be right, with an example
    Several   two or more readings fit; the person is asked which one is meant

A value is kept as JSON (`dump`) and taken back (`load`) without being read again: "mai" stays the day it meant.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from talk.agreement import YES
from talk.matching import best, says
from talk.message import LABEL_LENGTH, Update, Wants
from talk.vietnamese import grouped, has_marks, tidy

T = TypeVar("T")

ROOM = "ô trên giấy chừa"
LONGEST_NAME = 120  # letters; a text that may be longer is no name but a message or a story

FILE_TROUBLE = {
    "too_big": "Tệp này nặng quá 20 MB.",
    "too_small": "Ảnh này nhỏ quá, không nhìn ra gì.",
    "empty": "Tệp này trống, chưa có gì bên trong.",
    "unreadable": "Tệp này trợ lý chưa mở được.",
    "unsafe": "Tệp này không phải ảnh, PDF hay Word nên trợ lý không nhận.",
    "not_fetched": "Trợ lý chưa tải được tệp này.",
}
OTHER_THINGS = {
    "sticker": "Hình dán thì trợ lý chưa đọc được.",
    "location": "Vị trí trên bản đồ thì trợ lý chưa đọc được.",
    "video": "Trợ lý chưa xem được video.",
    "voice": "Trợ lý chưa nghe được lời nói.",
    "contact": "Số này không phải của máy đang nhắn, nên trợ lý không lấy.",
    "unreadable": "Tin này trợ lý chưa đọc được.",
}


class Unclear(Exception):
    """What was sent cannot be the answer. The text is for the person: what would be right, with an example."""

    @property
    def text(self) -> str:
        return str(self.args[0])


class NoLongerFits(Exception):
    """A kept answer is not accepted any more: the question is asked again, with this reason."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: the value as JSON, and the words that offer it."""

    raw: Any
    label: str
    also: tuple[str, ...] = ()  # other words that take it


class Several(Exception):
    """More than one reading fits, or one that should be confirmed. The person chooses.

    `neither` is offered after them, for when none is meant; empty where the text says what to do then.
    """

    def __init__(self, text: str, readings: Sequence[Reading], neither: str = "Không có trong này, gõ lại"):
        super().__init__(text)
        self.text = text
        self.readings = tuple(readings)
        self.neither = neither


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: a key that is kept, a label that people see, and other words they use for it."""

    key: str
    label: str
    also: tuple[str, ...] = ()  # without marks, unless other marks would make them other words
    echo: str = ""  # what is said back once it is chosen; the label when empty


class Answer(ABC, Generic[T]):
    """A kind of answer. `sample` stands in for answers not yet given when the steps ahead are counted."""

    wants: Wants = ""
    is_choice = False  # of what is shown, and nothing else
    takes_free_words = False  # nearly any words could be the answer, so a command or a question is asked back
    takes_sentences = False  # whole sentences could be the answer, those about the talk itself among them
    takes_numbers = False  # a bare 0 or 9 may be the answer
    takes_several = False  # choices are touched one by one and closed with «xong»
    takes_edits = False  # «sửa 2» answers this question, instead of going back to the second one
    sample: T

    def read(self, update: Update) -> T:
        """The value this update gives. Raises Unclear or Several."""
        if update.trouble:
            raise Unclear(f"{FILE_TROUBLE[update.trouble]} {self.hint()}")
        if update.other:
            raise Unclear(f"{OTHER_THINGS[update.other]} {self.hint()}")
        if update.attachment:
            return self.read_attachment(update)
        if update.phone and self.wants != "phone":
            raise Unclear(f"Câu này chưa cần số điện thoại. {self.hint()}")
        words = tidy(update.phone or update.text)
        if not words:
            raise Unclear(f"Tin vừa rồi không có chữ nào. {self.hint()}")
        return self.read_words(words)

    def read_attachment(self, update: Update) -> T:
        """The value a photo or file gives; most questions take none."""
        raise Unclear(f"Câu này cần gõ chữ, chưa cần ảnh. {self.hint()}")

    @abstractmethod
    def read_words(self, words: str) -> T:
        """The value these tidied words give. Raises Unclear or Several."""

    def might_read(self, words: str) -> bool:
        """Whether these words could be the answer, perhaps after asking which of several is meant."""
        try:
            self.read(Update(text=words))
        except Unclear:
            return False
        except Several:
            pass
        return True

    @abstractmethod
    def hint(self) -> str:
        """One sentence: what would be right, with an example."""

    @abstractmethod
    def say(self, value: T) -> str:
        """The value in words, as the review shows it."""

    def echo(self, value: T) -> str:
        """What is said once the answer is kept."""
        return self.say(value)

    def sure_of(self, words: str, value: T, *, said: str = "", note: str = "") -> Several:
        """A reading that was not literal, said back in plain words before it is kept; `note` says what it rests on."""
        said = said or self.say(value)
        reading = Reading(self.dump(value), f"Đúng, {said}", YES)
        asked = f"{said} ({note})" if note else said
        return Several(f"«{shortened(words, 40)}» là {asked}, phải không ạ?", [reading], "Chưa đúng, gõ lại")

    def dump(self, value: T) -> Any:
        """The value as JSON."""
        return value

    def load(self, raw: Any) -> T:
        """The value back from JSON. Raises NoLongerFits."""
        value: T = raw
        return value

    def restore(self, raw: Any) -> T:
        """`load`, where JSON kept by another release for another kind of answer no longer fits either."""
        try:
            return self.load(raw)
        except (TypeError, ValueError, LookupError, ArithmeticError):
            raise NoLongerFits("Câu này nay hỏi khác trước.") from None

    def options(self) -> tuple[Option, ...]:
        """What is offered to choose from; empty for questions that are answered in words."""
        return ()

    def pick(self, key: str) -> Any:
        """What is kept, as JSON, when the option of this key is taken."""
        return key


class Text(Answer[str]):
    """Free words on one line. Those that are likely are offered, to be taken by their number."""

    takes_free_words = True

    def __init__(
        self,
        at_most: int,
        at_least: int,
        as_printed: bool,
        example: str,
        room: str = ROOM,
        offered: Sequence[str] = (),
    ):
        self.at_most, self.at_least, self.as_printed, self.example = at_most, at_least, as_printed, example
        self.room, self.offered = room, tuple(offered)
        self.takes_sentences = at_most > LONGEST_NAME
        self.sample = example

    def read_words(self, words: str) -> str:
        line = words.replace("\n", " ")
        if (likely := next((one for one in self.offered if says((line,), one)), None)) is not None:
            return likely
        if not any(c.isalnum() for c in line):
            raise Unclear(f"Chưa thấy chữ nào trong tin vừa rồi. {self.hint()}")
        if len(line) < self.at_least:
            raise Unclear(f"«{line}» ngắn quá. {self.hint()}")
        if len(line) > self.at_most:
            head = line[: self.at_most].rsplit(" ", 1)[0]
            raise Several(
                f"Câu này dài {grouped(len(line))} chữ cái, {self.room} {grouped(self.at_most)}. "
                "Gõ lại ngắn hơn giúp, hoặc:",
                [Reading(head, "Lấy phần đầu")],
                neither="",
            )
        if self.as_printed and " " in line and not has_marks(line):
            raise Several(
                f"Trên giấy sẽ in là «{line}». Gõ lại có dấu giúp, hoặc gõ 1 để giữ nguyên.",
                [Reading(line, "Giữ nguyên")],
                neither="",
            )
        return line

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ: {self.example}."

    def say(self, value: str) -> str:
        return value

    def echo(self, value: str) -> str:
        return "Đã lưu."

    def load(self, raw: Any) -> str:
        if not isinstance(raw, str) or len(raw) > self.at_most:
            raise NoLongerFits(f"Ô này nay chỉ chừa {grouped(self.at_most)} chữ cái.")
        return raw

    def options(self) -> tuple[Option, ...]:
        return tuple(Option(str(number), one) for number, one in enumerate(self.offered, 1))

    def pick(self, key: str) -> Any:
        return self.offered[int(key) - 1]


class OneOf(Answer[str]):
    """One of a few fixed choices. The value is the option's key."""

    is_choice = True

    def __init__(self, options: Sequence[Option]):
        self._options = tuple(options)
        self._labels = {option.key: option.label for option in self._options}
        self._echoes = {option.key: option.echo or option.label for option in self._options}
        self.sample = self._options[0].key

    def read_words(self, words: str) -> str:
        option = match(words, self._options) or match(f"số {words}", self._options)
        if option is None:
            raise Unclear(f"Chưa rõ ý. {self.hint()}")
        return option.key

    def hint(self) -> str:
        return f"Gõ số, hoặc gõ chữ, ví dụ: {self._options[0].label}."

    def say(self, value: str) -> str:
        return self._labels[value]

    def echo(self, value: str) -> str:
        return self._echoes[value]

    def load(self, raw: Any) -> str:
        if raw not in self._labels:
            raise NoLongerFits("Các lựa chọn của câu này đã đổi.")
        return str(raw)

    def options(self) -> tuple[Option, ...]:
        return self._options


@dataclass(frozen=True, slots=True)
class Found:
    """Something a search found: a stable key, the name to keep, and words that tell it from its neighbours."""

    key: str
    name: str
    label: str = ""  # as offered among several; the name when empty
    echo: str = ""  # as said back once kept; the name when empty
    beside: str = ""  # what else the words said: "thôn Nà Mẫu" beside a commune


class Lookup(Answer[Found]):
    """A search in a list too long to show. One hit is taken and said back; several are offered.

    What is likely from what was said before is suggested, to be taken by its number.
    """

    takes_free_words = True

    def __init__(
        self,
        search: Callable[[str], Sequence[Found]],
        is_known: Callable[[str], bool],
        which: Callable[[str], str],
        nothing: str,
        example: Found,
        suggested: Sequence[Found],
    ):
        self.search, self.is_known, self.which, self.nothing = search, is_known, which, nothing
        self.sample = example
        self.suggested = {one.key: one for one in suggested}

    def read_words(self, words: str) -> Found:
        if option := match(words, self.options()):
            return self.suggested[option.key]
        found = self.search(words[:200])
        if not found:
            raise Unclear(f"{self.nothing} {self.hint()}")
        if len(found) > 1:
            raise Several(self.which(words), [Reading(self.dump(one), one.label or one.name) for one in found[:5]])
        return found[0]

    def hint(self) -> str:
        return f"Gõ lại giúp, ví dụ: {self.sample.name}."

    def say(self, value: Found) -> str:
        return value.name

    def echo(self, value: Found) -> str:
        return value.echo or value.name

    def dump(self, value: Found) -> Any:
        return {"key": value.key, "name": value.name, "echo": value.echo, "beside": value.beside}

    def load(self, raw: Any) -> Found:
        if not self.is_known(raw["key"]):
            raise NoLongerFits(f"«{raw['name']}» không còn trong danh mục.")
        return Found(raw["key"], raw["name"], echo=raw.get("echo", ""), beside=raw.get("beside", ""))

    def options(self) -> tuple[Option, ...]:
        return tuple(Option(one.key, one.label or one.name) for one in self.suggested.values())

    def pick(self, key: str) -> Any:
        return self.dump(self.suggested[key])


def text(
    at_most: int = LONGEST_NAME,
    *,
    at_least: int = 2,
    as_printed: bool = False,
    example: str,
    room: str = ROOM,
    offered: Sequence[str] = (),
) -> Text:
    """Words on one line. `as_printed`: they will stand on paper, so missing marks are asked about.

    `room` says what has room for so many letters.
    """
    return Text(at_most, at_least, as_printed, example, room, offered)


def one_of(options: Sequence[Option]) -> OneOf:
    """One of these options; its key is the value."""
    return OneOf(options)


def lookup(
    search: Callable[[str], Sequence[Found]],
    is_known: Callable[[str], bool],
    *,
    which: Callable[[str], str],
    nothing: str,
    example: Found,
    suggested: Sequence[Found] = (),
) -> Lookup:
    """A search: `which` asks when several fit, `nothing` says that none did, `is_known` whether a key still exists."""
    return Lookup(search, is_known, which, nothing, example, suggested)


def match(words: str, options: Sequence[Option], *, exact: bool = False) -> Option | None:
    """The option these words mean; None when nothing fits, or when more than one does (talk.matching)."""
    place = best(words, [(option.label, *option.also) for option in options], exact=exact)
    return None if place is None else options[place]


def shortened(label: str, length: int = LABEL_LENGTH) -> str:
    """The label, cut with an ellipsis where it would not fit a button."""
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"
