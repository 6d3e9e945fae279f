"""A conversation, and the turn: what one update changes, and what is said to it.

A turn has three thoughts, each a function below:

    understand   the update, in front of the open scene, becomes an Act (or raises Unclear, Several)
    perform      the Act changes the Progress
    show         the scene that now lies open becomes the message

so everything a person can do - tap, number, word, photo - meets in one small list of acts.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from talk.answers import Several, Unclear, shortened
from talk.commands import command, is_bare_cancel
from talk.message import Message, Tap, Update
from talk.progress import Act, Kept, Offer, Progress, Side
from talk.scene import PAGE, Scene, scene_of, standing, summary
from talk.script import ScriptMaker, Stop, Walk, walk
from talk.vietnamese import capital, fold, tidy

# What was typed is kept beside what was read; a whole essay is not.
TYPED_LENGTH = 300

Outcome = Literal["open", "finished", "cancelled", "left", "person"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A talk with a purpose. `intro` is said before the first question; {total} is the number of questions."""

    name: str
    title: str  # as people know it: "tờ đăng ký (Mẫu 01)"
    intro: str
    script: ScriptMaker
    review: bool = True  # whether the answers are looked over before it is finished


@dataclass(frozen=True, slots=True)
class Turn:
    """The result of one update."""

    progress: Progress
    message: Message
    outcome: Outcome = "open"


@dataclass(frozen=True, slots=True)
class _Done:
    """What an act came to: the new progress, and what to say about it."""

    progress: Progress
    lead: str = ""
    outcome: Outcome = "open"
    text: str | None = None  # stands in place of the scene's own words


class _Aside(Exception):
    """Before anything is done, the person is asked which of these is meant."""

    def __init__(self, text: str, offers: list[Offer]):
        super().__init__(text)
        self.text, self.offers = text, offers


def begin(conversation: Conversation, progress: Progress) -> Turn:
    """The first message: what this is, how long it takes, and the first question."""
    way = _walk(conversation, progress)
    lead = conversation.intro.format(total=len(way.stops))
    return Turn(progress, scene_of(way, progress).message(progress.id, lead))


def resume(conversation: Conversation, progress: Progress, left: str) -> Turn:
    """After a long pause: where the talk stands and what can be done. `left` says when it was left."""
    way = _walk(conversation, progress)
    stop = standing(way, progress)
    done = f"đã xong {len(way.answered)}/{len(way.stops)} câu, vẫn còn đủ"
    go_on = f"Làm tiếp câu {stop.number}" if stop else "Xem lại rồi xác nhận"
    offers = [Offer("1", "stay", go_on, Act("stay"), ("lam tiep", "tiep"))]
    if stop:
        offers.append(Offer("2", "review", "Xem lại đã ghi", Act("review")))
    offers.append(Offer(str(len(offers) + 1), "home", "Việc khác", Act("home")))
    progress = replace(progress, turns=progress.turns + 1)
    asked = _aside(progress, f"{capital(conversation.title)} để từ {left}, {done}.", offers)
    return Turn(asked, scene_of(way, asked).message(progress.id))


def show(conversation: Conversation, progress: Progress, lead: str = "") -> Message:
    """The open scene once more."""
    return scene_of(_walk(conversation, progress), progress).message(progress.id, lead)


def values(conversation: Conversation, progress: Progress) -> dict[str, Any]:
    """Every answer of the way now taken, by key; None where there is none yet."""
    return {stop.step.key: stop.value for stop in _walk(conversation, progress).answered}


def take_turn(conversation: Conversation, progress: Progress, update: Update, asked: str | None = None) -> Turn:
    """What this update changes, and what is said to it.

    `asked`: when the words are clearly a question about the programme, the reply to it. At a question answered in
    free words the person then says which it was; elsewhere it is given and the open question asked again.
    """
    progress = replace(progress, turns=progress.turns + 1)
    way = _walk(conversation, progress)
    scene = scene_of(way, progress)
    try:
        act = _understand(update, scene, way, progress, asked)
        done = _perform(conversation, act, scene, way, progress, update.native_id)
    except Unclear as unclear:
        if asked:
            done = _Done(replace(progress, side=None), asked)
        else:
            done = _unclear(progress, unclear.text, update.native_id)
    except _Aside as aside:
        done = _Done(_aside(replace(progress, unclear=update.native_id), aside.text, aside.offers))
    way = _walk(conversation, done.progress)
    message = scene_of(way, done.progress).message(progress.id, done.lead, text=done.text)
    is_over = done.outcome == "open" and standing(way, done.progress) is None and not done.progress.side
    return Turn(done.progress, message, "finished" if is_over and not conversation.review else done.outcome)


