"""What lies open before a person: a question, a side question or the review, with everything on offer there."""

import zlib
from dataclasses import dataclass, replace

from talk.agreement import NO
from talk.answers import NoLongerFits, Option, shortened
from talk.message import Choice, Message, Tap, Wants
from talk.progress import Act, Offer, Progress
from talk.script import Step, Stop, Walk

PAGE = 8  # 9 asks for a person
SHOWN_VALUE = 160  # characters of one answer in a review, fewer where there are many
SUMMARY_LENGTH = 1_200  # leaves room for a question and its choices in the same message


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of a talk. `stop` is the question that free words answer, if any."""

    at: str  # names the scene in taps: a step's key, or "~…" for a side question and the review
    text: str
    offers: tuple[Offer, ...]
    stop: Stop | None
    wants: Wants = ""

    def message(self, talk: str, lead: str = "", *, text: str | None = None) -> Message:
        """The scene as a message. `lead` stands above its words; `text` stands in their place."""
        words = self.text if text is None else text
        choices = tuple(
            Choice(offer.number, shortened(offer.label), Tap(talk, self.at, offer.key)) for offer in self.offers
        )
        return Message("\n".join(part for part in (lead, words) if part), choices, self.wants)


def standing(walk: Walk, progress: Progress) -> Stop | None:
    """The question a person stands at: the one gone back to, else the first still open; None at the review."""
    return (walk.stop(progress.at) if progress.at else None) or walk.open


def scene_of(walk: Walk, progress: Progress) -> Scene:
    """What lies open now."""
    stop = standing(walk, progress)
    if side := progress.side:
        return Scene(f"~{side.id}", side.text, side.offers, stop)
    if stop is None:
        return _review(walk, progress)
    return _question(walk, progress, stop)


def summary(walk: Walk) -> str:
    """The answers so far, one numbered line each, under the names of their parts; cut evenly where they are long."""
    shown = SHOWN_VALUE
    while len(text := _summary(walk, shown)) > SUMMARY_LENGTH and shown > 10:
        shown //= 2
    return text


def _summary(walk: Walk, shown: int) -> str:
    lines: list[str] = []
    part = ""
    for stop in walk.answered:
        if stop.step.part and stop.step.part != part:
            part = stop.step.part
            lines.append(f"– {part}")
        lines.append(f"{stop.number}. {stop.step.title}: {shortened(stop.said(), shown)}")
    return "\n".join(lines)


def _review(walk: Walk, progress: Progress) -> Scene:
    # A button of an older review must not confirm answers that have changed since.
    print_of_answers = zlib.crc32(repr(sorted(progress.answers.items())).encode())
    text = (
        f"Xem lại. Chưa gõ «xong» thì chưa ai thấy:\n{summary(walk)}\n"
        "Hết chỗ phải sửa thì gõ «xong». Sửa câu nào thì gõ số câu, ví dụ «sửa 4»."
    )
    offers = [Offer("", "finish", "Xong", Act("finish")), Offer("", "which", "Sửa", Act("which"))]
    if progress.tries >= 3:
        offers.append(Offer("", "person", "Gặp cán bộ", Act("person")))
    return Scene(f"~r{print_of_answers:x}", text, tuple(offers), None)


def _question(walk: Walk, progress: Progress, stop: Stop) -> Scene:
    step = stop.step
    head = f"Câu {stop.number}/{len(walk.stops)}. " if len(walk.stops) > 1 else ""
    before = walk.stops[stop.number - 2].step.part if stop.number > 1 else ""
    part = f"Phần «{step.part}».\n" if step.part and step.part != before else ""
    lines = [f"{stop.asked_again} Xin trả lời lại giúp." if stop.asked_again else "", f"{part}{head}{step.prompt}"]
    if stop.kept:
        lines.append(f"Đang ghi: «{shortened(stop.said(), SHOWN_VALUE)}».")
    if progress.picked:
        lines.append(f"Đã chọn: {step.answer.say(progress.picked)}. Đủ rồi thì gõ «xong».")
    return Scene(
        step.key,
        "\n".join(line for line in lines if line),
        _offers(progress, stop, options_shown(progress, stop)),
        stop,
        step.answer.wants,
    )


def options_shown(progress: Progress, stop: Stop) -> tuple[Option, ...]:
    """The page of a question's options that is open."""
    return stop.step.answer.options()[progress.page * PAGE : (progress.page + 1) * PAGE]


def every_offer(progress: Progress, stop: Stop) -> tuple[Offer, ...]:
    """Whatever a button of this question may have said, on any page, before or after a choice was picked."""
    options = stop.step.answer.options()
    either = (_option_offer(stop.step, option, is_picked) for option in options for is_picked in (False, True))
    return (*_offers(progress, stop, options), *either)


def _offers(progress: Progress, stop: Stop, options: tuple[Option, ...]) -> tuple[Offer, ...]:
    """Everything that can be chosen at a question, in the order it is shown."""
    step = stop.step
    offers = [_option_offer(step, option, option.key in progress.picked) for option in options]
    if progress.picked:
        offers.append(Offer("", "finish", "Xong", Act("picked")))
    if stop.kept:
        offers.append(Offer("", "keep", "Giữ nguyên", Act("keep"), ("giu nguyen", "giu")))
    elif known := _known_offer(step):
        offers.append(known)
    if step.optional:
        offers.append(Offer("", "none_yet", step.none_yet, Act("none_yet")))
    if step.why_offered:
        offers.append(Offer("", "why", step.why_offered, Act("why")))
    if not step.answer.takes_numbers:
        offers = [replace(offer, number=str(n) if n <= PAGE else "") for n, offer in enumerate(offers, 1)]
    if len(step.answer.options()) > PAGE:
        offers.append(Offer("", "more", "Xem thêm", Act("more")))
    if progress.tries >= 2 and step.optional:
        offers.append(Offer("", "skip", "Bỏ qua, ghi tay sau", Act("skip")))
    if progress.tries >= 3:
        offers.append(Offer("", "home", "Để sau", Act("home")))
        offers.append(Offer("" if step.answer.takes_numbers else "9", "person", "Gặp cán bộ", Act("person")))
    if stop.number > 1:
        offers.append(Offer("" if step.answer.takes_numbers else "0", "back", "Quay lại", Act("back")))
    elif step.out:
        offers.append(Offer("" if step.answer.takes_numbers else "0", "out", step.out, Act("out"), NO))
    return tuple(offers)


def _option_offer(step: Step, option: Option, is_picked: bool) -> Offer:
    if not step.answer.takes_several:
        return Offer("", option.key, option.label, Act("give", step.answer.pick(option.key)), option.also)
    if is_picked:
        # Its own key, so that a double tap on the choice does not take it back.
        return Offer("", f"-{option.key}", f"Bỏ chọn «{option.label}»", Act("unpick", [option.key]))
    return Offer("", option.key, option.label, Act("pick", [option.key]), option.also)


def _known_offer(step: Step) -> Offer | None:
    """The answer known from before, unless this release would not take it."""
    if step.known is None:
        return None
    raw = step.answer.dump(step.known)
    try:
        words = step.answer.say(step.answer.restore(raw))
    except NoLongerFits:
        return None
    return Offer("", "known", shortened(f"{step.known_as} «{words}»"), Act("give", raw), ("giu nguyen",))
