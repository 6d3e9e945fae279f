"""The phones a person talks with us on: what each is called, and a word to some of them."""

from collections.abc import Iterable

from handlers.visit import Moment
from storage import outbox
from storage.people import Chat
from talk.message import Message

_CHANNELS = {"web": "trang web", "telegram": "Telegram", "zalo": "Zalo"}


def named(chat: Chat) -> str:
    """What people call the place where this chat is: "Zalo"."""
    return _CHANNELS.get(chat.channel, chat.channel)


def tell(moment: Moment, chats: Iterable[Chat], message: Message) -> None:
    """Say something to each of these chats, whether anybody asked there or not."""
    for chat in chats:
        outbox.put(moment.db, chat.id, chat.channel, chat.bot, chat.address, [message.dumps()], moment.now)
        moment.traces.told_others = True
