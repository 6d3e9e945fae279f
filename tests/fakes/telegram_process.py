"""The fake Telegram as a process of its own, and its people reached from here.

async with TelegramProcess(delay=0.05) as tg:
    lan = tg.person(7, "Lan")
    await lan.says("xin chào")        # every verb of telegram_people.Person
    message = await lan.hears()       # a dict: message_id, text, buttons, …
    print(await tg.stats())
"""

import asyncio
import base64
import json
import sys
from collections.abc import Callable, Coroutine
from typing import Any, Self

import aiohttp

from tests.fakes.telegram import TOKEN


class TelegramProcess:
    """Starts the fake in another process, and ends it."""

    token = TOKEN

    def __init__(self, *, port: int = 0, delay: float = 0.0, quiet: bool = False, core: int | None = None):
        self._arguments = ["--port", str(port), "--delay", str(delay), *(["--quiet"] if quiet else [])]
        self._prefix = [] if core is None else ["taskset", "-c", str(core)]
        self.url = ""

    async def __aenter__(self) -> Self:
        command = [*self._prefix, sys.executable, "-m", "tests.fakes.telegram", *self._arguments]
        self._process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        assert self._process.stdout is not None
        self.url = (await self._process.stdout.readline()).decode().split()[-1]
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        self._process.kill()
        await self._process.wait()

    def person(self, number: int, name: str = "Lan") -> "DistantPerson":
        return DistantPerson(self, number, name)

    async def stats(self) -> Any:
        return await self.ask("GET", "stats")

    async def faults(self, **fractions: float) -> Any:
        """Set bad_gateway, reset_before, reset_after, duplicates; returns how often each happened so far."""
        return await self.ask("POST", "faults", fractions)

    async def push(self, updates: list[dict[str, Any]]) -> None:
        await self.ask("POST", "updates", updates)

    async def sent(self, chat: int, after: int = 0) -> Any:
        return await self.ask("GET", f"sent?chat={chat}&after={after}")

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body)
        async with self._session.request(method, f"{self.url}/control/{path}", data=data) as response:
            answer = await response.json()
        assert response.status == 200, answer["error"]
        return answer


class DistantPerson:
    """The verbs of telegram_people.Person, carried out over there."""

    def __init__(self, process: TelegramProcess, number: int, name: str):
        self._process, self._id, self._name = process, number, name

    def __getattr__(self, verb: str) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def do(*args: Any, **options: Any) -> Any:
            shown = [{"base64": base64.b64encode(arg).decode()} if isinstance(arg, bytes) else arg for arg in args]
            body = {"name": self._name, "args": shown, "options": options}
            return await self._process.ask("POST", f"people/{self._id}/{verb}", body)

        return do
