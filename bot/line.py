"""The line in which the messages of one chat wait to be sent."""

from collections import deque
from dataclasses import dataclass, field

from bot.budget import Budget
from storage.outbox import LANES, Waiting


@dataclass(slots=True, eq=False)
class Line:
    """The messages of one chat that wait their turn, the oldest of each lane first."""

    address: str
    budget: Budget
    waiting: dict[str, deque[Waiting]] = field(default_factory=lambda: {lane: deque() for lane in LANES})
    held: set[str] = field(default_factory=set)  # lanes whose younger ones wait for one that is to be tried again
    stands_in: str | None = None  # the lane in which it stands ready
    is_busy: bool = False  # one of them is being claimed or sent, or its budget is used up

    def add(self, message: Waiting) -> None:
        """Put a message in its place, which nearly always is the last."""
        younger = []
        waiting = self.waiting[message.lane]
        while waiting and waiting[-1].id > message.id:
            younger.append(waiting.pop())
        waiting.append(message)
        waiting.extend(reversed(younger))

    def lane(self) -> str | None:
        """The lane of the message to send next; None when none may go."""
        return next((lane for lane in LANES if self.waiting[lane] and lane not in self.held), None)

    def drop_all(self) -> set[int]:
        """Forget everything that waits here; the ids."""
        dropped = {message.id for waiting in self.waiting.values() for message in waiting}
        for waiting in self.waiting.values():
            waiting.clear()
        return dropped

    def is_empty(self) -> bool:
        """Whether nothing waits or is under way."""
        return not (self.is_busy or self.held or any(self.waiting.values()))
