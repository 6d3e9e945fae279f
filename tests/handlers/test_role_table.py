"""Who may do what with whose dossier: every act, every role, on its own commune, another one, another province."""

from datetime import timedelta

import pytest

from handlers.commune import access, dossier, listing
from handlers.commune.access import MAY, Act
from handlers.visit import Visit
from storage import grants, people
from storage.dossiers import record
from storage.grants import Role
from storage.store import Db
from storage.tables import GRANT
from tests.handlers.office import (
    BA_BE,
    CAO_BANG,
    CON_MINH,
    HUNG_DAO,
    REASON,
    THAI_NGUYEN,
    audited,
    dossiers_of,
    official,
    producer_of_noodles,
    recorded,
)
from tests.handlers.person import Person, Village

# Where somebody has a grant, seen from a dossier of Côn Minh, and whether that lets them do anything with it.
PLACES: list[tuple[Role | None, str | None, bool]] = [
    ("commune", CON_MINH, True),
    ("commune", BA_BE, False),
    ("commune", HUNG_DAO, False),
    ("commune", THAI_NGUYEN, False),
    ("province", THAI_NGUYEN, True),
    ("province", CAO_BANG, False),
    ("province", CON_MINH, False),
    ("admin", None, False),
    ("admin", THAI_NGUYEN, False),
    (None, None, False),
]
WITH_DOSSIERS: tuple[Act, ...] = (
    "numbers",
    "names",
    "open",
    "received",
    "needs_more",
    "forwarded",
    "result",
    "release",
    "files",
)
WITH_QUESTIONS: tuple[Act, ...] = ("questions", "answer")
FOR_ALL_OF_A_PROVINCE: tuple[Act, ...] = ("unanswered", "write_answer", "approve")
# The same for what is done with the rights of an official of Côn Minh, of its province, and of no place.
OVER_OFFICIALS: tuple[Act, ...] = ("officials", "revoke", "invite")
ABOVE: list[tuple[Role | None, str | None, set[str | None]]] = [
    ("commune", CON_MINH, set()),
    ("commune", THAI_NGUYEN, set()),
    ("province", THAI_NGUYEN, {CON_MINH}),
    ("province", CAO_BANG, set()),
    ("province", CON_MINH, set()),
    ("admin", None, {CON_MINH, THAI_NGUYEN, None}),
    ("admin", THAI_NGUYEN, set()),
    (None, None, set()),
]

each_place = pytest.mark.parametrize(
    ("role", "place_id", "may"), [pytest.param(*one, id=f"{one[0]} of {one[1]}") for one in PLACES]
)


def visit(village: Village, someone: Person, db: Db) -> Visit:
    known = people.meet(db, someone.channel, "", someone.address, village.now)
    return Visit(db, village.now, village.office, known, village.draw_code)


def granted(village: Village, role: Role | None, place_id: str | None) -> Person:
    someone = village.person("cán bộ")
    who = someone.id
    if role:
        village.store.run(lambda db: grants.give(db, who, role, place_id, village.now))
    return someone


def test_the_table_names_every_act():
    assert set(MAY) == {*WITH_DOSSIERS, *WITH_QUESTIONS, *FOR_ALL_OF_A_PROVINCE, *OVER_OFFICIALS}


@pytest.mark.parametrize("act", WITH_DOSSIERS)
@each_place
def test_every_act_is_for_officials_of_that_commune_and_its_province_and_denials_are_logged(
    village: Village, act: Act, role: Role | None, place_id: str | None, may: bool
):
    someone = granted(village, role, place_id)

    given = village.store.run(lambda db: access.let(visit(village, someone, db), act, CON_MINH, 17, reason=1))

    assert (given is not None) is may
    assert audited(village, denied=True) == ([] if may else [(someone.id, act, None)])


@pytest.mark.parametrize("act", OVER_OFFICIALS)
@pytest.mark.parametrize(
    ("role", "place_id", "over"), [pytest.param(*one, id=f"{one[0]} of {one[1]}") for one in ABOVE]
)
def test_rights_are_given_looked_at_and_ended_by_those_above_only_and_denials_are_logged(
    village: Village, act: Act, role: Role | None, place_id: str | None, over: set[str | None]
):
    someone = granted(village, role, place_id)
    places = (CON_MINH, THAI_NGUYEN, None)

    def let(db: Db) -> set[str | None]:
        return {place for place in places if access.let(visit(village, someone, db), act, place)}

    assert village.store.run(let) == over
    assert audited(village, denied=True) == [(someone.id, act, None)] * (len(places) - len(over))


