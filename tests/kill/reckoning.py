"""What is in the database in the end, held against what people typed and what they heard."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from storage.engine import make_engine, read_url
from storage.store import Db
from storage.tables import APPLICATION, APPLICATION_VERSION, CHAT, FILE, INBOX, OUTBOX, PERSON
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


async def all_is_settled(bot: RunningBot) -> None:
    """Wait until every update is answered and every message is out."""
    engine = make_engine(read_url(bot.database_url))
    open_ones = [select(func.count()).select_from(table).where(table.c.done_at.is_(None)) for table in (INBOX, OUTBOX)]
    try:
        async with asyncio.timeout(SETTLES_SECONDS):
            while True:
                with engine.connect() as db:
                    if not any(db.execute(count).scalar_one() for count in open_ones):
                        return
                await asyncio.sleep(0.2)
    finally:
        engine.dispose()


def reckon(bot: RunningBot, telegram: FakeTelegram, people: list[Registrant]) -> Heard:
    """Compare everything. What must never be is asserted, the rest is counted."""
    engine = make_engine(read_url(bot.database_url))
    try:
        with engine.connect() as db:
            _every_update_was_kept_and_answered_once(db, telegram)
            for registrant in people:
                _what_was_confirmed_is_what_was_typed(db, bot, registrant)
            return _heard(db, telegram, people)
    finally:
        engine.dispose()


def _every_update_was_kept_and_answered_once(db: Db, telegram: FakeTelegram) -> None:
    pushed = telegram.updates.newest - telegram.first_update_id + 1
    states = Counter(db.execute(select(INBOX.c.state)).scalars().all())
    assert states == {"done": pushed}, f"{pushed} updates were sent"
    answers = select(func.count()).where(OUTBOX.c.inbox_id.is_not(None)).group_by(OUTBOX.c.inbox_id, OUTBOX.c.body)
    assert set(db.execute(answers).scalars()) <= {1}, "the same was said twice to one update"


def _what_was_confirmed_is_what_was_typed(db: Db, bot: RunningBot, registrant: Registrant) -> None:
    address = str(registrant.person.id)
    owners = db.execute(select(CHAT.c.person_id).where(CHAT.c.address == address)).scalars().all()
    assert len(owners) == 1
    applications = select(APPLICATION.c.id, APPLICATION.c.code, APPLICATION.c.state, APPLICATION.c.progress_id)
    mine = db.execute(applications.where(APPLICATION.c.person_id == owners[0])).all()
    assert sorted(row.code for row in mine) == sorted(talk.code for talk in registrant.confirmed)
    assert {row.state for row in mine} <= {"confirmed"}
    assert len({row.progress_id for row in mine}) == len(mine), "two applications from one talk"
    by_code = {talk.code: talk for talk in registrant.confirmed}
    for row in mine:
        versions = select(APPLICATION_VERSION.c.body).where(APPLICATION_VERSION.c.application_id == row.id)
        bodies = db.execute(versions).scalars().all()
        assert len(bodies) == 1, f"{row.code} was confirmed once and has {len(bodies)} versions"
        _is_what_was_typed(db, bot, by_code[row.code], json.loads(bodies[0]), owners[0])


def _is_what_was_typed(db: Db, bot: RunningBot, talk: Talk, body: dict[str, Any], owner: int) -> None:
    photo = body.pop("photo")
    assert bool(photo) == talk.answers["photo"]
    if photo:
        file = db.execute(select(FILE.c.sha256, FILE.c.owner_id).where(FILE.c.id == photo["id"])).one()
        assert file.owner_id == owner
        assert (bot.files / file.sha256[:2] / file.sha256).is_file()
    kept = {key: raw["key"] if isinstance(raw, dict) else raw for key, raw in body.items()}
    assert kept == {key: value for key, value in talk.answers.items() if key != "photo"}


def _heard(db: Db, telegram: FakeTelegram, people: list[Registrant]) -> Heard:
    assert db.execute(select(func.count()).select_from(PERSON)).scalar() == len(people)
    repeats = maybe_twice = unheard = 0
    for registrant in people:
        said = select(OUTBOX.c.state, OUTBOX.c.body, OUTBOX.c.unknowns).where(
            OUTBOX.c.address == str(registrant.person.id)
        )
        rows = db.execute(said).all()
        assert {row.state for row in rows} <= {"sent", "unsure"}
        texts = Counter(json.loads(row.body)["text"] for row in rows)
        heard = Counter(message.text for message in telegram.sent[registrant.person.id])
        assert set(heard) <= set(texts), "something was heard that was never said"
        repeats += (heard - texts).total()
        missed = (texts - heard).total()
        assert missed <= sum(row.state == "unsure" for row in rows), "what was not heard was taken for sent"
        unheard += missed
        maybe_twice += sum(row.unknowns for row in rows)
    return Heard(repeats, maybe_twice, unheard)
