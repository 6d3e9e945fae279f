"""What is in the database in the end, held against what people typed and what they heard."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from storage.engine import make_engine, read_url
from storage.store import Db
from storage.tables import APPLICATION, APPLICATION_VERSION, CHAT, FILE, INBOX, OUTBOX, PERSON
from talk.message import Message
from tests.fakes.telegram import FakeTelegram
from tests.kill.registrant import Registrant, Talk
from tests.kill.running import RunningBot

SETTLES_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """Messages the bot meant to say, what people heard of them, and what it knew to be in doubt."""

    repeats: int  # heard once more than said
    maybe_twice: int  # counted as "có thể hai lần"
    unheard: int  # said twice in vain, ended as "chưa chắc", and heard by nobody

    def __str__(self) -> str:
        return f"repeats {self.repeats} of {self.maybe_twice} counted as «có thể hai lần», unheard {self.unheard}"


async def all_is_settled(bot: RunningBot) -> None:
    """Wait until every update is answered and every message is out."""
    open_ones = [select(func.count()).select_from(table).where(table.c.done_at.is_(None)) for table in (INBOX, OUTBOX)]
    async with asyncio.timeout(SETTLES_SECONDS):
        while True:
            with memory_of(bot) as db:
                if not any(db.execute(count).scalar_one() for count in open_ones):
                    return
            await asyncio.sleep(0.2)


@contextmanager
def memory_of(bot: RunningBot) -> Iterator[Db]:
    """Its database, to be looked into."""
    engine = make_engine(read_url(bot.database_url))
    try:
        with engine.connect() as db:
            yield db
    finally:
        engine.dispose()


def reckon(bot: RunningBot, telegram: FakeTelegram, people: list[Registrant]) -> Heard:
    """Compare everything. What must never be is asserted, the rest is counted."""
    with memory_of(bot) as db:
        every_update_was_kept_and_answered_once(db, telegram)
        for registrant in people:
            _what_was_confirmed_is_what_was_typed(db, bot, registrant)
        assert db.execute(select(func.count()).select_from(PERSON)).scalar() == len(people)
        return heard_on_telegram(db, telegram, [registrant.person.id for registrant in people])


def every_update_was_kept_and_answered_once(db: Db, telegram: FakeTelegram) -> None:
    pushed = telegram.updates.newest - telegram.first_update_id + 1
    states = Counter(db.execute(select(INBOX.c.state)).scalars().all())
    assert states == {"done": pushed}, f"{pushed} updates were sent"
    nothing_was_said_twice_to_one_update(db)


def nothing_was_said_twice_to_one_update(db: Db) -> None:
    answers = select(func.count()).where(OUTBOX.c.inbox_id.is_not(None)).group_by(OUTBOX.c.inbox_id, OUTBOX.c.body)
    assert set(db.execute(answers).scalars()) <= {1}, "the same was said twice to one update"


def person_at(db: Db, address: str) -> int:
    """The one person who has the chat of this address."""
    [person_id] = db.execute(select(CHAT.c.person_id).where(CHAT.c.address == address)).scalars()
    return int(person_id)


def _what_was_confirmed_is_what_was_typed(db: Db, bot: RunningBot, registrant: Registrant) -> None:
    owner = person_at(db, str(registrant.person.id))
    applications = select(APPLICATION.c.id, APPLICATION.c.code, APPLICATION.c.state, APPLICATION.c.progress_id)
    mine = db.execute(applications.where(APPLICATION.c.person_id == owner)).all()
    assert sorted(row.code for row in mine) == sorted(talk.code for talk in registrant.confirmed)
    assert {row.state for row in mine} <= {"confirmed"}
    assert len({row.progress_id for row in mine}) == len(mine), "two applications from one talk"
    by_code = {talk.code: talk for talk in registrant.confirmed}
    for row in mine:
        versions = select(APPLICATION_VERSION.c.body).where(APPLICATION_VERSION.c.application_id == row.id)
        bodies = db.execute(versions).scalars().all()
        assert len(bodies) == 1, f"{row.code} was confirmed once and has {len(bodies)} versions"
        _is_what_was_typed(db, bot, by_code[row.code], json.loads(bodies[0]), owner)


def _is_what_was_typed(db: Db, bot: RunningBot, talk: Talk, body: dict[str, Any], owner: int) -> None:
    photo = body.pop("photo", None)
    assert bool(photo) == talk.answers.get("photo", False)
    if photo:
        file = db.execute(select(FILE.c.sha256, FILE.c.owner_id).where(FILE.c.id == photo["id"])).one()
        assert file.owner_id == owner
        assert (bot.files / file.sha256[:2] / file.sha256).is_file()
    kept = {key: raw["key"] if isinstance(raw, dict) else raw for key, raw in body.items()}
    assert kept == {key: value for key, value in talk.answers.items() if key != "photo"}


def heard_on_telegram(db: Db, telegram: FakeTelegram, numbers: Iterable[int]) -> Heard:
    """What these people heard, held against what was said to them."""
    heard = {str(number): [message.text for message in telegram.sent[number]] for number in numbers}
    return what_was_heard(db, heard, lambda message: [message.text])


def what_was_heard(db: Db, heard: Mapping[str, list[str]], drawn: Callable[[Message], list[str]]) -> Heard:
    """By address, what people heard, held against what was said to them; `drawn` gives the texts of a message."""
    repeats = maybe_twice = unheard = 0
    for address, texts in heard.items():
        rows = db.execute(
            select(OUTBOX.c.state, OUTBOX.c.body, OUTBOX.c.unknowns).where(OUTBOX.c.address == address)
        ).all()
        assert {row.state for row in rows} <= {"sent", "unsure"}
        said = Counter(text for row in rows for text in drawn(Message.loads(row.body)))
        came = Counter(texts)
        assert set(came) <= set(said), "something was heard that was never said"
        repeats += (came - said).total()
        missed = (said - came).total()
        assert missed <= sum(row.state == "unsure" for row in rows), "what was not heard was taken for sent"
        unheard += missed
        maybe_twice += sum(row.unknowns for row in rows)
    return Heard(repeats, maybe_twice, unheard)
