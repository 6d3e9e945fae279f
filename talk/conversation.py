"""A conversation, and the turn: what one update changes, and what is said to it.

A turn has three thoughts:

    understand   the update, in front of the open scene, becomes an Act, or a question back (talk.understand)
    perform      the Act changes the Progress (below)
    show         the scene that now lies open becomes the message (talk.scene)

so everything a person can do - tap, number, word, photo - meets in one small list of acts.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from talk.answers import NoLongerFits, Several, Unclear, shortened
from talk.commands import command
from talk.message import Message, Update
from talk.progress import Act, Kept, Offer, Progress, Side
from talk.scene import PAGE, SHOWN_VALUE, Scene, scene_of, standing, summary
from talk.script import ScriptMaker, Stop, Walk, walk
from talk.understand import AT_THE_REVIEW, Aside, offered, read, understand
from talk.vietnamese import capital, tidy

Outcome = Literal["open", "finished", "cancelled", "left", "person"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A talk with a purpose. `intro` is said before the first question; {total} is the number of questions.

    Any fact that the talk begins from can stand there, too, by its name.
    """

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


def begin(conversation: Conversation, progress: Progress) -> Turn:
    """The first message: what this is, how long it takes, and the first question."""
    way = _walk(conversation, progress)
    lead = conversation.intro.format(**{**progress.facts, "total": len(way.stops)})
    return Turn(progress, scene_of(way, progress).message(progress.id, lead))


def resume(conversation: Conversation, progress: Progress, left: str, words: str = "") -> Turn:
    """After a long pause: where the talk stands and what can be done. `left` says when it was left.

    `words` that may be the answer after all are offered as one, so that nobody types them twice.
    """
    way = _walk(conversation, progress)
    stop = standing(way, progress)
    done = f"đã xong {len(way.answered)}/{len(way.stops)} câu, vẫn còn đủ"
    go_on = f"Làm tiếp câu {stop.number}" if stop else "Xem lại rồi xác nhận"
    offers = [Offer("1", "stay", go_on, Act("stay"), ("lam tiep", "tiep"))]
    if stop:
        offers.append(Offer("2", "review", "Xem lại đã ghi", Act("review")))
    if stop and stop.step.answer.takes_free_words and _could_be(stop, words):
        label = f"Ghi «{shortened(words, 25)}» vào câu {stop.number}"
        offers.append(Offer("3", "read", label, Act("read", words)))
    offers.append(Offer(str(len(offers) + 1), "home", "Việc khác", Act("home")))
    progress = replace(progress, turns=progress.turns + 1)
    text = f"{capital(conversation.title)} để từ {left}, {done}."
    asked = _aside(progress, Aside(text, tuple(offers), firm=True))
    return Turn(asked, scene_of(way, asked).message(progress.id))


def show(conversation: Conversation, progress: Progress, lead: str = "") -> Message:
    """The open scene once more."""
    return scene_of(_walk(conversation, progress), progress).message(progress.id, lead)


def put_before(progress: Progress, text: str, offers: tuple[Offer, ...]) -> Progress:
    """Lay offers before the open question, as somebody else's news brings them; any other words still answer it."""
    return _aside(replace(progress, turns=progress.turns + 1), Aside(text, offers))


def way_of(conversation: Conversation, progress: Progress) -> Walk:
    """Every question of the talk as it now goes, with what was answered."""
    return _walk(conversation, progress)


def values(conversation: Conversation, progress: Progress) -> dict[str, Any]:
    """Every answer of the way now taken, by key; None where there is none yet."""
    return {stop.step.key: stop.value for stop in _walk(conversation, progress).answered}


