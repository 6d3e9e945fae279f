"""What an update means in front of the open scene: one Act, or a question back."""

from dataclasses import replace

from talk.agreement import NO, YES, verdict
from talk.answers import Option, Several, Unclear, match, shortened
from talk.choices import is_range
from talk.commands import command, is_bare_cancel, is_bare_no
from talk.correcting import correction, to_edit
from talk.leaving import is_bare, puts_off
from talk.matching import heard, says
from talk.message import EDIT, LONGEST_CHOICE, Tap, Update
from talk.progress import Act, Offer, Progress, Side
from talk.scene import PAGE, SHOWN_VALUE, Scene, every_offer, options_shown
from talk.script import Stop, Walk
from talk.vietnamese import blunt, fold, tidy

# What was typed is kept beside what was read; a whole essay is not.
TYPED_LENGTH = 300

AT_THE_REVIEW = "Gõ «xong» nếu đã đúng, hoặc gõ số câu cần sửa."

_BARE = {"0": "back", "9": "person"}
# Said to a firm side question these would touch the question behind it, which the person does not see.
_NOT_ASIDE = frozenset({"skip", "none_yet", "keep", "finish"})


class Aside(Exception):
    """Before anything is done, the person is asked which of these is meant."""

    def __init__(self, text: str, offers: tuple[Offer, ...], firm: bool = False):
        super().__init__(text)
        self.text, self.offers, self.firm = text, offers, firm


def understand(update: Update, scene: Scene, way: Walk, progress: Progress, reply: str | None) -> Act:
    """The act this update means. Raises Unclear or Aside."""
    if update.tap:
        return _tapped(update.tap, scene, way, progress)
    if update.is_edit and update.native_id != progress.unclear:
        return _edited(update, way, progress)
    words = tidy(update.text)
    act = None
    if len(words) <= LONGEST_CHOICE:
        act = (
            offered(words, scene.offers)
            or _steering(words, scene.stop, way, progress.side)
            or _putting_off(words, scene.stop)
            or _correcting(words, scene.stop, way)
        )
    if act:
        return replace(act, typed=act.typed or words[:TYPED_LENGTH])
    side = progress.side
    if side and side.firm and words:
        if reply:
            return Act("ask", reply)
        raise Aside(side.text, side.offers, firm=True)
    if scene.stop is None:
        if words.isdecimal():
            return Act("edit", int(words[:4]))
        raise Unclear(AT_THE_REVIEW)
    return _answer(words, update, scene.stop, progress, reply)


def offered(words: str, offers: tuple[Offer, ...]) -> Act | None:
    """The offer these words take: its number, its whole label, or another whole word for it."""
    plain = fold(words)
    if not plain:
        return None
    forms = heard(words)
    for offer in offers:
        if offer.number in (plain, blunt(plain)) or says(forms, offer.label):
            return offer.act
    for offer in offers:
        if says(forms, *offer.also):
            return offer.act
    if (said := verdict(words)) is not None:
        # What takes «có» takes every way to say it.
        return next((offer.act for offer in offers if (YES if said else NO)[0] in offer.also), None)
    return None


def _steering(words: str, stop: Stop | None, way: Walk, side: Side | None) -> Act | None:
    """The command these words are; None when they could also be the answer, or some answer's name."""
    act = command(words)
    if act is None and words in _BARE:
        if side is None and stop and stop.step.answer.takes_numbers:
            return None
        if stop is None and words == "9" and len(way.stops) >= 9:
            return Act("edit", 9)
        act = Act(_BARE[words])
    if act is None and is_bare_cancel(words) and not (stop and stop.step.answer.takes_free_words):
        act = Act("cancel")
    if act is None:
        return None
    if act.name == "edit" and stop and not stop.kept and stop.step.answer.takes_edits:
        return None
    if side and act.name == "back":
        return Act("stay")
    if side and side.firm and act.name in _NOT_ASIDE:
        return None
    if act.name == "none_yet" and stop and match(words, stop.step.answer.options()):
        return None
    return act


def _putting_off(words: str, stop: Stop | None) -> Act | None:
    """«Để mai», where it is no answer; asked back where it may be one."""
    if not words or not puts_off(words):
        return None
    answer = stop.step.answer if stop else None
    if answer and not answer.takes_free_words and answer.might_read(words):
        return None
    if answer and answer.takes_free_words and (answer.takes_sentences or is_bare(words)):
        raise Aside(f"«{words}» là gì ạ?", _either(words, Act("home"), "Nghỉ, để sau"))
    return Act("home")


def _correcting(words: str, stop: Stop | None, way: Walk) -> Act | None:
    """A question called by its name: opened, asked which, or asked whether the new answer shall stand there."""
    found = correction(words, way, at_the_review=stop is None) if words and len(way.stops) > 1 else None
    if found is None:
        return None
    answer = stop.step.answer if stop else None
    if answer and not answer.takes_free_words and answer.might_read(words):
        return None
    reached = [one for one in found.stops if way.stop(one.step.key)] or found.stops[:1]
    if len(reached) > 1:
        raise Aside("Sửa câu nào?", to_edit(reached))
    named = reached[0]
    act = Act("edit", named.number)
    if answer and answer.takes_free_words and (answer.takes_sentences or not found.is_sure):
        raise Aside(f"«{shortened(words, 40)}» là gì ạ?", _either(words, act, f"Sửa câu {named.number}"))
    return _replacing(named, found.instead) if found.instead else act


