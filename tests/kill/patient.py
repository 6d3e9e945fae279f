"""Somebody who waits for what the bot says, and after a long silence asks once more."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

LOOKS_SECONDS = 0.5
GIVES_UP_AFTER = 300  # looks


class Said(Protocol):
    """A message from the bot."""

    @property
    def text(self) -> str: ...


S_co = TypeVar("S_co", bound=Said, covariant=True)


class Phone(Protocol[S_co]):
    """A person of one of the fake messengers."""

    id: Any

    async def says(self, text: str) -> Any: ...

    async def hears(self, timeout: float) -> S_co: ...  # noqa: ASYNC109 - as those people do


class Patient(Generic[S_co]):
    """Hearing nothing while `uptime` grows by `patience` seconds is a silence."""

    def __init__(self, phone: Phone[S_co], uptime: Callable[[], float], patience: float):
        self._phone = phone
        self._uptime = uptime
        self._patience = patience
        self.silences: list[str] = []  # the last words before each silence
        self.last_heard = ""  # for whoever hears to keep
        self.asks_again = False  # nothing was heard for long, and the person asked what the question was

    async def hear(self) -> S_co:
        """The next message. After a long silence the person asks once more, and remembers it."""
        asked_at = self._uptime()
        for _ in range(GIVES_UP_AFTER):
            try:
                return await self._phone.hears(timeout=LOOKS_SECONDS)
            except TimeoutError:
                if self._uptime() - asked_at > self._patience:
                    self._is_left_in_silence()
                    self.asks_again = True
                    asked_at = self._uptime()
                    await self._phone.says("nhắc lại")
        raise AssertionError(f"{self._phone.id} hears nothing more after {self.last_heard!r}")

    def _is_left_in_silence(self) -> None:
        self.silences.append(self.last_heard)
