"""The clock on what was promised: whoever asked hears the truth, once, whatever processes die or look twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from handlers.matters import clock
from handlers.visit import Moment
from storage import matters, people
from storage.matters import Matter
from storage.store import Db, Store
from storage.tables import MATTER, MATTER_WORD, OUTBOX
from talk.message import Update
from tests.handlers.office import THAI_NGUYEN, hears, official, producer_of_noodles, revoke
from tests.handlers.person import HANOI, Person, Village
from tests.handlers.test_asking_an_office import QUESTION, answers, asks

MINUTE = timedelta(minutes=1)
DUE = datetime(2026, 11, 25, 17, 0, tzinfo=HANOI)
DUE_AGAIN = datetime(2026, 11, 27, 17, 0, tzinfo=HANOI)
LATE = (
    "Câu hôm thứ Bảy 21/11 của bà con chưa ai trả lời. Trợ lý đã nhắc xã Côn Minh và báo thêm cơ quan lo việc OCOP của "
    "tỉnh. Gấp thì bà con ra thẳng ủy ban xã Côn Minh."
)


@pytest.fixture(params=["sqlite", "postgres"])
def village(request: pytest.FixtureRequest) -> Iterator[Village]:
    store = Store(request.getfixturevalue(f"{request.param}_url"))
    yield Village(store)
    store.close()


@pytest.fixture
def clerk(village: Village) -> Person:
    return official(village, "cán bộ xã")


@pytest.fixture
def province(village: Village) -> Person:
    return official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)


@pytest.fixture
def asker(village: Village, clerk: Person, province: Person) -> Person:
    someone = village.stranger("chị Mẫu")
    someone.says("alo")
    asks(someone)
    hears(clerk)
    return someone


def at(village: Village, moment: datetime) -> None:
    """The clock is looked at then, by two processes at the same time, and once more after both have died."""
    village.now = moment.astimezone(village.now.tzinfo)
    looks = [village.store.submit(lambda db: clock.sweep(Moment(db, village.now, village.office))) for _ in range(2)]
    for look in looks:
        look.result(timeout=60)
    village.store.run(lambda db: clock.sweep(Moment(db, village.now, village.office)))


def matter(village: Village, asker: Person) -> Matter:
    me = asker.id
    [found] = village.store.run(lambda db: matters.of_person(db, me))
    return found


def heard_once(someone: Person) -> str:
    """What came unasked, one message and no more."""
    before = len(someone.seen)
    words = hears(someone)
    assert len(someone.seen) == before + 1
    return words


def test_up_to_the_promised_hour_nobody_hears_a_thing(village: Village, clerk: Person, asker: Person):
    at(village, DUE - MINUTE)

    assert [hears(clerk), hears(asker)] == ["", ""]


def test_then_the_person_hears_the_truth_and_the_commune_and_the_province_are_told_each_once(
    village: Village, clerk: Person, province: Person, asker: Person
):
    at(village, DUE)

    assert heard_once(asker) == LATE
    assert heard_once(clerk).startswith(f"⏰ Câu hôm thứ Bảy 21/11 đã quá hẹn mà chưa ai trả lời:\n«{QUESTION}»")
    assert heard_once(province).startswith(
        f"Xã Côn Minh chưa kịp trả lời câu này, trợ lý báo thêm anh/chị:\n«{QUESTION}»"
    )


def test_a_process_that_dies_while_it_says_so_has_said_nothing_and_the_next_look_says_it(
    village: Village, clerk: Person, asker: Person
):
    village.now = DUE.astimezone(village.now.tzinfo)

    def dies(db: Db) -> None:
        clock.sweep(Moment(db, village.now, village.office))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        village.store.run(dies)

    assert hears(asker) == ""
    at(village, DUE + MINUTE)
    assert heard_once(asker) == LATE


def test_what_nobody_asked_for_stands_behind_replies(village: Village, clerk: Person, asker: Person):
    def open_lanes(db: Db) -> list[str]:
        return [row.lane for row in db.execute(OUTBOX.select()) if row.done_at is None]

    assert village.store.run(open_lanes) == []
    at(village, DUE)

    assert village.store.run(open_lanes) == ["reminder"] * 3


def test_the_province_may_answer_what_was_passed_on_and_speaks_in_its_own_name(
    village: Village, clerk: Person, province: Person, asker: Person
):
    assert "Chưa có câu hỏi nào" in province.says("câu hỏi")
    province.says("menu")
    at(village, DUE)
    hears(province)
    hears(asker)

    assert "✅ Đã gửi" in answers(province, "Tỉnh trả tiền thử mẫu.")
    assert hears(asker).startswith("Cán bộ OCOP tỉnh Thái Nguyên trả lời câu hôm thứ Bảy 21/11 của bà con:")
    assert "Chưa có câu hỏi nào" in clerk.says("câu hỏi")


def test_late_once_more_the_person_is_told_where_else_to_turn_and_then_the_clock_stops(
    village: Village, clerk: Person, province: Person, asker: Person
):
    at(village, DUE)
    for someone in (clerk, province, asker):
        hears(someone)

    at(village, DUE_AGAIN)

    assert heard_once(asker) == (
        "Câu hôm thứ Bảy 21/11 của bà con vẫn chưa ai trả lời. Trợ lý đã nhắc cán bộ lần nữa. "
        "Gọi Văn phòng Nông thôn mới giúp: 0209 3870 000. Gấp thì bà con ra thẳng ủy ban xã Côn Minh."
    )
    assert "đã quá hẹn" in heard_once(clerk)
    assert "đã quá hẹn" in heard_once(province)
    at(village, DUE_AGAIN + timedelta(days=30))
    assert [hears(asker), hears(clerk), hears(province)] == ["", "", ""]
    assert f"«{QUESTION}»" in clerk.says("câu hỏi", "1")


def test_an_answer_in_time_stops_the_clock(village: Village, clerk: Person, asker: Person):
    answers(clerk)
    hears(asker)

    at(village, DUE + MINUTE)

    assert [hears(clerk), hears(asker)] == ["", ""]


def test_what_is_asked_after_an_answer_has_a_promise_of_its_own(village: Village, clerk: Person, asker: Person):
    answers(clerk)
    hears(asker)
    village.now = DUE.astimezone(village.now.tzinfo)
    assert "chậm nhất 5 giờ chiều thứ Sáu 27/11" in asker.says("2", "ai trả tiền")
    hears(clerk)

    at(village, DUE + MINUTE)
    assert hears(asker) == ""
    at(village, DUE_AGAIN)
    assert "chưa ai trả lời" in hears(asker)


def test_who_took_it_and_did_not_answer_has_it_no_longer(
    village: Village, clerk: Person, province: Person, asker: Person
):
    clerk.says("1")

    at(village, DUE)

    assert matter(village, asker).taker_id is None
    assert "đã quá hẹn" in hears(clerk)


def test_a_commune_whose_officials_are_all_gone_is_not_said_to_be_reminded(
    village: Village, clerk: Person, province: Person, asker: Person
):
    revoke(village, clerk)
    revoke(village, province)

    at(village, DUE)

    assert heard_once(asker) == (
        "Câu hôm thứ Bảy 21/11 của bà con chưa ai trả lời. Ở đây không còn cán bộ nào nhận câu hỏi. "
        "Gọi Văn phòng Nông thôn mới giúp: 0209 3870 000. Gấp thì bà con ra thẳng ủy ban xã Côn Minh."
    )
    assert hears(clerk) == ""


def test_the_code_of_their_draft_is_what_they_read_aloud_at_the_office(village: Village, clerk: Person):
    producer = producer_of_noodles(village, "cô Mẫu")
    producer.says("gặp cán bộ", QUESTION)

    at(village, DUE)

    assert hears(producer).endswith("Gấp thì bà con ra thẳng ủy ban xã Côn Minh, đọc mã HH-997-35.")


def test_a_week_after_an_answer_the_matter_is_over_without_a_word(village: Village, clerk: Person, asker: Person):
    answers(clerk)
    hears(asker)

    at(village, DUE + timedelta(days=7))

    assert hears(asker) == ""
    assert matter(village, asker).ended_at


def test_somebody_erased_meanwhile_is_not_told_and_not_told_of(village: Village, clerk: Person, asker: Person):
    asker.says("xóa hết", "2")

    at(village, DUE)

    assert [hears(clerk), hears(asker)] == ["", ""]
    assert "Chưa có câu hỏi nào" in clerk.says("câu hỏi")


def test_who_can_no_longer_be_reached_holds_nobody_up(village: Village, clerk: Person, asker: Person):
    me = asker.id
    [chat] = village.store.run(lambda db: people.chats(db, me))
    village.store.run(lambda db: people.mark_unreachable(db, chat.id, village.now))

    at(village, DUE)

    assert "đã quá hẹn" in hears(clerk)


# --- at the same moment


def test_of_officials_who_take_it_together_one_has_it(village: Village, clerk: Person, asker: Person):
    others = [official(village, f"cán bộ {n}") for n in range(3)]
    for someone in others:
        someone.says("câu hỏi", "1")

    everybody = [clerk, *others]
    turns = [village.store.submit(lambda db, who=who: who.turn(db, Update(text="1"))) for who in everybody]  # type: ignore[misc]
    told = [turn.result(timeout=60)[0].text for turn in turns]

    assert sum("Gõ câu trả lời." in words for words in told) == 1
    assert sum("đã có người khác nhận" in words for words in told) == 3


def test_both_sides_of_a_line_at_the_same_moment_wait_for_nobody(village: Village, clerk: Person, asker: Person):
    clerk.says("2")
    hears(asker)

    for _ in range(10):
        turns = [
            village.store.submit(lambda db, who=who: who.turn(db, Update(text="vâng")))  # type: ignore[misc]
            for who in (clerk, asker)
        ]
        assert [turn.result(timeout=60) for turn in turns] == [[], []]

    me = asker.id
    [found] = village.store.run(lambda db: matters.of_person(db, me))
    assert len(village.store.run(lambda db: matters.words(db, found.id))) == 21


def test_who_is_erased_while_an_answer_is_sent_leaves_nothing(village: Village, clerk: Person, province: Person):
    for n in range(3):
        someone = village.stranger(f"người thứ {n}")
        someone.says("alo")
        asks(someone, f"bí mật {n}")
        hears(clerk)
        clerk.says("1", f"trả lời bí mật {n}")
        someone.says("xóa hết")

        turns = [
            village.store.submit(lambda db, who=who, words=words: who.turn(db, Update(text=words)))  # type: ignore[misc]
            for who, words in ((clerk, "1"), (someone, "2"))
        ]
        told = [turn.result(timeout=60)[0].text for turn in turns]

        assert "Đã xóa hết ở đây" in told[1]
        assert village.store.run(lambda db: db.execute(MATTER.select()).all()) == []
        assert village.store.run(lambda db: db.execute(MATTER_WORD.select()).all()) == []


def test_both_sides_hang_up_at_the_same_moment(village: Village, clerk: Person, asker: Person):
    clerk.says("2")
    hears(asker)

    turns = [
        village.store.submit(lambda db, who=who: who.turn(db, Update(text="xong")))  # type: ignore[misc]
        for who in (clerk, asker)
    ]
    for turn in turns:
        assert turn.result(timeout=60)

    for someone in (clerk, asker):
        assert "chưa hiểu" in someone.says("blục blục")
