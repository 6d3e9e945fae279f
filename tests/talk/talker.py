"""Somebody who talks with a conversation as people do, on a channel that has no buttons of its own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from talk.conversation import Conversation, Turn, begin, resume, take_turn, values
from talk.message import Attachment, Message, Tap, Update
from talk.progress import Progress

PHOTO = Attachment(7, "image/jpeg", 81_000)
PDF = Attachment(8, "application/pdf", 90_000, "giay.pdf")


def as_read(message: Message) -> str:
    """The message as a phone without buttons shows it: the words, then a line for each choice."""
    lines = [f"{choice.number}. {choice.label}" if choice.number else f"– {choice.label}" for choice in message.choices]
    return "\n".join([message.text, *lines])


class Talker:
    """One person in one talk. Whatever they do gives back what the bot then says, as they would read it.

    Between any two updates the progress goes through its stored form, as it does when the bot is restarted.
    """

    def __init__(self, conversation: Conversation, facts: Mapping[str, Any] | None = None, talk: str = "17"):
        self.conversation = conversation
        self.sent = 0
        self.messages: list[Message] = []
        self._hear(begin(conversation, Progress(talk, facts or {})))

    def say(self, *texts: str) -> str:
        """Type these, one message each."""
        for text in texts:
            self.send(Update(text=text))
        return self.reads

    def ask(self, question: str, reply: str) -> str:
        """Type a question about the programme, to which the bot knows this reply."""
        return self._send(Update(text=question), reply)

    def tap(self, label: str, on: Message | None = None) -> str:
        """Touch the choice of this label, on the last message or on an older one."""
        return self.send(Update(tap=self.button(label, on)))

    def button(self, label: str, on: Message | None = None) -> Tap:
        """The tap that the choice of this label carries."""
        (tap,) = (choice.tap for choice in (on or self.message).choices if choice.label == label)
        return tap

    def send_photo(self) -> str:
        return self.send(Update(attachment=PHOTO))

    def edit(self, text: str, messages_ago: int = 1) -> str:
        """Change the text of a message sent before: the last one, or the one before that."""
        return self._send(Update(text=text, native_id=f"m{self.sent - messages_ago + 1}", is_edit=True))

    def send(self, update: Update) -> str:
        """Send anything, as a new message."""
        self.sent += 1
        return self._send(replace(update, native_id=f"m{self.sent}"))

    def come_back(self, left: str, words: str = "") -> str:
        """Return after a long pause, with these words."""
        return self._hear(resume(self.conversation, self.progress, left, words))

    @property
    def message(self) -> Message:
        return self.messages[-1]

    @property
    def reads(self) -> str:
        """What the bot said last."""
        return as_read(self.message)

    @property
    def answers(self) -> dict[str, Any]:
        """Every answer of the way now taken."""
        return values(self.conversation, self.progress)

    def _send(self, update: Update, reply: str | None = None) -> str:
        return self._hear(take_turn(self.conversation, self.progress, update, reply))

    def _hear(self, turn: Turn) -> str:
        self.outcome = turn.outcome
        self.progress = Progress.loads(turn.progress.id, turn.progress.dumps())
        assert self.progress == turn.progress, "a stored progress comes back as it was"
        message = Message.loads(turn.message.dumps())
        assert message == turn.message, "a stored message comes back as it was"
        self.messages.append(message)
        return self.reads
