"""How handing over a message can fail, named by what to do next.

DeliveryFailed
├── TryLater      it did not go out; again after so many seconds
├── Refused       the channel will never take this message
├── Unreachable   the channel will take nothing more for this chat (blocked, gone)
└── Unknown       the network broke after the request was out: it may have arrived
"""


class DeliveryFailed(Exception):
    """A message was not (surely) delivered. `why` is for the operator: no token, no personal data."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class TryLater(DeliveryFailed):
    """It did not go out. `after`: seconds to wait; `whole_bot`: the channel wants silence from the whole bot."""

    def __init__(self, why: str, after: float, *, whole_bot: bool = False):
        super().__init__(why)
        self.after = after
        self.whole_bot = whole_bot


class Refused(DeliveryFailed):
    """The channel will never take this message as it stands."""


class Unreachable(DeliveryFailed):
    """The person blocked the bot, left, or never was there. `moved_to`: the chat's new address, where there is one."""

    def __init__(self, why: str, *, moved_to: str | None = None):
        super().__init__(why)
        self.moved_to = moved_to


class Unknown(DeliveryFailed):
    """The request was out when the network broke. It may have arrived."""
