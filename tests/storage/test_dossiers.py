"""What an office sees of applications, and what it records of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import (
    applications,
    consents,
    dossiers,
    erased_dossiers,
    erasure,
    grants,
    outbox,
    places,
    producers,
    progress,
)
from storage.applications import Details
from storage.people import Known
from storage.places import Place
from storage.store import Store
from storage.tables import APPLICATION_EVENT, OUTBOX

Meet = Callable[[str], Known]
THAI_NGUYEN, CON_MINH, BA_BE = "thai-nguyen", "thai-nguyen/con-minh", "thai-nguyen/ba-be"


@pytest.fixture(autouse=True)
def known_places(store: Store) -> None:
    communes = [Place(id, "commune", id, THAI_NGUYEN) for id in (CON_MINH, BA_BE)]
    store.run(lambda db: places.put_all(db, [Place(THAI_NGUYEN, "province", "Thái Nguyên"), *communes]))


def confirmed(store: Store, person: int, code: str, commune: str, now: datetime) -> int:
    store.run(lambda db: consents.give(db, person, consents.DRAFTING, 1, now))
    producer = store.run(lambda db: producers.add(db, "HTX Bản Mẫu", "cooperative", commune, person, now))
    details = Details("first", "Miến dong", "set07", THAI_NGUYEN, commune, producer)
    id = store.run(lambda db: applications.begin(db, person, code, details, now))
    assert id
    store.run(lambda db: applications.confirm(db, id, details, "{}", person, now))
    return id


def test_an_office_sees_its_own_confirmed_applications_the_oldest_first(
    store: Store, meet: Meet, now: datetime
) -> None:
    person = meet("chat-1").person_id
    late = confirmed(store, person, "HK-394-27", CON_MINH, now + timedelta(days=1))
    early = confirmed(store, person, "KX-638-42", CON_MINH, now)
    confirmed(store, person, "VX-936-48", BA_BE, now)
    draft = Details("first", "Trà", "set07", THAI_NGUYEN, CON_MINH)
    store.run(lambda db: applications.begin(db, person, "RV-382-58", draft, now))

    found = store.run(lambda db: dossiers.of_commune(db, CON_MINH))

    assert [one.id for one in found] == [early, late]
    assert {(one.producer, one.product, one.state) for one in found} == {("HTX Bản Mẫu", "Miến dong", "confirmed")}
    assert store.run(lambda db: dossiers.counts(db, THAI_NGUYEN)) == {
        CON_MINH: {"confirmed": 2},
        BA_BE: {"confirmed": 1},
    }


def test_the_state_follows_what_is_recorded_and_the_history_stays(store: Store, meet: Meet, now: datetime) -> None:
    person, clerk = meet("chat-1").person_id, meet("chat-2").person_id
    id = confirmed(store, person, "HK-394-27", CON_MINH, now)

    for kind in ("received", "needs_more"):
        store.run(lambda db, kind=kind: dossiers.record(db, id, kind, {"day": "ngày"}, clerk, CON_MINH, now))  # type: ignore[misc]

    its = store.run(lambda db: dossiers.find(db, id))
    assert its
    assert its.state == "needs_more"
    events = store.run(lambda db: dossiers.events(db, id))
    assert [(one.kind, one.by_person, one.details) for one in events] == [
        ("received", clerk, {"day": "ngày"}),
        ("needs_more", clerk, {"day": "ngày"}),
    ]
    assert store.run(lambda db: dossiers.events_of_commune(db, CON_MINH)) == {id: events}


def test_what_an_office_recorded_outlives_the_producers_next_version(store: Store, meet: Meet, now: datetime) -> None:
    person = meet("chat-1").person_id
    id = confirmed(store, person, "HK-394-27", CON_MINH, now)
    store.run(lambda db: dossiers.record(db, id, "received", {}, person, CON_MINH, now))

    details = Details("first", "Miến dong", "set07", THAI_NGUYEN, CON_MINH)
    store.run(lambda db: applications.confirm(db, id, details, '{"v": 2}', person, now))

    its = store.run(lambda db: dossiers.find(db, id))
    assert its
    assert its.state == "received"


def test_a_deleted_application_takes_its_history_and_the_officials_copies_along(
    store: Store, meet: Meet, now: datetime
) -> None:
    person, clerk, other = meet("chat-1"), meet("chat-2"), meet("chat-3")
    id = confirmed(store, person.person_id, "HK-394-27", CON_MINH, now)
    details = {"number": "12", "day": "2026-11-20"}
    store.run(lambda db: dossiers.record(db, id, "received", details, clerk.person_id, CON_MINH, now))
    for reader, where in ((clerk, CON_MINH), (other, BA_BE)):
        store.run(lambda db, r=reader, w=where: grants.give(db, r.person_id, "commune", w, now))  # type: ignore[misc]
        store.run(lambda db, r=reader: progress.start(db, r.person_id, "dossiers", "", "«Miến dong»", now))  # type: ignore[misc]
        [row] = store.run(
            lambda db, r=reader: outbox.put(db, r.chat_id, "telegram", "1", "x", ["«Miến dong»"], now)  # type: ignore[misc]
        )
        store.run(lambda db, row=row: outbox.end(db, row.id, "sent", "", now))  # type: ignore[misc]

    store.run(lambda db: erasure.erase(db, person.person_id, now))

    assert store.run(lambda db: dossiers.lock(db, id)) is None
    assert store.run(lambda db: db.execute(select(APPLICATION_EVENT)).all()) == []
    for reader, is_kept in ((clerk, False), (other, True)):
        [list_of_names] = store.run(lambda db, r=reader: progress.open_ones(db, r.person_id))  # type: ignore[misc]
        assert ("Miến" in list_of_names.body) is is_kept
    [line] = store.run(lambda db: erased_dossiers.of_commune(db, CON_MINH, 10))
    assert (line.code, line.received_on, line.erased_at) == ("HK-394-27", date(2026, 11, 20), now)
    assert store.run(lambda db: erased_dossiers.by_code(db, "HK-394-27")) == line
    bodies = dict(store.run(lambda db: [tuple(r) for r in db.execute(select(OUTBOX.c.chat_id, OUTBOX.c.body))]))
    assert "Miến" not in bodies[clerk.chat_id]
    assert "Miến" in bodies[other.chat_id]


def test_an_erased_official_has_no_grant_left(store: Store, meet: Meet, now: datetime) -> None:
    clerk = meet("chat-1").person_id
    store.run(lambda db: grants.give(db, clerk, "commune", CON_MINH, now))

    store.run(lambda db: erasure.erase(db, clerk, now))

    assert store.run(lambda db: grants.of_person(db, clerk, now)) == []


def test_a_dossier_deleted_before_its_paper_came_in_leaves_nothing(store: Store, meet: Meet, now: datetime) -> None:
    person = meet("chat-1").person_id
    id = confirmed(store, person, "HK-394-27", CON_MINH, now)
    store.run(lambda db: dossiers.record(db, id, "needs_more", {"items": []}, person, CON_MINH, now))

    store.run(lambda db: erasure.erase(db, person, now))

    assert store.run(lambda db: erased_dossiers.by_code(db, "HK-394-27")) is None


def test_the_code_of_an_erased_dossier_is_given_to_no_other(store: Store, meet: Meet, now: datetime) -> None:
    person, other = meet("chat-1").person_id, meet("chat-2").person_id
    id = confirmed(store, person, "HK-394-27", CON_MINH, now)
    store.run(lambda db: dossiers.record(db, id, "received", {"day": "2026-11-20"}, person, CON_MINH, now))
    store.run(lambda db: erasure.erase(db, person, now))

    details = Details("first", "Trà", "set07", THAI_NGUYEN, CON_MINH)
    assert store.run(lambda db: applications.begin(db, other, "HK-394-27", details, now)) is None


def test_the_line_of_an_erased_dossier_is_kept_for_as_long_as_anything(store: Store, meet: Meet, now: datetime) -> None:
    store.run(lambda db: erased_dossiers.add(db, "HK-394-27", CON_MINH, date(2026, 11, 20), now))

    assert store.run(lambda db: erased_dossiers.forget(db, now)) == 0
    assert store.run(lambda db: erased_dossiers.forget(db, now + timedelta(days=1))) == 1
    assert store.run(lambda db: erased_dossiers.of_commune(db, CON_MINH, 10)) == []


def test_who_takes_the_consent_back_takes_the_dossier_from_the_office_unless_it_has_the_paper(
    store: Store, meet: Meet, now: datetime
) -> None:
    person = meet("chat-1").person_id
    on_paper = confirmed(store, person, "HK-394-27", CON_MINH, now)
    not_yet = confirmed(store, person, "KX-638-42", CON_MINH, now)
    store.run(lambda db: dossiers.record(db, on_paper, "received", {"day": "2026-11-20"}, person, CON_MINH, now))
    store.run(lambda db: consents.withdraw(db, person, consents.DRAFTING, now))

    [left] = store.run(lambda db: dossiers.of_commune(db, CON_MINH))
    assert (left.id, left.is_open) == (on_paper, False)
    assert store.run(lambda db: dossiers.find(db, not_yet)) is None
    assert store.run(lambda db: dossiers.counts(db, THAI_NGUYEN)) == {CON_MINH: {"received": 1}}

    store.run(lambda db: consents.give(db, person, consents.DRAFTING, 2, now))
    assert [one.is_open for one in store.run(lambda db: dossiers.of_commune(db, CON_MINH))] == [True, True]
