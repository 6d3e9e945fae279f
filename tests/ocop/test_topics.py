"""Every answer can be traced, is short enough to be read on a small phone, and says when it held."""

import re
import tomllib
from datetime import date
from itertools import combinations

import pytest

from ocop.rounds import Round
from ocop.topics import Topic, Version, all_topics, read_topic, topic
from talk.vietnamese import fold
from tests.handlers.test_voice import NEVER

TODAY = date(2026, 11, 27)
STYLES = {"plain", "short", "nodiac", "abbr", "typo", "telex", "long", "english"}
SAID_BY_PEOPLE = re.compile(r"«[^»]*»")
AMOUNT = re.compile(r"\d (?:nghìn|triệu|tỷ)\b|\d đồng\b")

TOPICS = pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.id)
VERSIONS = pytest.mark.parametrize(
    ("topic", "version"),
    [
        pytest.param(topic, version, id=f"{topic.id}-{version.valid_from}{version.place}")
        for topic in all_topics()
        for version in topic.versions
    ],
)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        pytest.param(date(2020, 6, 1), "huyện chấm trước", id="2020"),
        pytest.param(date(2023, 8, 15), "huyện công nhận 3 sao", id="the district, by QĐ 148"),
        pytest.param(date(2025, 8, 15), "tỉnh công nhận 3 và 4 sao", id="the province, by QĐ 1489"),
        pytest.param(TODAY, "tỉnh cấp giấy 3 sao và 4 sao", id="the province, by QĐ 26/2026"),
    ],
)
def test_who_recognises_three_stars_has_another_answer_in_another_year(day: date, who: str):
    held = topic("evaluation-levels").on(day)

    assert held
    assert who in held.answer


def test_before_the_programme_began_nothing_is_known():
    assert topic("evaluation-levels").on(date(2010, 1, 1)) is None


def test_the_rule_of_one_province_is_told_only_to_those_who_ask_about_it():
    rewards = topic("reward-money")

    assert "20 triệu" in held_in(rewards, date(2020, 6, 1), "thai-nguyen").answer
    assert rewards.on(date(2020, 6, 1), "cao-bang") is None
    assert rewards.on(date(2020, 6, 1)) is None


def test_the_coming_round_stands_in_the_answer():
    told = held_in(topic("submission-deadlines"), TODAY).told_on(TODAY)

    assert "trước thứ Sáu 30/4/2027" in told.answer
    assert "chậm nhất thứ Tư 07/4/2027 (mùng 1 tháng Ba ÂL)" in told.answer


def test_once_the_advised_day_has_gone_by_the_round_after_is_told():
    version = held_in(topic("submission-deadlines"), TODAY)

    assert "07/4/2027" in version.told_on(date(2027, 4, 7)).answer
    assert "30/10/2027" in version.told_on(date(2027, 4, 8)).answer


def test_a_round_that_a_province_added_comes_in_between():
    added = Round("province", None, date(2027, 2, 26), date(2027, 3, 31), "Kế hoạch của tỉnh", "cao-bang")

    assert "26/02/2027" in held_in(topic("submission-deadlines"), TODAY).told_on(TODAY, [added]).answer


def test_there_is_no_topic_but_those_that_ship():
    with pytest.raises(KeyError):
        topic("../places")


@TOPICS
def test_a_topic_has_an_answer_in_force_with_simpler_words_and_english(topic: Topic):
    version = held_in(topic, TODAY)

    assert version.simpler
    assert version.english


@TOPICS
def test_a_topic_leads_on_to_other_topics(topic: Topic):
    assert 1 <= len(topic.related) <= 3
    assert topic.id not in topic.related


@TOPICS
def test_a_topic_fits_on_a_choice(topic: Topic):
    assert 0 < len(topic.title) <= 40
    assert 0 < len(topic.question) <= 60


@TOPICS
def test_no_two_rules_held_at_once_in_one_place(topic: Topic):
    for one, other in combinations(topic.versions, 2):
        if one.place == other.place:
            later, earlier = sorted((one, other), key=lambda version: version.valid_from, reverse=True)
            assert earlier.valid_to
            assert earlier.valid_to < later.valid_from


@TOPICS
def test_people_ask_for_a_topic_in_every_style_and_sixty_ways(topic: Topic):
    assert set(topic.wordings) == STYLES
    assert sum(map(len, topic.wordings.values())) >= 60


@VERSIONS
def test_a_version_ends_no_earlier_than_it_began(topic: Topic, version: Version):
    assert version.valid_to is None or version.valid_from <= version.valid_to
    assert version.place in ("", "cao-bang", "thai-nguyen")


@VERSIONS
def test_a_version_names_its_source_or_says_that_there_is_none(topic: Topic, version: Version):
    assert version.document
    assert version.checked <= TODAY
    assert version.confidence in ("certain", "probable", "unsure")
    assert not version.link or re.fullmatch(r"https?://\S+", version.link)


@VERSIONS
def test_what_is_unsure_is_never_called_confirmed(topic: Topic, version: Version):
    assert version.confidence == "certain" or not version.confirmed


@VERSIONS
def test_an_answer_is_short(topic: Topic, version: Version):
    told = version.told_on(TODAY)

    assert 0 < len(told.answer) <= 400
    assert len(told.more) <= 900
    assert len(told.simpler) <= 250
    assert len(told.english) <= 300
    assert all(len(step) <= 120 for step in told.steps)
    assert len("\n".join(told.steps)) <= 800


@VERSIONS
def test_an_answer_uses_no_word_that_the_style_forbids(topic: Topic, version: Version):
    words = "\n".join((version.answer, version.more, version.simpler, *version.steps))

    assert not NEVER.search(SAID_BY_PEOPLE.sub("", words)), NEVER.findall(words)
    assert "!" not in words


@VERSIONS
def test_an_amount_of_money_stands_only_where_a_numbered_document_sets_it_or_where_it_is_past(
    topic: Topic, version: Version
):
    if AMOUNT.search(version.answer + version.more + version.simpler + "".join(version.steps)):
        assert version.valid_to or re.search(r"\d+/\d{4}", version.document), version.document


@VERSIONS
def test_nothing_is_left_to_be_filled_in(topic: Topic, version: Version):
    told = version.told_on(TODAY)

    assert "{" not in "".join((told.answer, told.more, told.simpler, told.english, *told.steps))


@VERSIONS
def test_a_rule_that_has_ended_says_so(topic: Topic, version: Version):
    if version.valid_to and version.valid_to < TODAY:
        assert re.search(r"lúc đó|đã (?:qua|hết)|nay|không còn|đến hết", version.answer.casefold())


def test_no_two_topics_claim_the_same_words():
    claimed: dict[str, str] = {}
    for one in all_topics():
        for words in (fold(words) for texts in one.wordings.values() for words in texts):
            assert claimed.setdefault(words, one.id) == one.id, words


def test_a_file_that_is_not_toml_is_refused():
    with pytest.raises(tomllib.TOMLDecodeError):
        read_topic("x", "title = ")


def held_in(topic: Topic, day: date, place: str = "") -> Version:
    version = topic.on(day, place)
    assert version
    return version
