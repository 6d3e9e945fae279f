"""Somebody who registers one product after the other, answering whatever was asked last.

What is asked is read from the buttons, which name the question they belong to, and never from the words: those may be
put better tomorrow.
"""

import asyncio
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from tests.fakes.telegram_people import Button, Person, Sent
from tests.kill.choosing import choose
from tests.kill.patient import Patient

COMMUNES = {
    "xã Côn Minh": "thai-nguyen/con-minh",
    "xa na ri": "thai-nguyen/na-ri",
    "phường Thục Phán": "cao-bang/thuc-phan",
    "Ba Bể": "thai-nguyen/ba-be",
    "xã Trùng Khánh": "cao-bang/trung-khanh",
    "xa Ha Quang": "cao-bang/ha-quang",
}
NO_ANSWERS = ("back", "keep", "known", "more", "none_yet")
THINKS_SECONDS = (0.0, 0.5)


@dataclass
class Talk:
    """One registration, as the person remembers it."""

    id: str  # which the buttons name
    answers: dict[str, Any] = field(default_factory=dict)  # by question: what the confirmed version must hold
    answered: set[str] = field(default_factory=set)
    reviews: int = 0
    code: str = ""


class Registrant(Patient[Sent]):
    """A person in the fake Telegram."""

    def __init__(self, person: Person, seed: int, uptime: Callable[[], float], patience: float):
        super().__init__(person, uptime, patience)
        self.person = person
        self.talks: list[Talk] = []
        self.lost: list[str] = []  # questions asked once more though they had been answered
        self.strange: list[str] = []  # messages that fitted nothing
        self._taps_on_menu = 0
        self._lists: set[str] = set()  # the lists of drafts that were shown
        self._agreed: list[str] = []  # other talks that came before
        self._random = random.Random(seed)

    @property
    def confirmed(self) -> list[Talk]:
        return [talk for talk in self.talks if talk.code]

    async def register(self, is_enough: Callable[[], bool]) -> None:
        """Register products until one is done and `is_enough`."""
        await self.person.says("/start")
        while True:
            heard = await self.hear()
            is_repeat = heard.text == self.last_heard and not self.asks_again
            self.last_heard = heard.text
            if is_repeat or heard.file_name:
                continue
            await asyncio.sleep(self._random.uniform(*THINKS_SECONDS))
            code = code_in(heard)
            if not code:
                await self._react(heard)
            elif not self.talks[-1].code:  # else a second tap on «Xong» had it said once more
                self.talks[-1].code = code
                if is_enough():
                    return
                await self.person.taps("Soạn giấy đăng ký")

    async def _react(self, heard: Sent) -> None:
        talk_id, question = asked_in(heard)
        talk = self.talks[-1] if self.talks else None
        is_busy = talk is not None and not talk.code
        if question == "case" and all(talk_id != known.id for known in self.talks):
            self.talks.append(Talk(talk_id))
            await self._answer(question, heard)
        elif talk and is_busy and talk_id in ("", talk.id):
            await self._answer(question, heard)
        elif question == "menu" and not is_busy:
            self._taps_on_menu += 1
            await self.person.taps("Soạn giấy đăng ký")
        elif question == "which" and not is_busy:
            self._lists.add(talk_id)
            await self.person.says("Soạn tờ mới")  # with many drafts its button is on a later page
        elif question == "which" and len(self._lists | {talk_id}) <= self._taps_on_menu:
            self._lists.add(talk_id)  # a menu that came twice was tapped twice, and this list is the second one's
        elif question not in ("", "menu", "which") and not is_busy:
            await self._agree(talk_id, heard)
        elif talk_id not in [known.id for known in self.talks] + self._agreed:
            self.strange.append(heard.text)

    async def _agree(self, talk_id: str, heard: Sent) -> None:
        """Something is asked before a talk can begin, such as leave to keep what is said: the first choice will do."""
        if talk_id not in [known.id for known in self.talks] + self._agreed:
            self._agreed.append(talk_id)
            await self._does(heard.buttons[0])

    async def _answer(self, question: str, heard: Sent) -> None:
        talk = self.talks[-1]
        if question in talk.answered:
            # An older question once more: a double tap, or a message that came twice. Its answer is on its way.
            if not self.asks_again:
                return
            self.lost.append(question)
        self.asks_again = False
        talk.answered.add(question)
        give = getattr(self, f"_give_{question}", None)
        if give:
            await give(talk, heard)
        else:
            self.strange.append(heard.text)

    # --- answers, by question

    async def _give_case(self, talk: Talk, heard: Sent) -> None:
        talk.answers["case"] = await self._chooses(heard)

    async def _give_kind(self, talk: Talk, heard: Sent) -> None:
        talk.answers["kind"] = await self._chooses(heard)

    async def _give_set(self, talk: Talk, heard: Sent) -> None:
        talk.answers["set"] = await self._chooses(heard)

    async def _give_report(self, talk: Talk, heard: Sent) -> None:
        talk.answers["report"] = await self._chooses(heard)

    async def _give_producer(self, talk: Talk, heard: Sent) -> None:
        talk.answers["producer"] = f"Tổ Bình Yên {self._mark()}"
        await self.person.says(talk.answers["producer"])

    async def _give_product(self, talk: Talk, heard: Sent) -> None:
        talk.answers["product"] = f"Miến Bình Yên {self._mark()}"
        await self.person.says(talk.answers["product"])

    async def _give_commune(self, talk: Talk, heard: Sent) -> None:
        words = self._random.choice(list(COMMUNES))
        talk.answers["commune"] = COMMUNES[words]
        await self.person.says(f"thôn Nà Mẫu, {words}")

    async def _give_representative(self, talk: Talk, heard: Sent) -> None:
        talk.answers["representative"] = f"Nguyễn Thị Mẫu {self._mark()}"
        await self.person.says(talk.answers["representative"])

    async def _give_position(self, talk: Talk, heard: Sent) -> None:
        talk.answers["position"] = "Tổ trưởng"
        await self.person.says("to truong")

    async def _give_email(self, talk: Talk, heard: Sent) -> None:
        await self._gives_or_not(talk, "email", f"binhyen{len(self.talks)}@vidu.vn", "Chưa có")

    async def _give_certificate(self, talk: Talk, heard: Sent) -> None:
        await self._gives_or_not(talk, "certificate", f"12/{len(self.talks)}", "Giấy không ở đây")

    async def _give_issued(self, talk: Talk, heard: Sent) -> None:
        await self._gives_or_not(talk, "issued", "2024-05-20", "Không nhớ")

    async def _give_extras(self, talk: Talk, heard: Sent) -> None:
        talk.answers["extras"] = ["photo", "business"] if self._random.random() < 0.8 else None
        await self.person.says("1, 2" if talk.answers["extras"] else "bỏ qua")

    async def _give_f_business(self, talk: Talk, heard: Sent) -> None:
        talk.answers["f_business"] = None
        await self.person.taps("Chưa có")

    async def _gives_or_not(self, talk: Talk, question: str, words: str, not_yet: str) -> None:
        talk.answers[question] = words if self._random.random() < 0.5 else None
        if talk.answers[question]:
            await self.person.says(words)
        else:
            await self.person.taps(not_yet)

    async def _give_phone(self, talk: Talk, heard: Sent) -> None:
        phone = talk.answers["phone"] = f"0912{self._random.randrange(10**6):06}"
        if self._random.random() < 0.5:
            await self.person.shares_contact("+84" + phone[1:])
        else:
            await self.person.says(phone)

    async def _give_photo(self, talk: Talk, heard: Sent) -> None:
        talk.answers["photo"] = self._random.random() < 0.7
        if talk.answers["photo"]:
            await self.person.sends_photo(a_photo(self._random))
        else:
            await self.person.taps("Chưa có")

    async def _give_review(self, talk: Talk, heard: Sent) -> None:
        talk.reviews += 1
        if talk.reviews == 1 and self._random.random() < 0.4:
            # A name is asked once more, answered with another one, and then comes the review again.
            talk.answered -= {"producer" if talk.answers["case"] == "first" else "product", "review"}
            await self.person.says("sửa 2")
        else:
            await self._does(heard.buttons[0])

    async def _chooses(self, heard: Sent) -> str:
        button = self._random.choice([button for button in heard.buttons if _choice(button) not in NO_ANSWERS])
        await self._does(button)
        return _choice(button)

    async def _does(self, button: Button) -> None:
        await choose(self.person, button.label, self._random)

    def _mark(self) -> str:
        return f"số {self.person.id} lần {len(self.talks)} bản {self._random.randrange(1000)}"


def asked_in(heard: Sent) -> tuple[str, str]:
    """The talk and the question a message shows, as far as its buttons tell."""
    if heard.asks_for_contact:
        return "", "phone"
    if not heard.buttons:
        return "", ""
    talk, step, _ = heard.buttons[0].data.split(":")
    return talk, "review" if step.startswith("~r") else step


def code_in(heard: Sent) -> str:
    """The code a finished talk is given, "" where none is said."""
    found = re.search(r"mã ([A-Z]{2}-\d{3}-\d{2}), đọc là", heard.text)
    return found[1] if found else ""


def _choice(button: Button) -> str:
    return button.data.rpartition(":")[2]


def a_photo(chance: random.Random) -> bytes:
    """A small photo unlike any other."""
    out = io.BytesIO()
    Image.effect_noise((24, 24), chance.uniform(1, 100)).save(out, "JPEG")
    return out.getvalue()
