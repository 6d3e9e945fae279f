"""«Đã nhận bản giấy»: the code and day on the paper, from which the commune's 15 working days run."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.commune.recording import form, record
from handlers.form import Next
from handlers.visit import Visit
from ocop.calendar import add_working_days
from ocop.rounds import COMMUNE_WORKING_DAYS
from talk.answers import text
from talk.past_days import past_day
from talk.progress import Progress
from talk.script import Facts, Script, ask


def script(facts: Facts) -> Script:
    """What the office wrote on the paper."""
    yield ask(
        "number",
        "Số ghi ở ô của cơ quan nhận trên tờ đăng ký?",
        text(at_most=40, at_least=1, example="12/PĐK"),
        title="Số",
        why="Số này in trên giấy, nhờ đó sau này tra lại được.",
    )
    yield ask(
        "day",
        "Nhận ngày nào?",
        past_day(date.fromisoformat(facts.today)),
        title="Ngày nhận",
        why="15 ngày làm việc của xã tính từ ngày này, không kể chính ngày nhận.",
    )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Record it."""
    return record(visit, done.facts, "received", "received", details(answers))


def details(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a paper that came in, with the day the 15 working days end."""
    by = add_working_days(answers["day"], COMMUNE_WORKING_DAYS)
    return {"number": answers["number"], "day": answers["day"].isoformat(), "by": by.isoformat()}


FORM = form("receive", "việc nhận bản giấy", "received", script, finish)
