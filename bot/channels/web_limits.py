"""How much one page, one network address and all of them together may ask of the web channel."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Clock = Callable[[], float]
MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of the web channel.

    Those per network address are wide: a whole district may come out of one address of a mobile operator.
    """

    says_at_once: int = 60
    says_per_second: float = 1.0
    address_says_at_once: int = 600
    address_says_per_second: float = 30.0
    json_bytes: int = 64 * 1024
    json_seconds: float = 20.0

    file_bytes: int = 20 * 1024 * 1024
    file_seconds: float = 15 * 60.0  # 20 MB over a weak 3G
    silent_seconds: float = 30.0  # between two pieces of a file
    files_at_once: int = 20  # one chat may send so many in a row, then one each `seconds_per_file`
    seconds_per_file: float = 10.0
    uploads_per_chat: int = 2
    uploads_per_address: int = 10
    uploads: int = 30
    drop_box_bytes: int = 2 * 1024 * 1024 * 1024

    # A browser opens six connections to one site: four pages that listen leave two to speak on.
    streams_per_chat: int = 4
    streams_per_address: int = 300
    streams: int = 2_000
    heartbeat_seconds: float = 20.0


class Allowance:
    """So many at once, then so many a second, counted for each key apart."""

    def __init__(self, at_once: int, per_second: float, clock: Clock = time.monotonic):
        self._at_once = float(at_once)
        self._per_second = per_second
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # key: what was left, and when; the latest key stands last

    def wait(self, key: str) -> float:
        """Take one and return 0, or return the seconds until there is one again."""
        now = self._clock()
        left, then = self._left.pop(key, (self._at_once, now))
        left = min(self._at_once, left + (now - then) * self._per_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > MOST_KEYS:
            del self._left[next(iter(self._left))]
        return 0.0 if allowed else (1 - left) / self._per_second


class Slots:
    """So many at the same time: for one key, and for all of them together."""

    def __init__(self, per_key: int, overall: int | None = None):
        self._per_key = per_key
        self._overall = overall
        self._taken: Counter[str] = Counter()

    def take(self, key: str) -> bool:
        """Take a slot that `give_back` frees again, or return False when there is none."""
        if self._taken[key] >= self._per_key or (self._overall is not None and self._taken.total() >= self._overall):
            return False
        self._taken[key] += 1
        return True

    def give_back(self, key: str) -> None:
        self._taken[key] -= 1
        if not self._taken[key]:
            del self._taken[key]

    @contextmanager
    def held(self, key: str) -> Iterator[bool]:
        """Hold a slot for the length of a `with`; gives False when there is none."""
        taken = self.take(key)
        try:
            yield taken
        finally:
            if taken:
                self.give_back(key)