def would_answer(conversation: Conversation, progress: Progress, update: Update) -> bool:
    """Whether this surely goes on with the talk: a tap, a photo, an offered choice, or words that fit the question.

    After a long pause anything else is met with where the talk was left.
    """
    way = _walk(conversation, progress)
    scene = scene_of(way, progress)
    if update.tap or update.attachment:
        return True
    words = tidy(update.text)
    if command(words) or (_offered(words, scene) and not words.isdigit()):
        return True
    if scene.stop is None or scene.stop.step.answer.takes_free_words:
        return False
    try:
        scene.stop.step.answer.read(update)
    except (Unclear, Several):
        return False
    return True


def _walk(conversation: Conversation, progress: Progress) -> Walk:
    return walk(conversation.script, progress.facts, progress.answers)


# --- understand


def _understand(update: Update, scene: Scene, way: Walk, progress: Progress, asked: str | None) -> Act:
    if update.tap:
        return _tapped(update.tap, scene, way)
    if update.is_edit and update.native_id != progress.unclear:
        return _edited(update, way, progress)
    words = tidy(update.text)
    if act := _offered(words, scene) or command(words):
        return act
    stop = scene.stop
    if stop is None:
        if words.isdigit():
            return Act("edit", int(words[:4]))
        raise Unclear("Gõ «xong» nếu đã đúng, hoặc gõ số câu cần sửa.")
    return _answer(words, update, stop, progress, asked)


def _offered(words: str, scene: Scene) -> Act | None:
    """The offer these words take: its number, its whole label, or another whole word for it."""
    plain = fold(words)
    for offer in scene.offers:
        if plain and plain in (offer.number, fold(offer.label), *offer.also):
            return offer.act
    return None


def _answer(words: str, update: Update, stop: Stop, progress: Progress, asked: str | None) -> Act:
    """The words, photo or contact as an answer to the open question."""
    answer = stop.step.answer
    if words in ("0", "9"):
        meant = Act("back") if words == "0" else Act("person")
        if not answer.takes_numbers:
            return meant
        label = "Quay lại" if words == "0" else "Gặp cán bộ"
        raise _Aside(f"«{words}» là câu trả lời, hay «{label.lower()}»?", _either(words, meant, label))
    if words.isdigit() and answer.options():
        raise Unclear(f"Chỉ có các số ở dưới. {answer.hint()}")
    if answer.takes_free_words and is_bare_cancel(words):
        raise _Aside(f"«{words}» là gì ạ?", _either(words, Act("cancel"), "Bỏ tờ này"))
    if answer.takes_free_words and asked and words:
        raise _Aside("Đây là câu hỏi hay câu trả lời?", _either(words, Act("ask", asked), "Câu hỏi"))
    return _read(stop, update)


def _read(stop: Stop, update: Update) -> Act:
    """The update read as an answer. What was typed is kept with each reading, so nothing is typed twice."""
    answer = stop.step.answer
    typed = tidy(update.text)[:TYPED_LENGTH]
    try:
        return Act("give", answer.dump(answer.read(update)), typed)
    except Several as several:
        offers = [
            Offer(str(number), str(number), reading.label, Act("give", reading.raw, typed))
            for number, reading in enumerate(several.readings, 1)
        ]
        if len(offers) > 1:
            offers.append(Offer(str(len(offers) + 1), "none", "Không có trong này, gõ lại", Act("stay")))
        raise _Aside(several.text, offers) from None