@pytest.mark.parametrize("act", WITH_QUESTIONS)
@pytest.mark.parametrize("asked", [CON_MINH, THAI_NGUYEN])
@each_place
def test_a_question_is_for_officials_of_the_office_that_was_asked_and_denials_are_logged(
    village: Village, act: Act, asked: str, role: Role | None, place_id: str | None, may: bool
):
    someone = granted(village, role, place_id)
    its_own = (role, place_id) == ("commune" if asked == CON_MINH else "province", asked)

    given = village.store.run(lambda db: access.let(visit(village, someone, db), act, asked))

    assert (given is not None) is its_own
    assert audited(village, denied=True) == ([] if its_own else [(someone.id, act, None)])


@pytest.mark.parametrize("act", WITH_DOSSIERS)
def test_the_province_does_nothing_but_count_before_it_has_said_why(village: Village, act: Act):
    someone = granted(village, "province", THAI_NGUYEN)

    given = village.store.run(lambda db: access.let(visit(village, someone, db), act, CON_MINH))

    assert (given is not None) is (act == "numbers")


@pytest.mark.parametrize("act", ["receive", "ask_more", "forward", "result", "release"])
@each_place
def test_an_act_at_hand_is_recorded_only_by_those_who_may(
    village: Village, act: str, role: Role | None, place_id: str | None, may: bool
):
    """The official stands right before the last word, and only then has this grant and no other."""
    producer_of_noodles(village)
    clerk = official(village, "cán bộ", "province", THAI_NGUYEN)
    who = clerk.id
    [its] = dossiers_of(village)
    sent_on = ["received", "forwarded"]
    states = {"forward": ["received"], "result": sent_on, "release": [*sent_on, "unreleased"]}.get(act, [])
    details = {"number": "1", "day": "2026-11-20", "by": "2026-12-14", "note": ""}

    def stand_there(db: Db) -> None:
        for state in states:
            record(db, its.id, state, details, who, CON_MINH, village.now)

    village.store.run(stand_there)
    clerk.says("/hoso", "1", REASON, "1")
    labels = {"receive": "đã nhận", "ask_more": "cần bổ sung", "forward": "đã chuyển tỉnh", "result": "ghi kết quả"}
    labels["release"] = "báo cho cơ sở"
    answers = {
        "receive": ["12/PĐK", "20/11/2026"],
        "ask_more": ["điện thoại", "xong", "ghi chưa rõ"],
        "forward": ["20/11/2026"],
        "result": ["3 sao", "124/QĐ-UBND", "20/11/2026"],
    }
    clerk.says(labels[act], *answers.get(act, []))

    def another_grant(db: Db) -> None:
        db.execute(GRANT.delete())
        if role:
            grants.give(db, who, role, place_id, village.now)

    village.store.run(another_grant)
    said = clerk.says("báo cho cơ sở" if act == "release" else "xong")

    assert ("✅ Đã ghi" in said) is may
    assert (len(recorded(village)) == len(states) + 1) is may
    assert ("Miến dong" in said) is False


@each_place
def test_a_list_a_paper_and_its_phone_number_are_shown_only_to_those_who_may(
    village: Village, role: Role | None, place_id: str | None, may: bool
):
    producer_of_noodles(village)
    [its] = dossiers_of(village)
    someone = granted(village, role, place_id)

    def look(db: Db) -> str:
        at = visit(village, someone, db)
        return f"{listing.of_commune(at, CON_MINH, 1)} {dossier.opened(at, its.id, 1)}"

    shown = village.store.run(look)

    assert ("0912 345 678" in shown) is may
    assert ("Miến dong" in shown) is may


@pytest.mark.parametrize(("since", "until"), [(1, None), (-10, -1)], ids=["not yet", "expired"])
def test_a_grant_holds_in_its_time_only(village: Village, since: int, until: int | None):
    someone = village.person("cán bộ")
    who, now = someone.id, village.now
    ends = now + timedelta(hours=until) if until else None
    village.store.run(lambda db: grants.give(db, who, "commune", CON_MINH, now + timedelta(hours=since), until=ends))

    assert village.store.run(lambda db: access.let(visit(village, someone, db), "open", CON_MINH)) is None


@pytest.mark.parametrize("act", FOR_ALL_OF_A_PROVINCE)
@each_place
def test_what_is_answered_for_everybody_is_for_the_officials_of_that_province_and_denials_are_logged(
    village: Village, act: Act, role: Role | None, place_id: str | None, may: bool
):
    someone = granted(village, role, place_id)
    is_theirs = may and role == "province"

    given = village.store.run(lambda db: access.let(visit(village, someone, db), act, THAI_NGUYEN))

    assert (given is not None) is is_theirs
    assert audited(village, denied=True) == ([] if is_theirs else [(someone.id, act, None)])
