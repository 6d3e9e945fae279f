"""What is written to the log, and what never is."""

import io
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone

import pytest

from bot.logs import HIDDEN, QUIET, set_up_logs

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
KEY = "k9-signs-the-cookies-of-the-page-and-is-long"

Read = Callable[[], str]


@pytest.fixture
def written() -> Iterator[Read]:
    """The log is set up as `make run` does; calling the fixture gives all that was written."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:], sys.excepthook, threading.excepthook)
    levels = {name: logging.getLogger(name).level for name in QUIET}
    stream = io.StringIO()
    set_up_logs([KEY, TOKEN, "ocop"], timezone(timedelta(hours=7)), stream=stream)
    yield stream.getvalue
    root.level, root.handlers[:], sys.excepthook, threading.excepthook = before
    logging.captureWarnings(False)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_an_event_is_one_line_with_time_level_and_part(written: Read) -> None:
    logging.getLogger("bot.delivery").warning("update %s was not sent", 17)

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+07:00 WARNING bot\.delivery: update 17 was not sent\n", written()
    )


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(TOKEN, id="the bot's token"),
        pytest.param(KEY, id="the key"),
        pytest.param("987654321:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", id="a token that is not ours"),
        pytest.param("0912345678", id="a phone number"),
        pytest.param("0912 345 678", id="a phone number with spaces"),
        pytest.param("0912.345.678", id="a phone number with dots"),
        pytest.param("(0209) 3 870-123", id="a landline"),
        pytest.param("+84 912 345 678", id="a phone number from abroad"),
        pytest.param("84912345678", id="a phone number as Telegram writes it"),
    ],
)
def test_secrets_and_phone_numbers_are_hidden_wherever_they_stand(written: Read, secret: str) -> None:
    log = logging.getLogger("bot.turns")
    log.info("in the message itself: " + secret)  # noqa: G003 (what careless code would do)
    log.info("as an argument: «%s»", secret)
    log.info("inside an object: %s", {"text": secret})
    try:
        try:
            raise ValueError(f"cannot read {secret}")
        except ValueError as cause:
            raise RuntimeError(f"the turn failed over {secret}") from cause
    except RuntimeError:
        log.exception("update 5")

    assert secret not in written()
    assert secret[-6:] not in written()
    assert written().count(HIDDEN) >= 5
    assert written().count("\n") == 4


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        pytest.param("POST /bot1:x/sendMessage", "/sendMessage", "1:x", id="a short token in a path"),
        pytest.param(f"/bot{TOKEN.replace(':', '%3A')}/getMe", "/getMe", TOKEN[10:], id="an escaped token"),
        pytest.param("postgresql://ann:pw%40@db/ocop", "@db/ocop", "pw%40", id="a password in a URL"),
        pytest.param("[parameters: ('Nông Thị Mẫu', 3)]", "[parameters: ", "Mẫu", id="what a statement carried"),
        pytest.param("DETAIL:  Failing row contains (Nông Thị Mẫu).", "DETAIL:", "Mẫu", id="the row refused"),
    ],
)
def test_addresses_and_statements_are_kept_without_what_they_carry(
    written: Read, text: str, kept: str, gone: str
) -> None:
    logging.getLogger("bot").error(text)

    assert kept in written()
    assert gone not in written()


@pytest.mark.parametrize(
    "text",
    [
        "update 123456789 of chat 6543210987 took 0.0912345678 s",
        "listening on 127.0.0.1:8080 since 2026-11-21 07:00:09",
        "the database is called ocop",
        "batch 84 of 912",
        "draft HK-394-27, version 3",
    ],
)
def test_numbers_that_help_to_find_a_fault_are_kept(written: Read, text: str) -> None:
    logging.getLogger("bot").info(text)

    assert text in written()


def test_a_typed_text_cannot_forge_a_line_or_turn_one_around(written: Read) -> None:
    logging.getLogger("bot").info("said «%s»", "a\n2026 CRITICAL bot: forged\x1b[2J\u202e\u2028b")

    assert written().count("\n") == 1
    assert not set("\x1b\u202e\u2028") & set(written())


def test_a_record_that_cannot_be_written_does_not_spill_its_arguments(
    written: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = logging.getLogger().handlers[0]  # pytest's own would raise
    ours.handle(logging.LogRecord("bot", logging.INFO, __file__, 1, "%d people", (TOKEN,), None))

    assert "TypeError while logging at" in written()
    assert TOKEN not in written() + capsys.readouterr().err


@pytest.mark.parametrize("part", ["httpx", "aiohttp.access", "telegram.Bot", "apscheduler.executors.default"])
def test_libraries_speak_only_when_something_is_wrong(written: Read, part: str) -> None:
    logging.getLogger(part).info("HTTP Request: POST …")
    assert written() == ""

    logging.getLogger(part).warning("something is wrong")
    assert "something is wrong" in written()


def test_an_exception_that_nobody_caught_is_one_clean_line() -> None:
    program = (
        "import sys, threading; from bot.logs import set_up_logs; set_up_logs([sys.argv[1]])\n"
        "def fail(): raise ValueError(sys.argv[1])\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join(); fail()"
    )
    done = subprocess.run([sys.executable, "-c", program, KEY], capture_output=True, text=True, timeout=30)

    assert done.returncode == 1
    assert done.stderr.count("CRITICAL uncaught: ValueError ⏎ Traceback") == 2
    assert done.stderr.count("\n") == 2
    assert KEY not in done.stderr
