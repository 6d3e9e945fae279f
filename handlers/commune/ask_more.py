"""«Cần bổ sung»: item by item, with a ready-made reason in plain words or the official's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.commune.recording import form, record
from handlers.form import Next
from handlers.visit import Visit
from talk.answers import Option, one_of, text
from talk.choices import many_of
from talk.progress import Progress
from talk.script import Facts, Script, ask

OWN = Option("own", "Gõ lời khác", ("loi khac", "khac"))
OF_A_QUESTION = (Option("unclear", "Ghi chưa rõ"), Option("differs", "Chưa giống trên giấy tờ"))
OF_A_PHONE = (Option("no_answer", "Gọi số này chưa được"), *OF_A_QUESTION)
OF_A_PHOTO = (Option("missing", "Còn thiếu"), Option("blurred", "Mờ, chưa đọc được"))
OF_A_PAPER = (
    Option("missing", "Còn thiếu"),
    Option("unsigned", "Chưa ký, chưa đóng dấu"),
    Option("expired", "Đã quá hạn"),
    Option("unclear", "Chưa rõ"),
)
BY_WANTS = {"phone": OF_A_PHONE, "photo": OF_A_PHOTO, "file": (*OF_A_PHOTO, *OF_A_PAPER[1:3])}
PAPER = "p_"  # sets the papers apart from the questions of the form


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be asked for, and the ready-made reasons for it."""

    title: str
    reasons: tuple[Option, ...]


def script(facts: Facts) -> Script:
    """What is missing, and of each thing why."""
    items = _items(facts)
    chosen = yield ask(
        "items",
        "Cần bổ sung những gì? Chọn từng dòng, đủ rồi thì gõ «xong».",
        many_of([Option(key, item.title) for key, item in items.items()]),
        title="Cần bổ sung",
    )
    for key in chosen:
        title, reasons = items[key].title, items[key].reasons
        reason = yield ask(f"w_{key}", f"«{title}»: vì sao?", one_of([*reasons, OWN]), title=title)
        if reason == OWN.key:
            yield ask(
                f"o_{key}",
                f"«{title}»: nhắn cơ sở thế nào? Nói rõ cần gì.",
                text(at_most=200, at_least=4, example="ghi thêm số nhà cho dễ tìm"),
                title=f"Lời nhắn, {title}",
            )


def finish(visit: Visit, done: Progress, answers: Mapping[str, Any]) -> Next:
    """Record every item with its reason in words, as the producer will read it."""
    items = _items(Facts(done.facts))
    asked_for = [_asked_for(key, items[key], answers) for key in answers["items"]]
    return record(visit, done.facts, "needs_more", "needs_more", {"items": asked_for})


def _items(facts: Facts) -> dict[str, Item]:
    questions = {key: Item(title, BY_WANTS.get(wants, OF_A_QUESTION)) for key, title, wants in facts.questions or ()}
    return questions | {f"{PAPER}{id}": Item(title, OF_A_PAPER) for id, title in facts.papers or ()}


def _asked_for(key: str, item: Item, answers: Mapping[str, Any]) -> dict[str, str]:
    reason = answers[f"w_{key}"]
    if reason == OWN.key:
        return {"key": key, "title": item.title, "own": answers[f"o_{key}"]}
    label = next(option.label for option in item.reasons if option.key == reason)
    return {"key": key, "title": item.title, "reason": label[:1].lower() + label[1:]}


FORM = form("ask_more", "việc cần bổ sung", "needs_more", script, finish)
