"""Only a page of this site gets in, each to its own chat, and each answer carries the safety headers."""

import gzip
from pathlib import Path

import httpx
import pytest

from tests.page.web_house import serve
from tests.page.web_visitor import listen, say, visitor

pytestmark = pytest.mark.process


@pytest.fixture
def served(tmp_path):
    with serve(tmp_path, heartbeat_seconds=0.3) as served:
        yield served


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 202, id="the page itself"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="another site"),
        pytest.param({"Origin": "null"}, 403, id="a sandboxed frame"),
        pytest.param({"Origin": ""}, 403, id="nowhere"),
        pytest.param({"Host": "evil.example"}, 421, id="a foreign name that points here"),
        pytest.param({"Host": "evil.example", "Origin": "http://evil.example"}, 421, id="a foreign name with its page"),
        pytest.param({"Host": "[::1"}, 421, id="a host that is none"),
        pytest.param({"Host": "192.168.1.5:8080", "Origin": "http://192.168.1.5:8080"}, 202, id="a phone at home"),
        pytest.param({"Cookie": "chat=" + "0" * 32}, 403, id="no signature"),
        pytest.param({"Cookie": "chat=" + "0" * 32 + ".aaaaaa.bbbbbb"}, 403, id="a forged signature"),
        pytest.param({"Cookie": ""}, 403, id="no cookie"),
    ],
)
def test_who_may_speak(served, headers, status):
    with visitor(served) as person:
        cookie = f"chat={person.cookies['chat']}"
        everything = {"Origin": served.url, "Cookie": cookie, **headers}
        answer = httpx.post(f"{served.url}/chat/say", json={"id": "message-1", "text": "a"}, headers=everything)

    assert answer.status_code == status
    assert status == 202 or answer.json()["say"]


def test_behind_an_https_proxy_the_cookie_is_for_https_only_and_the_public_origin_is_known(tmp_path):
    with serve(tmp_path, public_url="https://ocop.example.vn") as served:
        page = httpx.get(served.url, headers={"Host": "ocop.example.vn"})
        cookie = page.headers["set-cookie"]
        assert cookie.startswith("__Host-chat=")
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=31536000"} <= set(cookie.split("; "))

        answer = httpx.post(
            f"{served.url}/chat/say",
            json={"id": "message-1", "text": "a"},
            headers={"Cookie": cookie.split(";")[0], "Origin": "https://ocop.example.vn"},
        )
        assert answer.status_code == 202


def test_a_known_browser_keeps_its_chat_and_its_cookie(served):
    with visitor(served) as person:
        again = person.get("/")

    assert "set-cookie" not in again.headers


def test_log_out_gives_a_new_chat_and_sends_the_other_tabs_away(served):
    with visitor(served) as person:
        before = person.cookies["chat"]
        say(person, "message-1", text="a")
        listen(person, until="message")

        assert person.post("/chat/leave").status_code == 204
        assert "chat" not in person.cookies
        person.get("/")
        assert person.cookies["chat"] != before
        assert [kind for kind, _ in listen(person, until="beat")] == ["ready", "beat"]


def test_a_stream_without_a_cookie_tells_the_page_so(served):
    with httpx.Client(base_url=served.url) as nobody:
        assert listen(nobody, until="over") == [("over", {"why": "gone"})]


@pytest.mark.parametrize("path", ["/", "/static/any/chat.js", "/chat/events", "/chat/say"])
def test_every_answer_carries_the_safety_headers(served, path):
    answer = httpx.post(served.url + path) if path == "/chat/say" else httpx.get(served.url + path)

    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_page_and_all_it_loads_stay_under_forty_kilobytes(served):
    with visitor(served) as person, person.stream("GET", "/") as page:
        raw = b"".join(page.iter_raw())
        html = gzip.decompress(raw).decode()
        weight = len(raw)
        paths = {part.split('"')[0] for part in html.split('="') if part.startswith("static/")}
        assert len(paths) > 5
        for path in paths:
            with person.stream("GET", path) as file:
                assert file.status_code == 200
                assert "immutable" in file.headers["cache-control"]
                weight += len(b"".join(file.iter_raw()))

    print(f"first load: {weight} bytes")
    assert weight < 40_000
    assert "http://" not in html
    assert "https://" not in html


@pytest.mark.parametrize("name", ["../../web.py", "..%2f..%2fweb.py", "chat.html", "nothing.js"])
def test_only_the_pages_own_files_are_served(served, name):
    assert httpx.get(f"{served.url}/static/any/{name}").status_code == 404


def test_the_pages_files_name_no_address_elsewhere():
    for file in (Path(__file__).parents[2] / "bot" / "page").rglob("*.*"):
        text = file.read_text()
        assert "//cdn" not in text
        assert "@import" not in text
        assert "url(" not in text
