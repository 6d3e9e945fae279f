"""What goes back and forth in a talk: updates from people, messages to them, and the choices in between.

Nothing here knows a channel. A channel turns its own updates into an `Update` and draws a `Message` as well as it
can: choices become buttons where there are buttons, numbered lines where there are none.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

# The tightest channels set the limits: Telegram's callback_data holds 64 bytes, Zalo's text 2,000 characters.
TAP_BYTES = 64
TEXT_LENGTH = 2_000
LABEL_LENGTH = 60

# Nobody types a choice or a command this long, and reading 20,000 characters as one takes milliseconds.
LONGEST_CHOICE = 200

MAIN_MENU = "menu"

# The step of a tap that answers nothing and opens the question its choice names.
EDIT = "~edit"


@dataclass(frozen=True, slots=True)
class Tap:
    """A touched choice, carrying the question it answers, so that an old button never answers a new question."""

    talk: str  # the id of the progress it belongs to, or MAIN_MENU
    step: str
    choice: str

    def encode(self) -> str:
        """The tap as a button carries it, e.g. `17:case:first`; at most TAP_BYTES bytes."""
        return f"{self.talk}:{self.step}:{self.choice}"

    @classmethod
    def decode(cls, text: str) -> "Tap | None":
        """The tap a button carried, or None when it is not one of ours."""
        parts = text.split(":")
        if len(parts) != 3 or not all(parts) or len(text.encode()) > TAP_BYTES:
            return None
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Choice:
    """A label the bot offers. It can be tapped, typed in full with or without marks, or typed as its number."""

    number: str  # "1" to "8"; "0" goes back, "9" asks for a person; "" has a word only
    label: str
    tap: Tap


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file that has been fetched, checked and kept before the turn begins."""

    id: int  # the row of the file table
    type: str  # the real type, found in the bytes: "image/jpeg", "application/pdf"
    size: int  # bytes
    name: str = ""

    @property
    def is_photo(self) -> bool:
        return self.type.startswith("image/")


Other = Literal["", "sticker", "location", "video", "voice", "contact", "unreadable"]
FileTrouble = Literal["", "too_big", "too_small", "empty", "unreadable", "unsafe", "not_fetched"]


@dataclass(frozen=True, slots=True)
class Update:
    """Something a person sent, in the words of no particular channel. At most one of the parts is filled in."""

    text: str = ""
    tap: Tap | None = None
    attachment: Attachment | None = None
    phone: str = ""  # a shared contact that the channel vouches is the sender's own
    start: str = ""  # the payload of a link that opened the chat
    other: Other = ""  # what came that cannot be an answer
    trouble: FileTrouble = ""  # why a photo or file could not be kept
    native_id: str = ""  # the channel's id of the person's message; an edited message keeps it
    is_edit: bool = False


# "line": what the person types next goes to another person, and the bot will not answer it.
Wants = Literal["", "photo", "file", "phone", "line"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file the bot sends. It is made when it is sent, from what is kept, and never lies about."""

    kind: str  # "form01.pdf"
    of: str  # what it is made from, in words that only its maker knows
    name: str  # as the person finds it on the phone: "To dang ky HK-394-27.pdf"


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot says: at most TEXT_LENGTH characters, the choices under it, and files to keep."""

    text: str
    choices: tuple[Choice, ...] = ()
    wants: Wants = ""  # a channel that can make this easier (a camera, a contact button) does
    documents: tuple[Document, ...] = ()

    def parts(self) -> "tuple[Message, ...]":
        """The message as it goes out: the words first, then each file by itself, so that none holds up another."""
        words = replace(self, documents=())
        files = (Message("", documents=(document,)) for document in self.documents)
        return (words, *files) if self.text else tuple(files)

    @property
    def document(self) -> Document | None:
        """The file of a part that is one."""
        return self.documents[0] if self.documents else None

    def dumps(self) -> str:
        """As it waits in the outbox: JSON, with each tap as a button carries it."""
        choices = [{"number": c.number, "label": c.label, "tap": c.tap.encode()} for c in self.choices]
        body: dict[str, Any] = {"text": self.text, "choices": choices, "wants": self.wants}
        if self.documents:
            body["documents"] = [asdict(document) for document in self.documents]
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> "Message":
        """As it was put into the outbox."""
        body = json.loads(text)
        choices = tuple(Choice(c["number"], c["label"], Tap(*c["tap"].split(":"))) for c in body["choices"])
        documents = tuple(Document(**document) for document in body.get("documents", ()))
        return cls(body["text"], choices, body["wants"], documents)
