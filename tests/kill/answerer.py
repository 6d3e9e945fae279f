"""A province's official who answers what waits and approves what others wrote, one after the other.

What is asked is read from the buttons; only that something was written or approved is read from the words, for those
are what an official goes by.
"""

import asyncio
import random
from collections.abc import Callable, Iterator

from tests.fakes.telegram_people import Person, Sent
from tests.kill.choosing import choose
from tests.kill.patient import Patient
from tests.kill.registrant import THINKS_SECONDS, asked_in

WRITTEN, APPROVED = "✅ Đã ghi.", "✅ Đã cho dùng"
TO_APPROVE, GROUP = "a", "g"  # how the keys of the list begin
NOTHING_TO_DO_SECONDS = 0.3
SOURCE = "theo cán bộ Sở, 20/11/2026"


class Answerer(Patient[Sent]):
    """Somebody in the fake Telegram with an invite to a province's office."""

    def __init__(
        self,
        person: Person,
        invite: str,
        marks: Iterator[int],
        seed: int,
        uptime: Callable[[], float],
        patience: float,
    ):
        super().__init__(person, uptime, patience)
        self.person = person
        self.written: list[str] = []  # words the assistant said it wrote down
        self.approved: list[str] = []
        self.put_off = 0  # what somebody else was faster with
        self.lost: list[str] = []  # questions asked once more though they had been answered
        self.strange: list[str] = []  # messages that fitted nothing
        self._invite = invite
        self._marks = marks
        self._random = random.Random(seed)
        self._answered: set[tuple[str, str]] = set()  # talks and questions
        self._words = ""  # of what is being written or approved
        self._is_opening = False  # the list was asked for and did not come yet

    async def works(self, is_enough: Callable[[], bool]) -> None:
        """Write and approve until it is enough and nothing of the others' waits to be approved."""
        await self.person.says(self._invite)
        while True:
            heard = await self.hear()
            talk, question = asked_in(heard)
            if not heard.buttons:
                continue  # news of what others wrote
            # A menu is what a second tap on the last choice of a talk leads to, too.
            is_repeat = self._is_opening if question == "menu" else (talk, question) in self._answered
            self.last_heard = heard.text
            if is_repeat and not self.asks_again:
                continue  # a double tap, or a message that came twice: the answer is on its way
            if question == "which" and is_enough() and not self._of_others(heard):
                return
            await asyncio.sleep(self._random.uniform(*THINKS_SECONDS))
            await self._react(talk, question, heard)

    async def _react(self, talk: str, question: str, heard: Sent) -> None:
        if question == "menu":
            self._note_what_is_over(heard.text)
            await self._opens_the_list()
            return
        if (talk, question) in self._answered:
            self.lost.append(question)
        self.asks_again = self._is_opening = False
        self._answered.add((talk, question))
        give = getattr(self, f"_give_{question}", None)
        if give:
            await give(heard)
        else:
            self.strange.append(heard.text)

    async def _opens_the_list(self) -> None:
        self._is_opening = True
        await self.person.says("/chuatraloi")

    def _note_what_is_over(self, words: str) -> None:
        if not self._words:
            return
        if words.startswith(WRITTEN):
            self.written.append(self._words)
        elif words.startswith(APPROVED):
            self.approved.append(self._words)
        else:
            self.put_off += 1
        self._words = ""

    def _of_others(self, heard: Sent) -> list[str]:
        """The labels of what others wrote and nobody approved yet."""
        labels = [button.label for button in heard.buttons if _key(button.data).startswith(TO_APPROVE)]
        return [label for label in labels if _quoted(label) not in self.written]

    # --- answers, by question

    async def _give_which(self, heard: Sent) -> None:
        groups = [button.label for button in heard.buttons if _key(button.data).startswith(GROUP)]
        to_do = self._of_others(heard) or groups
        if not to_do:
            await asyncio.sleep(NOTHING_TO_DO_SECONDS)
            await self._opens_the_list()
            return
        label = self._random.choice(to_do)
        if label not in groups:
            self._words = _quoted(label)
        await self._does(label)

    async def _give_about(self, heard: Sent) -> None:
        await self._does(heard.buttons[0].label)

    async def _give_words(self, heard: Sent) -> None:
        self._words = f"Hỏi ở bàn số {next(self._marks)}"
        await self.person.says(self._words)

    async def _give_source(self, heard: Sent) -> None:
        await self.person.says(SOURCE)

    async def _give_since(self, heard: Sent) -> None:
        await self.person.says(self._random.choice(["giữ nguyên", "1", "hôm nay"]))

    async def _give_until(self, heard: Sent) -> None:
        await self.person.says("chưa có")

    async def _give_send(self, heard: Sent) -> None:
        await self._does(heard.buttons[0].label)

    async def _give_approve(self, heard: Sent) -> None:
        await self._does(heard.buttons[0].label)

    async def _does(self, label: str) -> None:
        await choose(self.person, label, self._random, words="")


def _key(data: str) -> str:
    return data.rpartition(":")[2]


def _quoted(label: str) -> str:
    return label.partition("«")[2].partition("»")[0]
