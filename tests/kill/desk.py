"""A commune's desk for the kill tests: dossiers of producers who registered before, and what was recorded of them."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from storage.store import Db, Store
from storage.tables import APPLICATION, APPLICATION_EVENT, CHAT, OUTBOX
from tests.fakes.telegram import FakeTelegram
from tests.handlers.office import CON_MINH, invited, producer_of_noodles
from tests.handlers.person import Village
from tests.kill.official import Official, marks_in
from tests.kill.reckoning import Heard, every_update_was_kept_and_answered_once, heard_on_telegram, memory_of, person_at
from tests.kill.running import RunningBot


@dataclass(frozen=True, slots=True)
class Desk:
    """Producers, by their number in the fake Telegram, and a code for each official to come."""

    producers: list[int]
    invites: list[str]


def set_up(database_url: str, telegram: FakeTelegram, producers: int, officials: int) -> Desk:
    """Have producers register in Côn Minh before the bot is started; they are known to the fake Telegram."""
    numbers = [500 + n for n in range(producers)]
    store = Store(database_url)
    try:
        village = Village(store)
        village.now = datetime.now(UTC)
        for number in numbers:
            producer_of_noodles(village, str(number))
            telegram.known.add(number)
        store.run(lambda db: db.execute(CHAT.update().values(bot=telegram.token.partition(":")[0])).close())
        return Desk(numbers, [invited(village, "commune", CON_MINH) for _ in range(officials)])
    finally:
        store.close()


def reckon(bot: RunningBot, telegram: FakeTelegram, desk: Desk, officials: list[Official]) -> Heard:
    """Hold what was recorded against what the officials saw confirmed, and what the producers heard of it."""
    with memory_of(bot) as db:
        every_update_was_kept_and_answered_once(db, telegram)
        for official in officials:
            _what_was_confirmed_was_recorded_once(db, official)
        by_officials = [person_at(db, str(official.person.id)) for official in officials]
        by_others = select(func.count()).where(APPLICATION_EVENT.c.by_person.not_in(by_officials))
        assert db.execute(by_others).scalar_one() == 0
        for number in desk.producers:
            _each_event_is_news(db, number)
        return heard_on_telegram(db, telegram, [*desk.producers, *(official.person.id for official in officials)])


def _what_was_confirmed_was_recorded_once(db: Db, official: Official) -> None:
    events = select(APPLICATION_EVENT).where(APPLICATION_EVENT.c.by_person == person_at(db, str(official.person.id)))
    recorded = Counter((row.application_id, row.kind, *marks_in(json.loads(row.details))) for row in db.execute(events))
    assert recorded == Counter((deed.dossier, deed.kind, *deed.marks) for deed in official.confirmed)


def _each_event_is_news(db: Db, number: int) -> None:
    """There is one message to the producer for each thing recorded of the dossier, and none besides."""
    of_theirs = APPLICATION.c.person_id == person_at(db, str(number))
    dossiers = db.execute(select(APPLICATION.c.id).where(of_theirs)).scalars().all()
    events = select(func.count()).where(APPLICATION_EVENT.c.application_id.in_(dossiers))
    news = select(func.count()).where(OUTBOX.c.address == str(number))
    assert db.execute(news).scalar_one() == db.execute(events).scalar_one()
