"""Every published number adds up, has its source and its time, and only questions for numbers are read as such."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.asking.examples import out_of_scope
from ocop.asking.period import Period
from ocop.figure_questions import read, read_on
from ocop.figures import PLACES, Figure, all_figures, best, counted, figures_of
from ocop.topics import all_topics
from talk.message import TAP_BYTES, Tap
from talk.vietnamese import fold
from tests.eval.questions import SETS
from tests.eval.questions import read as read_questions

TODAY = date(2026, 11, 21)
EACH = pytest.mark.parametrize("one", all_figures(), ids=lambda one: one.id)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Dates and names of documents, which are no numbers of their own.
NO_NUMBER = re.compile(
    r"Quyết định \S+|(?:năm )?20\d\d đến 20\d\d|ngày \S+"
    r"|tháng \d+/\d+|tháng \S+|năm 20\d\d|kỳ 20\d\d|\d(?: và \d)? sao|từ 3 sao"
    r"|\d+ tháng|0\d/\d/\d+|01/7/2025|20/02/2026",
    re.IGNORECASE,
)


@EACH
def test_each_way_to_divide_a_figure_adds_up_to_it(one: Figure):
    assert [sum(parts.values()) for parts in one.parts] == [one.value] * len(one.parts)


@EACH
def test_a_part_of_which_the_rest_is_not_known_is_smaller_than_the_whole(one: Figure):
    assert all(count < one.value for count in one.also.values())
    assert sum(one.shares.values()) <= 100


@EACH
def test_a_sentence_names_its_number_and_its_time_and_no_number_of_nowhere(one: Figure):
    said = {number.replace(".", "").replace(",", ".") for number in NUMBER.findall(NO_NUMBER.sub("", one.text))}
    known = {f"{value:g}" for parts in (*one.parts, one.also) for value in parts.values()} | {f"{one.value:g}"}

    assert f"{one.value:g}" in said
    assert said - known <= EXTRA.get(one.id, set())
    noted = set(NUMBER.findall(NO_NUMBER.sub("", one.note)))
    assert noted <= {f"{number}" for number in one.note_numbers} | {f"{one.value:g}"}


# Numbers that stand beside the figure in the same sentence of its source.
EXTRA = {
    "bk-new-products-2023": {"240"},
    "bk-traceable-plan-2023": {"9"},
    "bk-linked-plan-2023": {"7"},
    "bk-materials-plan-2023": {"17"},
    "bk-upgrades-plan-2023": set(),
    "bk-communes-2020": {"23", "69.5", "29"},
    "bk-poor-2020": {"24.53"},
    "bk-chains-2020": {"3"},
    "bk-new-producers-2020": {"13"},
    "cb-cooperatives-2023-06": {"1"},
    "tn-products-2026-02": {"7"},
}


def test_what_is_said_beside_agrees():
    assert pytest.approx(0.695, abs=0.001) == 16 / 23
    new, plan = (
        next(one for one in all_figures() if one.id == id) for id in ("bk-new-products-2023", "bk-new-products-plan")
    )
    assert new.value / plan.value == 2.4
    before, added, after = 97 - 21, 68, 144
    assert before + added == after


@EACH
def test_a_figure_has_a_place_a_time_a_source_and_fits_a_button(one: Figure):
    assert one.place in PLACES
    assert one.first <= one.last <= TODAY or one.kind != "result"
    assert one.source
    assert one.link.startswith("http") or not one.link
    for part in ("", *(name for parts in (*one.parts, one.also, one.shares) for name in parts)):
        assert len(Tap("figure", one.id, part or "-").encode().encode()) <= TAP_BYTES


def test_ids_are_told_apart_and_what_is_counted_has_figures():
    assert len({one.id for one in all_figures()}) == len(all_figures())
    assert {one.counts for one in all_figures()} == {one.id for one in counted()}


def test_the_traps_are_what_they_are():
    by_id = {one.id: one for one in all_figures()}
    assert {by_id[id].kind for id in ("bk-traceable-plan-2023", "bk-linked-plan-2023", "bk-materials-plan-2023")} == {
        "plan"
    }
    assert by_id["bk-products-target-2025"].kind == "target"
    assert (by_id["bk-projects-2020"].at, by_id["bk-projects-2020"].value) == ("hơn", 43)
    assert (by_id["cb-producers-2023-06"].part("hợp tác xã"), by_id["cb-cooperatives-2023-06"].value) == (22, 149)
    assert "lượt" in by_id["tn-products-2026-02"].note


@pytest.mark.parametrize(
    "text",
    [
        "lên 4 sao cần bao nhiêu điểm",
        "chấm bao nhiêu điểm thì được 3 sao",
        "3 sao được thưởng bao nhiêu",
        "nộp bao nhiêu bộ hồ sơ",
        "nộp mấy sản phẩm mẫu",
        "bao nhiêu ngày có kết quả",
        "mật ong Kim Ngân mấy sao",
        "HTX tôi có bao nhiêu sản phẩm",
        "một hộ được đăng ký bao nhiêu sản phẩm",
        "mỗi năm chấm bao nhiêu sản phẩm thì đủ",
        "hàng ocop 4 sao giá bao nhiêu",
        "ocop có mấy nhóm sản phẩm",
        "có bao nhiêu bộ sản phẩm ocop",
        "một năm có mấy đợt đánh giá",
        "vay được bao nhiêu để làm ocop",
        "bao nhiêu người mua hàng ocop",
        "thôn này có bao nhiêu hộ",
        "xin chào",
        "",
        "🐷" * 200,
        "sản phẩm " * 2_000,
    ],
)
def test_what_asks_for_no_number_of_the_programme_is_left_alone(text: str):
    assert read(text, TODAY) is None


def test_no_wording_of_a_topic_and_nothing_out_of_scope_is_read_as_a_number():
    asked = [words for one in all_topics() for texts in one.wordings.values() for words in texts]
    asked += [words for texts in out_of_scope().values() for words in texts]
    asked += [one.text for name in SETS for one in read_questions(name)]

    assert [words for words in asked if read(words, TODAY)] == []


@given(st.text(max_size=80))
def test_any_text_is_read_without_complaint(text: str):
    read(text, TODAY)
    read_on(text, TODAY)


HOW = (
    "{place} có bao nhiêu {thing} {part}",
    "{when} bao nhiêu {thing} {part} ở {place}",
    "so luong {thing} {part} {place}",
)


@given(st.sampled_from([one for one in all_figures() if one.kind == "result"]), st.data())
def test_a_question_made_for_a_figure_never_gets_a_number_of_another_place_or_another_time_as_that(
    one: Figure, data: st.DataObject
):
    thing = data.draw(st.sampled_from([name for each in counted() if each.id == one.counts for name in each.asked]))
    part = data.draw(st.sampled_from(["", *(name for parts in one.parts for name in parts)]))
    text = data.draw(st.sampled_from(HOW)).format(
        place=PLACES[one.place], thing=thing, part=part, when=f"năm {one.last.year}"
    )
    text = data.draw(st.sampled_from([text, fold(text), text.upper()]))

    asked = read(text, TODAY)

    if asked is not None:
        assert asked.places == (one.place,)
        found = figures_of(asked.counts, one.place)
        chosen = best(found, asked.period, asked.part) if found else None
        assert chosen is None or chosen.place == one.place
        if asked.period and chosen and chosen.tells_of(asked.period):
            assert chosen.last.year == one.last.year


def test_of_several_the_newest_that_is_as_of_the_time_asked_else_the_nearest():
    found = figures_of("products", "bac-kan")

    assert best(found, None).said == "tháng 4/2025"
    assert best(found, Period(date(2023, 1, 1), date(2023, 12, 31), "năm 2023")).said == "tháng 11/2023"
    assert best(found, Period(date(2022, 1, 1), date(2022, 12, 31), "năm 2022")).said == "tháng 7/2023"
