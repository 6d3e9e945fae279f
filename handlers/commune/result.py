"""«Ghi kết quả»: recognised with so many stars by which decision, or not."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from handlers.commune.access import granted, office_words, second_officials
from handlers.commune.recording import form, record
from handlers.commune.release import call_a_second, take_back
from handlers.form import Next
from handlers.visit import Visit
from ocop.calendar import date_words
from ocop.catalogue import product
from ocop.places import lowered
from ocop.renewal import certificate_end
from storage import recognitions
from storage.dossiers import UNRELEASED, Event
from storage.recognitions import Recognition
from talk.answers import Option, one_of, text
from talk.choices import yes_no
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
    if claimed := product(facts.claims or ""):
        yield ask(
            "is_listed",
            f"Cơ sở nói đây là {claimed.words} trong danh mục. Có đúng không?",
            yes_no("Đúng sản phẩm đó", "Không phải"),
            title="Trong danh mục",
            why="Đúng thì kết quả này ghi thêm vào lịch sử của sản phẩm đó, người mua tra được.",
        )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Record it. Bad news waits until a second official has seen it, where there is one."""
    day = answers["day"].isoformat()
    if answers["outcome"] == "none":
        details = {"day": day, "note": answers["note"] or ""}
        if _is_alone(visit, done.facts):
            return record(visit, done.facts, "result", "not_recognised", {**details, "alone": True}, take_back)
        return record(visit, done.facts, "result", UNRELEASED, details, tell=call_a_second)
    details = {"stars": int(answers["outcome"]), "decision": answers["decision"], "day": day}
    listed = done.facts["claims"] if answers.get("is_listed") else None
    return record(visit, done.facts, "result", "recognised", details, partial(_recognise, listed))


def _recognise(listed: str | None, visit: Visit, event: Event) -> None:
    """Keep the recognition, of the product of the catalogue where an official says that it is that one."""
    details, day = event.details, date.fromisoformat(event.details["day"])
    source = f"cán bộ {lowered(office_words(event.place_id))} ghi {date_words(visit.day_of(event.at))}"
    recognition = Recognition(
        listed, details["stars"], day.year, details["decision"], day, certificate_end(day), source
    )
    recognitions.record(visit.db, event.application_id, recognition)


def _is_alone(visit: Visit, facts: Mapping[str, Any]) -> bool:
    """Whether nobody else could look at bad news before it goes out."""
    given = granted(visit, "result", facts["commune"], facts["reason"])
    return given is not None and not second_officials(visit, given.place_id, visit.person.person_id)


FORM = form("result", "kết quả", "result", script, finish)
