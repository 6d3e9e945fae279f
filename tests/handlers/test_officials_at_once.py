"""Officials and producers at the same moment, on both databases: nothing is recorded twice or lost."""

from collections.abc import Iterator

import pytest

from storage.store import Store
from talk.message import Update
from tests.handlers.office import official, opens_first, producer_of_noodles, recorded
from tests.handlers.person import Person, Village


@pytest.fixture(params=["sqlite", "postgres"])
def village(request: pytest.FixtureRequest) -> Iterator[Village]:
    store = Store(request.getfixturevalue(f"{request.param}_url"))
    yield Village(store)
    store.close()


def at_once(village: Village, *people: Person) -> list[str]:
    """All of them say «xong» together; what each is told."""
    turns = [village.store.submit(lambda db, who=who: who.turn(db, Update(text="xong"))) for who in people]  # type: ignore[misc]
    return [turn.result(timeout=60)[0].text for turn in turns]


def test_of_officials_who_finish_together_one_is_recorded_and_the_others_see_it(village: Village):
    producer_of_noodles(village)
    clerks = [official(village, f"cán bộ {number}") for number in range(4)]
    for clerk in clerks:
        opens_first(clerk)
        clerk.says("đã nhận bản giấy", "12/PĐK", "20/11/2026")

    told = at_once(village, *clerks)

    assert recorded(village) == ["received"]
    assert sorted(words.startswith("✅ Đã ghi") for words in told) == [False, False, False, True]
    assert sum("trong lúc đó cán bộ xã Côn Minh đã ghi" in words for words in told) == 3


def test_a_producer_who_confirms_while_an_official_records_holds_nobody_up(village: Village):
    producer = producer_of_noodles(village)
    clerk = official(village, "cán bộ")
    for round in range(5):
        opens_first(clerk)
        clerk.says("đã nhận bản giấy", f"{round}/PĐK", "20/11/2026")
        producer.comes_back_after(hours=1).says("giấy tờ của tôi", "1", "sửa 5", f"091234567{round}")

        at_once(village, clerk, producer)

    assert set(recorded(village)) <= {"received"}
