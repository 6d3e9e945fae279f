"""What a bot sends is counted by month."""

import pytest

from storage import counts
from storage.store import Db, Store

NOVEMBER = "2026-11"


def sent(store: Store, bot: str, month: str, sends: int = 1) -> None:
    store.run(lambda db: counts.add(db, "zalo", bot, month, sends))


def count(store: Store, bot: str, month: str = NOVEMBER) -> int:
    return store.run(lambda db: counts.of_month(db, "zalo", bot, month))


def test_each_bot_and_each_month_has_a_count_of_its_own(store: Store) -> None:
    sent(store, "1", NOVEMBER, 3)
    sent(store, "1", NOVEMBER)
    sent(store, "2", NOVEMBER, 5)
    sent(store, "1", "2026-12", 7)

    assert [count(store, bot) for bot in ("1", "2", "3")] == [4, 5, 0]
    assert [count(store, bot, "2026-12") for bot in ("1", "2", "3")] == [7, 0, 0]


def test_counting_side_by_side_loses_none(store: Store) -> None:
    works = [store.submit(lambda db: counts.add(db, "zalo", "1", NOVEMBER, 1)) for _ in range(60)]
    for work in works:
        work.result()

    assert count(store, "1") == 60


def test_a_count_is_undone_with_the_work_it_belongs_to(store: Store) -> None:
    def work(db: Db) -> None:
        counts.add(db, "zalo", "1", NOVEMBER, 1)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        store.run(work)

    assert count(store, "1") == 0
