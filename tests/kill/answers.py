"""Questions nobody could answer, for the kill tests: who asked them, what officials answered, who was told of it."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from storage import questions
from storage.store import Db, Store
from storage.tables import CHAT, OFFICIAL_VERSION, OUTBOX, QUESTION
from talk.message import Message
from tests.fakes.telegram import FakeTelegram
from tests.handlers.office import THAI_NGUYEN, invited
from tests.handlers.person import Village
from tests.kill.answerer import Answerer
from tests.kill.reckoning import Heard, every_update_was_kept_and_answered_once, heard_on_telegram, memory_of, person_at
from tests.kill.running import RunningBot

SYLLABLES = "bong lieng chuot gian thoi quanh mua ruot dinh ket vong lac hang cay noi rem treo khung gac nep ho"
EACH_ASKS = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who asked, by their number in the fake Telegram, and a code for each official to come."""

    askers: list[int]
    invites: list[str]


def set_up(database_url: str, telegram: FakeTelegram, askers: int, officials: int) -> Waiting:
    """Have people of Thái Nguyên ask before the bot is started; they are known to the fake Telegram."""
    numbers = [500 + n for n in range(askers)]
    chance = random.Random(askers)
    store = Store(database_url)
    try:
        village = Village(store)
        village.now = datetime.now(UTC)
        for number in numbers:
            telegram.known.add(number)
            asker = village.person(str(number))
            asker.says("alo")
            for _ in range(EACH_ASKS):
                _ask(village, asker.id, " ".join(chance.sample(SYLLABLES.split(), 8)))
        store.run(lambda db: db.execute(CHAT.update().values(bot=telegram.token.partition(":")[0])).close())
        return Waiting(numbers, [invited(village, "province", THAI_NGUYEN) for _ in range(officials)])
    finally:
        store.close()


def _ask(village: Village, person_id: int, words: str) -> None:
    village.store.run(lambda db: questions.keep(db, person_id, words, "", THAI_NGUYEN, village.now))


def reckon(bot: RunningBot, telegram: FakeTelegram, waiting: Waiting, officials: list[Answerer]) -> Heard:
    """Hold what is kept against what the officials were told, and what those who asked heard of it."""
    with memory_of(bot) as db:
        every_update_was_kept_and_answered_once(db, telegram)
        _what_was_said_to_be_written_was_written_once(db, officials)
        _what_was_said_to_be_approved_was_approved_by_another(db, officials)
        for number in waiting.askers:
            _each_answer_was_told_once(db, number)
        return heard_on_telegram(db, telegram, [*waiting.askers, *(official.person.id for official in officials)])


def _what_was_said_to_be_written_was_written_once(db: Db, officials: list[Answerer]) -> None:
    # What somebody else was faster with is kept as well, as ended.
    kept = select(OFFICIAL_VERSION.c.answer).where(OFFICIAL_VERSION.c.ended_at.is_(None))
    written = Counter(db.execute(kept).scalars())
    confirmed = Counter(words for official in officials for words in official.written)
    assert written == confirmed, f"besides {written - confirmed}, lacking {confirmed - written}"


def _what_was_said_to_be_approved_was_approved_by_another(db: Db, officials: list[Answerer]) -> None:
    for official in officials:
        me = person_at(db, str(official.person.id))
        mine = select(OFFICIAL_VERSION.c.answer, OFFICIAL_VERSION.c.written_by)
        approved = db.execute(mine.where(OFFICIAL_VERSION.c.approved_by == me)).all()
        assert Counter(row.answer for row in approved) == Counter(official.approved)
        assert me not in [row.written_by for row in approved]


def _each_answer_was_told_once(db: Db, number: int) -> None:
    """To who asked there is one message for each of their questions that is answered; who asked is forgotten then."""
    bodies = db.execute(select(OUTBOX.c.body).where(OUTBOX.c.address == str(number))).scalars()
    told = Counter(Message.loads(body).text.partition("«")[2].partition("»")[0] for body in bodies)
    kept = select(QUESTION.c.text).where(QUESTION.c.person_id == person_at(db, str(number)))
    waiting = db.execute(kept).scalars().all()
    assert set(told.values()) <= {1}
    assert len(told) + len(waiting) == EACH_ASKS
    assert not set(told).intersection(waiting)
