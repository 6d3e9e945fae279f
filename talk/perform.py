"""What an act changes: the new progress, and what is to be said about it."""

from dataclasses import dataclass, replace
from typing import Literal

from talk.answers import NoLongerFits, Unclear, shortened
from talk.correcting import to_edit
from talk.message import Update
from talk.progress import Act, Kept, Offer, Progress, Side
from talk.scene import PAGE, SHOWN_VALUE, Scene, summary
from talk.script import ScriptMaker, Stop, Walk, walk
from talk.understand import AT_THE_REVIEW, Aside, read
from talk.vietnamese import capital

# "asked": the caller is to do what an offer of its own names, and the talk stays as it is.
Outcome = Literal["open", "asked", "finished", "cancelled", "left", "person"]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: the new progress, and what to say about it."""

    progress: Progress
    lead: str = ""
    outcome: Outcome = "open"
    text: str | None = None  # stands in place of the scene's own words
    what: str = ""  # what was asked of the caller


def perform(
    script: ScriptMaker, title: str, act: Act, scene: Scene, way: Walk, progress: Progress, native_id: str
) -> Done:
    """Do what was understood in front of this scene. Raises Unclear and Aside, as understanding does."""
    stop = scene.stop
    match act.name:
        case "give" if stop:
            return _give(script, progress, stop, act, native_id)
        case "read" if stop:
            return _give(script, progress, stop, read(stop, Update(text=act.arg)), native_id)
        case "amend":
            return _amend(progress, way, act, native_id)
        case "pick" if stop:
            return Done(_picking(progress, stop, {*progress.picked, *act.arg}))
        case "unpick" if stop:
            return Done(_picking(progress, stop, {*progress.picked} - {*act.arg}))
        case "picked" | "finish" if stop and progress.picked:
            return _give(script, progress, stop, Act("give", list(progress.picked)), native_id)
        case "finish" if stop and stop.step.optional and stop.step.answer.takes_several and not stop.kept:
            return _leave_out(progress, stop, replace(act, name="skip"), native_id)
        case "keep" if stop and not stop.kept:
            return Done(replace(progress, side=None), "Câu này chưa ghi gì.")
        case "keep" if stop:
            return Done(progress.moved(), "Được, giữ nguyên.")
        case "none_yet" | "skip" if stop:
            return _leave_out(progress, stop, act, native_id)
        case "more":
            return Done(_next_page(progress, stop))
        case "back":
            return _back(progress, way, stop)
        case "edit":
            return _edit(progress, way, act.arg)
        case "which":
            return Done(ask_aside(progress, Aside("Sửa câu nào?", to_edit(way.answered))))
        case "correct" if named := way.stop(act.arg[0]):
            return _give(script, progress.moved(named.step.key), named, replace(act, arg=act.arg[1]), native_id)
        case "do":
            return Done(replace(progress, side=None), outcome="asked", what=act.arg)
        case "stay":
            return Done(replace(progress, side=None))
        case "review" if way.open:
            so_far = summary(way) or "Chưa ghi câu nào."
            return Done(replace(progress, side=None), f"Đã ghi tới đây, chưa gửi đi đâu cả:\n{so_far}\n")
        case "review":
            return Done(progress.moved())
        case "repeat":
            return Done(replace(progress, side=None))
        case "why" if stop:
            return Done(progress, stop.step.why or f"Câu này là một ô trên {title}.")
        case "ask":
            return replied(progress, stop, act.arg)
        case "cancel":
            return _cancel(title, progress, way)
        case "cancel_sure" | "out":
            return Done(progress, outcome="cancelled")
        case "home":
            return Done(replace(progress, side=None), outcome="left")
        case "person":
            return Done(replace(progress, side=None), outcome="person")
        case "finish" if stop is None:
            return Done(replace(progress, side=None), outcome="finished")
        case "finish" if way.open is None:
            return Done(progress.moved())
        case "finish":
            return Done(progress, f"Chưa xong, còn {sum(stop.kept is None for stop in way.stops)} câu.")
        case "old":
            return Done(progress, _about_old(way, act.arg))
        case "not_amended":
            return Done(progress, _about_amending(way, progress.latest))
        case "late_edit":
            return Done(
                progress, "Sửa lại tin cũ thì câu đã trả lời không đổi theo. Muốn sửa câu nào thì gõ «sửa» và số câu."
            )
    raise Unclear(AT_THE_REVIEW)


def _give(script: ScriptMaker, progress: Progress, stop: Stop, act: Act, native_id: str) -> Done:
    answer = stop.step.answer
    try:
        value = answer.restore(act.arg)
    except NoLongerFits as reason:  # a button offered by an earlier release
        raise Unclear(f"{reason} {answer.hint()}") from None
    kept = progress.keep(stop.step.key, Kept(act.typed, act.arg, "given", native_id))
    follows = stop.step.said(value) if stop.step.said else ""
    more = f"\n{follows}" if follows else ""
    if not progress.at:
        return Done(kept, f"✅ {capital(_sentence(answer.echo(value)))}{more}")
    said = _sentence(shortened(answer.say(value), SHOWN_VALUE))
    lead = f"✅ Câu {stop.number}: {said} Các câu kia giữ nguyên.{more}"
    if walk(script, kept.facts, kept.answers).open is None:
        return Done(kept, lead, text="Gõ «xong», hoặc số câu cần sửa. Xem cả tờ thì gõ «xem lại».")
    return Done(kept, lead)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "…")) else f"{words}."


def _amend(progress: Progress, way: Walk, act: Act, native_id: str) -> Done:
    stop = way.stop(progress.latest)
    assert stop
    kept = Kept(act.typed, act.arg, "given", native_id)
    amended = replace(progress, answers={**progress.answers, stop.step.key: kept}, side=None)
    said = shortened(stop.step.answer.say(stop.step.answer.load(act.arg)), SHOWN_VALUE)
    return Done(amended, f"✅ Câu {stop.number} nay ghi: {_sentence(said)}")


def _picking(progress: Progress, stop: Stop, picked: set[str]) -> Progress:
    in_order = tuple(option.key for option in stop.step.answer.options() if option.key in picked)
    return replace(progress, picked=in_order, side=None)


def replied(progress: Progress, stop: Stop | None, reply: str) -> Done:
    """A question in mid-form is answered, and what lay open is shown again; of the review only how to go on."""
    return Done(replace(progress, side=None), reply, text=None if stop else AT_THE_REVIEW)


def _leave_out(progress: Progress, stop: Stop, act: Act, native_id: str) -> Done:
    if not stop.step.optional:
        raise Unclear("Câu này cần có mới làm giấy được. Chưa tiện thì gõ «để sau», trả lời tới đâu lưu tới đó.")
    if act.name == "none_yet":
        kept = Kept(act.typed, None, "none_yet", native_id)
        said = replace(stop, kept=kept).said()
        return Done(progress.keep(stop.step.key, kept), f"Được, ghi là {said}.")
    return Done(progress.keep(stop.step.key, Kept(act.typed, None, "skipped", native_id)), "Được, để trống.")


def _next_page(progress: Progress, stop: Stop | None) -> Progress:
    count = len(stop.step.answer.options()) if stop else 0
    page = progress.page + 1
    return replace(progress, page=page if page * PAGE < count else 0, side=None)


def _back(progress: Progress, way: Walk, stop: Stop | None) -> Done:
    number = stop.number if stop else len(way.stops) + 1
    if number == 1:
        return Done(progress.moved(progress.at), "Đây là câu đầu rồi.")
    return Done(progress.moved(way.stops[number - 2].step.key))


def _edit(progress: Progress, way: Walk, number: int) -> Done:
    reachable = way.answered if way.open is None else (*way.answered, way.open)
    if not 1 <= number <= len(reachable):
        ahead = f"Chưa tới câu {number}. " if len(reachable) < number <= len(way.stops) else ""
        return Done(replace(progress, side=None), f"{ahead}Sửa được từ câu 1 đến câu {len(reachable)}.")
    stop = reachable[number - 1]
    return Done(progress.moved("" if stop is way.open else stop.step.key))


def _cancel(title: str, progress: Progress, way: Walk) -> Done:
    kept = sum(stop.kept is not None for stop in way.stops)
    if not kept:
        return Done(progress, outcome="cancelled")
    text = f"⚠️ Bỏ {title} là mất {kept} câu đã ghi, không lấy lại được. Bỏ thật không?"
    offers = (
        Offer("1", "sure", "Bỏ thật", Act("cancel_sure"), ("bo", "co")),
        Offer("2", "stay", "Không, giữ lại", Act("stay"), ("khong", "giu lai", "giu nguyen", "thoi")),
    )
    return Done(ask_aside(progress, Aside(text, offers, firm=True)))


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


def ask_aside(progress: Progress, aside: Aside) -> Progress:
    """Put a small question before the one that lies open."""
    return replace(progress, side=Side(progress.turns, aside.text, aside.offers, aside.firm))


def not_read(progress: Progress, text: str, native_id: str) -> Done:
    """Words that answer nothing: `text` says what would; after the third try a person is offered."""
    tries = progress.tries + 1
    if tries == 2:
        text = f"Vẫn chưa rõ. {text}"
    if tries >= 3:
        text = f"{text}\nCâu này để cán bộ giúp cũng được. Những câu khác đã lưu cả."
    return Done(replace(progress, tries=tries, unclear=native_id, side=None), text=text)