def _either(words: str, act: Act, label: str) -> list[Offer]:
    """Two readings of the same words: as the command `act`, or as the answer they also could be."""
    return [
        Offer("1", "command", label, act),
        Offer("2", "answer", f"Câu trả lời «{shortened(words, 30)}»", Act("read", words)),
    ]


def _tapped(tap: Tap, scene: Scene, way: Walk) -> Act:
    if tap.step == scene.at:
        for offer in scene.offers:
            if offer.key == tap.choice:
                return offer.act
    if scene.stop and tap.step == scene.stop.step.key:
        # The same question shown earlier: on another page of its choices, or before a side question came up.
        for option in scene.stop.step.answer.options():
            if option.key == tap.choice:
                return Act("give", scene.stop.step.answer.pick(option.key))
    return Act("old", tap.step)


def _edited(update: Update, way: Walk, progress: Progress) -> Act:
    """Editing the message that gave the latest answer gives that answer anew; older ones stay as they are."""
    stop = way.stop(progress.latest)
    if stop and stop.kept and stop.kept.native_id == update.native_id and update.native_id:
        return replace(_read(stop, update), name="amend")
    return Act("late_edit")


# --- perform


def _perform(
    conversation: Conversation, act: Act, scene: Scene, way: Walk, progress: Progress, native_id: str
) -> _Done:
    stop = scene.stop
    match act.name:
        case "give" if stop:
            return _give(conversation, progress, stop, act, native_id)
        case "read" if stop:
            return _give(conversation, progress, stop, _read(stop, Update(text=act.arg)), native_id)
        case "amend":
            return _amend(progress, way, act, native_id)
        case "toggle" if stop:
            picked = {*progress.picked} ^ {act.arg}
            in_order = tuple(option.key for option in stop.step.answer.options() if option.key in picked)
            return _Done(replace(progress, picked=in_order, side=None))
        case "picked" | "finish" if stop and progress.picked:
            return _give(conversation, progress, stop, Act("give", list(progress.picked)), native_id)
        case "keep" if stop:
            return _Done(progress.moved(), "Được, giữ nguyên.")
        case "none_yet" | "skip" if stop:
            return _leave_out(progress, stop, act)
        case "more":
            return _Done(_next_page(progress, stop))
        case "back":
            return _back(progress, way, stop)
        case "edit":
            return _edit(progress, way, act.arg)
        case "which":
            return _Done(_aside(progress, "Sửa câu nào?", _each_stop(way)))
        case "stay":
            return _Done(replace(progress, side=None))
        case "review" if stop:
            so_far = summary(way) or "Chưa ghi câu nào."
            return _Done(progress.moved(progress.at), f"Đã ghi tới đây, chưa gửi đi đâu cả:\n{so_far}\n")
        case "review" | "repeat":
            return _Done(replace(progress, side=None))
        case "why" if stop:
            return _Done(progress, stop.step.why or f"Câu này là một ô trên {conversation.title}.")
        case "ask":
            return _Done(replace(progress, side=None), act.arg)
        case "cancel":
            return _cancel(conversation, progress, way)
        case "cancel_sure":
            return _Done(progress, outcome="cancelled")
        case "home":
            return _Done(replace(progress, side=None), outcome="left")
        case "person":
            return _Done(replace(progress, side=None), outcome="person")
        case "finish" if stop is None:
            return _Done(replace(progress, side=None), outcome="finished")
        case "finish":
            return _Done(progress, f"Chưa xong, còn {len(way.stops) - len(way.answered)} câu.")
        case "old":
            return _Done(progress, _about_old(way, act.arg))
        case "late_edit":
            return _Done(
                progress, "Sửa lại tin cũ thì câu đã trả lời không đổi theo. Muốn sửa câu nào thì gõ «sửa» và số câu."
            )
    raise Unclear("Chỗ này chưa dùng được chữ đó.")


