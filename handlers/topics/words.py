"""How a topic is told: its answer, more of it, its steps or its simplest words, with the source and what comes next."""

from dataclasses import replace
from datetime import date, timedelta

from handlers.said import Said
from handlers.topics.context import Context
from ocop.asking.period import Period
from ocop.calendar import date_words
from ocop.library import Library
from ocop.topics import DOUBT, Topic, Version
from talk.answers import Option
from talk.message import LABEL_LENGTH, MAIN_MENU, Tap
from talk.vietnamese import capital

TAP = "ask"  # the talk of a tap under an answer: its step is the topic, its choice what to tell of it

OPEN = "open"
MORE = Option("more", "Xem thêm", ("noi them", "noi ro hon", "chi tiet", "them"))
STEPS = Option("steps", "Các bước", ("buoc", "tung buoc", "lam tung buoc"))
SIMPLER = Option("simpler", "Không hiểu", ("ko hieu", "k hieu", "kh hieu", "chua hieu", "kho hieu", "khong hieu gi"))
NO_TOPIC = "-"  # the step of a tap that belongs to no topic
SEND = Option("send", "Gửi câu này cho cán bộ, có trả lời thì báo", ("gui can bo", "gui cho can bo", "gui cau nay"))
GOOD = Option("good", "Đúng rồi", ("dung roi cam on", "dung r", "hieu roi", "ro roi", "tot", "hay qua"))
BAD = Option("bad", "Chưa đúng", ("khong dung", "ko dung", "sai roi", "tra loi sai", "chua dung y", "khong phai"))
SEND_IT = (SEND.label, Tap(TAP, NO_TOPIC, SEND.key))
FIND_SUPPORT = ("Tìm hỗ trợ cho cơ sở của bà con", Tap(MAIN_MENU, MAIN_MENU, "support"))
OF_SUPPORT = "support-"  # begins the ids of topics under which that is offered
ABOUT = (MORE, STEPS, SIMPLER, SEND)

LENGTH = 900  # of answers in one message
CHOICES = 4
A_GOOD_PART = 90  # days; a rule that held for less of a year is not told of that year

CARRIED = "Đang hỏi về: {}. Muốn đổi thì gõ nơi khác, năm khác."
NOT_IN_FORCE = "{title}: trợ lý chưa biết điều đang áp dụng, nên không đoán."


def tell(library: Library, one: Topic, version: Version) -> Said:
    """The short answer."""
    return Said(_sourced(version.answer, version), _choices(library, one, version, OPEN), {"topic": one.id})


def tell_part(library: Library, one: Topic, version: Version, part: str) -> Said:
    """What a choice under the answer asks for; the answer once more where the version has nothing of the kind."""
    if part == MORE.key and version.more:
        text = version.more
    elif part == STEPS.key and version.steps:
        text = "\n".join(f"– {step}" for step in version.steps)
    elif part == SIMPLER.key and version.simpler:
        text = version.simpler
    else:
        return tell(library, one, version)
    said = f"{text}\n{version.source}"
    return Said(said, _choices(library, one, version, part), {"topic": one.id})


def tell_then(one: Topic, period: Period, place: str, now: Version | None) -> Said:
    """What held at a time in the past, that it no longer does, and what holds now; or that it is not known."""
    held = _held_in(one, period, place)
    if now and held == (now,) and now.confidence == "unsure":
        held = ()  # what is not known now was known no better then
    choices = (("Bây giờ thế nào, nói rõ hơn", Tap(TAP, one.id, OPEN)), _send(one.id))
    when, about = capital(period.said), {"topic": one.id}
    if not held:
        text = f"{when} thì trợ lý không biết quy định ra sao, nên không đoán."
        return Said(_with_now(text, now, ()), choices, about)
    if now and held == (now,):
        return Said(_sourced(f"{when} đã như bây giờ. {now.answer}", now), choices[1:], about)
    since = f", từ {date_words(held[0].valid_from)}" if held[0].valid_from > period.first else ""
    lines = [f"{when}{since}: {held[0].answer}"]
    lines += [f"Từ {date_words(later.valid_from)}: {later.answer}" for later in held[1:]]
    return Said(_with_now("\n".join(lines), None if now in held else now, held), choices, about)


