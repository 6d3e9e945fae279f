"""Zalo's JSON and our words: what an event says, and what a message looks like there. No network, no state."""

import json
import unicodedata
from typing import Any

from bot.channels.base import Arrival, FileRef, Native
from bot.channels.long_text import split
from talk.message import Choice, Message, Other, Update

TEXT_LIMIT = 2_000  # whether Zalo counts letters or UTF-16 code units is written nowhere: the shorter of the two
LONGEST_ID = 100

_OTHERS: dict[str, Other] = {"message.sticker.received": "sticker", "message.voice.received": "voice"}


def event_of(body: Any) -> dict[str, Any] | None:
    """The event in a webhook's body or an answer of getUpdates: wrapped as answers are, or bare."""
    event = body.get("result", body) if isinstance(body, dict) else None
    return event if isinstance(event, dict) else None


def native_of(event: Any) -> Native | None:
    """The event as the inbox keeps it; None when it does not name its chat or itself."""
    try:
        native_id, address = event["message"]["message_id"], event["message"]["chat"]["id"]
    except (KeyError, TypeError):
        return None
    if not (_is_id(native_id) and _is_id(address)):
        return None
    # Half an emoji is allowed in JSON, and no database keeps it.
    whole = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace")
    return Native(native_id, address, json.loads(whole))


def is_private(event: dict[str, Any]) -> bool:
    """Whether somebody talks to the bot alone; what is said in groups is not ours."""
    message = event["message"]
    sender = message.get("from")
    return message["chat"].get("chat_type") == "PRIVATE" and not (isinstance(sender, dict) and sender.get("is_bot"))


def read_event(event: dict[str, Any]) -> Arrival | None:
    """What a person meant; None for groups and other bots.

    Of what Zalo does not hand to bots (links, cards, all that protected persons send) only the fact arrives, and that
    is answered too: nobody waits in silence.
    """
    if not is_private(event):
        return None
    name, message = event.get("event_name"), event["message"]
    native_id = message["message_id"]
    text = message.get("text")
    if isinstance(text, str) and text:
        return Arrival(Update(text=text, native_id=native_id))
    # Its papers call it `photo`, what it sends was seen to say `photo_url`.
    photo = message.get("photo") or message.get("photo_url")
    if isinstance(photo, str):
        return Arrival(Update(native_id=native_id), FileRef(photo, "", None))
    return Arrival(Update(other=_OTHERS.get(str(name), "unreadable"), native_id=native_id))


def draw(message: Message) -> list[dict[str, Any]]:
    """The message as the parameters of `sendMessage`, nearly always one; choices are lines to be typed.

    Plain text: no parse_mode, so nothing that people typed needs escaping.
    """
    text = unicodedata.normalize("NFC", message.text)
    choices = unicodedata.normalize("NFC", "\n".join(_lines(message.choices, text)))
    parts = split(text, TEXT_LIMIT)
    if choices:
        with_choices = split(f"{parts[-1]}\n{choices}", TEXT_LIMIT)
        # Choices that do not fit under the text stay together, in a message of their own.
        parts[-1:] = with_choices if len(with_choices) == 1 else [parts[-1], *split(choices, TEXT_LIMIT)]
    return [{"text": part} for part in parts]


def _lines(choices: tuple[Choice, ...], text: str) -> list[str]:
    lines = [f"{choice.number}. {choice.label}" for choice in choices if choice.number]
    words = [_word(choice.label) for choice in choices if not choice.number]
    # A word the text has told already («xong», or «sửa 4») is not told twice.
    told = text.casefold()
    words = [word for word in words if f"«{word}".casefold() not in told]
    if words:
        *others, last = [f"«{word}»" for word in words]
        lines.append(f"Hoặc gõ {', '.join(others)}{' hay ' if others else ''}{last}.")
    return lines


def _word(label: str) -> str:
    """The label as it is typed: quoted within a sentence, it loses its capital and quotation marks of its own."""
    bare = label.replace("«", "").replace("»", "")
    return bare[:1].lower() + bare[1:]


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()
