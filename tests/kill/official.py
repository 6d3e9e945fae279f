"""A commune's official who opens one dossier after the other and records what the office did.

What is asked is read from the buttons, as tests.kill.registrant does; only that something was recorded is read from the
words, for those are what an official goes by.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_people import Person, Sent
from tests.kill.choosing import choose
from tests.kill.patient import Patient
from tests.kill.registrant import NO_ANSWERS, THINKS_SECONDS, asked_in

RECORDED = "✅ Đã ghi"
KINDS = {"ask_more": "needs_more", "receive": "received", "forward": "forwarded"}
WITHOUT_BUTTONS = {"received": "number", "forwarded": "day"}  # the question that has none


@dataclass
class Deed:
    """What an official says an office did; `marks` are words of their own that stand in no other."""

    dossier: int
    kind: str
    marks: list[str] = field(default_factory=list)


class Official(Patient[Sent]):
    """Somebody in the fake Telegram with an invite to an office."""

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
        self.confirmed: list[Deed] = []
        self.put_off = 0  # deeds that another official was faster with
        self.lost: list[str] = []  # questions asked once more though they had been answered
        self.strange: list[str] = []  # messages that fitted nothing
        self._invite = invite
        self._marks = marks
        self._random = random.Random(seed)
        self._answered: set[tuple[str, str]] = set()  # talks and questions
        self._dossier = 0
        self._at = ""  # the talk in which something was chosen to be recorded
        self._deed: Deed | None = None

    async def works(self, is_enough: Callable[[], bool]) -> None:
        """Record one thing after the other until one is recorded and `is_enough`."""
        await self.person.says(self._invite)
        while True:
            heard = await self.hear()
            talk, question = asked_in(heard)
            if self._deed and not heard.buttons:
                talk, question = self._at, WITHOUT_BUTTONS[self._deed.kind]
            if any(button.data.endswith(":items:finish") for button in heard.buttons):
                question = "picked"  # the same question, with enough chosen
            is_repeat = heard.text == self.last_heard or (talk, question) in self._answered
            self.last_heard = heard.text
            if is_repeat and not self.asks_again:
                continue  # a double tap, or a message that came twice: the answer is on its way
            if question == "act" and self._deed and self._is_over(heard.text) and is_enough():
                return
            await asyncio.sleep(self._random.uniform(*THINKS_SECONDS))
            await self._react(talk, question, heard)

    def _is_over(self, words: str) -> bool:
        """Whether the deed under way was recorded; it is over either way."""
        deed, self._deed = self._deed, None
        assert deed
        if words.startswith(RECORDED):
            self.confirmed.append(deed)
            return True
        self.put_off += 1
        return False

    async def _react(self, talk: str, question: str, heard: Sent) -> None:
        if question in ("", "menu"):
            await self.person.says("/hoso")
            return
        if (talk, question) in self._answered:
            self.lost.append(question)
        self.asks_again = False
        self._answered.add((talk, question))
        self._at = talk
        give = getattr(self, f"_give_{question.partition('_')[0]}", None)
        if give:
            await give(heard)
        else:
            self.strange.append(heard.text)

    # --- answers, by question

    async def _give_which(self, heard: Sent) -> None:
        button = self._random.choice([button for button in heard.buttons if _choice(button.data).isdecimal()])
        self._dossier = int(_choice(button.data))
        await self._does(button.label, words="")  # several may look alike

    async def _give_act(self, heard: Sent) -> None:
        labels = {_choice(button.data): button.label for button in heard.buttons}
        acts = [act for act in KINDS if act in labels]
        if self._random.random() < 0.2:
            await self._does(labels["list"])
            return
        # Onwards rather than back: something is asked for where nothing else can be done, and now and then.
        act = acts[0] if self._random.random() < 0.3 else acts[-1]
        self._deed = Deed(self._dossier, KINDS[act])
        await self._does(labels[act])

    async def _give_number(self, heard: Sent) -> None:
        await self.person.says(self._marked(f"{next(self._marks)}/PĐK"))

    async def _give_day(self, heard: Sent) -> None:
        await self.person.says("hôm nay")

    async def _give_items(self, heard: Sent) -> None:
        await self.person.says(self._random.choice(["1", "2", "1, 2", "2, 3"]))

    async def _give_picked(self, heard: Sent) -> None:
        await self.person.says("xong")

    async def _give_w(self, heard: Sent) -> None:
        buttons = [button for button in heard.buttons if _choice(button.data) not in NO_ANSWERS]
        await self._does(self._random.choice(buttons).label)

    async def _give_o(self, heard: Sent) -> None:
        await self.person.says(self._marked(f"ghi thêm số nhà cho dễ tìm, lời thứ {next(self._marks)}"))

    async def _give_review(self, heard: Sent) -> None:
        await self._does(heard.buttons[0].label)

    def _marked(self, words: str) -> str:
        assert self._deed
        self._deed.marks.append(words)
        return words

    async def _does(self, label: str, words: str | None = None) -> None:
        await choose(self.person, label, self._random, words)


def _choice(data: str) -> str:
    return data.rpartition(":")[2]


def marks_in(details: dict[str, Any]) -> list[str]:
    """The official's own words in what was recorded."""
    own = [item["own"] for item in details.get("items", ()) if "own" in item]
    return [details["number"], *own] if "number" in details else own
