"""Fetching what lies at a foreign address, without being led into our own network."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels import public_file
from bot.channels.base import FileNotFetched
from bot.channels.public_file import download, is_public

PUBLIC = "203.0.114.7"


class Neighbour:
    """A server on this machine, with a photo, a secret and ways of leading there."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []  # Host header and path
        self.moved_to = ""
        self.port = 0

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append((request.headers["Host"], request.path))
        match request.path:
            case "/photo":
                return web.Response(body=b"x" * 1_000)
            case "/endless":
                response = web.StreamResponse()
                await response.prepare(request)
                while True:
                    await response.write(b"x" * 10_000)
                    await asyncio.sleep(0)
            case "/moved":
                return web.Response(status=302, headers={"Location": self.moved_to})
            case "/slow":
                await asyncio.sleep(60)
        return web.Response(status=404)


@pytest.fixture
async def neighbour() -> AsyncIterator[Neighbour]:
    neighbour = Neighbour()
    runner = web.ServerRunner(web.Server(neighbour.answer, access_log=None), shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    neighbour.port = runner.addresses[0][1]
    yield neighbour
    await runner.cleanup()


@pytest.fixture
def names(monkeypatch) -> dict[str, list[str]]:
    """What the names of this test stand for."""
    known: dict[str, list[str]] = {}

    async def resolve(host: str, port: int) -> list[str]:
        return known.get(host, [host])

    monkeypatch.setattr(public_file, "resolve", resolve)
    return known


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(public_file, "SECONDS", 1.0)
    monkeypatch.setattr(public_file, "PAUSES", (0.0,))


async def refused(where: str, into: Path, at_most: int = 20_000, *, may_be_local: bool = False) -> str:
    with pytest.raises(FileNotFetched) as raised:
        await download(where, into, at_most, may_be_local=may_be_local)
    assert not into.exists()  # noqa: ASYNC240
    return raised.value.trouble


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_an_address_is_public_when_anybody_in_the_world_may_reach_it(address, expected):
    assert is_public(address) is expected


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("https://127.0.0.1/photo", id="this machine"),
        pytest.param("https://inside.example/photo", id="a name for a private address"),
        pytest.param("https://both.example/photo", id="a name for a public and a private address"),
        pytest.param("https://nothing.example/photo", id="a name for nothing"),
        pytest.param(f"http://{PUBLIC}/photo", id="without TLS"),
        pytest.param("ftp://public.example/photo", id="no web address"),
        pytest.param("file:///etc/passwd", id="a file of ours"),
        pytest.param("https://lan:secret@public.example/photo", id="with a password"),
        pytest.param("https:///photo", id="no host"),
        pytest.param("https://[::1/photo", id="no address at all"),
        pytest.param("", id="nothing"),
    ],
)
async def test_only_https_and_public_addresses_are_asked(names, tmp_path, monkeypatch, where):
    async def never(*_: object, **__: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("httpx.AsyncClient.send", never)
    names.update({"inside.example": ["10.0.0.5"], "both.example": [PUBLIC, "10.0.0.5"], "nothing.example": []})

    assert await refused(where, tmp_path / "photo") == "not_fetched"


async def test_the_connection_goes_to_the_address_that_was_looked_at(neighbour, names, tmp_path):
    # The name means this machine to us only; were it resolved again, nothing would be found.
    names["photos.example"] = ["127.0.0.1"]

    await download(f"http://photos.example:{neighbour.port}/photo", tmp_path / "photo", 20_000, may_be_local=True)

    assert neighbour.asked == [(f"photos.example:{neighbour.port}", "/photo")]
    assert (tmp_path / "photo").read_bytes() == b"x" * 1_000


@pytest.mark.parametrize(
    ("moved_to", "trouble"),
    [
        pytest.param("https://10.0.0.5/photo", "not_fetched", id="a private address"),
        pytest.param("file:///etc/passwd", "not_fetched", id="a file of ours"),
        pytest.param("/moved", "not_fetched", id="round in circles"),
    ],
)
async def test_a_redirect_is_looked_at_like_the_first_address(neighbour, names, tmp_path, moved_to, trouble):
    neighbour.moved_to = moved_to

    where = f"http://127.0.0.1:{neighbour.port}/moved"
    assert await refused(where, tmp_path / "photo", may_be_local=True) == trouble
    assert {path for _, path in neighbour.asked} == {"/moved"}


async def test_a_redirect_within_what_is_allowed_is_followed(neighbour, names, tmp_path):
    neighbour.moved_to = "/photo"

    await download(f"http://127.0.0.1:{neighbour.port}/moved", tmp_path / "photo", 20_000, may_be_local=True)

    assert (tmp_path / "photo").stat().st_size == 1_000


async def test_a_redirect_to_this_machine_is_not_followed_for_a_public_address(neighbour, names, tmp_path, monkeypatch):
    # The public server is played by this machine; only the first step is believed.
    neighbour.moved_to = f"http://127.0.0.1:{neighbour.port}/photo"
    first = f"http://127.0.0.1:{neighbour.port}/moved"
    allowed = public_file._allowed

    async def believes_the_first(url, may_be_local):
        return ["127.0.0.1"] if str(url) == first else await allowed(url, may_be_local)

    monkeypatch.setattr(public_file, "_allowed", believes_the_first)

    assert await refused(first, tmp_path / "photo") == "not_fetched"
    assert {path for _, path in neighbour.asked} == {"/moved"}


@pytest.mark.parametrize("path", ["photo", "endless"])
async def test_what_is_too_big_is_cut_off_and_leaves_nothing(neighbour, tmp_path, path):
    where = f"http://127.0.0.1:{neighbour.port}/{path}"

    assert await refused(where, tmp_path / "photo", at_most=999, may_be_local=True) == "too_big"


async def test_what_takes_too_long_is_given_up(neighbour, tmp_path):
    where = f"http://127.0.0.1:{neighbour.port}/slow"

    assert await refused(where, tmp_path / "photo", may_be_local=True) == "not_fetched"
