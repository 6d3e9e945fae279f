"""What a page says is kept before it is acknowledged, and what the bot says reaches every open page once, in order."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from talk.message import Choice, Message, Tap, Update
from tests.page.web_house import Served, serve
from tests.page.web_visitor import listen, say, texts, visitor

pytestmark = pytest.mark.process


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve(tmp_path, heartbeat_seconds=0.3) as served:
        yield served


def test_a_typed_message_is_kept_and_answered(served):
    with visitor(served) as person:
        answer = say(person, "message-1", text="xin chao")

        assert answer.status_code == 202
        assert texts(listen(person, until="message")) == ["Trợ lý nghe: «xin chao»"]
    (native,) = served.house.kept.values()
    assert native.native_id == f"{native.address}.message-1"
    assert served.house.arrived == [Update(text="xin chao", native_id="message-1")]


def test_a_touched_choice_comes_back_as_the_tap_it_was(served):
    with visitor(served) as person:
        say(person, "message-1", start=True)
        events = listen(person, until="message")
        choice = events[-1][1]["choices"][1]
        assert choice == {"number": "2", "label": "Soạn giấy đăng ký", "tap": "17:menu:c2"}

        say(person, "message-2", tap=choice["tap"])
        listen(person, until="message", after=events[-1][1]["id"])

    assert served.house.arrived[1].tap == Tap("17", "menu", "c2")


def test_the_same_message_sent_again_is_acknowledged_and_kept_once(served):
    with visitor(served) as person:
        assert [say(person, "message-1", text="a").status_code for _ in range(3)] == [202, 202, 202]

    assert len(served.house.kept) == 1


def test_two_people_may_use_the_same_id(served):
    with visitor(served) as one, visitor(served) as other:
        say(one, "message-1", text="của tôi")
        say(other, "message-1", text="của người khác")

        assert texts(listen(one, until="message")) == ["Trợ lý nghe: «của tôi»"]


def test_what_could_not_be_kept_is_not_acknowledged_and_tells_no_secret(served):
    served.house.is_broken = True
    with visitor(served) as person:
        answer = say(person, "message-1", text="a")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_fifty_messages_in_two_seconds_are_all_kept(served):
    with visitor(served) as person, ThreadPoolExecutor(5) as together:
        answers = list(together.map(lambda n: say(person, f"message-{n}", text=str(n)), range(50)))

    assert {answer.status_code for answer in answers} == {202}
    assert len(served.house.kept) == 50


def test_a_page_opened_anew_gets_the_last_fifty_and_hears_that_there_were_more(served):
    with visitor(served) as person:
        say(person, "message-1", text="a")
        listen(person, until="message")
        for number in range(60):
            served.say(Message(f"tin {number}"))

        events = listen(person, until="ready")

    assert texts(events) == [f"tin {number}" for number in range(10, 60)]
    assert events[-1] == ("ready", {"earlier": True})


def test_a_page_that_was_away_gets_everything_since_however_much(served):
    with visitor(served) as person:
        say(person, "message-1", text="a")
        last = listen(person, until="message")[-1][1]["id"]
        for number in range(120):
            served.say(Message(f"tin {number}"))

        assert texts(listen(person, until="ready", after=last)) == [f"tin {number}" for number in range(120)]


def test_a_silent_stream_beats(served):
    with visitor(served) as person:
        assert [kind for kind, _ in listen(person, until="beat", times=2)] == ["ready", "beat", "beat"]


def test_a_message_handed_over_by_another_process_is_found_at_the_next_beat(served):
    with visitor(served) as person:
        say(person, "message-1", text="im lặng")
        address = next(iter(served.house.kept.values())).address
        with ThreadPoolExecutor(1) as aside:
            heard = aside.submit(listen, person, "message")

            async def quietly() -> str:
                return ""

            served.channel.send = lambda *_: quietly()
            served.say(Message("từ nơi khác"), address)

            assert texts(heard.result(5)) == ["từ nơi khác"]


def test_nobody_hears_what_is_said_to_another(served):
    with visitor(served) as one, visitor(served) as other:
        say(one, "message-1", text="của tôi")
        listen(one, until="message")

        assert texts(listen(other, until="beat")) == []


LONG = "ệ" * 20_000


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("dòng một\r\ndòng hai", "dòng một\ndòng hai", id="line ends of Windows"),
        pytest.param("a\0b", "ab", id="NUL, which no database takes"),
        pytest.param("\ud83d lẻ", " lẻ", id="half an emoji"),
        pytest.param("👍", "👍", id="emoji only"),
        pytest.param("<b>&amp;'; DROP TABLE", "<b>&amp;'; DROP TABLE", id="HTML and SQL stay as typed"),
        pytest.param(LONG, LONG, id="20,000 characters"),
        pytest.param("", "", id="nothing: the conversation answers it"),
    ],
)
def test_what_is_typed_is_what_is_read(served, typed, read):
    with visitor(served) as person:
        content = json.dumps({"id": "message-1", "text": typed}, ensure_ascii=typed != LONG).encode()
        assert person.post("/chat/say", content=content).status_code == 202
        listen(person, until="message")

    assert served.house.arrived[0].text == read


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"id": "message-1", "text": ', id="broken JSON"),
        pytest.param(b"\xff\xfe\xfa", id="not UTF-8"),
        pytest.param(b"[" * 60_000, id="nested for ever"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"id": "message-1"}', id="nothing said"),
        pytest.param(b'{"text": "a"}', id="no id"),
        pytest.param(b'{"id": "../../etc", "text": "a"}', id="an id of other letters"),
        pytest.param(b'{"id": "message-1", "text": 5}', id="a number as text"),
        pytest.param(b'{"id": "message-1", "text": "a", "tap": "b"}', id="two things at once"),
        pytest.param(b'{"id": "message-1", "file": {"where": "x"}}', id="a file that was never sent"),
        pytest.param(b'{"id": "message-1", "start": false}', id="a start that is none"),
        pytest.param(json.dumps({"id": "message-1", "tap": "x" * 65}).encode(), id="a tap longer than any of ours"),
    ],
)
def test_what_no_page_says_is_refused_in_words(served, content):
    with visitor(served) as person:
        answer = person.post("/chat/say", content=content)

    assert answer.status_code == 400
    assert "chưa đọc được" in answer.json()["say"]
    assert not served.house.kept


@pytest.mark.parametrize(
    ("body", "update"),
    [
        pytest.param({"id": "m", "start": True}, Update(start="start", native_id="m"), id="the page opened"),
        pytest.param({"id": "m", "start": "sp-12"}, Update(start="sp-12", native_id="m"), id="by a link"),
        pytest.param(
            {"id": "m", "tap": "17:case:first"}, Update(tap=Tap("17", "case", "first"), native_id="m"), id="tap"
        ),
        pytest.param({"id": "m", "tap": "nonsense"}, Update(other="unreadable", native_id="m"), id="a forged tap"),
    ],
)
def test_read(served, body, update):
    arrival = served.channel.read(body)

    assert arrival
    assert arrival.update == update


def test_render_gives_the_page_text_choices_and_what_is_wanted(served):
    message = Message("Gửi ảnh giúp.", (Choice("1", "Chưa có", Tap("17", "photo", "none")),), wants="photo")

    assert served.channel.render(message) == {
        "text": "Gửi ảnh giúp.",
        "choices": [{"number": "1", "label": "Chưa có", "tap": "17:photo:none"}],
        "wants": "photo",
    }
