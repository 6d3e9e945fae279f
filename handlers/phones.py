"""The phones a person talks with us on: what each is called, and a word to some of them."""

from collections.abc import Iterable

from handlers.visit import Visit
from storage import outbox
from storage.people import Chat
from talk.message import Message

_CHANNELS = {"web": "trang web", "telegram": "Telegram", "zalo": "Zalo"}


def named(chat: Chat) -> str:
    """What people call the place where this chat is: "Zalo"."""
    return _CHANNELS.get(chat.channel, chat.channel)


def tell(visit: Visit, chats: Iterable[Chat], message: Message) -> None:
    """Say something to each of these chats, whether anybody asked there or not."""
    for chat in chats:
        outbox.put(visit.db, chat.id, chat.channel, chat.bot, chat.address, [message.dumps()], visit.now)
        visit.traces.told_others = True
