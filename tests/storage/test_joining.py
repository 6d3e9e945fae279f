"""Two people who are one: everything of the first is the second's afterwards, and nothing points to the first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, ForeignKey, Table, select
from sqlmodel import SQLModel

from ocop.library import official_version
from storage import applications, consents, erasure, joining, passes, people, producers, progress
from storage.people import Known
from storage.store import Store
from storage.tables import CHAT, MEMBERSHIP, PERSON, PROGRESS
from tests.storage.test_erasure import everything_in, fill

Meet = Callable[[str], Known]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CODE = "HK-394-27 KX-638-42"

TO_A_PERSON = [
    (table, key)
    for table in SQLModel.metadata.sorted_tables
    for key in table.foreign_keys
    if key.column.table.name == "person"
]


def pointing_to(store: Store, person_id: int) -> list[str]:
    """Every column of any table that holds this person's number."""

    def holds(db: Connection, table: Table, key: ForeignKey) -> bool:
        return db.execute(select(table).where(key.parent == person_id)).first() is not None

    def look(db: Connection) -> list[str]:
        return [f"{table.name}.{key.parent.name}" for table, key in TO_A_PERSON if holds(db, table, key)]

    return store.run(look)


def point_from_everywhere(db: Connection, met: Known, now: datetime, code: str) -> None:
    """Have a row of every table that can point to a person do so."""
    from storage import audit, dossiers, grants, helps, matters, official_versions

    person = met.person_id
    fill(db, met, now, code)
    grants.invite(db, f"invite {code}", "province", "thai-nguyen", now, now + DAY, made_by=person)
    grants.come_in(db, f"invite {code}", person, now)
    grants.give(db, person, "admin", None, now, given_by=person)
    [application] = applications.of_person(db, person)
    dossiers.record(db, application.id, "received", {}, person, "thai-nguyen/con-minh", now)
    helps.begin(db, application.id, 1_000_000 + application.id, person, "cô Hoa", now)
    audit.note(db, person, "open", now, application_id=application.id)
    [matter] = matters.of_person(db, person)
    matters.take(db, matter.id, person, "thai-nguyen/con-minh", now)
    said = official_version("thai-nguyen", "x", "y", now.date(), None)
    version = official_versions.write(db, "", "", said, (), "", person, now)
    assert official_versions.approve(db, version, person, now)


def test_the_rows_made_here_point_to_a_person_in_every_way_there_is(store: Store, meet: Meet, now: datetime) -> None:
    """Else the test after this one would pass over a table that it never filled."""
    met = meet("chat-1")
    store.run(lambda db: point_from_everywhere(db, met, now, "HK-394-27"))

    assert set(pointing_to(store, met.person_id)) == {f"{table.name}.{key.parent.name}" for table, key in TO_A_PERSON}


def test_after_joining_nothing_points_to_the_old_person_who_is_no_more(store: Store, meet: Meet, now: datetime) -> None:
    old, new = meet("chat-1"), meet("chat-2")
    store.run(lambda db: point_from_everywhere(db, old, now, "HK-394-27"))
    store.run(lambda db: point_from_everywhere(db, new, now, "KX-638-42"))
    rows = everything_in(store).count("\n")

    store.run(lambda db: joining.merge(db, old.person_id, new.person_id, now))

    assert pointing_to(store, old.person_id) == []
    assert store.run(lambda db: db.execute(select(PERSON.c.id)).scalars().all()) == [new.person_id]
    assert everything_in(store).count("\n") == rows - 1, "only the row of the old person is gone"
    codes = {one.code for one in store.run(lambda db: applications.of_person(db, new.person_id))}
    assert codes == {"HK-394-27", "KX-638-42"}
    assert len(store.run(lambda db: producers.of_person(db, new.person_id))) == 2


TALKS = st.lists(st.tuples(st.sampled_from(["register", "drafts"]), st.sampled_from(["", "A", "B", "A+"])), unique=True)