def _replacing(stop: Stop, words: str) -> Act:
    """Ask whether these words shall stand there from now on. Where they are unclear the question itself is opened."""
    try:
        value = stop.step.answer.read(Update(text=words))
    except (Unclear, Several):
        return Act("edit", stop.number)
    act = Act("correct", [stop.step.key, stop.step.answer.dump(value)], words[:TYPED_LENGTH])
    said = shortened(stop.step.answer.say(value), SHOWN_VALUE)
    offers = (
        Offer("1", "correct", "Đúng, sửa vậy", act, YES),
        Offer("2", "stay", "Không, để như cũ", Act("stay"), NO),
    )
    raise Aside(f"Sửa câu {stop.number} thành «{said}»?", offers)


def _answer(words: str, update: Update, stop: Stop, progress: Progress, reply: str | None) -> Act:
    """The words, photo or contact as an answer to the open question."""
    answer = stop.step.answer
    if words in _BARE and answer.takes_numbers:
        label = "Quay lại" if words == "0" else "Gặp cán bộ"
        raise Aside(f"«{words}» là câu trả lời, hay «{label.lower()}»?", _either(words, Act(_BARE[words]), label))
    if is_bare_no(words) and (answer.takes_free_words or (stop.step.optional and not match(words, answer.options()))):
        return Act("none_yet", typed=words)
    if answer.takes_several and words:
        return _several(words, update, stop, progress)
    if words.isdecimal() and answer.options():
        raise Unclear(f"Chỉ có các số ở dưới. {answer.hint()}")
    if answer.takes_free_words and words:
        if is_bare_cancel(words):
            raise Aside(f"«{words}» là gì ạ?", _either(words, Act("cancel"), "Bỏ tờ này"))
        if reply:
            raise Aside("Đây là câu hỏi hay câu trả lời?", _either(words, Act("ask", reply), "Câu hỏi"))
    return read(stop, update)


def _several(words: str, update: Update, stop: Stop, progress: Progress) -> Act:
    """Choices in one message. `1, 3` answers the question; one alone waits for «xong», and so does a list of pages."""
    numbers = [word for word in fold(words).split() if word not in ("va", "voi")]
    if is_range(words) and len(stop.step.answer.options()) > PAGE:
        raise Unclear(f"Gõ từng số giúp. {stop.step.answer.hint()}")
    if numbers and all(word.isdecimal() for word in numbers) and not is_range(words):
        shown = options_shown(progress, stop)
        keys = [_numbered(number, shown, stop).key for number in numbers]
    else:
        keys = read(stop, update).arg
    options = stop.step.answer.options()
    if len(keys) == 1 or len(options) > PAGE:
        return Act("pick", keys)
    chosen = {*progress.picked, *keys}
    return Act("give", [option.key for option in options if option.key in chosen], words[:TYPED_LENGTH])


def _numbered(number: str, shown: tuple[Option, ...], stop: Stop) -> Option:
    if len(number) > 2 or not 1 <= int(number) <= len(shown):
        raise Unclear(f"Chỉ có các số ở dưới. {stop.step.answer.hint()}")
    return shown[int(number) - 1]


def read(stop: Stop, update: Update) -> Act:
    """The update read as an answer. What was typed is kept with each reading, so nothing is typed twice."""
    answer = stop.step.answer
    typed = tidy(update.text or update.phone)[:TYPED_LENGTH]
    try:
        return Act("give", answer.dump(answer.read(update)), typed)
    except Several as several:
        offers = [
            Offer(str(number), str(number), reading.label, Act("give", reading.raw, typed), reading.also)
            for number, reading in enumerate(several.readings, 1)
        ]
        if several.neither:
            offers.append(Offer(str(len(offers) + 1), "none", several.neither, Act("stay"), NO))
        raise Aside(several.text, tuple(offers)) from None


def _either(words: str, act: Act, label: str) -> tuple[Offer, ...]:
    """Two readings of the same words: as the command `act`, or as the answer they also could be."""
    return (
        Offer("1", "command", label, act),
        Offer("2", "answer", f"Câu trả lời «{shortened(words, 30)}»", Act("read", words)),
    )


def _tapped(tap: Tap, scene: Scene, way: Walk, progress: Progress) -> Act:
    if tap.talk != progress.id:
        return Act("old")
    if tap.step == EDIT:
        stop = way.stop(tap.choice)
        return Act("edit", stop.number) if stop else Act("old")
    offers = scene.offers if tap.step == scene.at else ()
    if scene.stop and tap.step == scene.stop.step.key:
        # The same question shown earlier: on another page of its choices, or before a side question came up.
        offers = every_offer(progress, scene.stop)
    for offer in offers:
        if offer.key == tap.choice:
            return offer.act
    return Act("old", tap.step)


def _edited(update: Update, way: Walk, progress: Progress) -> Act:
    """Editing the message that gave the latest answer gives that answer anew; older ones stay as they are."""
    stop = way.stop(progress.latest)
    if not (stop and stop.kept and update.native_id and stop.kept.native_id == update.native_id):
        return Act("late_edit")
    try:
        return replace(read(stop, update), name="amend")
    except (Unclear, Aside):
        return Act("not_amended")
