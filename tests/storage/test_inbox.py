"""Updates are kept once, answered once and then forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import text

from storage import inbox
from storage.inbox import Kept
from storage.store import Store

HELLO = ("11", "chat-1", '{"text": "chào"}')
AGAIN = ("12", "chat-1", '{"text": "mật ong"}')
OTHER = ("13", "chat-2", '{"text": "1"}')


def keep(store: Store, now: datetime, *natives: tuple[str, str, str], bot: str = "1") -> list[Kept]:
    return store.run(lambda db: inbox.keep(db, "telegram", bot, natives, now))


def waiting(store: Store, now: datetime, after_id: int = 0, limit: int = 10) -> list[str]:
    later = now + timedelta(seconds=1)
    return [kept.body for kept in store.run(lambda db: inbox.unhandled(db, "telegram", "1", later, limit, after_id))]


def test_updates_are_kept_in_the_order_they_came(store: Store, now: datetime) -> None:
    kept = keep(store, now, HELLO, AGAIN, OTHER)

    assert [(one.address, one.body) for one in kept] == [HELLO[1:], AGAIN[1:], OTHER[1:]]
    assert [one.id for one in kept] == sorted(one.id for one in kept)


def test_an_update_delivered_again_is_not_kept_again(store: Store, now: datetime) -> None:
    keep(store, now, HELLO)

    assert [one.body for one in keep(store, now, HELLO, AGAIN, AGAIN)] == [AGAIN[2]]


def test_two_bots_may_give_the_same_id(store: Store, now: datetime) -> None:
    keep(store, now, HELLO)

    assert len(keep(store, now, HELLO, bot="2")) == 1


def test_an_update_delivered_to_many_at_once_is_kept_by_one(store: Store, now: datetime) -> None:
    futures = [store.submit(lambda db: inbox.keep(db, "telegram", "1", [HELLO, AGAIN, OTHER], now)) for _ in range(20)]

    assert sum(len(future.result()) for future in futures) == 3


def test_what_is_answered_waits_no_longer_and_its_words_are_gone(store: Store, now: datetime) -> None:
    first, second = keep(store, now, HELLO, AGAIN)
    assert store.run(lambda db: inbox.done(db, first.id, now))

    assert waiting(store, now) == [AGAIN[2]]
    assert store.run(lambda db: db.execute(text("SELECT body FROM inbox ORDER BY id")).scalars().all()) == [
        None,
        AGAIN[2],
    ]
    assert not store.run(lambda db: inbox.is_new(db, first.id))
    assert store.run(lambda db: inbox.is_new(db, second.id))


def test_an_update_is_answered_once(store: Store, now: datetime) -> None:
    (kept,) = keep(store, now, HELLO)

    assert store.run(lambda db: inbox.done(db, kept.id, now)) is True
    assert store.run(lambda db: inbox.done(db, kept.id, now)) is False
    assert store.run(lambda db: inbox.failed(db, kept.id, now)) is False


def test_a_poison_update_does_not_block_those_behind_it(store: Store, now: datetime) -> None:
    poison, _ = keep(store, now, HELLO, AGAIN)
    store.run(lambda db: inbox.failed(db, poison.id, now))

    assert waiting(store, now) == [AGAIN[2]]


def test_what_waits_is_read_oldest_first_page_by_page(store: Store, now: datetime) -> None:
    first, _, _ = keep(store, now, HELLO, AGAIN, OTHER)

    assert waiting(store, now, limit=2) == [HELLO[2], AGAIN[2]]
    assert waiting(store, now, after_id=first.id) == [AGAIN[2], OTHER[2]]
    assert waiting(store, now - timedelta(minutes=1)) == []


def test_handled_updates_are_forgotten_after_their_time_and_waiting_ones_never(store: Store, now: datetime) -> None:
    handled, _ = keep(store, now, HELLO, AGAIN)
    store.run(lambda db: inbox.done(db, handled.id, now))

    assert store.run(lambda db: inbox.forget(db, now)) == 0
    assert store.run(lambda db: inbox.forget(db, now + timedelta(days=8), limit=1)) == 1
    assert store.run(lambda db: inbox.forget(db, now + timedelta(days=8))) == 0
    assert waiting(store, now) == [AGAIN[2]]