@pytest.mark.parametrize("url", ["sqlite_url", "postgres_url"])
@given(ours=TALKS, theirs=TALKS)
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_every_draft_of_both_is_there_afterwards_whatever_they_are_about(
    request: pytest.FixtureRequest, url: str, ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    now = datetime.fromisoformat("2026-11-21T01:30:00+00:00")
    store = Store(request.getfixturevalue(url))

    def together(db: Connection) -> list[tuple[str, Any]]:
        for table in (PROGRESS, CHAT, PERSON):
            db.execute(table.delete())
        one, other = (people.meet(db, "web", "", address, now).person_id for address in ("1", "2"))
        for person, talks in ((one, ours), (other, theirs)):
            for conversation, subject in talks:
                progress.start(db, person, conversation, subject, f"{person == one} {subject}", now)
        joining.merge(db, one, other, now)
        return sorted((saved.conversation, saved.body) for saved in progress.open_ones(db, other))

    left = store.run(together)
    store.close()

    kept = [(conversation, f"True {subject}") for conversation, subject in ours if subject]
    assert left == sorted(kept + [(conversation, f"False {subject}") for conversation, subject in theirs])


def test_who_acts_twice_for_the_same_producer_does_so_once(store: Store, meet: Meet, now: datetime) -> None:
    old, new = meet("chat-1").person_id, meet("chat-2").person_id
    producer = store.run(lambda db: producers.add(db, "HTX Bản Mẫu", "cooperative", None, new, now))
    row = {"person_id": old, "producer_id": producer, "right": "owner"}
    store.run(lambda db: db.execute(MEMBERSHIP.insert(), row).close())

    store.run(lambda db: joining.merge(db, old, new, now))

    assert [one.id for one in store.run(lambda db: producers.of_person(db, new))] == [producer]


@pytest.mark.parametrize(
    ("taken_back", "holds"), [(None, True), (-1, True), (1, False)], ids=["never", "before", "afterwards"]
)
def test_of_what_was_agreed_to_on_two_phones_the_last_word_holds(
    store: Store, meet: Meet, now: datetime, taken_back: int | None, holds: bool
) -> None:
    old, new = meet("chat-1").person_id, meet("chat-2").person_id
    store.run(lambda db: consents.give(db, new, "drafting", 1, now - DAY))
    store.run(lambda db: consents.give(db, old, "drafting", 1, now))
    if taken_back is None:
        store.run(lambda db: consents.withdraw(db, new, "other", now))
    else:
        store.run(lambda db: consents.withdraw(db, new, "drafting", now + taken_back * MINUTE))

    store.run(lambda db: joining.merge(db, old, new, now))

    assert store.run(lambda db: consents.is_given(db, new, "drafting", 1)) is holds


@pytest.mark.parametrize(("mine", "kept"), [(None, "chị"), ("bác", "bác")])
def test_the_form_of_address_comes_along_where_there_was_none(
    store: Store, meet: Meet, now: datetime, mine: str | None, kept: str
) -> None:
    old, new = meet("chat-1").person_id, meet("chat-2").person_id
    store.run(lambda db: people.call(db, old, "chị"))
    store.run(lambda db: people.call(db, new, mine))

    store.run(lambda db: joining.merge(db, old, new, now))

    assert store.run(lambda db: people.address_form(db, new)) == kept


def test_a_turn_that_waited_for_the_joining_goes_on_as_the_one_person(postgres_url: str, now: datetime) -> None:
    """Else what is typed on the new phone meanwhile would be kept under somebody who is no more."""
    store = Store(postgres_url)
    one, other = (store.run(lambda db, at=at: people.meet(db, "web", "", at, now)) for at in ("1", "2"))  # type: ignore[misc]
    met, let_go = Event(), Event()

    def join(db: Connection) -> None:
        people.meet(db, "web", "", "1", now)
        met.set()
        let_go.wait(5)
        joining.merge(db, one.person_id, other.person_id, now)

    joined = store.submit(join)
    met.wait(5)
    waiting = store.submit(lambda db: people.meet(db, "web", "", "1", now))
    with pytest.raises(TimeoutError):
        waiting.result(0.2)
    let_go.set()
    joined.result(5)

    assert waiting.result(5).person_id == other.person_id
    store.close()


# --- passes


def test_a_pass_holds_until_it_is_used_or_expires_and_is_kept_as_a_hash_only(
    store: Store, meet: Meet, now: datetime
) -> None:
    person = meet("chat-1").person_id
    store.run(lambda db: passes.make(db, CODE, "join", person, now + 10 * MINUTE))
    assert "394" not in everything_in(store)

    found = store.run(lambda db: passes.find(db, CODE, "join", now + 9 * MINUTE))
    assert found
    assert found.person_id == person
    assert store.run(lambda db: passes.find(db, CODE, "join", now + 10 * MINUTE)) is None
    assert store.run(lambda db: passes.use(db, found.code_hash, "join", now + 10 * MINUTE)) is None
    assert store.run(lambda db: passes.use(db, found.code_hash, "join", now)) == found
    assert store.run(lambda db: passes.use(db, found.code_hash, "join", now)) is None


def test_of_many_who_use_a_pass_at_once_one_does(store: Store, meet: Meet, now: datetime) -> None:
    person = meet("chat-1").person_id
    store.run(lambda db: passes.make(db, CODE, "join", person, now + DAY))

    used = [store.submit(lambda db: passes.use(db, passes.hash_of(CODE), "join", now)) for _ in range(10)]

    assert sum(one.result() is not None for one in used) == 1


def test_passes_go_when_they_expired_or_their_person_is_erased(store: Store, meet: Meet, now: datetime) -> None:
    one, other = meet("chat-1").person_id, meet("chat-2").person_id
    store.run(lambda db: passes.make(db, CODE, "join", one, now + MINUTE))
    store.run(lambda db: passes.make(db, "another", "join", other, now + DAY))

    assert store.run(lambda db: passes.forget_expired(db, now)) == 0
    assert store.run(lambda db: passes.forget_expired(db, now + MINUTE)) == 1
    store.run(lambda db: erasure.erase(db, other, now))
    assert store.run(lambda db: passes.find(db, "another", "join", now)) is None
