"""How fast a channel may be spoken to: so many messages a second, with a short burst."""


class Budget:
    """A bucket of permits that fills at `rate` a second and holds `burst`. Times are seconds of a monotonic clock."""

    __slots__ = ("_at", "_burst", "_paused_until", "_permits", "_rate")

    def __init__(self, rate: float, burst: float):
        self._rate = rate
        self._burst = max(1.0, burst)
        self._permits = self._burst
        self._at = 0.0
        self._paused_until = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next permit; 0 when there is one."""
        if now < self._paused_until:
            return self._paused_until - now
        self._fill(now)
        # A hair's breadth below one is one: otherwise a timer that fires on the dot finds nothing and spins.
        return 0.0 if self._permits >= 0.999_999 else (1.0 - self._permits) / self._rate

    def take(self, now: float) -> None:
        """Use a permit that `wait` said is there."""
        self._fill(now)
        self._permits -= 1.0

    def pause(self, until: float) -> None:
        """Give out nothing before `until`: the channel asked for silence."""
        self._paused_until = max(self._paused_until, until)

    def is_full(self, now: float) -> bool:
        """Whether nothing was used lately, so that a fresh budget would be the same."""
        self._fill(now)
        return self._permits >= self._burst and now >= self._paused_until

    def _fill(self, now: float) -> None:
        if now > self._at:
            self._permits = min(self._burst, self._permits + (now - self._at) * self._rate)
            self._at = now
