"""Grants hold for a time, and an invite makes one official."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text

from storage import audit, grants
from storage.people import Known
from storage.store import Store

Meet = Callable[[str], Known]
HOUR = timedelta(hours=1)
CODE = "HK-394-27 KX-638-42 VX-936-48 HK-394-27"


def test_a_grant_holds_from_its_beginning_until_its_end(store: Store, meet: Meet, now: datetime) -> None:
    person = meet("chat-1").person_id
    store.run(lambda db: grants.give(db, person, "admin", None, now, until=now + HOUR))

    held = [store.run(lambda db, at=at: grants.of_person(db, person, at)) for at in (now - HOUR, now, now + HOUR)]  # type: ignore[misc]

    assert [[given.role for given in one] for one in held] == [[], ["admin"], []]


def test_a_revoked_grant_holds_no_more_and_is_revoked_once(store: Store, meet: Meet, now: datetime) -> None:
    person = meet("chat-1").person_id
    grant = store.run(lambda db: grants.give(db, person, "admin", None, now))

    assert store.run(lambda db: grants.revoke(db, grant, now + HOUR))
    assert not store.run(lambda db: grants.revoke(db, grant, now + 2 * HOUR))
    assert store.run(lambda db: grants.of_person(db, person, now + HOUR)) == []


def test_an_invite_lets_one_in_however_many_come_at_once(store: Store, meet: Meet, now: datetime) -> None:
    store.run(lambda db: grants.invite(db, CODE, "admin", None, now, now + HOUR))
    guests = [meet(f"chat-{number}").person_id for number in range(10)]

    came = [store.submit(lambda db, who=who: grants.come_in(db, CODE, who, now)) for who in guests]  # type: ignore[misc]

    assert sum(one.result() is not None for one in came) == 1
    assert sum(len(store.run(lambda db, who=who: grants.of_person(db, who, now))) for who in guests) == 1  # type: ignore[misc]


def test_an_invite_is_of_no_use_once_it_has_expired_and_is_kept_as_a_hash_only(
    store: Store, meet: Meet, now: datetime
) -> None:
    store.run(lambda db: grants.invite(db, CODE, "admin", None, now, now + HOUR))

    late = meet("chat-1").person_id

    assert store.run(lambda db: grants.come_in(db, CODE, late, now + HOUR)) is None
    [kept] = store.run(lambda db: db.execute(text("SELECT code_hash FROM invite")).scalars().all())
    assert "HK" not in kept


def test_refusals_are_counted_by_person_and_act(store: Store, meet: Meet, now: datetime) -> None:
    one, other = meet("chat-1").person_id, meet("chat-2").person_id
    for minutes in (0, 30):
        at = now + timedelta(minutes=minutes)
        store.run(lambda db, at=at: audit.note(db, one, "come_in", at, was_denied=True))  # type: ignore[misc]
    store.run(lambda db: audit.note(db, one, "come_in", now))
    store.run(lambda db: audit.note(db, one, "open", now, was_denied=True))

    assert store.run(lambda db: audit.denied_since(db, one, "come_in", now - HOUR)) == (2, now)
    assert store.run(lambda db: audit.denied_since(db, one, "come_in", now)) == (1, now + HOUR / 2)
    assert store.run(lambda db: audit.denied_since(db, other, "come_in", now - HOUR)) == (0, None)
