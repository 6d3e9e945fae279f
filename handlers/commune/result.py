"""«Ghi kết quả»: recognised with so many stars by which decision, or not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.commune.recording import form, record
from handlers.form import Next
from handlers.visit import Visit
from talk.answers import Option, one_of, text
from talk.past_days import past_day
from talk.progress import Progress
from talk.script import Facts, Script, ask

# 1 and 2 stars have neither decision nor certificate: Điều 4.
OUTCOMES = (
    Option("3", "Được công nhận 3 sao", ("3 sao", "ba sao")),
    Option("4", "Được công nhận 4 sao", ("4 sao", "bon sao")),
    Option("5", "Được công nhận 5 sao", ("5 sao", "nam sao")),
    Option("none", "Lần này chưa được công nhận", ("chua duoc", "chua", "khong duoc")),
)


def script(facts: Facts) -> Script:
    """The outcome, and what says so."""
    outcome = yield ask("outcome", "Kết quả thế nào?", one_of(OUTCOMES), title="Kết quả")
    if outcome == "none":
        yield ask("day", "Có kết quả ngày nào?", past_day(date.fromisoformat(facts.today)), title="Ngày")
        yield ask(
            "note",
            "Nhắn cơ sở lời nào? Nói chỗ cần làm cho khá hơn, để lần sau xin chấm lại.",
            text(at_most=400, at_least=5, example="bao bì chưa ghi hạn dùng, câu chuyện sản phẩm còn ngắn"),
            title="Lời nhắn",
            optional=True,
        )
        return
    yield ask(
        "decision",
        "Quyết định số bao nhiêu?",
        text(at_most=40, at_least=1, example="124/QĐ-UBND"),
        title="Quyết định",
    )
    yield ask("day", "Ký ngày nào?", past_day(date.fromisoformat(facts.today)), title="Ngày ký")


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Record it."""
    day = answers["day"].isoformat()
    if answers["outcome"] == "none":
        return record(visit, done.facts, "result", "not_recognised", {"day": day, "note": answers["note"] or ""})
    details = {"stars": int(answers["outcome"]), "decision": answers["decision"], "day": day}
    return record(visit, done.facts, "result", "recognised", details)


FORM = form("result", "kết quả", "result", script, finish)
