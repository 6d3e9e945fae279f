"""A day with much going wrong: neither log nor figures of the real program tell what people said or were told."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from storage.engine import make_engine, read_url
from tests.fakes.pictures import photo
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import BAD_GATEWAY, GARBAGE, RESET_AFTER, refusal
from tests.fakes.telegram_people import Person
from tests.kill import desk
from tests.kill.hunt import PATIENCE, UNHURRIED
from tests.kill.official import Official
from tests.kill.reckoning import all_is_settled
from tests.kill.registrant import Registrant
from tests.kill.running import RunningBot

SHORTEST = 4  # shorter words stand everywhere, and so do a few digits, such as «1, 2»
KEY = "k9-signs-the-cookies-of-the-page-and-is-long"
LONG_CODE = re.compile(r"(?:[HKMRVX]{2}-\d{3}-\d{2} ?){2,4}")
PHONE_NUMBERS = re.compile(r"(?<!\d)(?:0|\+?84)[235789]\d{8}(?!\d)")
QUESTION = "Bà Nông Thị Mẫu ở Nà Mẫu, số 0912 000 111, hỏi thử mẫu miến ở đâu"

pytestmark = pytest.mark.process


class Overheard(FakeTelegram):
    """A fake Telegram that remembers what people typed and shared."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: set[str] = set()

    def push(self, kind: str, content: Any, chat: int, update_id: int | None = None) -> dict[str, Any]:
        if kind == "message":
            self.typed |= {content.get("text", ""), content.get("contact", {}).get("phone_number", "")}
        return super().push(kind, content, chat, update_id)

    def secrets(self) -> set[str]:
        """Whatever was said, by people or to them, line by line, what people are called, and what opens doors."""
        told = [line for messages in self.sent.values() for message in messages for line in message.text.splitlines()]
        names = [str(person.user["first_name"]) for person in self._people.values()]
        codes = [code[0].strip() for line in told if (code := LONG_CODE.search(line))]
        secrets = (*self.typed, *told, *names, *codes, self.token, KEY)
        return {words for words in secrets if len(words) >= SHORTEST and re.search(r"[^\W\d]|\d{6}", words)}


@contextmanager
def broken(bot: RunningBot, table: str) -> Iterator[None]:
    """A database that refuses every new row of this table, and in whose complaint the row is told."""
    engine = make_engine(read_url(bot.database_url))
    try:
        with engine.begin() as db:
            db.execute(text(f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"))
        yield
        with engine.begin() as db:
            db.execute(text("DROP TRIGGER broken"))
    finally:
        engine.dispose()


async def told(person: Person, *words: str) -> str:
    """What is said to the last of these words."""
    heard = ""
    for said in words:
        await person.says(said)
        heard = (await person.hears(timeout=20)).text
    return heard


async def asks_an_office(person: Person, bot: RunningBot) -> None:
    """Greet, ask what nobody knows, and have a person asked for: in vain the first time, for the database fails."""
    await told(person, "alo", "con gà nhà bà Mẫu có mấy chân", "gặp cán bộ", QUESTION)
    with broken(bot, "matter"):
        assert "gặp trục trặc" in await told(person, "thôn Nà Mẫu, xã Côn Minh")
    assert "✅" in await told(person, "xã Côn Minh")


async def joins_another_phone(person: Person, other: Person) -> None:
    code = LONG_CODE.search(await told(person, "nối máy"))
    assert code
    assert "hai máy như một" in await told(other, code[0].strip())
    await told(other, "1")


async def sends_what_nobody_can_read(person: Person) -> None:
    """Something that has no form we know, and a file that is not there any more."""
    person.telegram.push_raw({"message": {"chat": person.chat, "text": {"Nông Thị Mẫu": "0912000222"}}})
    person.telegram.fail("download", refusal(404, "Not Found"))
    await person.sends_photo(photo())
    await person.hears(timeout=20)


async def test_what_people_say_and_are_told_is_in_neither_log_nor_figures(tmp_path, sqlite_url):
    async with Overheard() as telegram:
        bot = RunningBot(tmp_path, telegram, sqlite_url, **UNHURRIED, SECRET_KEY=KEY)
        here = desk.set_up(sqlite_url, telegram, producers=2, officials=1)
        telegram.fail("sendMessage", BAD_GATEWAY, None, GARBAGE, None, RESET_AFTER)
        registrant = Registrant(telegram.person(100, "Hoàng Thị Mẫu"), 7, lambda: bot.uptime, PATIENCE)
        official = Official(
            telegram.person(700, "Lò Văn Mẫu"), here.invites[0], count(101), 7, lambda: bot.uptime, PATIENCE
        )
        asker, other = telegram.person(300, "Nông Thị Mẫu"), telegram.person(301, "Nông Văn Mẫu")
        try:
            await bot.start()
            async with asyncio.TaskGroup() as group:
                group.create_task(registrant.register(lambda: True))
                group.create_task(official.works(lambda: True))
            await asks_an_office(asker, bot)
            await joins_another_phone(asker, other)
            await sends_what_nobody_can_read(asker)
            await all_is_settled(bot)
            async with httpx.AsyncClient() as operator:
                figures = (await operator.get(f"{bot.url}/metrics")).text
            await bot.stop()
        finally:
            await bot.put_away()
        log = bot.log.read_text()

    assert registrant.confirmed
    assert official.confirmed
    assert "IntegrityError" in log, "what went wrong is told"
    assert "ocop_turns_total" in figures
    for words in telegram.secrets():
        for written in (words, json.dumps(words)[1:-1]):
            assert written not in log
            assert written not in figures
    assert not PHONE_NUMBERS.search(log + figures)
