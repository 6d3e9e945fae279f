"""Fetch a file from an address that came from outside, without being led into our own network.

Only https and only public addresses are asked: the name is resolved here, every address behind it is looked at, and
the connection goes to one of those looked at, so that a name cannot mean another machine a moment later.
"""

import asyncio
import socket
import ssl
from asyncio import sleep
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path

import httpx

from bot.channels.base import FileNotFetched

SECONDS = 20.0  # for everything: names, connections, redirects, bytes
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
PAUSES = (0.5, 2.0)  # seconds before each further try
MOST_HOPS = 3

_IPV4_INSIDE = IPv6Network("64:ff9b::/96")  # addresses that a gateway turns into the IPv4 address at their end


class _Busy(Exception):
    """The server is in trouble, and may be well in a moment."""


async def download(where: str, into: Path, at_most: int, *, may_be_local: bool = False) -> None:
    """Write what lies at `where` to `into`, at most so many bytes. Raises FileNotFetched.

    With `may_be_local` this very machine is allowed besides public ones, over plain http too.
    """
    try:
        async with asyncio.timeout(SECONDS):
            for number, pause in enumerate((*PAUSES, None)):
                try:
                    return await _fetch(where, into, at_most, may_be_local, number)
                except (httpx.TransportError, _Busy):
                    if pause is not None:
                        await sleep(pause)
    except (TimeoutError, OSError, ValueError, httpx.InvalidURL, httpx.HTTPError):
        pass
    raise FileNotFetched("not_fetched")


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody in the world may reach."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _IPV4_INSIDE else ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses behind a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # Not every machine has a way out over IPv6.
    return [str(info[4][0]) for info in sorted(found, key=lambda info: info[0] != socket.AF_INET)]


async def _fetch(where: str, into: Path, at_most: int, may_be_local: bool, tried: int) -> None:
    url = httpx.URL(where)
    # A client of its own: a connection that was opened for one name must not serve another behind the same address.
    async with httpx.AsyncClient(verify=_tls(), trust_env=False, timeout=TIMEOUT) as client:
        for _ in range(MOST_HOPS + 1):
            addresses = await _allowed(url, may_be_local)
            request = client.build_request(
                "GET",
                url.copy_with(host=addresses[tried % len(addresses)]),
                headers={"Host": url.netloc.decode(), "Accept-Encoding": "identity"},
                extensions={"sni_hostname": url.raw_host.decode()},
            )
            response = await client.send(request, stream=True)
            try:
                if response.has_redirect_location:
                    url = url.join(response.headers["Location"])
                    continue
                if response.status_code >= 500:
                    raise _Busy
                if response.status_code != 200:
                    break
                return await _write(response, into, at_most)
            finally:
                await response.aclose()
    raise FileNotFetched("not_fetched")


async def _allowed(url: httpx.URL, may_be_local: bool) -> list[str]:
    """The addresses behind a URL, if it may be asked at all. Raises FileNotFetched."""
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise FileNotFetched("not_fetched")
    addresses = await resolve(url.raw_host.decode(), url.port or (443 if url.scheme == "https" else 80))
    is_local = bool(addresses) and all(ip_address(address.partition("%")[0]).is_loopback for address in addresses)
    if may_be_local and is_local:
        return addresses
    if url.scheme != "https" or not addresses or not all(map(is_public, addresses)):
        raise FileNotFetched("not_fetched")
    return addresses


async def _write(response: httpx.Response, into: Path, at_most: int) -> None:
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > at_most:
        raise FileNotFetched("too_big")
    written = 0
    try:
        with into.open("wb") as file:
            async for chunk in response.aiter_raw():
                written += len(chunk)
                if written > at_most:
                    raise FileNotFetched("too_big")
                file.write(chunk)
    except BaseException:
        into.unlink(missing_ok=True)  # noqa: ASYNC240
        raise


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
