"""The log: one line per event on stderr, from which tokens, keys and phone numbers have been taken out.

The last formatter does the hiding, since only there the words of an exception and its traceback are in the text.
"""

import logging
import re
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from types import TracebackType
from typing import TextIO

HIDDEN = "[đã che]"
QUIET = ("aiohttp.access", "alembic", "apscheduler", "httpcore", "httpx", "telegram", "uvicorn")
SHORTEST_SECRET = 6  # hiding a shorter one, such as a database's password "ocop", would hide ordinary words

# A digit, then spaces, dots, dashes or brackets as people write them: 0912 345 678, (0209) 3.870.123, +84-912-345-678
_SPACED_DIGIT = r"[\s.()\-]{0,2}\d"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=bot)\d+(?::|%3A)[\w-]+",  # in the address of a call: /bot123:ABC/sendMessage
        r"\b\d{5,}(?::|%3A)[\w-]{20,}",  # a Telegram token anywhere
        r"(?<=://)[^\s/@]+(?=@)",  # the name and password in a URL
        r"(?<=\[parameters: ).*(?=\])",  # what a statement that failed was carrying
        r"(?<=DETAIL: ).*",  # the row PostgreSQL refused
        rf"(?<!\d)(?<!\d\.)0[2-9](?:{_SPACED_DIGIT}){{8,9}}(?!\d)",  # a phone number within Vietnam, not a fraction
        rf"(?<!\d)84[2-9](?:{_SPACED_DIGIT}){{8,9}}(?!\d)",  # … as Telegram writes one
        rf"\+\d(?:{_SPACED_DIGIT}){{7,13}}(?!\d)",  # … and from anywhere else
    )
)

# Control characters could forge a line or play with the terminal, direction marks could turn a line around.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
_CARETS = re.compile(r"\n\s*[~^]+(?=\n)")  # under the source lines of a traceback; they point nowhere on one line


def set_up_logs(
    secrets: Iterable[str] = (), zone: tzinfo = UTC, level: int = logging.INFO, stream: TextIO | None = None
) -> None:
    """Send every log record of the process, and every exception nobody caught, to `stream` (stderr) as one line.

    `secrets` are hidden wherever they turn up. Calling it again replaces the former set-up.
    """
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(OneLine(secrets, zone))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


class OneLine(logging.Formatter):
    """Writes `time level part: message` on one line, with what must not be seen taken out."""

    def __init__(self, secrets: Iterable[str] = (), zone: tzinfo = UTC):
        super().__init__()
        self.zone = zone
        # The longest first: a secret may contain another.
        words = sorted({secret for secret in secrets if len(secret) >= SHORTEST_SECRET}, key=len, reverse=True)
        self.secrets = re.compile("|".join(map(re.escape, words))) if words else None

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, its traceback folded into it."""
        time = datetime.fromtimestamp(record.created, self.zone).isoformat(timespec="milliseconds")
        return f"{time} {record.levelname} {record.name}: {self.clean(super().format(record))}"

    def clean(self, text: str) -> str:
        """The text without secrets and phone numbers, on one line."""
        if self.secrets:
            text = self.secrets.sub(HIDDEN, text)
        for pattern in PATTERNS:
            text = pattern.sub(HIDDEN, text)
        text = _LINE_BREAK.sub(" ⏎ ", _CARETS.sub("", text).strip())
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the standard library's name)
        # The standard library would print the record's arguments as they are, unhidden.
        failed = sys.exc_info()[0]
        kind = failed.__name__ if failed else "an error"
        where = f"{record.pathname}:{record.lineno}"
        with suppress(OSError, ValueError):  # stderr itself is gone: nobody is left to tell
            self.stream.write(f"{record.levelname} {record.name}: {kind} while logging at {where}\n")


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("uncaught").critical("%s", kind.__name__, exc_info=(kind, error, trace))


def _log_uncaught_in_thread(hook: threading.ExceptHookArgs) -> None:
    if hook.exc_value is not None and not issubclass(hook.exc_type, SystemExit):
        _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
