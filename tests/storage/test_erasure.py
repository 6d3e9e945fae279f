"""What is erased is gone from every table; what must outlive it holds numbers only, and other people lose nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from storage import (
    applications,
    consents,
    erasure,
    files,
    inbox,
    matters,
    outbox,
    passes,
    people,
    places,
    producers,
    progress,
    questions,
    recognitions,
    retention,
)
from storage.applications import Details
from storage.people import Known
from storage.places import Place
from storage.recognitions import Recognition
from storage.store import Store
from storage.tables import APPLICATION, CHAT, PERSON, PRODUCER, PROGRESS

Meet = Callable[[str], Known]

SECRET = "Miến dong Bản Mẫu"
DETAILS = Details("first", SECRET, "set07", "thai-nguyen", "thai-nguyen/con-minh")
DAY = timedelta(days=1)
# Every column that points to a row that erasing deletes or empties. Whoever adds one thinks of storage/erasure.py:
# either the row goes there, too, or it holds nothing but the number.
GOES = {
    "application.person_id",
    "application.producer_id",
    "application_event.application_id",
    "application_version.application_id",
    "chat.person_id",
    "consent.person_id",
    "file.owner_id",
    "help.application_id",
    "help.helper_id",
    "matter.person_id",
    "matter.taker_id",
    "matter_word.matter_id",
    "membership.person_id",
    "membership.producer_id",
    "office_grant.person_id",
    "outbox.chat_id",
    "pass.person_id",
    "progress.person_id",
    "question.person_id",
    "recognition.application_id",
}
OUTLIVES = {
    "application_event.by_person",
    "application_version.confirmed_by",
    "audit.person_id",
    "invite.made_by",
    "invite.used_by",
    "matter_word.by_person",
    "office_grant.given_by",
    "official_version.approved_by",
    "official_version.written_by",
}


def everything_in(store: Store) -> str:
    """Every row of every table, as text."""
    tables = SQLModel.metadata.sorted_tables
    return store.run(lambda db: "\n".join(str(tuple(row)) for table in tables for row in db.execute(select(table))))


def fill(db: Connection, met: Known, now: datetime, code: str, sha256: str = "a1") -> int:
    """Have a person leave something of every kind; returns the progress."""
    places.put_all(
        db, [Place("thai-nguyen", "province", "Thái Nguyên"), Place("thai-nguyen/con-minh", "commune", "xã Côn Minh")]
    )
    person = met.person_id
    consents.give(db, person, "drafting", 1, now)
    people.call(db, person, "chị")
    draft = progress.start(db, person, "register", code, f'{{"product": "{SECRET}"}}', now)
    people.focus_on(db, person, draft)
    producer = producers.add(db, f"Hợp tác xã {SECRET}", "cooperative", "thai-nguyen/con-minh", person, now)
    application = applications.begin(db, person, code, DETAILS, now, draft)
    assert application
    applications.confirm(
        db, application, replace(DETAILS, producer_id=producer), f'{{"product": "{SECRET}"}}', person, now
    )
    recognitions.record(db, application, Recognition(None, 4, 2026, f"{SECRET}/QĐ", None, None, SECRET))
    passes.make(db, f"join {code}", "join", person, now + DAY)
    asked = matters.begin(db, person, "thai-nguyen/con-minh", "thai-nguyen", "thai-nguyen/con-minh", now)
    matters.ask(db, asked.id, person, SECRET, SECRET, now, now)
    questions.keep(db, person, SECRET, "", None, now)
    files.add(db, sha256 * 32, "image/jpeg", 10, f"{SECRET}.jpg", person, now)
    (update,) = inbox.keep(db, "telegram", "1", [(f"update of {code}", f"address of {code}", SECRET)], now)
    inbox.done(db, update.id, now)
    outbox.put(db, met.chat_id, "telegram", "1", f"address of {code}", [SECRET], now)
    return draft


@pytest.fixture
def full(store: Store, meet: Meet, now: datetime) -> Known:
    met = meet("address of HK-394-27")
    store.run(lambda db: fill(db, met, now, "HK-394-27"))
    return met


def test_every_column_that_points_to_what_is_erased_has_been_thought_of() -> None:
    erased = {"person", "chat", "producer", "application", "progress", "matter"}
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in erased
    }

    assert pointing == GOES | OUTLIVES


def test_nothing_a_person_said_is_left_in_any_table(store: Store, full: Known, now: datetime) -> None:
    assert SECRET in everything_in(store)

    sha256s = store.run(lambda db: erasure.erase(db, full.person_id, now))

    left = everything_in(store)
    assert SECRET not in left
    assert "chị" not in left
    assert sha256s == ["a1" * 32]
    assert store.run(lambda db: files.unused(db, sha256s)) == sha256s


def test_where_an_answered_update_came_from_is_forgotten_and_its_repeat_is_still_known(
    store: Store, full: Known, now: datetime
) -> None:
    store.run(lambda db: erasure.forget(db, full.person_id, now))

    assert "address of HK-394-27" not in everything_in(store)
    again = [("update of HK-394-27", "address of HK-394-27", "again")]
    assert store.run(lambda db: inbox.keep(db, "telegram", "1", again, now)) == []


def test_an_update_that_still_waits_for_its_answer_keeps_it(store: Store, full: Known, now: datetime) -> None:
    store.run(lambda db: inbox.keep(db, "telegram", "1", [("next", "address of HK-394-27", "alo")], now))

    store.run(lambda db: erasure.erase(db, full.person_id, now))

    (waiting,) = store.run(lambda db: inbox.unhandled(db, "telegram", "1", now + DAY, 10))
    assert (waiting.address, waiting.body) == ("address of HK-394-27", "alo")


def test_other_people_lose_nothing(store: Store, full: Known, meet: Meet, now: datetime) -> None:
    other = meet("address of KX-638-42")
    store.run(lambda db: fill(db, other, now, "KX-638-42"))
    before = everything_in(store).count("KX-638-42")

    store.run(lambda db: erasure.erase(db, full.person_id, now))

    assert everything_in(store).count("KX-638-42") == before
    assert store.run(lambda db: files.unused(db, ["a1" * 32])) == [], "the same photo belongs to the other one, too"
    assert [one.code for one in store.run(lambda db: applications.of_person(db, other.person_id))] == ["KX-638-42"]
    assert len(store.run(lambda db: producers.of_person(db, other.person_id))) == 1


def test_a_producer_that_somebody_else_acts_for_stays(store: Store, full: Known, meet: Meet, now: datetime) -> None:
    other = meet("chat-2")
    ((producer,),) = [store.run(lambda db: producers.of_person(db, full.person_id))]
    row = {"person_id": other.person_id, "producer_id": producer.id, "right": "owner"}
    store.run(lambda db: db.execute(producers.ADD_MEMBER, row).close())

    store.run(lambda db: erasure.erase(db, full.person_id, now))

    assert [one.id for one in store.run(lambda db: producers.of_person(db, other.person_id))] == [producer.id]
    assert store.run(lambda db: producers.of_person(db, full.person_id)) == []


def test_a_version_confirmed_for_somebody_else_keeps_the_number_of_who_confirmed_it(
    store: Store, full: Known, meet: Meet, now: datetime
) -> None:
    helper = meet("chat-2").person_id
    (application,) = store.run(lambda db: applications.of_person(db, full.person_id))
    store.run(lambda db: applications.confirm(db, application.id, application.details, "{}", helper, now))

    store.run(lambda db: erasure.erase(db, helper, now))

    assert store.run(lambda db: applications.latest_version(db, application.id)) == "{}"


def test_each_chat_begins_anew_with_somebody_unknown_of_its_own(store: Store, full: Known, now: datetime) -> None:
    row = {"channel": "web", "bot": "", "address": "page", "person_id": full.person_id, "created_at": now}
    store.run(lambda db: db.execute(CHAT.insert(), row).close())

    def erase(db: Connection) -> list[str]:
        erasure.erase(db, full.person_id, now)
        return [chat.address for chat in erasure.begin_anew(db, full.person_id, now)]

    assert store.run(erase) == ["address of HK-394-27", "page"]
    here = store.run(lambda db: people.meet(db, "telegram", "1", "address of HK-394-27", now))
    there = store.run(lambda db: people.meet(db, "web", "", "page", now))
    assert here.is_new
    assert there.is_new
    assert len({here.person_id, there.person_id, full.person_id}) == 3
    assert not store.run(lambda db: people.meet(db, "web", "", "page", now)).is_new


def test_a_turn_that_waited_for_the_erasing_meets_somebody_unknown(postgres_url: str, now: datetime) -> None:
    """Else the words of the second phone would be kept under the person just erased."""
    store = Store(postgres_url)
    known = store.run(lambda db: people.meet(db, "telegram", "1", "chat-1", now))
    locked, let_go = Event(), Event()

    def erase(db: Connection) -> None:
        people.meet(db, "telegram", "1", "chat-1", now)
        locked.set()
        let_go.wait(5)
        erasure.erase(db, known.person_id, now)
        erasure.begin_anew(db, known.person_id, now)

    erasing = store.submit(erase)
    locked.wait(5)
    waiting = store.submit(lambda db: people.meet(db, "telegram", "1", "chat-1", now))
    with pytest.raises(TimeoutError):
        waiting.result(0.2)
    let_go.set()
    erasing.result(5)

    met = waiting.result(5)
    assert met.person_id != known.person_id
    assert met.is_new
    store.close()


def test_a_draft_goes_with_its_application_and_with_a_producer_that_has_no_other(
    store: Store, full: Known, now: datetime
) -> None:
    (draft,) = store.run(lambda db: progress.open_ones(db, full.person_id))

    assert store.run(lambda db: erasure.drop_draft(db, draft.id, now)) == full.person_id
    assert store.run(lambda db: erasure.drop_draft(db, draft.id, now)) is None

    for table in (PROGRESS, APPLICATION, PRODUCER):
        assert store.run(lambda db, table=table: db.execute(select(table)).all()) == []  # type: ignore[misc]


# --- what has been kept for long enough


def idle(store: Store, before: datetime) -> list[int]:
    return store.run(lambda db: retention.idle_people(db, before, 10))


def test_somebody_is_idle_once_nothing_was_heard_of_them_since(store: Store, full: Known, now: datetime) -> None:
    assert idle(store, now) == []
    assert idle(store, now + DAY) == [full.person_id]
    assert store.run(lambda db: retention.idle_people(db, now + DAY, 10, full.person_id)) == []

    store.run(lambda db: outbox.put(db, full.chat_id, "telegram", "1", "a", ["chào"], now + DAY))
    assert idle(store, now + DAY) == []


def test_a_reminder_we_sent_is_no_sign_of_life(store: Store, full: Known, now: datetime) -> None:
    store.run(lambda db: outbox.put(db, full.chat_id, "telegram", "1", "a", ["nhắc"], now + DAY, lane="reminder"))

    assert idle(store, now + DAY) == [full.person_id]


def test_who_was_forgotten_is_not_found_again(store: Store, full: Known, now: datetime) -> None:
    store.run(lambda db: erasure.forget(db, full.person_id, now))

    assert idle(store, now + DAY) == []
    assert store.run(lambda db: db.execute(select(CHAT)).all()) == []


def test_a_draft_is_idle_when_it_lay_untouched_unless_an_office_has_it(
    store: Store, full: Known, now: datetime
) -> None:
    (draft,) = store.run(lambda db: progress.open_ones(db, full.person_id))
    assert store.run(lambda db: retention.idle_drafts(db, now, 10)) == []
    assert store.run(lambda db: retention.idle_drafts(db, now + DAY, 10)) == [draft.id]

    store.run(lambda db: db.execute(APPLICATION.update().values(state="received")).close())
    assert store.run(lambda db: retention.idle_drafts(db, now + DAY, 10)) == []


def test_old_messages_go_and_those_on_their_way_stay(store: Store, full: Known, now: datetime) -> None:
    assert store.run(lambda db: retention.forget_messages(db, now + DAY)) == 0
    (waiting,) = store.run(lambda db: outbox.due(db, "telegram", "1", now, 10))
    store.run(lambda db: outbox.sent(db, [(waiting.id, "7")], now))

    assert store.run(lambda db: retention.forget_messages(db, now)) == 0
    assert store.run(lambda db: retention.forget_messages(db, now + DAY)) == 1


def test_a_chat_told_of_its_end_goes_once_the_message_is_out_unless_somebody_wrote(
    store: Store, full: Known, meet: Meet, now: datetime
) -> None:
    def forget() -> int:
        return store.run(lambda db: retention.forget_unknown(db, now + DAY))

    assert forget() == 0, "this one is known"
    store.run(lambda db: erasure.erase(db, full.person_id, now))
    store.run(lambda db: erasure.begin_anew(db, full.person_id, now))
    (farewell,) = store.run(
        lambda db: outbox.put(db, full.chat_id, "telegram", "1", "address of HK-394-27", ["xong"], now)
    )
    assert forget() == 0, "the last message is not out yet"

    store.run(lambda db: outbox.end(db, farewell.id, "unreachable", "blocked", now))
    assert forget() == 1
    assert store.run(lambda db: db.execute(select(CHAT)).all()) == []
    assert store.run(lambda db: db.execute(select(PERSON.c.address_form)).scalars().all()) == [None, None]
