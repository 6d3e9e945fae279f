"""People who talk with the bot under test: as fast as it answers them, or so many turns a second."""

import asyncio
import random
import time
from array import array
from collections import deque
from collections.abc import Callable

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Sent

FIRST_WORDS = "/start register"
LONGEST_TALK = 40

PRODUCT = "Miến dong Bản Mẫu"

# By words of the question. At any other a person types the first number on offer.
ANSWERS = (
    ("Cơ sở tên gì", "Hợp tác xã Bản Mẫu"),
    ("Ai đứng tên", "Nguyễn Thị Mẫu"),
    ("Địa chỉ cơ sở", "thôn Nà Mẫu, Côn Minh"),
    ("Số điện thoại", "0912 345 678"),
    ("Email của cơ sở", "chưa có"),
    ("Tên sản phẩm", PRODUCT),
    ("loại hàng gì", "chế biến từ rau, củ, quả, hạt"),
    ("Bản tự chấm (Mẫu 02)", "đang làm"),
    ("Thêm ảnh, giấy tờ", "bỏ qua"),
)
REVIEW = "Xem lại. Chưa gõ «xong»"


class TalkLost(Exception):
    """The bot leads a person nowhere, so there is nothing worth measuring."""


NextWords = Callable[[str], str | None]
"""What a person says to the bot's words; None when the talk is over."""


def registers(heard: str) -> str | None:
    """How somebody talks who registers a product. They leave at the review: drawing the papers is not a turn."""
    if REVIEW in heard:
        return None
    return next((answer for question, answer in ANSWERS if question in heard), "1")


def chats(_: str) -> str | None:
    """How somebody talks with a bot that has only one thing to say."""
    return "Hợp tác xã Bản Mẫu"


class Crowd(FakeTelegram):
    """The fake Telegram with people in it. Whoever has finished leaves, and somebody new comes."""

    def __init__(self, next_words: NextWords):
        super().__init__(quiet=True)
        self.finished = 0
        self.waits = array("d")  # seconds from what a person said to the bot's answer, one for each turn
        self._next_words = next_words
        self._newest = 0
        self._length: dict[int, int] = {}
        self._asked: dict[int, float] = {}
        self._ready: deque[tuple[int, str]] = deque()  # those who have been answered, and what they will say
        self._is_hurried = False
        self._lost: TalkLost | None = None
        self._all_answered = asyncio.Event()

    async def first_answer(self, seconds: float = 30.0) -> None:
        """Somebody new says the first words; return once they are answered."""
        self._come()
        self._speak()
        await self.rest(seconds)

    async def hurry(self, people: int, seconds: float) -> None:
        """So many people speak as soon as they are answered; those who do not yet, begin to."""
        self._is_hurried = True
        while len(self._asked) < people:
            self._speak()
        await asyncio.sleep(seconds)

    async def stroll(self, turns_per_second: float, seconds: float) -> None:
        """So many turns a second, at moments drawn as people who know nothing of each other would come."""
        draw = random.Random(7)
        at = began = time.perf_counter()
        while (at := at + draw.expovariate(turns_per_second)) < began + seconds:
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            self._speak()

    async def rest(self, seconds: float = 30.0) -> None:
        """Everybody waits for their answer and says nothing more. Raises TalkLost."""
        self._is_hurried = False
        try:
            async with asyncio.timeout(seconds):
                await self._all_answered.wait()
        except TimeoutError:
            raise TalkLost(f"{len(self._asked)} people are not answered after {seconds:g} s") from None
        if self._lost:
            raise self._lost

    def note_sent(self, message: Sent) -> None:
        asked = self._asked.pop(message.chat_id, None)
        if asked is None:
            return
        self.waits.append(time.perf_counter() - asked)
        self._think(message.chat_id, message.text)
        if self._is_hurried:
            self._speak()
        elif not self._asked:
            self._all_answered.set()

    def _think(self, chat: int, heard: str) -> None:
        words = self._next_words(heard)
        if words == PRODUCT:
            words = f"{words} {chat}"  # what was looked up for one person is of no use to another
        self._length[chat] += 1
        if words is None:
            self.finished += 1
        elif self._next_words is registers and self._length[chat] > LONGEST_TALK:
            self._lost = TalkLost(f"after {LONGEST_TALK} answers the bot says: {heard}")
        else:
            self._ready.append((chat, words))
            return
        del self._length[chat]

    def _come(self) -> None:
        self._newest += 1
        self._length[self._newest] = 0
        self._ready.appendleft((self._newest, FIRST_WORDS))

    def _speak(self) -> None:
        """Whoever was answered longest ago speaks; where all wait, somebody new does."""
        if not self._ready:
            self._come()
        chat, words = self._ready.popleft()
        person = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        where = {"id": chat, "first_name": "Lan", "type": "private"}
        content = {"message_id": next(self.message_ids), "from": person, "chat": where, "date": self.now()}
        if words.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}]
        self._asked[chat] = time.perf_counter()
        self._all_answered.clear()
        self.push("message", {**content, "text": words}, chat)
