"""One unit of work at a time: all of it or nothing, and never forgotten once the caller was told."""

import subprocess
import sys
from concurrent.futures import Future
from datetime import datetime
from threading import Event, get_ident
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage import people
from storage.engine import read_url
from storage.lock import StoreInUse
from storage.store import Store, StoreClosed


def count_people(db: Connection) -> int:
    return int(db.execute(text("SELECT count(*) FROM person")).scalar_one())


def test_a_result_comes_back(store: Store) -> None:
    assert store.run(count_people) == 0


def test_a_work_that_raises_leaves_nothing_behind(store: Store, now: datetime) -> None:
    def meet_and_fail(db: Connection) -> None:
        people.meet(db, "web", "", "a", now)
        raise LookupError("something went wrong")

    with pytest.raises(LookupError):
        store.run(meet_and_fail)

    assert store.run(count_people) == 0


def test_one_failing_work_does_not_spoil_its_neighbours(store: Store, now: datetime) -> None:
    def meet(address: str) -> "Future[int]":
        def work(db: Connection) -> int:
            person_id = people.meet(db, "web", "", address, now).person_id
            if address == "5":
                raise LookupError("not this one")
            return person_id

        return store.submit(work)

    busy = Event()
    store.submit(lambda db: busy.wait(1))  # the others queue up behind it, and share one transaction on SQLite
    meetings = [meet(str(number)) for number in range(10)]
    busy.set()

    assert [type(meeting.exception()) for meeting in meetings].count(LookupError) == 1
    assert len({meeting.result() for meeting in meetings if not meeting.exception()}) == 9
    assert store.run(count_people) == 9


def test_a_broken_statement_does_not_spoil_its_neighbours_either(store: Store, now: datetime) -> None:
    busy = Event()
    store.submit(lambda db: busy.wait(1))
    before = store.submit(lambda db: people.meet(db, "web", "", "before", now))
    broken = store.submit(lambda db: db.execute(text("INSERT INTO chat (id) VALUES (1)")))
    after = store.submit(lambda db: people.meet(db, "web", "", "after", now))
    busy.set()

    assert isinstance(broken.exception(), DBAPIError)
    assert before.result().person_id != after.result().person_id
    assert store.run(count_people) == 2


def test_when_the_transaction_is_lost_every_work_in_it_is_told(sqlite_url: str, now: datetime) -> None:
    def lose_everything(db: Connection) -> None:
        db.exec_driver_sql("ROLLBACK")  # what SQLite does by itself when the disk is full
        raise OSError("disk full")

    store = Store(sqlite_url)
    busy = Event()
    store.submit(lambda db: busy.wait(1))
    before = store.submit(lambda db: people.meet(db, "web", "", "before", now))
    lost = store.submit(lose_everything)
    busy.set()

    assert isinstance(lost.exception(), OSError)
    assert isinstance(before.exception(), OSError)
    assert store.run(count_people) == 0
    store.close()


def test_works_that_share_a_commit_wake_the_event_loop_once(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    batches: list[int] = []
    store.deliver = lambda calls: batches.append(len(calls))
    busy = Event()
    store.submit(lambda db: busy.wait(1))
    for _ in range(10):
        store.call(lambda db: None, lambda result, error: None)
    busy.set()
    store.close()

    assert batches == [10]


def test_a_callback_is_told_the_result_or_the_error(store: Store) -> None:
    told: list[tuple[Any, BaseException | None]] = []
    store.call(lambda db: 1, lambda result, error: told.append((result, error)))
    store.call(lambda db: 1 // 0, lambda result, error: told.append((result, error)))
    store.close()

    assert sorted(str(error or result) for result, error in told) == ["1", "integer division or modulo by zero"]


def test_a_result_can_be_waited_for_even_when_callbacks_go_elsewhere(store: Store) -> None:
    store.deliver = lambda calls: None

    assert store.run(count_people) == 0


def test_a_listener_that_fails_does_not_stop_the_store(store: Store) -> None:
    store.call(lambda db: 1, lambda result, error: 1 // 0)

    assert store.run(count_people) == 0


def test_works_of_sqlite_run_in_order_on_one_thread(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    order: list[int] = []
    threads = set()

    def work(number: int) -> None:
        order.append(number)
        threads.add(get_ident())

    for future in [store.submit(lambda db, number=number: work(number)) for number in range(200)]:  # type: ignore[misc]
        future.result()
    store.close()

    assert order == list(range(200))
    assert len(threads) == 1


def test_what_was_committed_is_there_after_reopening(database_url: str, now: datetime) -> None:
    store = Store(database_url)
    met = store.run(lambda db: people.meet(db, "web", "", "a", now))
    store.close()

    store = Store(database_url)
    assert store.run(lambda db: people.meet(db, "web", "", "a", now)).person_id == met.person_id
    store.close()


def test_what_was_committed_survives_a_killed_process(database_url: str) -> None:
    program = f"""
import os
from datetime import UTC, datetime
from storage import people
from storage.store import Store
store = Store({database_url!r})
store.run(lambda db: people.meet(db, "web", "", "a", datetime.now(UTC)))
def die(db):
    people.meet(db, "web", "", "b", datetime.now(UTC))
    os._exit(9)
store.run(die)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9

    store = Store(database_url)
    assert store.run(count_people) == 1
    store.close()


def test_a_second_store_on_the_same_sqlite_file_stops_with_one_sentence(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with pytest.raises(StoreInUse, match=r"Một chương trình khác đang mở .*bot\.db; dừng chương trình đó trước"):
        Store(sqlite_url)
    store.close()

    Store(sqlite_url).close()


def test_a_lost_connection_fails_one_work_and_the_next_reconnects(postgres_url: str) -> None:
    store = Store(postgres_url)
    for _ in range(20):
        with pytest.raises(DBAPIError):
            store.run(lambda db: db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())")))

    assert store.run(count_people) == 0
    store.close()


def test_a_closed_store_takes_nothing_more(store: Store) -> None:
    last = store.submit(count_people)
    store.close()

    assert last.result() == 0
    with pytest.raises(StoreClosed):
        store.run(count_people)


def test_the_file_is_opened_for_safety(sqlite_url: str) -> None:
    store = Store(sqlite_url)

    def pragma(name: str) -> object:
        return store.run(lambda db: db.execute(text(f"PRAGMA {name}")).scalar())

    assert [pragma(name) for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")] == [
        "wal", 2, 1, 1,
    ]  # fmt: skip
    store.close()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        pytest.param("postgres://u:p@h/db", "postgresql+psycopg://u:p@h/db", id="as hosting companies write it"),
        pytest.param("postgresql://h/db", "postgresql+psycopg://h/db", id="as PostgreSQL writes it"),
        pytest.param("sqlite:///var/bot.db", "sqlite:///var/bot.db", id="a file"),
    ],
)
def test_addresses_are_read(given: str, meant: str) -> None:
    assert read_url(given).render_as_string(hide_password=False) == meant


@pytest.mark.parametrize("given", ["sqlite://", "sqlite:///:memory:", "mysql://h/db"])
def test_addresses_that_cannot_keep_anything_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"SQLite needs a file|unknown kind of database"):
        read_url(given)
