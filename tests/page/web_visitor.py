"""A visitor without a browser: speaks to the web channel over HTTP as the page does."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.page.web_house import Served


@contextmanager
def visitor(served: Served) -> Iterator[httpx.Client]:
    """A browser that has opened the page."""
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}, timeout=10) as client:
        client.get("/").raise_for_status()
        yield client


def raw_line(
    served: Served, request: str, client: httpx.Client, headers: dict[str, str], body: bytes = b""
) -> socket.socket:
    """A connection on which the visitor's request is out, and its body as far as given."""
    everything = {
        "Host": f"127.0.0.1:{served.port}",
        "Origin": served.url,
        "Cookie": f"chat={client.cookies['chat']}",
        **headers,
    }
    line = socket.create_connection(("127.0.0.1", served.port), timeout=5)
    head = "".join(f"{name}: {value}\r\n" for name, value in everything.items())
    line.sendall(f"{request} HTTP/1.1\r\n{head}\r\n".encode() + body)
    return line


def read_to_end(line: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    with line:
        return b"".join(iter(lambda: line.recv(65536), b""))


def say(client: httpx.Client, sent_as: str, **fields: Any) -> httpx.Response:
    return client.post("/chat/say", json={"id": sent_as, **fields})


def listen(client: httpx.Client, until: str, after: int | str | None = None, times: int = 1) -> list[tuple[str, Any]]:
    """The events up to the `times`-th of the kind `until`."""
    events: list[tuple[str, Any]] = []
    kind = ""
    with client.stream("GET", "/chat/events", params={} if after is None else {"after": after}) as stream:
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: "):
                events.append((kind, json.loads(line[6:])))
                if [k for k, _ in events].count(until) == times:
                    return events
    return events


def texts(events: list[tuple[str, Any]]) -> list[str]:
    return [content["text"] for kind, content in events if kind == "message"]
