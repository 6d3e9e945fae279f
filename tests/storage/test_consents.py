"""Consent is given for one purpose, in the words of one version, and can be taken back at any time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage import consents
from storage.people import Known
from storage.store import Store


@pytest.fixture
def person_id(meet: Callable[[str], Known]) -> int:
    return meet("chat-1").person_id


def test_nothing_is_agreed_to_at_first(store: Store, person_id: int) -> None:
    assert not store.run(lambda db: consents.is_given(db, person_id, "drafting", 1))
    assert store.run(lambda db: consents.of_person(db, person_id)) == []


def test_a_consent_holds_for_its_person_its_purpose_and_its_version(
    store: Store, person_id: int, now: datetime, meet: Callable[[str], Known]
) -> None:
    store.run(lambda db: consents.give(db, person_id, "drafting", 2, now))
    other = meet("chat-2").person_id

    def holds(whose: int, purpose: str, version: int) -> bool:
        return store.run(lambda db: consents.is_given(db, whose, purpose, version))

    assert holds(person_id, "drafting", 2)
    assert not holds(person_id, "drafting", 3)
    assert not holds(person_id, "reminders", 2)
    assert not holds(other, "drafting", 2)


def test_agreeing_twice_is_agreeing_the_first_time(store: Store, person_id: int, now: datetime) -> None:
    later = now + timedelta(days=3)
    store.run(lambda db: consents.give(db, person_id, "drafting", 1, now))
    store.run(lambda db: consents.give(db, person_id, "drafting", 1, later))

    (given,) = store.run(lambda db: consents.of_person(db, person_id))
    assert given.given_at == now


def test_what_was_taken_back_is_remembered_and_can_be_given_again(store: Store, person_id: int, now: datetime) -> None:
    later, again = now + timedelta(days=1), now + timedelta(days=2)
    store.run(lambda db: consents.give(db, person_id, "drafting", 1, now))

    assert store.run(lambda db: consents.withdraw(db, person_id, "drafting", later))
    assert not store.run(lambda db: consents.withdraw(db, person_id, "drafting", later))
    assert not store.run(lambda db: consents.is_given(db, person_id, "drafting", 1))

    store.run(lambda db: consents.give(db, person_id, "drafting", 1, again))
    newest, oldest = store.run(lambda db: consents.of_person(db, person_id))
    assert (newest.given_at, newest.withdrawn_at) == (again, None)
    assert (oldest.given_at, oldest.withdrawn_at) == (now, later)