def take_turn(conversation: Conversation, progress: Progress, update: Update, reply: str | None = None) -> Turn:
    """What this update changes, and what is said to it.

    `reply`: what to say to the words when they clearly ask something about the programme. At a question answered in
    free words the person then says which it was; elsewhere it is given and the open question asked again.
    """
    progress = replace(progress, turns=progress.turns + 1)
    way = _walk(conversation, progress)
    scene = scene_of(way, progress)
    try:
        act = understand(update, scene, way, progress, reply)
        done = _perform(conversation, act, scene, way, progress, update.native_id)
    except Unclear as unclear:
        failed = _unclear(progress, unclear.text, update.native_id)
        done = _replied(progress, scene.stop, reply) if reply else failed
    except Aside as aside:
        done = _Done(_aside(replace(progress, unclear=update.native_id), aside))
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
    if offered(words, scene.offers):
        # A number may be meant for another list, save where a small question was all that was asked.
        return not words.isdecimal() or progress.side is not None
    if command(words):
        return True
    if scene.stop is None or scene.stop.step.answer.takes_free_words:
        return False
    try:
        scene.stop.step.answer.read(update)
    except (Unclear, Several):
        return False
    return True


def _could_be(stop: Stop, words: str) -> bool:
    """Whether the question would take these words, perhaps after asking which of several is meant."""
    try:
        stop.step.answer.read(Update(text=words))
    except Unclear:
        return False
    except Several:
        pass
    return True


def _walk(conversation: Conversation, progress: Progress) -> Walk:
    return walk(conversation.script, progress.facts, progress.answers)


def _perform(
    conversation: Conversation, act: Act, scene: Scene, way: Walk, progress: Progress, native_id: str
) -> _Done:
    stop = scene.stop
    match act.name:
        case "give" if stop:
            return _give(conversation, progress, stop, act, native_id)
        case "read" if stop:
            return _give(conversation, progress, stop, read(stop, Update(text=act.arg)), native_id)
        case "amend":
            return _amend(progress, way, act, native_id)
        case "pick" if stop:
            return _Done(_picking(progress, stop, {*progress.picked, *act.arg}))
        case "unpick" if stop:
            return _Done(_picking(progress, stop, {*progress.picked} - {*act.arg}))
        case "picked" | "finish" if stop and progress.picked:
            return _give(conversation, progress, stop, Act("give", list(progress.picked)), native_id)
        case "keep" if stop and not stop.kept:
            return _Done(replace(progress, side=None), "Câu này chưa ghi gì.")
        case "keep" if stop:
            return _Done(progress.moved(), "Được, giữ nguyên.")
        case "none_yet" | "skip" if stop:
            return _leave_out(progress, stop, act, native_id)
        case "more":
            return _Done(_next_page(progress, stop))
        case "back":
            return _back(progress, way, stop)
        case "edit":
            return _edit(progress, way, act.arg)
        case "which":
            return _Done(_aside(progress, Aside("Sửa câu nào?", _each_stop(way))))
        case "stay":
            return _Done(replace(progress, side=None))
        case "review" if way.open:
            so_far = summary(way) or "Chưa ghi câu nào."
            return _Done(replace(progress, side=None), f"Đã ghi tới đây, chưa gửi đi đâu cả:\n{so_far}\n")
        case "review":
            return _Done(progress.moved())
        case "repeat":
            return _Done(replace(progress, side=None))
        case "why" if stop:
            return _Done(progress, stop.step.why or f"Câu này là một ô trên {conversation.title}.")
        case "ask":
            return _replied(progress, stop, act.arg)
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
        case "finish" if way.open is None:
            return _Done(progress.moved())
        case "finish":
            return _Done(progress, f"Chưa xong, còn {sum(stop.kept is None for stop in way.stops)} câu.")
        case "old":
            return _Done(progress, _about_old(way, act.arg))
        case "not_amended":
            return _Done(progress, _about_amending(way, progress.latest))
        case "late_edit":
            return _Done(
                progress, "Sửa lại tin cũ thì câu đã trả lời không đổi theo. Muốn sửa câu nào thì gõ «sửa» và số câu."
            )
    raise Unclear(AT_THE_REVIEW)


