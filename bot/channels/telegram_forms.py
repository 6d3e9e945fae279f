"""Telegram's JSON and our words: what an update says, and what a message looks like there. No network, no state."""

from typing import Any

from bot.channels.base import Arrival, FileRef
from bot.channels.long_text import split
from talk.message import Choice, Message, Other, Tap, Update

TEXT_LIMIT = 4_096  # UTF-16 code units
FILE_LIMIT = 20_000_000  # what a bot may download

SEND_OWN_NUMBER = "Gửi số đang dùng Telegram"

# An animation also carries `document`, a venue also `location`: the first that matches wins.
_OTHERS: tuple[tuple[str, Other], ...] = (
    ("sticker", "sticker"),
    ("location", "location"),
    ("animation", "video"),
    ("video", "video"),
    ("video_note", "video"),
    ("voice", "voice"),
    ("audio", "voice"),
)

# What Telegram itself notes in a private chat: nobody waits for an answer to these. All else that we cannot read is
# answered, so that a kind of message Telegram adds later does not meet silence.
_SERVICE_NOTES = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "connected_website",
        "gift",
        "message_auto_delete_timer_changed",
        "passport_data",
        "pinned_message",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "unique_gift",
        "write_access_allowed",
    }
)


def chat_of(update: Any) -> str | None:
    """The id of the chat an update belongs to; None when it is not an update we asked for, or not whole."""
    try:
        match update:
            case {"message": holder} | {"edited_message": holder} | {"my_chat_member": holder}:
                return str(int(holder["chat"]["id"]))
            case {"callback_query": tap}:
                return str(int(tap["message"]["chat"]["id"]))
    except (KeyError, TypeError, ValueError):
        pass
    return None


def read_update(body: dict[str, Any]) -> Arrival | None:
    """What a person meant; None for groups, other bots, blocking and Telegram's own notes."""
    if tap := body.get("callback_query"):
        return _read_tap(tap)
    edited = body.get("edited_message")
    message = edited or body.get("message")
    if not message or message["chat"].get("type") != "private" or message.get("from", {}).get("is_bot"):
        return None
    return _read_message(message, is_edit=edited is not None)


def _read_tap(tap: dict[str, Any]) -> Arrival | None:
    if tap["message"]["chat"].get("type") != "private":
        return None
    meant = Tap.decode(tap.get("data", ""))
    # A tap has no message of its own, hence no native_id.
    return Arrival(Update(tap=meant) if meant else Update(other="unreadable"))


def _read_message(message: dict[str, Any], *, is_edit: bool) -> Arrival | None:
    native_id = str(message["message_id"])

    def said(**parts: Any) -> Arrival:
        return Arrival(Update(native_id=native_id, is_edit=is_edit, **parts))

    def attached(file: FileRef) -> Arrival:
        return Arrival(Update(native_id=native_id, is_edit=is_edit), file)

    if (text := message.get("text")) is not None:
        start = _start_payload(text)
        return said(start=start) if start else said(text=text)
    if photo := message.get("photo"):
        return attached(_largest(photo))
    for key, other in _OTHERS:
        if key in message:
            # Somebody who shares a live location "edits" it every few seconds.
            return None if is_edit else said(other=other)
    if document := message.get("document"):
        return attached(FileRef(document["file_id"], document.get("file_name", ""), document.get("file_size")))
    if contact := message.get("contact"):
        is_own = contact.get("user_id") is not None and contact["user_id"] == message["from"]["id"]
        return said(phone=contact["phone_number"]) if is_own else said(other="contact")
    if is_edit or not _SERVICE_NOTES.isdisjoint(message):
        return None
    return said(other="unreadable")


def _start_payload(text: str) -> str:
    """The payload of `/start payload`, "start" without one, "" when the text is no start."""
    command, _, payload = text.partition(" ")
    if command.partition("@")[0] != "/start":
        return ""
    return payload.strip() or "start"


def _largest(sizes: list[dict[str, Any]]) -> FileRef:
    fetchable = [size for size in sizes if (size.get("file_size") or 0) <= FILE_LIMIT] or sizes
    largest = max(fetchable, key=lambda size: size["width"] * size["height"])
    return FileRef(largest["file_id"], "", largest.get("file_size"))


def draw(message: Message) -> list[dict[str, Any]]:
    """The message as the parameters of `sendMessage`, nearly always one; choices stand under the last.

    Plain text: no parse_mode, so nothing that people typed needs escaping.
    """
    parts: list[dict[str, Any]] = [{"text": part} for part in split(message.text, TEXT_LIMIT)]
    for part in parts:
        if "://" in part["text"]:
            part["link_preview_options"] = {"is_disabled": True}
    parts[-1]["reply_markup"] = _markup(message)
    return parts


def _markup(message: Message) -> dict[str, Any]:
    if message.wants == "phone":
        # Only a reply keyboard can ask for the number, and one message cannot hold both kinds: the choices become
        # keys that type their label.
        keys = [[{"text": SEND_OWN_NUMBER, "request_contact": True}]]
        keys += [[{"text": choice.label}] for choice in message.choices]
        return {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}
    if message.choices:
        return {"inline_keyboard": [[_button(choice)] for choice in message.choices]}
    # The keyboard that asked for the number folds up once used, and goes with the next message that has no buttons of
    # its own; where there is none this does nothing, and nobody has to remember which chats have one.
    return {"remove_keyboard": True}


def _button(choice: Choice) -> dict[str, str]:
    # The number stays on the button: it can be typed as well.
    label = f"{choice.number}. {choice.label}" if choice.number else choice.label
    return {"text": label, "callback_data": choice.tap.encode()}
