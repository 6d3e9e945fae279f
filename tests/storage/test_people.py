"""A chat belongs to one person, whoever of us meets them first."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Barrier, Event

import pytest
from sqlalchemy import Connection, text

from storage import outbox, people, progress
from storage.people import Known
from storage.store import Store

Meet = Callable[[str], Known]


def test_a_new_chat_is_made_known(store: Store, meet: Meet) -> None:
    met = meet("chat-1")

    assert met.is_new
    assert met.is_reachable
    assert met.focus is None


def test_a_known_chat_keeps_its_person(store: Store, meet: Meet) -> None:
    first, again, other = meet("chat-1"), meet("chat-1"), meet("chat-2")

    assert (again.person_id, again.chat_id, again.is_new) == (first.person_id, first.chat_id, False)
    assert other.person_id != first.person_id


def test_a_new_person_met_by_many_at_once_is_one_person(store: Store, now: datetime) -> None:
    futures = [store.submit(lambda db: people.meet(db, "telegram", "1", "chat-1", now)) for _ in range(30)]

    assert len({future.result().person_id for future in futures}) == 1
    assert store.run(lambda db: db.execute(text("SELECT count(*) FROM person")).scalar()) == 1


def test_whoever_waits_for_the_lock_sees_the_turn_it_waited_for(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id

    def begin(db: Connection) -> None:
        progress_id = progress.start(db, person_id, "register", "", "0", now)
        people.focus_on(db, person_id, progress_id)

    def count_one_more(db: Connection) -> None:
        focus = people.meet(db, "telegram", "1", "chat-1", now).focus
        assert focus
        progress.save(db, focus.id, str(int(focus.body) + 1), now)

    store.run(begin)
    for future in [store.submit(count_one_more) for _ in range(40)]:
        future.result()

    focus = meet("chat-1").focus
    assert focus
    assert focus.body == "40"


def test_a_locked_person_waits_and_others_do_not(postgres_url: str, now: datetime) -> None:
    store = Store(postgres_url)
    met = store.run(lambda db: people.meet(db, "telegram", "1", "chat-1", now))
    locked, let_go = Event(), Event()

    def hold(db: Connection) -> None:
        people.lock(db, met.person_id)
        locked.set()
        let_go.wait(5)

    holding = store.submit(hold)
    locked.wait(5)
    same = store.submit(lambda db: people.meet(db, "telegram", "1", "chat-1", now))
    store.submit(lambda db: people.meet(db, "telegram", "1", "chat-2", now)).result(5)
    with pytest.raises(TimeoutError):
        same.result(0.2)
    let_go.set()

    holding.result(5)
    assert same.result(5).person_id == met.person_id
    store.close()


def test_a_person_is_busy_with_what_they_turned_to_last(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    draft = store.run(lambda db: progress.start(db, person_id, "register", "", '{"answers": {}}', now))
    store.run(lambda db: people.focus_on(db, person_id, draft))

    focus = meet("chat-1").focus
    assert focus
    assert (focus.id, focus.conversation, focus.body) == (draft, "register", '{"answers": {}}')

    store.run(lambda db: people.focus_on(db, person_id, None))
    assert meet("chat-1").focus is None


def test_a_blocked_chat_is_remembered_until_its_person_writes_again(store: Store, meet: Meet, now: datetime) -> None:
    chat_id = meet("chat-1").chat_id
    store.run(lambda db: people.mark_unreachable(db, chat_id, now))
    assert not meet("chat-1").is_reachable

    store.run(lambda db: people.mark_reachable(db, chat_id))
    assert meet("chat-1").is_reachable


def test_a_chat_that_moves_keeps_its_person_and_its_waiting_messages(store: Store, meet: Meet, now: datetime) -> None:
    met = meet("old")
    store.run(lambda db: outbox.put(db, met.chat_id, "telegram", "1", "old", ["chào"], now))
    store.run(lambda db: people.move_chat(db, "telegram", "1", "old", "new", now))

    assert meet("new").person_id == met.person_id
    assert [row.address for row in store.run(lambda db: outbox.due(db, "telegram", "1", now, 10))] == ["new"]


def test_a_chat_that_moves_onto_a_known_one_leaves_it_the_messages(store: Store, meet: Meet, now: datetime) -> None:
    old, new = meet("old"), meet("new")
    store.run(lambda db: outbox.put(db, old.chat_id, "telegram", "1", "old", ["chào"], now))
    store.run(lambda db: people.move_chat(db, "telegram", "1", "old", "new", now))

    (row,) = store.run(lambda db: outbox.due(db, "telegram", "1", now, 10))
    assert (row.chat_id, row.address) == (new.chat_id, "new")
    assert not meet("old").is_reachable
    assert meet("new").is_reachable


def test_a_chat_nobody_knows_moves_nowhere(store: Store, now: datetime) -> None:
    store.run(lambda db: people.move_chat(db, "telegram", "1", "old", "new", now))


def test_two_who_write_to_each_other_at_once_do_not_wait_for_each_other(postgres_url: str, now: datetime) -> None:
    store = Store(postgres_url)
    both_here = Barrier(2)

    def meet(db: Connection, address: str) -> Known:
        return people.meet(db, "telegram", "1", address, now)

    def write(db: Connection, me: str, to: Known, address: str) -> None:
        meet(db, me)
        both_here.wait(5)
        outbox.put(db, to.chat_id, "telegram", "1", address, ["chào"], now)

    one, other = (store.run(partial(meet, address=address)) for address in ("a", "b"))
    turns = [
        store.submit(partial(write, me="a", to=other, address="b")),
        store.submit(partial(write, me="b", to=one, address="a")),
    ]
    for turn in turns:
        turn.result(5)
    store.close()
