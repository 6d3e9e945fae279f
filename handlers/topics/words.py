"""How a topic is told: its answer, more of it, its steps or its simplest words, with the source and what comes next."""

from handlers.said import Said
from ocop.calendar import date_words
from ocop.topics import Topic, Version, topic
from talk.answers import Option
from talk.message import LABEL_LENGTH, Tap

TAP = "ask"  # the talk of a tap under an answer: its step is the topic, its choice what to tell of it

OPEN = "open"
MORE = Option("more", "Xem thêm", ("noi them", "noi ro hon", "chi tiet", "them"))
STEPS = Option("steps", "Các bước", ("buoc", "tung buoc", "lam tung buoc"))
SIMPLER = Option("simpler", "Không hiểu", ("ko hieu", "k hieu", "kh hieu", "chua hieu", "kho hieu", "khong hieu gi"))
SEND = Option("send", "Gửi câu này cho cán bộ, có trả lời thì báo", ("gui can bo", "gui cho can bo", "gui cau nay"))
ABOUT = (MORE, STEPS, SIMPLER, SEND)

TWO_LENGTH = 900  # of two answers in one message
CHOICES = 4

NOT_IN_FORCE = "{title}: trợ lý chưa biết điều đang áp dụng, nên không đoán."


def tell(one: Topic, version: Version) -> Said:
    """The short answer."""
    return Said(_sourced(version.answer, version), _choices(one, version, OPEN), {"topic": one.id})


def tell_part(one: Topic, version: Version, part: str) -> Said:
    """What a choice under the answer asks for; the answer once more where the version has nothing of the kind."""
    if part == MORE.key and version.more:
        text = version.more
    elif part == STEPS.key and version.steps:
        text = "\n".join(f"– {step}" for step in version.steps)
    elif part == SIMPLER.key and version.simpler:
        text = version.simpler
    else:
        return tell(one, version)
    return Said(_sourced(text, version), _choices(one, version, part), {"topic": one.id})


def tell_two(one: Version, other: Version) -> str:
    """Two answers in one message; in their simplest words where they would be long."""
    told = "\n\n".join(f"{version.answer}\n{version.source}" for version in (one, other))
    if len(told) <= TWO_LENGTH:
        return told
    return "\n\n".join(f"{version.simpler or version.answer}\n{version.source}" for version in (one, other))


def tell_in_english(version: Version) -> str:
    """The short English of an answer."""
    stands = " ".join(filter(None, (version.article, version.document)))
    doubt = "" if version.confirmed else " · not yet confirmed by the province"
    return f"{version.english}\nSource: {stands} · checked {date_words(version.checked)}{doubt}"


def not_in_force(one: Topic) -> Said:
    """Nothing known holds now."""
    return Said(NOT_IN_FORCE.format(title=one.title), (_send(one.id),), {"topic": one.id})


def opening(id: str) -> tuple[str, Tap]:
    """A topic as a choice, by its question."""
    return topic(id).question, Tap(TAP, id, OPEN)


def _sourced(text: str, version: Version) -> str:
    return "\n".join(filter(None, (text, version.source, version.link)))


def _choices(one: Topic, version: Version, shown: str) -> tuple[tuple[str, Tap], ...]:
    """What comes next: the rest of this topic, whoever can say more where we are unsure, and a topic near it."""
    there = {MORE: bool(version.more), STEPS: bool(version.steps), SIMPLER: bool(version.simpler)}
    rest = [option for option, has in there.items() if has and option.key != shown]
    choices = [(option.label, Tap(TAP, one.id, option.key)) for option in rest]
    if version.confidence == "unsure" or shown == SIMPLER.key:
        choices.append(_send(one.id))
    near = [(topic(id).title, Tap(TAP, id, OPEN)) for id in one.related]
    return (*choices, *near)[:CHOICES]


def _send(id: str) -> tuple[str, Tap]:
    assert len(SEND.label) <= LABEL_LENGTH
    return SEND.label, Tap(TAP, id, SEND.key)
