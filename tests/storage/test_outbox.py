"""Messages go out in order, each to the end of one outcome."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage import outbox
from storage.outbox import Waiting
from storage.people import Known
from storage.store import Store
from storage.tables import Lane

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Box:
    """The outbox of one bot, with a few people to write to."""

    def __init__(self, store: Store, meet: Callable[[str], Known], now: datetime):
        self.store = store
        self.now = now
        self.chats = {address: meet(address).chat_id for address in ("chat-1", "chat-2")}

    def put(self, *bodies: str, to: str = "chat-1", **options: Any) -> list[int]:
        chat_id = self.chats[to]
        put = self.store.run(
            lambda db: outbox.put(db, chat_id, "telegram", "1", to, bodies, self.now, **options),
        )
        return [row.id for row in put]

    def rows(self, at: datetime | None = None, limit: int = 10, lanes: Sequence[Lane] = outbox.LANES) -> list[Waiting]:
        return self.store.run(lambda db: outbox.due(db, "telegram", "1", at or self.now, limit, lanes))

    def due(self, at: datetime | None = None, limit: int = 10, lanes: Sequence[Lane] = outbox.LANES) -> list[str]:
        return [row.body for row in self.rows(at, limit, lanes)]

    def claim(self, ids: Sequence[int], until: datetime | None = None) -> list[int]:
        return self.store.run(lambda db: outbox.claim(db, ids, self.now, until or self.now + 20 * SECOND))

    def states(self) -> list[str]:
        return list(self.store.run(lambda db: db.execute(text("SELECT state FROM outbox ORDER BY id")).scalars()))


@pytest.fixture
def box(store: Store, meet: Callable[[str], Known], now: datetime) -> Box:
    return Box(store, meet, now)


def test_messages_go_out_in_the_order_they_were_put(box: Box) -> None:
    box.put("một", "hai", "ba")
    box.put("bốn", to="chat-2")

    assert box.due() == ["một", "hai", "ba", "bốn"]
    assert box.due(limit=2) == ["một", "hai"]


def test_put_returns_what_due_would(box: Box) -> None:
    chat = box.chats["chat-1"]
    put = box.store.run(lambda db: outbox.put(db, chat, "telegram", "1", "chat-1", ["một", "hai"], box.now))

    assert put == box.rows()


def test_a_reply_waits_behind_no_other_lane(box: Box) -> None:
    box.put("thông báo", lane="broadcast")
    box.put("lời nhắc", lane="reminder")
    box.put("trả lời", lane="reply")

    assert box.due() == ["trả lời", "lời nhắc", "thông báo"]
    assert box.due(limit=1) == ["trả lời"]
    assert box.due(lanes=["reminder"]) == ["lời nhắc"]


def test_a_message_is_due_when_its_time_has_come(box: Box) -> None:
    box.put("sáng mai", lane="reminder", due_at=box.now + MINUTE)

    assert box.due() == []
    assert box.due(box.now + MINUTE) == ["sáng mai"]


def test_a_late_reminder_is_not_sent_stale(box: Box) -> None:
    box.put("hôm nay là ngày cuối", lane="reminder", not_after=box.now + MINUTE)

    assert box.due(box.now + 2 * MINUTE) == []
    assert box.states() == ["expired"]


def test_a_once_key_puts_a_message_once(box: Box) -> None:
    box.put("sắp hết hạn", "còn 60 ngày", once_key="expiry:7")

    assert box.put("sắp hết hạn", "còn 60 ngày", once_key="expiry:7") == []
    assert box.put("đã hết hạn", once_key="expired:7") != []
    assert box.due() == ["sắp hết hạn", "còn 60 ngày", "đã hết hạn"]


def test_a_message_is_claimed_by_one_of_many(box: Box) -> None:
    ids = box.put("một", "hai", "ba")
    until = box.now + 20 * SECOND
    claims = [box.store.submit(lambda db: outbox.claim(db, ids, box.now, until)) for _ in range(20)]

    assert sorted(claimed for claim in claims for claimed in claim.result()) == ids
    assert box.due() == []


def test_claiming_nothing_is_nothing(box: Box) -> None:
    assert box.claim([]) == []


def test_a_sent_message_keeps_the_id_the_channel_gave_it(box: Box) -> None:
    ids = box.put("một", "hai")
    box.claim(ids)
    box.store.run(lambda db: outbox.sent(db, [(ids[0], "901"), (ids[1], "902")], box.now))

    assert box.states() == ["sent", "sent"]
    assert box.store.run(lambda db: db.execute(text("SELECT native_id FROM outbox ORDER BY id")).scalars().all()) == [
        "901",
        "902",
    ]


def test_a_message_that_did_not_go_out_is_tried_again_later(box: Box) -> None:
    (one,) = box.put("một")
    box.claim([one])
    box.store.run(lambda db: outbox.retry(db, one, box.now + 5 * SECOND, "429"))

    assert box.due(box.now + 4 * SECOND) == []
    (row,) = box.rows(box.now + 5 * SECOND)
    assert (row.tries, row.unknowns) == (1, 0)


def test_a_younger_message_does_not_overtake_one_that_is_tried_again(box: Box) -> None:
    one, _ = box.put("một", "hai")
    box.put("cho người khác", to="chat-2")
    box.claim([one])
    assert box.due() == ["cho người khác"]

    box.store.run(lambda db: outbox.retry(db, one, box.now + 5 * SECOND, "429"))
    assert box.due(box.now + SECOND) == ["cho người khác"]
    assert box.due(box.now + 5 * SECOND)[:2] == ["cho người khác", "một"]


def test_one_that_has_long_to_wait_for_another_try_lets_younger_ones_pass(box: Box) -> None:
    one, _ = box.put("một", "hai")
    box.claim([one])
    box.store.run(lambda db: outbox.retry(db, one, box.now + 5 * MINUTE, "429"))

    assert box.due(box.now + SECOND) == ["hai"]


def test_a_message_in_one_lane_holds_up_no_other_lane(box: Box) -> None:
    (broadcast,) = box.put("thông báo", lane="broadcast")
    box.claim([broadcast])
    box.put("trả lời")

    assert box.due() == ["trả lời"]


def test_a_reply_may_be_unknown_four_times_before_it_ends_as_unsure(box: Box) -> None:
    (one,) = box.put("một")
    states = []
    for _ in range(5):
        box.claim([one])
        states.append(box.store.run(lambda db: outbox.unknown(db, one, box.now, "the network broke", box.now)))

    assert states == ["waiting"] * 4 + ["unsure"]


def test_what_nobody_asked_for_is_sent_once_more_and_then_ends_as_unsure(box: Box) -> None:
    (one,) = box.put("một", lane="reminder")

    def lose() -> str | None:
        box.claim([one])
        return box.store.run(lambda db: outbox.unknown(db, one, box.now, "the network broke", box.now))

    assert lose() == "waiting"
    assert [row.unknowns for row in box.rows()] == [1]
    assert lose() == "unsure"
    assert box.due() == []
    assert lose() is None


def test_a_lease_that_runs_out_counts_as_unknown(box: Box) -> None:
    (one,) = box.put("một", lane="reminder")
    later = box.now + 20 * SECOND

    box.claim([one])
    assert box.store.run(lambda db: outbox.free_expired(db, later - SECOND)) == {}
    assert box.store.run(lambda db: outbox.free_expired(db, later)) == {one: "waiting"}
    assert box.due(later) == ["một"]

    box.claim([one])
    assert box.store.run(lambda db: outbox.free_expired(db, later)) == {one: "unsure"}
    assert box.due(later) == []


def test_a_renewed_lease_does_not_run_out(box: Box) -> None:
    ids = box.put("một")
    box.claim(ids)
    box.store.run(lambda db: outbox.renew(db, ids, box.now + MINUTE))

    assert box.store.run(lambda db: outbox.free_expired(db, box.now + 20 * SECOND)) == {}


def test_the_only_process_gives_back_everything_when_it_starts(box: Box) -> None:
    one, _ = box.put("một", "hai")
    box.claim([one])
    later = box.now + MINUTE

    assert box.store.run(lambda db: outbox.free_all(db, later)) == {one: "waiting"}
    assert box.due(later) == ["một", "hai"]


def test_a_message_that_arrived_after_its_lease_is_sent_all_the_same(box: Box) -> None:
    (one,) = box.put("một")
    box.claim([one])
    box.store.run(lambda db: outbox.free_expired(db, box.now + MINUTE))
    box.store.run(lambda db: outbox.sent(db, [(one, "901")], box.now + MINUTE))

    assert box.states() == ["sent"]
    assert box.due(box.now + MINUTE) == []


@pytest.mark.parametrize("state", ["refused", "unreachable", "expired"])
def test_a_message_that_ends_is_never_due_again(box: Box, state: Any) -> None:
    (one,) = box.put("một")
    box.claim([one])
    box.store.run(lambda db: outbox.end(db, one, state, "bot was blocked", box.now))

    assert box.states() == [state]
    assert box.due(box.now + MINUTE) == []


def test_a_page_shows_what_its_chat_was_told_in_order(box: Box) -> None:
    one, two, three = box.put("một", "hai", "ba")
    box.claim([one, two, three, *box.put("cho người khác", to="chat-2")])
    box.store.run(lambda db: outbox.sent(db, [(one, "901")], box.now))

    def shown(limit: int = 10, after_id: int | None = None) -> list[str]:
        rows = box.store.run(lambda db: outbox.of_chat(db, "telegram", "1", "chat-1", limit, after_id))
        return [row.body for row in rows]

    assert shown() == ["một", "hai", "ba"]
    assert shown(limit=2) == ["hai", "ba"]
    assert shown(limit=1, after_id=one) == ["hai"]
    assert shown(after_id=two) == ["ba"]


def test_a_page_shows_neither_what_still_waits_nor_what_was_refused(box: Box) -> None:
    one, two, _ = box.put("một", "hai", "ba")
    box.claim([one, two])
    box.store.run(lambda db: outbox.end(db, one, "refused", "too long", box.now))

    rows = box.store.run(lambda db: outbox.of_chat(db, "telegram", "1", "chat-1", 10))
    assert [row.body for row in rows] == ["hai"]


def test_what_is_on_its_way_is_counted_by_lane_and_state(box: Box) -> None:
    one, *_ = box.put("một", "hai", "ba")
    box.put("thông báo", lane="broadcast")
    box.claim([one])

    counted = {(row.lane, row.state): row.count for row in box.store.run(outbox.count_open)}
    assert counted == {("reply", "waiting"): 2, ("reply", "sending"): 1, ("broadcast", "waiting"): 1}
    assert {row.oldest_due_at for row in box.store.run(outbox.count_open)} == {box.now}
