"""Taps that come late, twice, or from somewhere else: an old button never answers a new question."""

import pytest

from talk.message import EDIT, TAP_BYTES, Tap, Update
from tests.talk.samples import TYPED


def test_a_second_tap_on_the_same_button_changes_nothing(talk):
    first = talk.message
    talk.tap("Xin lên sao")

    reply = talk.tap("Xin lên sao", first)

    assert "Nút đó của câu 1, đã trả lời rồi, vẫn giữ nguyên. Muốn sửa câu 1 thì gõ «sửa 1»." in reply
    assert "Câu 2/11" in reply


def test_last_weeks_button_does_not_change_what_was_answered_since(talk):
    first = talk.message
    talk.say(*TYPED[:5])

    assert "Câu 6/11" in talk.tap("Xin lên sao", first)
    assert talk.answers["case"] == "first"


def test_an_old_confirming_button_does_not_confirm_answers_that_have_changed(reviewing):
    old_review = reviewing.message
    reviewing.say("sửa 3", "cty")

    assert "Nút này của câu cũ, không dùng nữa." in reviewing.tap("Xong", old_review)
    assert reviewing.outcome == "open"


def test_the_confirming_button_still_counts_after_an_idle_word(reviewing):
    review = reviewing.message
    reviewing.say("ờ")

    reviewing.tap("Xong", review)

    assert reviewing.outcome == "finished"


def test_an_old_second_thought_is_not_taken_for_a_new_one(talk):
    talk.say("1", "hủy")
    old_question = talk.message
    talk.say("giữ lại", "Tổ chè Nà Mẫu", "hủy")

    assert "không dùng nữa" in talk.tap("Bỏ thật", old_question)
    assert talk.outcome == "open"


def test_buttons_of_the_open_question_still_count_while_a_side_question_stands_below_them(talk):
    talk.say(*TYPED[:6])
    question = talk.message
    talk.say("hủy")

    assert "Được, ghi là chưa có." in talk.tap("Chưa có", question)


def test_back_and_keep_can_be_tapped(talk):
    talk.say("1", "Tổ chè Nà Mẫu")

    assert "Câu 2/11" in talk.tap("Quay lại")
    assert "Được, giữ nguyên.\nCâu 3/11" in talk.tap("Giữ nguyên")


@pytest.mark.parametrize(
    "tap",
    [
        pytest.param(Tap("18", "case", "first"), id="of another draft"),
        pytest.param(Tap("17", "case", "sixth"), id="of a choice there never was"),
        pytest.param(Tap("17", "photo", "none_yet"), id="of a question further on"),
        pytest.param(Tap("17", "~r0", "finish"), id="of a review that is not open"),
    ],
)
def test_a_foreign_button_is_answered_and_does_nothing(talk, tap):
    reply = talk.send(Update(tap=tap))

    assert reply.startswith("Nút này của câu cũ, không dùng nữa.\nCâu 1/11")
    assert not talk.answers


@pytest.mark.parametrize(
    ("carried", "tap"),
    [
        pytest.param("17:case:first", Tap("17", "case", "first"), id="ours"),
        pytest.param("menu:menu:register", Tap("menu", "menu", "register"), id="of the menu"),
        pytest.param("17:case", None, id="too few parts"),
        pytest.param("17:case:first:x", None, id="too many parts"),
        pytest.param("17::first", None, id="an empty part"),
        pytest.param("", None, id="nothing"),
        pytest.param("17:case:" + "é" * TAP_BYTES, None, id="too long for any button of ours"),
    ],
)
def test_what_a_button_carries_is_read_only_when_it_is_ours(carried, tap):
    assert Tap.decode(carried) == tap


def test_a_choice_that_names_a_question_opens_it_whenever_it_is_touched(reviewing):
    edit = Tap(reviewing.progress.id, EDIT, "case")

    assert "Câu 1/11" in reviewing.send(Update(tap=edit))
    reviewing.say("giữ nguyên")
    assert "Câu 1/11" in reviewing.send(Update(tap=edit))


def test_a_choice_that_names_a_question_not_reached_opens_nothing(talk):
    assert "không dùng nữa" in talk.send(Update(tap=Tap(talk.progress.id, EDIT, "product")))
