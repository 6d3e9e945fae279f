"""The trial is offered to who sits at this machine and to nobody else, and keeps to a database of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.house import House
from bot.settings import Settings
from bot.trial import BACK, ROLES, trial_settings
from storage.store import Store
from tests.page.real_house import RealHouse, real_house
from tests.page.web_visitor import listen, say, texts

pytestmark = pytest.mark.process

ROOMS = [role.way.path.rstrip("/") for role in ROLES]
SWITCH = "Dùng thử, không giữ vào sổ thật"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    with real_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@contextmanager
def visitor(house: RealHouse, room: str = "", browser: httpx.Client | None = None) -> Iterator[httpx.Client]:
    """Somebody who has opened the page there, in a browser that may have been elsewhere before."""
    cookies = browser.cookies if browser else None
    with httpx.Client(
        base_url=house.url + room, headers={"Origin": house.url}, timeout=10, cookies=cookies, follow_redirects=True
    ) as client:
        client.get("/").raise_for_status()
        yield client


def kept(house: RealHouse, database: str) -> list[str]:
    """The addresses of all chats in one of the databases."""
    with closing(sqlite3.connect(house.files.parent / database)) as db:
        return [address for (address,) in db.execute("SELECT address FROM chat ORDER BY id")]


def test_at_this_machine_the_menu_offers_the_three_roles(house: RealHouse):
    page = httpx.get(house.url).text

    assert SWITCH in page
    assert "Đang dùng thử" not in page
    for role in ROLES:
        assert f'<a href="{role.way.path}">Làm {role.title}</a>' in page


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_page_of_the_trial_says_whose_it_is_and_leads_back(house: RealHouse, role):
    page = httpx.get(house.url + role.way.path).text

    assert f"Đang dùng thử, vai {role.title}" in page
    assert f'<a href="/">{BACK.label}</a>' in page
    assert f">Làm {role.title}<" not in page


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "ocop.example.vn"}, id="a foreign name that points here"),
        pytest.param({"Host": "192.168.1.5:8080"}, id="an address of the neighbourhood"),
        pytest.param({"Host": "[::1"}, id="a name that is none"),
        pytest.param({"X-Forwarded-For": "127.0.0.1"}, id="passed on for somebody"),
        pytest.param({"X-Forwarded-Proto": "https"}, id="passed on from https"),
        pytest.param({"X-Forwarded-Host": "localhost"}, id="passed on under another name"),
        pytest.param({"Forwarded": "for=127.0.0.1"}, id="passed on, as the standard says it"),
    ],
)
@pytest.mark.parametrize("path", ["/thu/chu-the", "/thu/can-bo/", "/thu/nguoi-mua/chat/events"])
def test_who_comes_from_outside_finds_no_trial(house: RealHouse, headers, path):
    assert httpx.get(house.url + path, headers=headers).status_code == 404
    assert SWITCH not in httpx.get(house.url, headers=headers).text


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"HOST": "0.0.0.0"}, id="other machines may come in"),
        pytest.param({"PUBLIC_URL": "https://ocop.example.vn"}, id="the page has a public name"),
    ],
)
def test_where_others_are_let_in_there_is_no_trial_even_at_this_machine(tmp_path, settings):
    with real_house(tmp_path, **settings) as house:
        assert SWITCH not in httpx.get(house.url).text
        for room in ROOMS:
            assert httpx.get(house.url + room + "/").status_code == 404

    assert not (tmp_path / "trial.db").exists()


def test_there_is_no_fourth_role(house: RealHouse):
    assert httpx.get(f"{house.url}/thu/giam-doc/").status_code == 404


async def test_the_trial_listens_to_no_channel_but_the_page(sqlite_url: str, tmp_path: Path):
    settings = Settings(
        database_url=sqlite_url,
        files_dir=tmp_path / "files",
        telegram_bot_token="123456:a-token",
        zalo_bot_token="123456:a-token",
        _env_file=None,
    )
    tried = trial_settings(settings)
    with closing(Store(sqlite_url)) as store:
        assert [desk.channel.name for desk in House(settings, store).desks] == ["web", "telegram", "zalo"]
        assert [desk.channel.name for desk in House(tried, store).desks] == ["web"]
    assert tried.database_url == f"sqlite:///{tmp_path / 'trial.db'}"


def test_what_is_said_in_the_trial_and_in_earnest_never_meet(tmp_path):
    with real_house(tmp_path) as house:
        with visitor(house) as person:
            say(person, "message-1", text="soạn giấy đăng ký")
            assert "Gọi bà con thế nào" in texts(listen(person, until="message"))[0]
            assert not (tmp_path / "trial.db").exists()

            for room in ROOMS:
                with visitor(house, room, browser=person) as trying:
                    say(trying, "message-1", start=True)
                    assert [told[:11] for told in texts(listen(trying, until="message"))] == ["Chào bà con"]
            assert len(texts(listen(person, until="ready"))) == 1

        (real,) = kept(house, "bot.db")
        assert "." not in real
        begins = [address.partition(".")[0] for address in kept(house, "trial.db")]
        assert begins == ["chu-the", "can-bo", "nguoi-mua"]


def test_a_cookie_opens_its_own_room_only(house: RealHouse):
    with visitor(house) as person, visitor(house, ROOMS[0]) as producer, visitor(house, ROOMS[1]) as official:
        rooms = {"": person, ROOMS[0]: producer, ROOMS[1]: official}
        values = {room: next(iter(client.cookies.values())) for room, client in rooms.items()}
        for room, client in rooms.items():
            (name,) = client.cookies.keys()
            for other, value in values.items():
                answer = httpx.post(
                    f"{house.url}{room}/chat/say",
                    json={"id": "message-1", "text": "a"},
                    headers={"Origin": house.url, "Cookie": f"{name}={value}"},
                )
                assert answer.status_code == (202 if room == other else 403), (room, other)


def test_leaving_the_trial_leaves_the_real_chat_as_it_is(house: RealHouse):
    with visitor(house) as person, visitor(house, ROOMS[0], browser=person) as trying:
        assert len(trying.cookies) == 2
        trying.post("/chat/leave")

        assert list(trying.cookies.items()) == list(person.cookies.items())


def test_the_trial_is_closed_with_the_rest_and_goes_on_after_a_restart(tmp_path):
    with real_house(tmp_path) as house, visitor(house, ROOMS[0]) as trying, trying.stream("GET", "/chat/events"):
        say(trying, "message-1", start=True)
        listen(trying, until="message")
        house.stop()
        assert "not everything was finished" not in house.log.read_text()
        assert not (tmp_path / "trial.db-wal").exists(), "SQLite was not closed"

        house.start()
        assert len(texts(listen(trying, until="ready"))) == 1


def test_a_trial_that_cannot_be_opened_says_so_and_harms_nothing(tmp_path):
    (tmp_path / "trial.db").mkdir()
    with real_house(tmp_path) as house:
        refused = httpx.get(house.url + ROOMS[0] + "/")
        assert (refused.status_code, refused.text[:28]) == (503, "Sổ dùng thử chưa mở được. Xe")
        assert httpx.get(house.url).status_code == 200

        Path(tmp_path / "trial.db").rmdir()
        assert httpx.get(house.url + ROOMS[0] + "/").status_code == 200
        house.stop()
