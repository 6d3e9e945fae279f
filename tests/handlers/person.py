"""People who talk with the assistant, and what they see on a channel without buttons."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import library, places
from handlers.consent import PURPOSES
from handlers.dispatch import dispatch
from handlers.visit import Office, Visit
from ocop.asking import understand
from ocop.codes import CODES, new_code
from storage import consents, files, people
from storage.store import Db, Store
from storage.tables import CHAT
from talk.message import LABEL_LENGTH, TEXT_LENGTH, Attachment, FileTrouble, Message, Other, Tap, Update

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = datetime(2026, 11, 21, 9, 0, tzinfo=HANOI)  # a Saturday, the day of the samples in the style guide
FIRST_CODE = 2_119


class Village:
    """One database, one clock, one office, and the people who come to it."""

    def __init__(self, store: Store, contact: str = "0209 3870 000"):
        self.store = store
        store.run(places.put_all)
        self.now = TODAY.astimezone(UTC)
        self.office = Office("Văn phòng Nông thôn mới", contact, HANOI)
        self.codes_drawn = 0
        self.native_ids = 0

    def person(self, name: str = "chị Mẫu", channel: str = "telegram") -> "Person":
        """Somebody with a phone that never wrote to us before, who is taken to agree to all that is asked for."""
        return Person(self, name, channel)

    def stranger(self, name: str = "chị Mẫu", channel: str = "telegram") -> "Person":
        """Somebody who never wrote to us before, and whose leave has to be asked."""
        return Person(self, name, channel, agrees=False)

    def draw_code(self) -> str:
        self.codes_drawn += 1
        return new_code((FIRST_CODE + 977 * self.codes_drawn) % CODES)

    def next_native_id(self) -> str:
        self.native_ids += 1
        return f"m{self.native_ids}"


@dataclass
class Person:
    """Somebody on one phone. Each thing they do gives the words they see in return."""

    village: Village
    address: str
    channel: str = "telegram"
    agrees: bool = True  # beforehand, so that a story about something else need not tell of it
    seen: list[Message] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)  # native ids of what they sent, oldest first

    # --- what a person can do

    def says(self, *texts: str) -> str:
        """Type each text in turn; what is said to the last."""
        assert texts
        return [self.sends(Update(text=text, native_id=self._new_id())) for text in texts][-1]

    def writes(self, *texts: str) -> None:
        """Type each text to the other side of an open line, where the assistant is silent."""
        for text in texts:
            update = Update(text=text, native_id=self._new_id())
            assert self.village.store.run(lambda db, update=update: self.turn(db, update)) == []  # type: ignore[misc]

    def taps(self, label: str) -> str:
        """Touch the choice of the last message whose label begins so."""
        return self.presses(self.button(label))

    def presses(self, button: Tap) -> str:
        """Touch a button seen at any time, through the bytes a channel carries it in."""
        return self.sends(Update(tap=Tap.decode(button.encode())))

    def sends_photo(self, type: str = "image/jpeg", name: str = "") -> str:
        """Send a photo that arrived well."""
        return self._answered(Update(native_id=self._new_id()), ("a1" * 32, type, 48_000, name))

    def sends_what_fails(self, trouble: FileTrouble) -> str:
        """Send a file that could not be kept."""
        return self.sends(Update(trouble=trouble, native_id=self._new_id()))

    def sends_a(self, other: Other) -> str:
        """Send something that cannot be an answer: a sticker, a location, a video."""
        return self.sends(Update(other=other, native_id=self._new_id()))

    def shares_own_number(self, phone: str) -> str:
        """Touch the channel's own button that gives the phone number."""
        return self.sends(Update(phone=phone, native_id=self._new_id()))

    def opens_link(self, payload: str) -> str:
        """Open the chat through a link."""
        return self.sends(Update(start=payload, native_id=self._new_id()))

    def edits_last(self, text: str) -> str:
        """Change the words of the message sent last."""
        return self.sends(Update(text=text, native_id=self.typed[-1], is_edit=True))

    def edits(self, sent_before: int, text: str) -> str:
        """Change the words of a message sent so many messages before the last."""
        return self.sends(Update(text=text, native_id=self.typed[-1 - sent_before], is_edit=True))

    def comes_back_after(self, *, days: int = 0, hours: int = 0) -> "Person":
        """Let time go by."""
        self.village.now += timedelta(days=days, hours=hours)
        return self

    def takes_another_phone(self, channel: str = "web") -> "Person":
        """The same person on a second phone."""
        me = self.village.store.run(self._meet)
        other = Person(self.village, f"{self.address}, máy thứ hai", channel, self.agrees)
        row = {"channel": channel, "bot": "", "address": other.address, "person_id": me.person_id}
        self.village.store.run(lambda db: db.execute(CHAT.insert(), row | {"created_at": self.village.now}).close())
        return other

    # --- what a person sees

    @property
    def screen(self) -> str:
        """The last message, as a channel without buttons shows it."""
        return as_seen(self.seen[-1])

    @property
    def choices(self) -> list[str]:
        """The labels offered last."""
        return [choice.label for choice in self.seen[-1].choices]

    def button(self, label: str) -> Tap:
        """The button of the last message whose label begins so, to be touched now or much later."""
        found = [choice.tap for choice in self.seen[-1].choices if choice.label.startswith(label)]
        assert len(found) == 1, f"{label!r} is not one of {self.choices}"
        return found[0]

    @property
    def id(self) -> int:
        """Who we know this person as."""
        return self.village.store.run(self._meet).person_id

    # --- the turn, as bot/turns.py takes it

    def sends(self, update: Update) -> str:
        """Send an update of any kind."""
        return self._answered(update, None)

    def _answered(self, update: Update, file: tuple[str, str, int, str] | None) -> str:
        messages = self.village.store.run(lambda db: self.turn(db, update, file))
        assert messages, "nobody is left in silence"
        for message in messages:
            fits_every_channel(message)
        self.seen.extend(messages)
        return "\n\n".join(as_seen(message) for message in messages)

    def turn(self, db: Db, update: Update, file: tuple[str, str, int, str] | None = None) -> list[Message]:
        """What is said to an update, inside a transaction."""
        village, person = self.village, self._meet(db)
        if self.agrees and person.is_new:
            for purpose, asked in PURPOSES.items():
                consents.give(db, person.person_id, purpose, asked.version, village.now)
        if file:
            sha256, type, size, name = file
            file_id = files.add(db, sha256, type, size, name, person.person_id, village.now)
            attachment = Attachment(file_id, type, size, name)
            update = Update(attachment=attachment, native_id=update.native_id)
        known = library.read(db, HANOI, village.now.astimezone(HANOI).date())
        understood = understand(update.text, known.bank)
        return dispatch(Visit(db, village.now, village.office, person, village.draw_code, understood, known), update)

    def _meet(self, db: Db) -> people.Known:
        return people.meet(db, self.channel, "", self.address, self.village.now)

    def _new_id(self) -> str:
        self.typed.append(self.village.next_native_id())
        return self.typed[-1]


def as_seen(message: Message) -> str:
    """The message where there are no buttons: numbered lines, and in brackets what has a word only."""
    lines = [f"{c.number}. {c.label}" if c.number else f"[{c.label}]" for c in message.choices]
    return "\n".join([message.text, *lines])


def fits_every_channel(message: Message) -> None:
    """Hold a message to what the tightest channel takes."""
    assert message.text.strip()
    assert len(as_seen(message)) <= TEXT_LENGTH
    assert Message.loads(message.dumps()) == message
    numbers = [choice.number for choice in message.choices if choice.number]
    assert len(numbers) == len(set(numbers)), f"two choices under one number in {as_seen(message)}"
    for choice in message.choices:
        assert 0 < len(choice.label) <= LABEL_LENGTH
        assert Tap.decode(choice.tap.encode()) == choice.tap
