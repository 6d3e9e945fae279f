"""What answers over HTTP besides the channels: health for everyone, figures for this machine, kind words else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import server
from bot.house import House
from bot.server import make_app
from bot.settings import Settings
from bot.trial import Trial
from storage import outbox, people
from storage.store import Db, Store
from talk.message import Message
from tests.fakes.frail_store import FrailStore

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)

Client = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=sqlite_url, files_dir=tmp_path / "files", secret_key="k" * 32, _env_file=None)


@pytest.fixture
async def house(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr("bot.house.AsyncStore", FrailStore)
    store = Store(settings.database_url)
    yield House(settings, store)
    store.close()


@pytest.fixture
def client(house: House, settings: Settings) -> Client:
    @asynccontextmanager
    async def open_client(
        address: str = "127.0.0.1", host: str = "127.0.0.1:8080", **headers: str
    ) -> AsyncIterator[httpx.AsyncClient]:
        transport = httpx.ASGITransport(
            make_app(house, Trial(settings)), raise_app_exceptions=False, client=(address, 50_000)
        )
        named = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=named) as client:
            yield client

    return open_client


async def test_everybody_may_ask_whether_it_is_well(client: Client) -> None:
    async with client("203.0.113.9", "ocop.example.vn", x_forwarded_for="198.51.100.7") as http:
        answer = await http.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"ok": True})


async def test_it_is_not_well_while_the_database_is_away(client: Client, house: House) -> None:
    assert isinstance(house._store, FrailStore)
    house._store.is_away = True
    async with client() as http:
        answer = await http.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"ok": False})


async def test_it_is_not_well_while_the_database_hangs(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEALTH_SECONDS", 0.02)
    monkeypatch.setattr(house, "feel", asyncio.Event().wait)
    async with client() as http:
        answer = await http.get("/healthz")

    assert answer.status_code == 503


async def test_this_machine_sees_the_figures_and_what_waits(client: Client, house: House) -> None:
    def put(db: Db) -> None:
        chat = people.meet(db, "web", "", "chat-1", NOW).chat_id
        outbox.put(db, chat, "web", "", "chat-1", [Message("một").dumps()] * 3, NOW, lane="broadcast")

    await house._store.run(put)
    async with client() as http:
        twice = [await http.get("/metrics"), await http.get("/metrics")]

    for answer in twice:
        assert answer.status_code == 200
        assert 'ocop_outbox_open{channel="web",lane="broadcast",state="waiting"} 3.0' in answer.text
        assert "process_resident_memory_bytes" in answer.text


async def test_the_figures_are_there_also_while_the_database_is_away(client: Client, house: House) -> None:
    assert isinstance(house._store, FrailStore)
    house._store.is_away = True
    async with client() as http:
        answer = await http.get("/metrics")

    assert answer.status_code == 200
    assert "ocop_updates_total" in answer.text


@pytest.mark.parametrize(
    ("address", "host", "headers"),
    [
        pytest.param("203.0.113.9", "127.0.0.1:8080", {}, id="another machine"),
        pytest.param("127.0.0.1", "ocop.example.vn", {}, id="a page that was made to point here"),
        pytest.param("127.0.0.1", "127.0.0.1:8080", {"x_forwarded_for": "127.0.0.1"}, id="through a proxy"),
        pytest.param("127.0.0.1", "127.0.0.1:8080", {"x_forwarded_proto": "https"}, id="through another proxy"),
        pytest.param("127.0.0.1", "127.0.0.1:8080", {"forwarded": "for=127.0.0.1"}, id="through a modern proxy"),
        pytest.param(
            "127.0.0.1", "127.0.0.1:8080", {"x_real_ip": "198.51.100.7"}, id="through nginx as it is often set"
        ),
        pytest.param("127.0.0.1", "127.0.0.1:8080", {"via": "1.1 proxy"}, id="through a cache"),
    ],
)
async def test_nobody_else_sees_the_figures(client: Client, address: str, host: str, headers: dict[str, str]) -> None:
    async with client(address, host, **headers) as http:
        answer = await http.get("/metrics")

    assert (answer.status_code, answer.text) == (404, "Không có trang này.")


@pytest.mark.parametrize("host", ["[::1", "127.0.0.1:x", "", "a b"])
async def test_a_strange_host_name_is_no_way_in(client: Client, host: str) -> None:
    async with client(host=host) as http:
        answer = await http.get("/metrics")

    assert answer.status_code in (400, 404)


async def test_what_is_not_there_is_said_in_vietnamese(client: Client) -> None:
    async with client() as http:
        nowhere = await http.get("/wp-login.php")
        wrong_way = await http.post("/healthz")

    assert (nowhere.status_code, nowhere.text) == (404, "Không có trang này.")
    assert (wrong_way.status_code, wrong_way.text) == (405, "Trang này không nhận cách gửi đó.")
    assert nowhere.headers["content-type"] == "text/plain; charset=utf-8"


async def test_an_exception_shows_nothing_of_itself(
    house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(request: Request) -> Response:
        raise ValueError("0912 345 678 in /secret/path")

    monkeypatch.setattr(house.desks[0].channel, "routes", lambda keep: [Route("/", broken)])
    async with client() as http:
        answer = await http.get("/")

    assert answer.status_code == 500
    assert answer.text == "Xin lỗi, trợ lý vừa gặp trục trặc. Thử lại sau một phút giúp."