def _give(conversation: Conversation, progress: Progress, stop: Stop, act: Act, native_id: str) -> _Done:
    answer = stop.step.answer
    value = answer.load(act.arg)
    kept = progress.keep(stop.step.key, Kept(act.typed, act.arg, "given", native_id))
    if not progress.at:
        return _Done(kept, f"✅ {_sentence(answer.echo(value))}")
    lead = f"✅ Câu {stop.number}: {_sentence(answer.say(value))} Các câu kia giữ nguyên."
    if _walk(conversation, kept).open is None:
        return _Done(kept, lead, text="Gõ «xong», hoặc số câu cần sửa. Xem cả tờ thì gõ «xem lại».")
    return _Done(kept, lead)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "…")) else f"{words}."


def _amend(progress: Progress, way: Walk, act: Act, native_id: str) -> _Done:
    stop = way.stop(progress.latest)
    assert stop
    kept = Kept(act.typed, act.arg, "given", native_id)
    amended = replace(progress, answers={**progress.answers, stop.step.key: kept}, side=None)
    return _Done(amended, f"✅ Câu {stop.number} nay ghi: {stop.step.answer.say(stop.step.answer.load(act.arg))}.")


def _leave_out(progress: Progress, stop: Stop, act: Act) -> _Done:
    if not stop.step.optional:
        raise Unclear("Câu này cần có mới làm giấy được. Chưa tiện thì gõ «để sau», trả lời tới đâu lưu tới đó.")
    if act.name == "none_yet":
        return _Done(progress.keep(stop.step.key, Kept(act.typed, None, "none_yet")), "Được, ghi là chưa có.")
    return _Done(progress.keep(stop.step.key, Kept(act.typed, None, "skipped")), "Được, để trống.")


def _next_page(progress: Progress, stop: Stop | None) -> Progress:
    count = len(stop.step.answer.options()) if stop else 0
    page = progress.page + 1
    return replace(progress, page=page if page * PAGE < count else 0, side=None)


def _back(progress: Progress, way: Walk, stop: Stop | None) -> _Done:
    number = stop.number if stop else len(way.stops) + 1
    if number == 1:
        return _Done(progress.moved(progress.at), "Đây là câu đầu rồi.")
    return _Done(progress.moved(way.stops[number - 2].step.key))


def _edit(progress: Progress, way: Walk, number: int) -> _Done:
    reachable = way.answered if way.open is None else (*way.answered, way.open)
    if not 1 <= number <= len(reachable):
        return _Done(replace(progress, side=None), f"Sửa được từ câu 1 đến câu {len(reachable)}.")
    return _Done(progress.moved(reachable[number - 1].step.key))


def _cancel(conversation: Conversation, progress: Progress, way: Walk) -> _Done:
    if not way.answered:
        return _Done(progress, outcome="cancelled")
    text = f"⚠️ Bỏ {conversation.title} là mất {len(way.answered)} câu đã ghi, không lấy lại được. Bỏ thật không?"
    offers = [
        Offer("1", "sure", "Bỏ thật", Act("cancel_sure"), ("bo", "co")),
        Offer("2", "stay", "Không, giữ lại", Act("stay"), ("khong", "giu lai", "thoi")),
    ]
    return _Done(_aside(progress, text, offers))


def _about_old(way: Walk, key: str) -> str:
    stop = way.stop(key)
    if stop and stop.kept:
        n = stop.number
        return f"Nút đó của câu {n}, đã trả lời rồi, vẫn giữ nguyên. Muốn sửa câu {n} thì gõ «sửa {n}»."
    return "Nút này của câu cũ, không dùng nữa."


# --- side questions and unclear tries


def _aside(progress: Progress, text: str, offers: list[Offer]) -> Progress:
    return replace(progress, side=Side(progress.turns, text, tuple(offers)))


def _each_stop(way: Walk) -> list[Offer]:
    return [
        Offer(str(stop.number), f"e{stop.number}", f"{stop.step.title}: {stop.said()}", Act("edit", stop.number))
        for stop in way.answered
    ]


def _unclear(progress: Progress, text: str, native_id: str) -> _Done:
    tries = progress.tries + 1
    if tries == 2:
        text = f"Vẫn chưa rõ. {text}"
    if tries >= 3:
        text = f"{text}\nCâu này để cán bộ giúp cũng được. Những câu khác đã lưu cả."
    return _Done(replace(progress, tries=tries, unclear=native_id, side=None), text=text)
