"""«Đã chuyển tỉnh»: the commune has sent the dossier on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.commune.recording import form, record
from handlers.form import Next
from handlers.visit import Visit
from talk.past_days import past_day
from talk.progress import Progress
from talk.script import Facts, Script, ask


def script(facts: Facts) -> Script:
    """The day it went out."""
    yield ask("day", "Chuyển ngày nào?", past_day(date.fromisoformat(facts.today)), title="Ngày chuyển")


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Record it."""
    return record(visit, done.facts, "forwarded", "forwarded", {"day": answers["day"].isoformat()})


FORM = form("forward", "việc chuyển tỉnh", "forwarded", script, finish)
