"""What Telegram's updates say, and what our messages look like there: recorded JSON in, values out."""

from typing import Any

import pytest

from bot.channels.base import Arrival, FileRef
from bot.channels.telegram_forms import SEND_OWN_NUMBER, chat_of, draw, read_update
from talk.message import Choice, Message, Tap, Update

LAN = {"id": 7, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
PRIVATE = {"id": 7, "first_name": "Lan", "type": "private"}
GROUP = {"id": -100123, "title": "OCOP Na Rì", "type": "supergroup"}
BOT = {"id": 1, "is_bot": True, "first_name": "OCOP", "username": "ocop_bot"}


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = LAN, **content: Any) -> dict[str, Any]:
    return {"message_id": 12, "from": sender, "chat": chat, "date": 1795300000, **content}


def sent(**content: Any) -> dict[str, Any]:
    return {"update_id": 1001, "message": message(**content)}


def edited(**content: Any) -> dict[str, Any]:
    return {"update_id": 1002, "edited_message": message(edit_date=1795300009, **content)}


def tapped(data: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    old = message(chat=chat, sender=BOT, text="Thuộc loại hình nào?")
    return {
        "update_id": 1003,
        "callback_query": {"id": "4", "from": LAN, "chat_instance": "-9", "message": old, "data": data},
    }


def file(file_id: str, **more: Any) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", **more}


SIZES = [
    file("small", width=90, height=67, file_size=1_200),
    file("large", width=1280, height=960, file_size=180_000),
    file("middle", width=320, height=240, file_size=20_000),
]
TOO_LARGE = [*SIZES, file("huge", width=9000, height=9000, file_size=21_000_000)]
ANIMATION = file("gif", width=320, height=240, duration=3, file_name="a.mp4")
OWN_CONTACT = {"phone_number": "+84912345678", "first_name": "Lan", "user_id": 7}


@pytest.mark.parametrize(
    ("update", "meant"),
    [
        pytest.param(sent(text=" Miến dong \n"), Update(text=" Miến dong \n"), id="text as it was typed"),
        pytest.param(sent(text="/menu"), Update(text="/menu"), id="a command is text"),
        pytest.param(sent(text="/start"), Update(start="start"), id="start without a payload"),
        pytest.param(sent(text="/start sp-17"), Update(start="sp-17"), id="start from a link"),
        pytest.param(sent(text="/start@ocop_bot sp-17"), Update(start="sp-17"), id="start with the bot's name"),
        pytest.param(sent(text="/started"), Update(text="/started"), id="only begins like start"),
        pytest.param(
            sent(text="xã Côn Minh", forward_origin={"type": "hidden_user", "sender_user_name": "x", "date": 1}),
            Update(text="xã Côn Minh"),
            id="a forwarded text is text",
        ),
        pytest.param(sent(contact=OWN_CONTACT), Update(phone="+84912345678"), id="own contact"),
        pytest.param(sent(contact={**OWN_CONTACT, "user_id": 8}), Update(other="contact"), id="another's contact"),
        pytest.param(
            sent(contact={"phone_number": "1", "first_name": "x"}),
            Update(other="contact"),
            id="a stranger's contact",
        ),
        pytest.param(sent(sticker=file("s")), Update(other="sticker"), id="sticker"),
        pytest.param(sent(location={"latitude": 22.1, "longitude": 105.8}), Update(other="location"), id="location"),
        pytest.param(sent(video=file("v")), Update(other="video"), id="video"),
        pytest.param(sent(video_note=file("v")), Update(other="video"), id="round video"),
        pytest.param(sent(animation=ANIMATION, document=ANIMATION), Update(other="video"), id="a GIF is no document"),
        pytest.param(sent(voice=file("v")), Update(other="voice"), id="voice"),
        pytest.param(sent(audio=file("v")), Update(other="voice"), id="music"),
        pytest.param(sent(poll={"id": "1"}), Update(other="unreadable"), id="poll"),
        pytest.param(sent(hologram={}), Update(other="unreadable"), id="a kind of message of next year"),
        pytest.param(edited(text="Miến"), Update(text="Miến", is_edit=True), id="an edited message keeps its id"),
    ],
)
def test_a_message_in_a_private_chat_is_understood(update, meant):
    arrival = read_update(update)

    assert arrival is not None
    assert arrival.file is None
    assert arrival.update == Update(**{**{f: getattr(meant, f) for f in meant.__slots__}, "native_id": "12"})


@pytest.mark.parametrize(
    ("update", "where", "name", "size"),
    [
        pytest.param(sent(photo=SIZES), "large", "", 180_000, id="the largest size of a photo"),
        pytest.param(sent(photo=TOO_LARGE), "large", "", 180_000, id="the largest that a bot may fetch"),
        pytest.param(sent(photo=TOO_LARGE[-1:]), "huge", "", 21_000_000, id="too large, but there is no other"),
        pytest.param(sent(photo=[file("p", width=9, height=9)]), "p", "", None, id="a photo of unknown size"),
        pytest.param(
            sent(document=file("d", file_name="mẫu 01.pdf", file_size=9), caption="đây ạ"),
            "d",
            "mẫu 01.pdf",
            9,
            id="document",
        ),
        pytest.param(sent(document=file("d")), "d", "", None, id="document without a name"),
    ],
)
def test_a_photo_or_document_is_named_for_fetching_and_its_caption_yields(update, where, name, size):
    assert read_update(update) == Arrival(Update(native_id="12"), FileRef(where, name, size))


@pytest.mark.parametrize(
    ("update", "meant"),
    [
        pytest.param(tapped("17:kind:coop"), Update(tap=Tap("17", "kind", "coop")), id="one of ours"),
        pytest.param(tapped("buy_now"), Update(other="unreadable"), id="a button of an earlier bot"),
    ],
)
def test_a_tap_says_which_question_it_answers(update, meant):
    assert read_update(update) == Arrival(meant)


def test_a_tap_on_a_message_too_old_for_telegram_to_show_is_still_a_tap():
    update = tapped("17:kind:coop")
    update["callback_query"]["message"] = {"chat": PRIVATE, "message_id": 3, "date": 0}

    assert read_update(update) == Arrival(Update(tap=Tap("17", "kind", "coop")))


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(sent(chat=GROUP, text="xin chào"), id="a group"),
        pytest.param(tapped("17:kind:coop", chat=GROUP), id="a tap in a group"),
        pytest.param(sent(sender=BOT, text="xin chào"), id="another bot"),
        pytest.param(sent(pinned_message=message(text="x")), id="a pinned message"),
        pytest.param(sent(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}), id="a timer"),
        pytest.param(edited(location={"latitude": 22.1, "longitude": 105.8}), id="a live location moving on"),
        pytest.param(
            {"update_id": 1, "my_chat_member": {"chat": PRIVATE, "from": LAN, "date": 1, "new_chat_member": {}}},
            id="blocked",
        ),
    ],
)
def test_what_nobody_waits_for_is_not_answered(update):
    assert read_update(update) is None


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        pytest.param(sent(text="x"), "7", id="message"),
        pytest.param(edited(text="x"), "7", id="edited message"),
        pytest.param(tapped("x"), "7", id="tap"),
        pytest.param(sent(chat=GROUP, text="x"), "-100123", id="group"),
        pytest.param({"update_id": 1, "my_chat_member": {"chat": PRIVATE}}, "7", id="blocked"),
        pytest.param({"update_id": 1, "message": {"text": "x"}}, None, id="message without a chat"),
        pytest.param({"update_id": 1, "message": None}, None, id="no message"),
        pytest.param({"update_id": 1, "message": {"chat": {"id": "x"}}}, None, id="an id that is none"),
        pytest.param({"update_id": 1, "callback_query": {"id": "1"}}, None, id="tap from inline mode"),
        pytest.param({"update_id": 1, "poll": {}}, None, id="not asked for"),
        pytest.param([], None, id="no update at all"),
    ],
)
def test_the_chat_of_an_update(update, chat):
    assert chat_of(update) == chat


