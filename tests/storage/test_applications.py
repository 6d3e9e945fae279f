"""An application is confirmed a version at a time, and found by its code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from storage import applications, places, producers
from storage.applications import Details
from storage.people import Known
from storage.places import Place
from storage.store import Store

Meet = Callable[[str], Known]

NOODLES = Details(case="first", product="Miến dong Bản Mẫu", product_set="7")


def begin(store: Store, person_id: int, code: str, now: datetime, progress_id: int | None = None) -> int:
    new_id = store.run(lambda db: applications.begin(db, person_id, code, NOODLES, now, progress_id))
    assert new_id
    return new_id


def test_a_draft_is_found_by_its_code_its_person_and_its_progress(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    draft = begin(store, person_id, "HK39427", now, progress_id=17)

    found = store.run(lambda db: applications.find(db, draft))
    assert found
    assert (found.state, found.details, found.confirmed_at) == ("draft", NOODLES, None)
    assert store.run(lambda db: applications.by_code(db, "HK39427")) == found
    assert store.run(lambda db: applications.of_progress(db, 17)) == found
    assert store.run(lambda db: applications.of_person(db, person_id)) == [found]
    assert store.run(lambda db: applications.by_code(db, "HK39472")) is None


def test_a_code_is_given_once(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    begin(store, person_id, "HK39427", now)

    assert store.run(lambda db: applications.begin(db, person_id, "HK39427", NOODLES, now)) is None


def test_each_confirmation_is_a_version_of_its_own(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    draft = begin(store, person_id, "HK39427", now)
    tea, later = replace(NOODLES, product="Trà sen"), now + timedelta(days=1)
    assert store.run(lambda db: applications.latest_version(db, draft)) is None

    assert store.run(lambda db: applications.confirm(db, draft, NOODLES, '{"v": 1}', person_id, now)) == 1
    assert store.run(lambda db: applications.confirm(db, draft, tea, '{"v": 2}', person_id, later)) == 2

    found = store.run(lambda db: applications.find(db, draft))
    assert found
    assert (found.state, found.details, found.confirmed_at) == ("confirmed", tea, later)
    assert store.run(lambda db: applications.latest_version(db, draft)) == '{"v": 2}'


def test_confirmations_at_the_same_time_are_numbered_one_after_the_other(
    store: Store, meet: Meet, now: datetime
) -> None:
    person_id = meet("chat-1").person_id
    draft = begin(store, person_id, "HK39427", now)
    futures = [
        store.submit(lambda db: applications.confirm(db, draft, NOODLES, "{}", person_id, now)) for _ in range(10)
    ]

    assert sorted(future.result() for future in futures) == list(range(1, 11))


def test_the_newest_application_of_a_person_comes_first(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    begin(store, person_id, "HK39427", now)
    begin(store, person_id, "KX63842", now)
    begin(store, meet("chat-2").person_id, "VX93648", now)

    assert [one.code for one in store.run(lambda db: applications.of_person(db, person_id))] == ["KX63842", "HK39427"]


def test_an_application_shows_its_producer_and_place(store: Store, meet: Meet, now: datetime) -> None:
    person_id = meet("chat-1").person_id
    thai_nguyen = Place("thai-nguyen", "province", "Thái Nguyên")
    con_minh = Place("thai-nguyen/con-minh", "commune", "Côn Minh", province_id="thai-nguyen")
    store.run(lambda db: places.put_all(db, [con_minh, thai_nguyen]))
    producer = store.run(
        lambda db: producers.add(db, "HTX miến dong Bản Mẫu", "cooperative", con_minh.id, person_id, now)
    )
    details = replace(NOODLES, province=thai_nguyen.id, commune=con_minh.id, producer_id=producer)
    draft = begin(store, person_id, "HK39427", now)
    store.run(lambda db: applications.confirm(db, draft, details, "{}", person_id, now))

    (found,) = store.run(lambda db: applications.of_person(db, person_id))
    assert found.details == details
    (acts_for,) = store.run(lambda db: producers.of_person(db, person_id))
    assert (acts_for.id, acts_for.name, acts_for.right) == (producer, "HTX miến dong Bản Mẫu", "owner")


def test_a_dropped_application_leaves_no_version_behind_and_its_code_is_free(
    store: Store, meet: Meet, now: datetime
) -> None:
    person_id = meet("chat-1").person_id
    noodles, tea = begin(store, person_id, "HK39427", now), begin(store, person_id, "RV38258", now)
    for draft in (noodles, tea):
        store.run(lambda db, draft=draft: applications.confirm(db, draft, NOODLES, "{}", person_id, now))  # type: ignore[misc]

    store.run(lambda db: applications.drop(db, noodles, now))

    assert store.run(lambda db: applications.latest_version(db, noodles)) is None
    assert [one.id for one in store.run(lambda db: applications.of_person(db, person_id))] == [tea]
    assert store.run(lambda db: applications.latest_version(db, tea)) == "{}"
    begin(store, person_id, "HK39427", now)