def _held_in(one: Topic, period: Period, place: str) -> tuple[Version, ...]:
    """The versions that held within a period, the oldest first; of several, those of some months."""
    days = [day for day in (period.first, *_starts(one, period)) if period.first <= day <= period.last]
    held = dict.fromkeys(version for day in sorted(days) if (version := one.on(day, place)))
    long = [version for version in held if _days_in(version, period) >= A_GOOD_PART]
    return tuple(long or held)


def _starts(one: Topic, period: Period) -> list[date]:
    ends = [version.valid_to + timedelta(days=1) for version in one.versions if version.valid_to]
    return [*(version.valid_from for version in one.versions), *ends]


def _days_in(version: Version, period: Period) -> int:
    last = min(period.last, version.valid_to or period.last)
    return (last - max(period.first, version.valid_from)).days + 1


def _with_now(text: str, now: Version | None, held: tuple[Version, ...]) -> str:
    """What held, what holds now in fewer words where there is no room, and where either stands."""
    known = (*held, *([now] if now else []))
    ended = [f"{version.stands} (đã hết hiệu lực)" for version in held if version.valid_to]
    in_force = [version.stands for version in known if not version.valid_to]
    source = (
        f"Nguồn: {'; '.join([*ended, *in_force])} · kiểm tra {date_words(max(one.checked for one in known))}"
        if known
        else ""
    )
    if known and not all(version.confirmed for version in known):
        source += DOUBT
    whole = "\n".join(filter(None, (text, f"Bây giờ: {now.answer}" if now else "", source)))
    if now is None or len(whole) <= LENGTH:
        return whole
    return "\n".join((text, f"Bây giờ: {now.answer.partition('. ')[0].rstrip('.')}.", source))


def led(said: Said, context: Context) -> Said:
    """Say above the answer what place and time it was taken to be about, when the words themselves did not."""
    text = f"{CARRIED.format(context.said)}\n{said.text}" if context.is_carried else said.text
    return replace(said, text=text, about={**said.about, **context.about})


def tell_two(one: Version, other: Version) -> str:
    """Two answers in one message; in their simplest words where they would be long."""
    told = "\n\n".join(f"{version.answer}\n{version.source}" for version in (one, other))
    if len(told) <= LENGTH:
        return told
    return "\n\n".join(f"{version.simpler or version.answer}\n{version.source}" for version in (one, other))


def tell_in_english(version: Version) -> str:
    """The short English of an answer."""
    doubt = "" if version.confirmed else " · not yet confirmed by the province"
    since = f" · in force since {date_words(version.since)}" if version.since else ""
    return f"{version.english}\nSource: {version.stands}{since} · checked {date_words(version.checked)}{doubt}"


def not_in_force(one: Topic) -> Said:
    """Nothing known holds now."""
    return Said(NOT_IN_FORCE.format(title=one.title), (_send(one.id),), {"topic": one.id})


def opening(one: Topic) -> tuple[str, Tap]:
    """A topic as a choice, by its question."""
    return one.question, Tap(TAP, one.id, OPEN)


def _sourced(text: str, version: Version) -> str:
    return "\n".join(filter(None, (text, version.source, version.link)))


def _choices(library: Library, one: Topic, version: Version, shown: str) -> tuple[tuple[str, Tap], ...]:
    """What comes next: the rest of this topic, whoever can say more where we are unsure, and a topic near it."""
    there = {MORE: bool(version.more), STEPS: bool(version.steps), SIMPLER: bool(version.simpler)}
    rest = [option for option, has in there.items() if has and option.key != shown]
    choices = [(option.label, Tap(TAP, one.id, option.key)) for option in rest]
    if version.confidence == "unsure" or shown == SIMPLER.key:
        choices.append(_send(one.id))
    if one.id.startswith(OF_SUPPORT):
        choices.append(FIND_SUPPORT)
    near = [(library.topic(id).title, Tap(TAP, id, OPEN)) for id in one.related if library.has(id)]
    return (*choices, *near)[:CHOICES]


def _send(id: str) -> tuple[str, Tap]:
    assert len(SEND.label) <= LABEL_LENGTH
    return SEND.label, Tap(TAP, id, SEND.key)
