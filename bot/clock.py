"""The one place that looks at the clock and draws by chance; everything below bot/ is given both."""

import secrets
from datetime import UTC, datetime

from ocop.codes import CODES, new_code
from ocop.long_codes import INVITE, new_long_code


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def draw_code() -> str:
    """A reference code drawn by chance; it may be taken already."""
    return new_code(secrets.randbelow(CODES))


def draw_invite() -> str:
    """The code of an invite, drawn by chance."""
    return new_long_code(draw_code, INVITE)
