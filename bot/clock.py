"""The one place that looks at the clock and draws by chance; everything below bot/ is given both."""

import secrets
from datetime import UTC, datetime

from ocop.codes import CODES, new_code


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def draw_code() -> str:
    """A reference code drawn by chance; it may be taken already."""
    return new_code(secrets.randbelow(CODES))
