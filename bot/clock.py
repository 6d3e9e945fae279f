"""The one place that looks at the clock and draws by chance; everything below bot/ is given both."""

import secrets
from datetime import UTC, datetime

from ocop.codes import CODES, new_code
from ocop.invite_codes import INVITES, new_invite


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def draw_code() -> str:
    """A reference code drawn by chance; it may be taken already."""
    return new_code(secrets.randbelow(CODES))


def draw_invite() -> str:
    """The code of an invite, drawn by chance."""
    return new_invite(secrets.randbelow(INVITES))
