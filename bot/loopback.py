"""Telling a request of this very machine from one that came from outside."""

from urllib.parse import urlsplit

from starlette.requests import Request

from bot.settings import is_loopback

SAID_BY_PROXIES = ("forwarded", "via", "x-real-ip")


def is_from_here(request: Request) -> bool:
    """Whether nobody but this machine can be asking: no proxy in between, no foreign host name."""
    try:
        # Not request.url: for a host name that makes no sense it falls back on our own address.
        host = urlsplit(f"//{request.headers.get('host', '')}")
        named = host.hostname if host.port != 0 else ""
    except ValueError:
        return False
    passed_on = any(name.startswith("x-forwarded") or name in SAID_BY_PROXIES for name in request.headers)
    return (
        request.client is not None and is_loopback(request.client.host) and is_loopback(named or "") and not passed_on
    )
