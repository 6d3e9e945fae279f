"""One page that asks for too much is slowed down, and nobody else is."""

import socket
import time

import pytest

from bot.channels import web_limits
from bot.channels.web_limits import Allowance, Slots
from bot.channels.web_streams import Streams
from tests.page.web_house import serve
from tests.page.web_visitor import listen, raw_line, say, visitor


class Watch:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_allowance_gives_so_many_at_once_and_then_so_many_a_second():
    watch = Watch()
    allowance = Allowance(at_once=3, per_second=2, clock=watch)

    assert [allowance.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert allowance.wait("b") == 0
    watch.now += 0.5
    assert [allowance.wait("a") for _ in range(2)] == [0, 0.5]
    watch.now += 3600
    assert [allowance.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_an_allowance_does_not_grow_with_its_visitors(monkeypatch):
    monkeypatch.setattr(web_limits, "MOST_KEYS", 10)
    allowance = Allowance(at_once=1, per_second=0.001, clock=Watch())
    for number in range(100):
        allowance.wait(str(number))

    assert len(allowance._left) == 10
    assert allowance.wait("99") > 0


def test_slots_are_counted_for_each_and_for_all():
    slots = Slots(per_key=2, overall=3)

    assert [slots.take("a"), slots.take("a"), slots.take("a")] == [True, True, False]
    assert [slots.take("b"), slots.take("b")] == [True, False]
    slots.give_back("a")
    assert slots.take("b")


@pytest.mark.process
def test_who_says_too_much_is_told_when_to_go_on_and_others_are_not_bothered(tmp_path):
    with (
        serve(tmp_path, says_at_once=3, says_per_second=0.5) as served,
        visitor(served) as loud,
        visitor(served) as calm,
    ):
        answers = [say(loud, f"message-{n}", text="a") for n in range(4)]

        assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
        assert answers[-1].headers["retry-after"] == "2"
        assert "nhanh quá" in answers[-1].json()["say"]
        assert say(calm, "message-1", text="a").status_code == 202


@pytest.mark.process
def test_a_body_of_ten_megabytes_is_refused_before_it_is_read(tmp_path):
    with serve(tmp_path) as served, visitor(served) as person:
        cookie = f"chat={person.cookies['chat']}"
        with socket.create_connection(("127.0.0.1", served.port), timeout=5) as line:
            head = (
                f"POST /chat/say HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nOrigin: {served.url}\r\nCookie: {cookie}"
            )
            line.sendall(f"{head}\r\nContent-Length: 10000000\r\n\r\n".encode())
            answer = b""
            while piece := line.recv(4096):
                answer += piece

    assert answer.startswith(b"HTTP/1.1 413")
    assert "dài quá" in answer.decode()


@pytest.mark.process
def test_a_body_that_does_not_say_its_length_is_read_to_the_bound_only(tmp_path):
    with serve(tmp_path) as served, visitor(served) as person:
        answer = person.post("/chat/say", content=(b"x" * 1024 for _ in range(200)))

    assert answer.status_code == 413


@pytest.mark.process
def test_a_page_that_opens_two_hundred_streams_loses_its_oldest_and_hurts_nobody(tmp_path):
    with serve(tmp_path, heartbeat_seconds=0.3) as served, visitor(served) as greedy, visitor(served) as calm:
        lines = [raw_line(served, "GET /chat/events", greedy, {}) for _ in range(200)]
        time.sleep(0.5)

        say(calm, "message-1", text="xin chào")
        assert listen(calm, until="message")
        endings = [b"elsewhere" in line.recv(65536) for line in lines]
        assert endings.count(False) <= 4 + 1
        for line in lines:
            line.close()


@pytest.mark.process
def test_streams_of_pages_that_went_away_are_forgotten(tmp_path):
    with serve(tmp_path, heartbeat_seconds=0.1) as served, visitor(served) as person:
        for _ in range(20):
            listen(person, until="ready")
        end = time.monotonic() + 5
        while served.channel._streams._open and time.monotonic() < end:
            time.sleep(0.05)

        assert not served.channel._streams._open
        assert served.channel._streams._slots.take("127.0.0.1")
        assert served.channel._streams._slots._taken.total() == 1


@pytest.mark.process
def test_in_a_full_house_a_page_is_told_what_there_is_and_to_come_again(tmp_path):
    with serve(tmp_path, streams=0) as served, visitor(served) as person:
        say(person, "message-1", text="xin chào")
        time.sleep(0.3)
        events = listen(person, until="over")

    assert [kind for kind, _ in events] == ["message", "ready", "over"]
    assert events[-1][1] == {"why": "full"}


def test_the_newest_pages_of_a_chat_stay():
    streams = Streams(per_chat=2, per_network=9, overall=9)
    opened = [streams.open("chat", "network") for _ in range(4)]

    assert [stream.over for stream in opened if stream] == ["elsewhere", "elsewhere", "", ""]


@pytest.mark.process
@pytest.mark.parametrize("after", ["-1", "abc", "9" * 40, "1.5"])
def test_a_strange_after_is_as_good_as_none(tmp_path, after):
    with serve(tmp_path) as served, visitor(served) as person:
        assert [kind for kind, _ in listen(person, "ready", after=after)] == ["ready"]