def _give(conversation: Conversation, progress: Progress, stop: Stop, act: Act, native_id: str) -> _Done:
    answer = stop.step.answer
    try:
        value = answer.restore(act.arg)
    except NoLongerFits as reason:  # a button offered by an earlier release
        raise Unclear(f"{reason} {answer.hint()}") from None
    kept = progress.keep(stop.step.key, Kept(act.typed, act.arg, "given", native_id))
    if not progress.at:
        return _Done(kept, f"✅ {capital(_sentence(answer.echo(value)))}")
    lead = f"✅ Câu {stop.number}: {_sentence(shortened(answer.say(value), SHOWN_VALUE))} Các câu kia giữ nguyên."
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
    said = shortened(stop.step.answer.say(stop.step.answer.load(act.arg)), SHOWN_VALUE)
    return _Done(amended, f"✅ Câu {stop.number} nay ghi: {_sentence(said)}")


def _picking(progress: Progress, stop: Stop, picked: set[str]) -> Progress:
    in_order = tuple(option.key for option in stop.step.answer.options() if option.key in picked)
    return replace(progress, picked=in_order, side=None)


def _replied(progress: Progress, stop: Stop | None, reply: str) -> _Done:
    """A question in mid-form is answered, and what lay open is shown again; of the review only how to go on."""
    return _Done(replace(progress, side=None), reply, text=None if stop else AT_THE_REVIEW)


def _leave_out(progress: Progress, stop: Stop, act: Act, native_id: str) -> _Done:
    if not stop.step.optional:
        raise Unclear("Câu này cần có mới làm giấy được. Chưa tiện thì gõ «để sau», trả lời tới đâu lưu tới đó.")
    if act.name == "none_yet":
        kept = Kept(act.typed, None, "none_yet", native_id)
        return _Done(progress.keep(stop.step.key, kept), "Được, ghi là chưa có.")
    return _Done(progress.keep(stop.step.key, Kept(act.typed, None, "skipped", native_id)), "Được, để trống.")


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
    stop = reachable[number - 1]
    return _Done(progress.moved("" if stop is way.open else stop.step.key))


def _cancel(conversation: Conversation, progress: Progress, way: Walk) -> _Done:
    kept = sum(stop.kept is not None for stop in way.stops)
    if not kept:
        return _Done(progress, outcome="cancelled")
    text = f"⚠️ Bỏ {conversation.title} là mất {kept} câu đã ghi, không lấy lại được. Bỏ thật không?"
    offers = (
        Offer("1", "sure", "Bỏ thật", Act("cancel_sure"), ("bo", "co")),
        Offer("2", "stay", "Không, giữ lại", Act("stay"), ("khong", "giu lai", "giu nguyen", "thoi")),
    )
    return _Done(_aside(progress, Aside(text, offers, firm=True)))


def _about_amending(way: Walk, key: str) -> str:
    stop = way.stop(key)
    assert stop
    said = shortened(stop.said(), SHOWN_VALUE)
    return f"Chữ vừa sửa chưa dùng được, câu {stop.number} vẫn ghi «{said}». Muốn sửa thì gõ «sửa {stop.number}»."


def _about_old(way: Walk, key: str | None) -> str:
    stop = way.stop(key) if key else None
    if stop and stop.kept:
        n = stop.number
        return f"Nút đó của câu {n}, đã trả lời rồi, vẫn giữ nguyên. Muốn sửa câu {n} thì gõ «sửa {n}»."
    return "Nút này của câu cũ, không dùng nữa."


# --- side questions and unclear tries


def _aside(progress: Progress, aside: Aside) -> Progress:
    return replace(progress, side=Side(progress.turns, aside.text, aside.offers, aside.firm))


def _each_stop(way: Walk) -> tuple[Offer, ...]:
    return tuple(
        Offer(str(stop.number), f"e{stop.number}", f"{stop.step.title}: {stop.said()}", Act("edit", stop.number))
        for stop in way.answered
    )


def _unclear(progress: Progress, text: str, native_id: str) -> _Done:
    tries = progress.tries + 1
    if tries == 2:
        text = f"Vẫn chưa rõ. {text}"
    if tries >= 3:
        text = f"{text}\nCâu này để cán bộ giúp cũng được. Những câu khác đã lưu cả."
    return _Done(replace(progress, tries=tries, unclear=native_id, side=None), text=text)