COOP = Choice("1", "Hợp tác xã", Tap("17", "kind", "coop"))
BACK = Choice("0", "Quay lại", Tap("17", "kind", "back"))
SKIP = Choice("", "Bỏ qua", Tap("17", "phone", "skip"))


def test_choices_are_buttons_one_to_a_row_with_their_number():
    [part] = draw(Message("Thuộc loại hình nào?", (COOP, BACK)))

    assert part["text"] == "Thuộc loại hình nào?"
    assert part["reply_markup"]["inline_keyboard"] == [
        [{"text": "1. Hợp tác xã", "callback_data": "17:kind:coop"}],
        [{"text": "0. Quay lại", "callback_data": "17:kind:back"}],
    ]
    assert "parse_mode" not in part


def test_a_phone_question_offers_the_number_of_the_phone_and_its_choices_as_keys():
    [part] = draw(Message("Số điện thoại?", (SKIP,), wants="phone"))

    assert part["reply_markup"]["keyboard"] == [
        [{"text": SEND_OWN_NUMBER, "request_contact": True}],
        [{"text": "Bỏ qua"}],
    ]


def test_the_next_message_without_choices_takes_the_keyboard_away():
    [part] = draw(Message("Đã lưu."))

    assert part["reply_markup"] == {"remove_keyboard": True}


def test_links_are_not_unfolded_into_pictures():
    [part] = draw(Message("Xem https://vanban.chinhphu.vn/x"))

    assert part["link_preview_options"] == {"is_disabled": True}


def test_buttons_stand_under_the_last_part_of_a_long_text():
    parts = draw(Message("đoạn một " * 300 + "\n\n" + "đoạn hai " * 300, (COOP,)))

    assert ["reply_markup" in part for part in parts] == [False, True]
