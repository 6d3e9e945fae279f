"""How matters are put into words: by when an answer is promised, when something was asked, what was said so far."""

from datetime import date, datetime

from handlers.matters import sides
from handlers.visit import Moment
from ocop.calendar import date_words, day_off, hour_words, is_working_day, weekday, weekday_words
from ocop.office_hours import Promise
from storage import matters
from storage.matters import Matter, Word
from talk.answers import shortened
from talk.lunar import lunar_words
from talk.vietnamese import capital

SHOWN_WORDS = 6  # of what was said so far
WORDS_LENGTH = 900  # all of them together, so that the choices fit into the same message


def promised(moment: Moment, promise: Promise) -> str:
    """By when an answer is promised, and why not sooner: "Hôm nay thứ Bảy cơ quan nghỉ, làm lại thứ Hai 23/11…"."""
    by = due_words(promise.due)
    if promise.opens is None:
        return by
    if promise.opens.date() == moment.today:
        return f"Giờ này cơ quan nghỉ, làm lại lúc {hour_words(promise.opens.time())}. {by}"
    opens = promise.opens.date()
    again = f"{weekday_words(opens, with_year=False)} ({lunar_words(opens)})"
    later = [day.day for day in promise.holidays if day.day > opens]
    holidays = "".join(f", {weekday_words(day, with_year=False)} nghỉ lễ" for day in later)
    return f"{_closed(moment.today)}, làm lại {again}{holidays}. {by}"


def _closed(day: date) -> str:
    if is_working_day(day):
        return "Giờ này cơ quan nghỉ"
    return f"Hôm nay {weekday(day)} {'nghỉ lễ' if day_off(day) else 'cơ quan nghỉ'}"


def due_words(due: datetime) -> str:
    """By when an answer is promised, in the office's time."""
    return f"Hẹn trả lời chậm nhất {hour_words(due.time())} {weekday_words(due.date(), with_year=False)}."


def asked_on(moment: Moment, matter: Matter) -> str:
    """A question by the day it began to wait: "câu hôm nay", "câu hôm thứ Bảy 21/11"."""
    since = moment.since(matter.waiting_since or matter.asked_at)
    return f"câu {since}" if since.startswith("hôm") else f"câu hôm {since}"


def unanswered(moment: Moment, matter: Matter) -> list[Word]:
    """What the person said that waits for an answer."""
    if matter.waiting_since is None:
        return []
    said = matters.words(moment.db, matter.id)
    return [word for word in said if word.office is None and word.at >= matter.waiting_since]


def asked(moment: Moment, matter: Matter) -> str:
    """The same in words, with what went along."""
    shown = unanswered(moment, matter)[-SHOWN_WORDS:]
    lines = [f"«{shortened(word.text, WORDS_LENGTH // len(shown))}»" for word in shown]
    along = shown[-1].along if shown else ""
    return "\n".join([*lines, *([f"Kèm: {along}."] if along else [])])


def history(moment: Moment, matter: Matter) -> str:
    """What both sides said, the last of it, a line each."""
    lines = []
    shown = matters.words(moment.db, matter.id)[-SHOWN_WORDS:]
    for word in shown:
        who = capital(sides.office_name(word.office)) if word.office else sides.asker_words(moment, matter)
        along = f" (kèm {word.along})" if word.along else ""
        lines.append(f"– {who}, {moment.since(word.at)}: «{shortened(word.text, WORDS_LENGTH // len(shown))}»{along}")
    if matter.due_at and matter.waiting_since:
        late = "Đã quá hẹn một lần. " if matter.times_late else ""
        lines.append(f"{late}{due_words(matter.due_at.astimezone(moment.office.timezone))}")
    return "\n".join(lines)


def kept(moment: Moment, matter: Matter) -> str:
    """One line of what is kept of the person who asked."""
    said = matters.words(moment.db, matter.id)
    return f"Hỏi cán bộ: «{shortened(said[0].text, 25)}» ({date_words(moment.day_of(matter.asked_at))})"


def listed(moment: Moment, matter: Matter) -> str:
    """One line of a list: what, who, since when."""
    text = shortened(unanswered(moment, matter)[-1].text, 22)
    late = ", quá hẹn" if matter.times_late else ""
    who = sides.called(moment, matter)
    return f"«{text}», {who}, từ {moment.since(matter.waiting_since or matter.asked_at)}{late}"
