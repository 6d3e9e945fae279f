"""What people asked an office: waiting, taken, due, answered, over, and gone without a trace."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage import erasure, grants, matters, outbox, people, places, progress, promises, retention
from storage.matters import Matter
from storage.people import Known
from storage.places import Place
from storage.store import Db, Store
from storage.tables import MATTER_WORD, OUTBOX

Meet = Callable[[str], Known]
THAI_NGUYEN, CON_MINH, BA_BE = "thai-nguyen", "thai-nguyen/con-minh", "thai-nguyen/ba-be"
DAY = timedelta(days=1)
SECRET = "ai trả tiền thử mẫu"


def know_places(store: Store) -> None:
    communes = [Place(id, "commune", id, THAI_NGUYEN) for id in (CON_MINH, BA_BE)]
    store.run(lambda db: places.put_all(db, [Place(THAI_NGUYEN, "province", "Thái Nguyên"), *communes]))


@pytest.fixture
def asker(meet: Meet) -> Known:
    return meet("chat-1")


@pytest.fixture
def clerk(store: Store, meet: Meet, now: datetime) -> Known:
    met = meet("chat-2")
    know_places(store)
    store.run(lambda db: grants.give(db, met.person_id, "commune", CON_MINH, now))
    return met


@pytest.fixture
def asked(store: Store, asker: Known, now: datetime) -> Matter:
    """Something asked of the commune, due tomorrow."""

    def work(db: Db) -> Matter:
        begun = matters.begin(db, asker.person_id, CON_MINH, THAI_NGUYEN, CON_MINH, now)
        matters.ask(db, begun.id, asker.person_id, SECRET, "bản nháp HK-394-27", now, now + DAY)
        return begun

    know_places(store)
    return store.run(work)


def found(store: Store, matter: Matter) -> Matter:
    again = store.run(lambda db: matters.find(db, matter.id))
    assert again
    return again


def waiting(store: Store, *offices: str, not_of: int = 0) -> list[int]:
    rows = store.run(lambda db: matters.waiting_at(db, offices, not_of))
    assert store.run(lambda db: matters.count_waiting(db, offices, not_of)) == len(rows)
    return [one.id for one in rows]


def test_a_question_waits_at_its_office_and_nowhere_else(store: Store, asked: Matter, asker: Known) -> None:
    assert waiting(store, CON_MINH) == [asked.id]
    assert waiting(store, BA_BE, THAI_NGUYEN) == []
    assert waiting(store, CON_MINH, not_of=asker.person_id) == [], "nobody answers themselves"


def test_passed_on_it_waits_at_the_province_too(store: Store, asked: Matter, now: datetime) -> None:
    store.run(lambda db: promises.late(db, asked.id, now + 2 * DAY, is_passed_on=True))

    assert waiting(store, THAI_NGUYEN) == [asked.id]
    assert waiting(store, CON_MINH) == [asked.id]
    assert found(store, asked).offices == (CON_MINH, THAI_NGUYEN)


def test_more_words_keep_the_first_promise(store: Store, asked: Matter, asker: Known, now: datetime) -> None:
    store.run(lambda db: matters.ask(db, asked.id, asker.person_id, "thêm", "", now + DAY / 2, now + 5 * DAY))

    assert found(store, asked).due_at == now + DAY
    assert found(store, asked).waiting_since == now
    assert [word.text for word in store.run(lambda db: matters.words(db, asked.id))] == [SECRET, "thêm"]


def test_an_answer_ends_the_waiting_and_the_next_question_begins_another(
    store: Store, asked: Matter, asker: Known, clerk: Known, now: datetime
) -> None:
    later = now + DAY / 2
    store.run(lambda db: promises.late(db, asked.id, now + 2 * DAY, is_passed_on=True))
    store.run(lambda db: matters.answer(db, asked.id, clerk.person_id, CON_MINH, "xã trả", later))

    assert waiting(store, CON_MINH) == []
    answered = found(store, asked)
    assert (answered.due_at, answered.times_late, answered.taken_at) == (None, 0, later)
    store.run(lambda db: matters.ask(db, asked.id, asker.person_id, "thêm", "", later, later + DAY))
    assert found(store, asked).due_at == later + DAY


def test_one_official_has_it_until_they_leave_it_or_are_late(
    store: Store, asked: Matter, clerk: Known, now: datetime
) -> None:
    store.run(lambda db: matters.take(db, asked.id, clerk.person_id, CON_MINH, now))
    assert (found(store, asked).taker_id, found(store, asked).speaks_for) == (clerk.person_id, CON_MINH)
    store.run(lambda db: matters.leave(db, asked.id, now))
    assert found(store, asked).taker_id is None
    store.run(lambda db: matters.take(db, asked.id, clerk.person_id, CON_MINH, now))
    store.run(lambda db: promises.late(db, asked.id, None, is_passed_on=False))
    assert found(store, asked).taker_id is None


def test_what_is_due_is_found_once_its_moment_has_come_unless_a_line_is_open(
    store: Store, asked: Matter, now: datetime
) -> None:
    def due(at: datetime) -> list[int]:
        return [one.id for one in store.run(lambda db: promises.due(db, at, 10))]

    assert due(now + DAY - timedelta(seconds=1)) == []
    assert due(now + DAY) == [asked.id]
    store.run(lambda db: matters.keep_line(db, asked.id, now + 2 * DAY))
    assert due(now + DAY) == []
    assert store.run(lambda db: promises.silent(db, now + DAY, 10)) == []
    assert [one.id for one in store.run(lambda db: promises.silent(db, now + 2 * DAY, 10))] == [asked.id]


def test_of_two_processes_that_look_at_the_clock_one_has_the_matter(postgres_url: str, now: datetime) -> None:
    store = Store(postgres_url)
    know_places(store)
    person = store.run(lambda db: people.meet(db, "telegram", "1", "chat-1", now)).person_id

    def work(db: Db) -> None:
        begun = matters.begin(db, person, CON_MINH, THAI_NGUYEN, CON_MINH, now)
        matters.ask(db, begun.id, person, SECRET, "", now, now)

    store.run(work)

    def look(db: Db) -> tuple[int, int]:
        mine = len(promises.due(db, now, 10))
        other = len(store.submit(lambda db: promises.due(db, now, 10)).result(5))
        return mine, other

    assert store.run(look) == (1, 0)
    store.close()


def test_what_was_answered_ends_when_nothing_is_heard_of_it(
    store: Store, asked: Matter, clerk: Known, now: datetime
) -> None:
    later = now + 30 * DAY
    assert store.run(lambda db: promises.end_idle(db, later, later)) == 0, "it still waits"
    store.run(lambda db: matters.answer(db, asked.id, clerk.person_id, CON_MINH, "xã trả", now))
    assert store.run(lambda db: promises.end_idle(db, now, later)) == 0
    assert store.run(lambda db: promises.end_idle(db, later, later)) == 1
    assert store.run(lambda db: matters.open_of(db, asked.person_id)) is None


def test_long_after_its_end_it_is_forgotten(store: Store, asked: Matter, now: datetime) -> None:
    assert store.run(lambda db: retention.forget_matters(db, now + DAY)) == 0
    store.run(lambda db: matters.end(db, asked.id, now))
    assert store.run(lambda db: retention.forget_matters(db, now)) == 0
    assert store.run(lambda db: retention.forget_matters(db, now + DAY)) == 1
    assert store.run(lambda db: db.execute(select(MATTER_WORD)).all()) == []


def test_deleted_it_leaves_nothing_in_what_its_officials_were_told(
    store: Store, asked: Matter, clerk: Known, meet: Meet, now: datetime
) -> None:
    stranger = meet("chat-3")

    def put(key: str | None, text: str, to: Known, *, is_out: bool) -> None:
        def work(db: Db) -> None:
            (row,) = outbox.put(db, to.chat_id, "telegram", "1", "x", [text], now, once_key=key)
            if is_out:
                outbox.sent(db, [(row.id, "7")], now)

        store.run(work)

    put(matters.once_key(asked.id, "said 1:1"), f"waiting {SECRET}", clerk, is_out=False)
    put(None, f"shown {SECRET}", clerk, is_out=True)
    put(None, "on its way", clerk, is_out=False)
    put(matters.once_key(asked.id * 10, "said 1:1"), "of another", stranger, is_out=True)
    store.run(lambda db: progress.start(db, clerk.person_id, matters.LIST, "", f'"{SECRET}"', now))

    store.run(lambda db: matters.drop(db, asked.id))

    bodies = store.run(lambda db: list(db.execute(select(OUTBOX.c.body).order_by(OUTBOX.c.id)).scalars()))
    assert not any(SECRET in body for body in bodies)
    assert bodies[2:] == ["on its way", "of another"]
    assert store.run(lambda db: progress.open_ones(db, clerk.person_id)) == []


def test_an_official_who_is_erased_has_no_matter_and_their_answer_stays(
    store: Store, asked: Matter, clerk: Known, now: datetime
) -> None:
    store.run(lambda db: matters.take(db, asked.id, clerk.person_id, CON_MINH, now))
    store.run(lambda db: matters.answer(db, asked.id, clerk.person_id, CON_MINH, "xã trả", now))

    store.run(lambda db: erasure.erase(db, clerk.person_id, now))

    assert found(store, asked).taker_id is None
    assert [word.text for word in store.run(lambda db: matters.words(db, asked.id))] == [SECRET, "xã trả"]


def test_the_officials_of_a_place_are_those_with_the_role_now_and_a_phone(
    store: Store, clerk: Known, meet: Meet, now: datetime
) -> None:
    def officials(at: datetime = now) -> list[int]:
        return store.run(lambda db: grants.officials(db, "commune", CON_MINH, at))

    gone = meet("chat-4")
    store.run(lambda db: grants.give(db, gone.person_id, "commune", CON_MINH, now))
    store.run(lambda db: people.mark_unreachable(db, gone.chat_id, now))
    ended = meet("chat-5")
    store.run(lambda db: grants.give(db, ended.person_id, "commune", CON_MINH, now, until=now))

    assert officials() == [clerk.person_id]
    assert officials(now - DAY) == []
    assert store.run(lambda db: grants.officials(db, "province", CON_MINH, now)) == []
    assert store.run(lambda db: grants.is_any_official_but(db, clerk.person_id, now)) is False
    assert store.run(lambda db: grants.is_any_official_but(db, ended.person_id, now)) is True
