"""What can go wrong between a bot and Telegram: scripted for the next calls, or at random from a seed."""

import json
import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """`answer` says this instead of acting; the resets break the connection; `hang` never answers."""

    kind: Literal["answer", "reset_before", "reset_after", "hang"]
    status: int = 0
    body: bytes = b""


RESET_BEFORE = Fault("reset_before")
RESET_AFTER = Fault("reset_after")
HANG = Fault("hang")
BAD_GATEWAY = Fault("answer", 502, b"<html><head><title>502 Bad Gateway</title></head></html>")
GARBAGE = Fault("answer", 200, b"<html>Welcome to the hotel's network</html>")


def refusal(status: int, description: str, **parameters: Any) -> Fault:
    """Telegram's own form of a refusal."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Fault("answer", status, json.dumps(body).encode())


def flood(seconds: int) -> Fault:
    return refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass
class Faults:
    """Fractions of all calls that go wrong, and a script per method that comes first."""

    seed: int = 0
    bad_gateway: float = 0.0
    reset_before: float = 0.0
    reset_after: float = 0.0
    duplicates: float = 0.0  # of updates, delivered once more after they were confirmed
    happened: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._script: dict[str, deque[Fault | None]] = defaultdict(deque)

    def script(self, method: str, *faults: Fault | None) -> None:
        """The next calls of `method` end like this, one after the other; None behaves."""
        self._script[method.lower()].extend(faults)

    def next(self, method: str) -> Fault | None:
        if script := self._script.get(method):
            return script.popleft()
        if not (self.bad_gateway or self.reset_before or self.reset_after):
            return None
        chance = self._random.random()
        for name, fault in (
            ("bad_gateway", BAD_GATEWAY),
            ("reset_before", RESET_BEFORE),
            ("reset_after", RESET_AFTER),
        ):
            chance -= getattr(self, name)
            if chance < 0:
                self.happened[name] += 1
                return fault
        return None

    def repeats(self) -> bool:
        """Whether the update just confirmed comes once more."""
        if not self.duplicates or self._random.random() >= self.duplicates:
            return False
        self.happened["duplicates"] += 1
        return True
