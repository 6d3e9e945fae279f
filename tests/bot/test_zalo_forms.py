"""What Zalo's events say, and what our messages look like there: recorded JSON in, values out."""

from typing import Any

import pytest

from bot.channels.base import Arrival, FileRef, Native
from bot.channels.zalo_forms import TEXT_LIMIT, draw, event_of, native_of, read_event
from talk.message import Choice, Message, Tap, Update

LAN = {"id": "0f1e2d3c4b5a69788796", "display_name": "Lan", "is_bot": False}
PRIVATE = {"id": "0f1e2d3c4b5a69788796", "chat_type": "PRIVATE"}
GROUP = {"id": "77aa", "chat_type": "GROUP"}


def event(
    kind: str = "text", chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = LAN, **content: Any
) -> dict[str, Any]:
    message = {"message_id": "m0a1b2c3", "date": 1795000000000, "from": sender, "chat": chat, **content}
    return {"event_name": f"message.{kind}.received", "message": message}


def said(**parts: Any) -> Update:
    return Update(native_id="m0a1b2c3", **parts)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        pytest.param(event(text=" Miến dong \n"), said(text=" Miến dong \n"), id="text as it was typed"),
        pytest.param(event(text="x", sender={"id": "0f1e", "first_name": "Lan"}), said(text="x"), id="an older sender"),
        pytest.param(event("sticker", sticker="5dbb", url="https://x"), said(other="sticker"), id="sticker"),
        pytest.param(event("voice", voice_url="https://x/a.aac"), said(other="voice"), id="voice"),
        pytest.param(event("unsupported"), said(other="unreadable"), id="a link, or somebody protected by law"),
        pytest.param(event("image"), said(other="unreadable"), id="a photo that lies nowhere"),
        pytest.param(event("hologram", depth=3), said(other="unreadable"), id="a kind of message of next year"),
        pytest.param(event(text=["x"]), said(other="unreadable"), id="a text that is none"),
    ],
)
def test_what_a_person_meant(given, meant):
    assert read_event(given) == Arrival(meant)


@pytest.mark.parametrize("key", ["photo", "photo_url"])
def test_a_photo_is_found_under_both_of_its_names(key):
    content: dict[str, Any] = {key: "https://photo.example/1.jpg", "caption": "nhãn"}
    arrival = read_event(event("image", **content))

    assert arrival == Arrival(said(), FileRef("https://photo.example/1.jpg", "", None))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(event(chat=GROUP, text="xin chào"), id="a group"),
        pytest.param(event(chat={"id": "77aa"}, text="xin chào"), id="a chat of no known kind"),
        pytest.param(event(sender={**LAN, "is_bot": True}, text="xin chào"), id="another bot"),
    ],
)
def test_what_nobody_waits_for_is_not_answered(given):
    assert read_event(given) is None


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param({"ok": True, "result": event(text="x")}, event(text="x"), id="wrapped as answers are"),
        pytest.param(event(text="x"), event(text="x"), id="bare"),
        pytest.param({"ok": True, "result": [1]}, None, id="a list"),
        pytest.param([event(text="x")], None, id="several"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_both_shapes_of_a_body_hold_the_same_event(body, found):
    assert event_of(body) == found


def test_an_event_is_known_by_its_message():
    assert native_of(event(text="x")) == Native("m0a1b2c3", "0f1e2d3c4b5a69788796", event(text="x"))


def test_half_an_emoji_does_not_keep_an_event_out_of_the_database():
    native = native_of(event(text="miến \ud83d"))

    assert native is not None
    assert native.body["message"]["text"] == "miến ?"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"event_name": "x"}, id="no message"),
        pytest.param({"message": None}, id="an empty message"),
        pytest.param({"message": {"message_id": "m1"}}, id="no chat"),
        pytest.param({"message": {"message_id": "m1", "chat": "77"}}, id="a chat that is none"),
        pytest.param({"message": {"message_id": 5, "chat": PRIVATE}}, id="a number for an id"),
        pytest.param({"message": {"message_id": "m\0", "chat": PRIVATE}}, id="an id no database keeps"),
        pytest.param({"message": {"message_id": "m" * 101, "chat": PRIVATE}}, id="an endless id"),
        pytest.param({"message": {"message_id": "", "chat": PRIVATE}}, id="an empty id"),
        pytest.param(None, id="nothing"),
    ],
)
def test_an_event_that_names_no_chat_or_not_itself_is_no_update(given):
    assert native_of(given) is None


def choice(number: str, label: str) -> Choice:
    return Choice(number, label, Tap("17", "kind", "x"))


COOP, BACK = choice("1", "Hợp tác xã"), choice("0", "Quay lại")


@pytest.mark.parametrize(
    ("text", "choices", "shown"),
    [
        pytest.param("Đã lưu.", (), "Đã lưu.", id="no choices"),
        pytest.param("Loại nào?", (COOP, BACK), "Loại nào?\n1. Hợp tác xã\n0. Quay lại", id="numbers as lines"),
        pytest.param("Bao nhiêu?", (choice("", "Quay lại"),), "Bao nhiêu?\nHoặc gõ «quay lại».", id="a word"),
        pytest.param(
            "Loại nào?",
            (COOP, choice("", "Xem thêm"), choice("", "Bỏ qua"), choice("", "Để sau"), BACK),
            "Loại nào?\n1. Hợp tác xã\n0. Quay lại\nHoặc gõ «xem thêm», «bỏ qua» hay «để sau».",
            id="words after the numbers",
        ),
        pytest.param(
            "Hết thì gõ «xong». Sửa câu nào thì gõ số câu, ví dụ «sửa 4».",
            (choice("", "Xong"), choice("", "Sửa")),
            "Hết thì gõ «xong». Sửa câu nào thì gõ số câu, ví dụ «sửa 4».",
            id="words the text has told",
        ),
        pytest.param(
            "Giá?", (choice("", "Vẫn «50.000 đồng»"),), "Giá?\nHoặc gõ «vẫn 50.000 đồng».", id="a quoted answer"
        ),
    ],
)
def test_choices_are_lines_to_be_typed(text, choices, shown):
    assert draw(Message(text, choices)) == [{"text": shown}]


def test_a_decomposed_text_is_composed_before_it_is_counted():
    decomposed = "e\u0302\u0323" * 1_500  # ệ in three signs

    assert draw(Message(decomposed)) == [{"text": "ệ" * 1_500}]


def test_a_text_too_long_is_cut_between_paragraphs_and_its_choices_stay_together():
    parts = draw(Message("đoạn một " * 150 + "\n\n" + "đoạn hai " * 220, (COOP, BACK)))

    assert [part["text"][:8] for part in parts] == ["đoạn một", "đoạn hai", "1. Hợp t"]
    assert parts[-1]["text"] == "1. Hợp tác xã\n0. Quay lại"
    assert all(len(part["text"]) <= TEXT_LIMIT for part in parts)
