"""Bytes are kept as long as somebody needs them."""

from collections.abc import Callable
from datetime import datetime

from storage import files
from storage.people import Known
from storage.store import Store

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def test_bytes_sent_twice_are_deleted_with_the_last_who_needs_them(
    store: Store, meet: Callable[[str], Known], now: datetime
) -> None:
    owner = meet("chat-1").person_id
    one, two = (store.run(lambda db: files.add(db, SHA, "image/jpeg", 81_234, "sen.jpg", owner, now)) for _ in range(2))

    assert store.run(lambda db: files.drop(db, one)) is None
    assert store.run(lambda db: files.drop(db, two)) == SHA
    assert store.run(lambda db: files.drop(db, two)) is None


def test_a_file_is_personal_unless_said_otherwise(store: Store, meet: Callable[[str], Known], now: datetime) -> None:
    owner = meet("chat-1").person_id
    new_id = store.run(lambda db: files.add(db, SHA, "image/jpeg", 81_234, "sen.jpg", owner, now))

    found = store.run(lambda db: files.find(db, new_id))
    assert found
    assert (found.owner_id, found.sha256, found.size, found.sensitivity) == (owner, SHA, 81_234, "personal")
    assert store.run(lambda db: files.find(db, new_id + 1)) is None
