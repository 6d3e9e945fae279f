"""Somebody on Zalo, where there is not one button: who reads what is shown, and answers by a number or in words.

A list is answered by its first line. Elsewhere a word in the question tells what would do, and where none does, a name
does; what is not understood is followed by the next thing to try.
"""

import asyncio
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from talk.vietnamese import fold
from tests.fakes.pictures import photo
from tests.fakes.zalo_people import Person, Sent
from tests.kill.patient import Patient

THINKS_SECONDS = (0.0, 0.3)
QUESTION = re.compile(r"^Câu (\d+)/\d+\.", re.MULTILINE)
LINE = re.compile(r"^([1-8])\. (.+)$", re.MULTILINE)
CODE = re.compile(r"mã ([A-Z]{2}-\d{3}-\d{2}), đọc là")
LOOK_OVER = ("Xem lại. Chưa gõ «xong»", "Đã chọn:")  # all is there: «xong»
ANOTHER, NOT_YET, PHOTO, NAME = "Soạn tờ mới", "chưa có", "ảnh", "Bản Mẫu"
FILE = "http://"
CUES = (
    ("điện thoại", "0912 345 678"),
    ("xã, phường", "thôn Nà Mẫu, xã Côn Minh"),
    ("Địa chỉ", "thôn Nà Mẫu, xã Côn Minh"),
    ("ngày", "20/11/2026"),
    ("bao nhiêu", "120"),
)


@dataclass
class Paper:
    """One registration, as the person remembers it."""

    typed: set[str] = field(default_factory=set)  # names
    names: list[str] = field(default_factory=list)  # those that stood in the review when it was confirmed
    code: str = ""


class Villager(Patient[Sent]):
    """A person in the fake Zalo, registering one product after the other."""

    def __init__(self, person: Person, seed: int, uptime: Callable[[], float], patience: float):
        super().__init__(person, uptime, patience)
        self.person = person
        self.papers: list[Paper] = [Paper()]
        self.retold = 0  # how often what was said had not been taken by anybody, and was said again
        self._random = random.Random(seed)
        self._message_id = ""  # of what was said last
        self._at = ""  # what lies open
        self._tries: Iterator[str] = iter(())
        self._typed = ""
        self._was_lost = False

    @property
    def messages(self) -> list[Sent]:
        """What the bot said to them, apart from where a file lies."""
        return [message for message in self.person.messages if FILE not in message.text]

    @property
    def codes(self) -> list[str]:
        return [paper.code for paper in self.papers if paper.code]

    async def registers(self, is_enough: Callable[[], bool]) -> None:
        """Register products until one is done and `is_enough`."""
        await self._says("alo")
        while True:
            heard = await self.hear()
            is_repeat = heard.text == self.last_heard and not self.asks_again
            self.last_heard, self.asks_again = heard.text, False
            if is_repeat or FILE in heard.text:
                continue
            await asyncio.sleep(self._random.uniform(*THINKS_SECONDS))
            if found := CODE.search(heard.text):
                if found[1] in self.codes:
                    continue  # said once more
                self.papers[-1].code = found[1]
                if is_enough():
                    return
                self.papers.append(Paper())
                await self._says("Soạn giấy đăng ký")
            else:
                await self._answers(heard.text)

    def _is_left_in_silence(self) -> None:
        if self._message_id in self.person.zalo.taken:
            super()._is_left_in_silence()
        else:
            self.retold += 1  # nobody acknowledged it, so nobody promised an answer
            self._was_lost = True

    async def _answers(self, shown: str) -> None:
        asked = QUESTION.search(shown)
        at = asked[0] if asked else shown
        if at != self._at or any(words in shown for words in LOOK_OVER):
            self._at, self._tries = at, self._ways(shown)
            self._typed = ""
        if not self._typed or not self._was_lost:
            self._typed = next(self._tries, "0")
        self._was_lost = False
        paper = self.papers[-1]
        if self._typed.startswith(NAME):  # not where one known from before is taken
            paper.typed.add(self._typed)
        if LOOK_OVER[0] in shown:
            paper.names = [name for name in paper.typed if name in shown]
        if self._typed == PHOTO:
            self._message_id = await self.person.sends_photo(photo())
        else:
            await self._says(self._typed)

    def _ways(self, shown: str) -> Iterator[str]:
        """What to answer, first things first."""
        if any(words in shown for words in LOOK_OVER):
            yield "xong"
        if ANOTHER in shown:
            yield ANOTHER
        for number, label in LINE.findall(shown):
            yield self._random.choice((number, label, fold(label)))
        if NOT_YET in shown and self._random.random() < 0.5:
            yield NOT_YET
        if PHOTO in shown:
            yield PHOTO
        for cue, words in CUES:
            if cue in shown:
                yield words
        yield f"{NAME} {len(self.papers)} của {self.person.id}, lần {self._random.randrange(10**6)}"
        yield from (words for _, words in CUES)

    async def _says(self, words: str) -> None:
        self._message_id = await self.person.says(words)
