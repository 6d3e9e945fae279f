"""Answers stay where they were left."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage import people, progress
from storage.people import Known
from storage.progress import AlreadyStarted
from storage.store import Store

Meet = Callable[[str], Known]


def start(store: Store, person_id: int, subject: str, now: datetime) -> int:
    return store.run(lambda db: progress.start(db, person_id, "register", subject, "{}", now))


def test_answers_are_saved_and_found(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    draft = start(store, person_id, "trà sen", now)
    later = now + timedelta(days=9)
    store.run(lambda db: progress.save(db, draft, '{"producer": "Tổ đan Bình Yên"}', later))

    found = store.run(lambda db: progress.find(db, draft))
    assert found
    assert (found.person_id, found.subject, found.body) == (person_id, "trà sen", '{"producer": "Tổ đan Bình Yên"}')
    assert (found.created_at, found.updated_at) == (now, later)
    assert store.run(lambda db: progress.about(db, person_id, "register", "trà sen")) == found
    assert store.run(lambda db: progress.about(db, person_id, "register", "miến dong")) is None


def test_several_drafts_stand_side_by_side_last_touched_first(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    tea, noodles = start(store, person_id, "trà sen", now), start(store, person_id, "miến dong", now)
    start(store, meet("chat-2").person_id, "trà sen", now)
    store.run(lambda db: progress.save(db, tea, "{}", now + timedelta(minutes=1)))

    assert [saved.id for saved in store.run(lambda db: progress.open_ones(db, person_id))] == [tea, noodles]


def test_a_subject_is_begun_once(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    start(store, person_id, "trà sen", now)

    with pytest.raises(AlreadyStarted):
        start(store, person_id, "trà sen", now)


def test_a_dropped_draft_is_gone_and_nobody_is_busy_with_it(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    draft = start(store, person_id, "trà sen", now)
    store.run(lambda db: people.focus_on(db, person_id, draft))
    store.run(lambda db: progress.drop(db, draft))

    assert store.run(lambda db: progress.find(db, draft)) is None
    assert meet("chat-1").focus is None


def test_dropping_one_draft_leaves_the_person_busy_with_the_other(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    tea, noodles = start(store, person_id, "trà sen", now), start(store, person_id, "miến dong", now)
    store.run(lambda db: people.focus_on(db, person_id, noodles))
    store.run(lambda db: progress.drop(db, tea))

    focus = meet("chat-1").focus
    assert focus
    assert focus.id == noodles


def test_an_old_button_never_fits_a_new_draft(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    dropped = start(store, person_id, "trà sen", now)
    store.run(lambda db: progress.drop(db, dropped))

    assert start(store, person_id, "trà sen", now) != dropped


def test_a_moment_without_a_time_zone_is_refused(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id

    with pytest.raises(Exception, match="an instant needs a time zone"):
        start(store, person_id, "trà sen", now.replace(tzinfo=None))
