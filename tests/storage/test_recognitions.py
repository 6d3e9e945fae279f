"""Recognitions: what sources and officials say of a product, each of them once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from storage import applications, places, recognitions
from storage.applications import Details
from storage.people import Known
from storage.places import Place
from storage.recognitions import Recognition
from storage.store import Db, Store

NOODLES = "Miến dong Tài Hoan"
FOUR = Recognition(NOODLES, 4, 2019, "", None, None, "backan.gov.vn")
FIVE = Recognition(NOODLES, 5, 2021, "", None, None, "backan.gov.vn")
RECORDED = Recognition(None, 4, 2026, "124/QĐ-UBND", date(2026, 11, 20), date(2029, 11, 20), "cán bộ tỉnh ghi")


def shipped(*all_of_them: Recognition) -> list[tuple[str, Recognition]]:
    return [(f"{one.product}/{one.stars}/{one.year}", one) for one in all_of_them]


@pytest.fixture
def application(store: Store, meet: Callable[[str], Known], now: datetime) -> tuple[int, int]:
    """A person, and an application of theirs."""
    person = meet("a").person_id

    def work(db: Db) -> int:
        places.put_all(db, [Place("thai-nguyen", "province", "Thái Nguyên")])
        found = applications.begin(db, person, "HK-394-27", Details("again", "Miến dong", "set07", "thai-nguyen"), now)
        assert found
        return found

    return person, store.run(work)


def of_noodles(store: Store) -> list[Recognition]:
    return store.run(lambda db: recognitions.of_product(db, NOODLES))


def test_what_is_read_in_at_every_start_is_there_once_the_oldest_first(store: Store) -> None:
    for _ in range(2):
        store.run(lambda db: recognitions.put_all(db, shipped(FIVE, FOUR)))

    assert of_noodles(store) == [FOUR, FIVE]


def test_what_a_release_tells_better_is_corrected(store: Store) -> None:
    store.run(lambda db: recognitions.put_all(db, shipped(FOUR)))
    better = replace(FOUR, decision="12/QĐ-UBND", issued=date(2019, 3, 1))
    store.run(lambda db: recognitions.put_all(db, shipped(better)))

    assert of_noodles(store) == [better]


def test_what_is_recorded_of_an_application_takes_the_place_of_what_was(store: Store, application) -> None:
    person, one = application
    store.run(lambda db: recognitions.record(db, one, RECORDED))
    store.run(lambda db: recognitions.record(db, one, replace(RECORDED, stars=3)))

    assert store.run(lambda db: recognitions.of_person(db, person)) == [replace(RECORDED, product="Miến dong", stars=3)]
    store.run(lambda db: recognitions.take_back(db, one))
    assert store.run(lambda db: recognitions.of_person(db, person)) == []


def test_what_is_said_of_a_product_of_the_catalogue_outlives_the_application_without_its_person(
    store: Store, application, now: datetime
) -> None:
    person, one = application
    store.run(lambda db: recognitions.record(db, one, replace(RECORDED, product=NOODLES)))
    store.run(lambda db: applications.drop(db, one, now))

    assert of_noodles(store) == [replace(RECORDED, product=NOODLES)]
    assert store.run(lambda db: recognitions.of_person(db, person)) == []


def test_what_is_said_of_any_other_product_goes_with_its_application(store: Store, application, now: datetime) -> None:
    person, one = application
    store.run(lambda db: recognitions.record(db, one, RECORDED))
    store.run(lambda db: applications.drop(db, one, now))

    assert store.run(lambda db: recognitions.of_person(db, person)) == []
