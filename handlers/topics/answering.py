"""Which topic answers, which are offered, and what is said to all that is no question of ours."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import asked, questions
from handlers.library import province_name
from handlers.said import Said
from handlers.topics import words as told
from handlers.topics.context import Context, asks_why, context_of, is_follow_up, is_lost
from handlers.visit import Visit
from handlers.whereabouts import place_of
from ocop.asking import DISTRESS, UNKNOWN
from ocop.others import asks_for_anothers
from ocop.place_search import find_places
from ocop.topics import Topic, Version
from talk.answers import Option, match
from talk.message import Tap
from talk.vietnamese import blunt, capital, fold

READ_AT_MOST = 1_000  # characters; of more only the beginning is a question
CUT = "Tin dài quá, trợ lý chỉ đọc được phần đầu."
WORDS_OF_A_QUESTION = 4  # so many words that nobody understands are taken for a question

LONGEST_PLACE = 4  # words in the name of a commune, its kind included

NOT_SURE = "Trợ lý chưa biết chắc câu này, nên không đoán."
NOTED = "Câu này đã ghi lại, che tên và số; cán bộ trả lời thì trợ lý báo."
NO_GOOD = f"Trợ lý trả lời chưa được việc rồi. {NOTED}"
OF_OTHERS = (
    "Số điện thoại, địa chỉ, giấy tờ của người khác thì trợ lý không đưa. "
    "Cần liên lạc với ai thì nhờ ủy ban xã nhắn giúp."
)
CARE = (
    "Chuyện này cần có người giúp ngay. Gọi 115 cấp cứu, 113 công an, 114 cứu hỏa, 111 nếu là trẻ nhỏ. "
    "Nói ngay với người nhà, hàng xóm gần nhất. Muốn có cán bộ nói chuyện thì gõ «gặp cán bộ»."
)
_ELSEWHERE = "Việc này không phải việc của OCOP, trợ lý không có thủ tục đó. Hỏi ủy ban xã giúp."
_KINDS: Mapping[str, str] = {
    DISTRESS: CARE,
    "close_offices": _ELSEWHERE,
    "close_farming": "Cách trồng, cách nuôi thì trợ lý không biết. Hỏi cán bộ nông nghiệp ở ủy ban xã giúp.",
    "close_other": "Việc này trợ lý không giúp được, trợ lý chỉ lo chuyện OCOP.",
    "far": "Chuyện này ngoài OCOP, trợ lý không biết.",
}
ABOUT_WHAT = "Đang nói về chuyện gì ạ? Gõ câu hỏi giúp."
THANKS = "Không có gì ạ. Cần hỏi nữa thì cứ gõ."
CALM = "Trợ lý trả lời chưa được việc rồi. {you} nói lại điều cần hỏi, hoặc gõ 9 để gặp cán bộ."


def answer(visit: Visit, words: str) -> Said | None:
    """What is said to these words, as they were understood; None when they are no question."""
    said = _answer(visit, words)
    if said and len(words) > READ_AT_MOST:
        return Said(f"{CUT}\n{said.text}", said.choices, said.about, said.aside)
    return said


def follow(visit: Visit, tap: Tap) -> Said | None:
    """What is said to a choice under an answer, however old; None when no answer ever offered it."""
    if not visit.library.has(tap.step) or tap.choice not in (told.OPEN, *(option.key for option in told.ABOUT)):
        return None
    return _of(visit, tap.step, Context(), tap.choice)


def _of(visit: Visit, id: str, context: Context, part: str = told.OPEN) -> Said:
    """What is told of a topic where and when it is asked about."""
    one, place = visit.library.topic(id), _place(visit, context)
    version = _in_force(visit, one, place)
    if context.period:
        said = told.tell_then(one, context.period, place, version)
    else:
        said = told.tell_part(visit.library, one, version, part) if version else told.not_in_force(one)
    return told.led(said, context)


def _answer(visit: Visit, words: str) -> Said | None:
    understood = visit.understood
    if asks_for_anothers(words):
        return Said(OF_OTHERS)
    if is_a_place(words):
        return None
    before = asked.remembered(visit)
    context = context_of(words, visit.today, before)
    if "topic" in before and (verdict := _verdict(words)):
        return verdict
    part = _part(words)
    if part or is_follow_up(words, visit.today):
        if not visit.library.has(before.get("topic", "")):
            return Said(ABOUT_WHAT)
        return replace(_of(visit, before["topic"], context, part.key if part else told.OPEN), goes_on=bool(part))
    match understood.decision:
        case "answer":
            return _known(visit, context)
        case "offer":
            return _offer(visit, words)
        case "none":
            return _none(visit, words)


def _known(visit: Visit, context: Context) -> Said:
    understood = visit.understood
    one, place = visit.library.topic(understood.topics[0]), _place(visit, context)
    version = _in_force(visit, one, place)
    if understood.is_english and version and version.english and not context.period:
        return Said(told.tell_in_english(version), about={"topic": one.id})
    if understood.second and not context.period:
        two = visit.library.topic(understood.second)
        other = _in_force(visit, two, place)
        if version and other:
            openings = tuple((each.title, Tap(told.TAP, each.id, told.MORE.key)) for each in (one, two))
            return Said(told.tell_two(version, other), openings, {"topic": one.id})
    return _of(visit, one.id, context)


def _offer(visit: Visit, words: str) -> Said | None:
    if not questions.asks(words) and len(words.split()) < 2:
        return None
    offered = tuple(told.opening(visit.library.topic(id)) for id in visit.understood.topics)
    lines = "\n".join(f"– {question}" for question, _ in offered)
    return Said(
        f"Có phải {visit.you} hỏi:",
        (*offered, ("Không phải, hỏi cán bộ", told.SEND_IT[1])),
        aside=f"Có phải {visit.you} hỏi:\n{lines}\nHỏi lại giúp, thêm vài chữ.",
    )


def _none(visit: Visit, words: str) -> Said | None:
    kind = visit.understood.kind
    if kind == "thanks":
        return Said(THANKS)
    if kind == "insults":
        return Said(CALM.format(you=capital(visit.you)))
    if kind == DISTRESS:
        return Said(CARE)
    if kind == "greetings" or not (questions.asks(words) or len(words.split()) >= WORDS_OF_A_QUESTION):
        return None
    text = _KINDS.get(kind, NOT_SURE)
    is_unknown = kind == UNKNOWN
    aside = f"{text} Hỏi người thì gõ «gặp cán bộ»."
    return Said(f"{text} {NOTED}" if is_unknown else text, (told.SEND_IT,), aside=aside, is_unknown=is_unknown)


def _part(words: str) -> Option | None:
    """Which part of the answer before these words ask for."""
    if asks_why(words):
        return told.MORE
    return told.SIMPLER if is_lost(words) else match(words, told.ABOUT, exact=True)


def _verdict(words: str) -> Said | None:
    """What is said to somebody who finds the answer good or no good, in a word or with a thumb."""
    typed = blunt(fold(words))
    if words.strip()[:1] == "👍" or typed in (fold(told.GOOD.label), *told.GOOD.also):
        return Said(THANKS, goes_on=True)
    if words.strip()[:1] == "👎" or typed in (fold(told.BAD.label), *told.BAD.also):
        return Said(NO_GOOD, (told.SEND_IT,), goes_on=True, is_unknown=True)
    return None


def is_a_place(words: str) -> bool:
    """Whether these words only name a place, which asks nothing."""
    if len(words.split()) > LONGEST_PLACE:
        return False
    return any(fold(one.place.name).endswith(fold(words)) for one in find_places(words))


def _place(visit: Visit, context: Context) -> str:
    """The province an answer is to hold in: the one asked about, else the person's own; "" where neither is known."""
    return context.place or place_of(visit)[1] or ""


def _in_force(visit: Visit, one: Topic, place: str) -> Version | None:
    """What holds today there; of what only one province has answered, that, said to be so."""
    version = one.on(visit.today, place)
    if version is None and all(each.place for each in one.versions):
        version = one.elsewhere_on(visit.today)
        version = version and replace(version, answer=f"Riêng tỉnh {province_name(version.place)}: {version.answer}")
    return version.told_on(visit.today) if version else None
