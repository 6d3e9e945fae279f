"""A conversation, and the turn: what one update changes, and what is said to it.

A turn has three thoughts:

    understand   the update, in front of the open scene, becomes an Act, or a question back (talk.understand)
    perform      the Act changes the Progress (talk.perform)
    show         the scene that now lies open becomes the message (talk.scene)

so everything a person can do - tap, number, word, photo - meets in one small list of acts.
"""

from dataclasses import dataclass, replace
from typing import Any

from talk.answers import Several, Unclear, shortened
from talk.commands import command
from talk.correcting import correction
from talk.leaving import puts_off
from talk.message import Message, Update
from talk.perform import Done, Outcome, ask_aside, not_read, perform, replied
from talk.progress import Act, Offer, Progress
from talk.scene import scene_of, standing
from talk.script import ScriptMaker, Stop, Walk, walk
from talk.understand import AT_THE_REVIEW, Aside, offered, understand
from talk.vietnamese import capital, tidy


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
    way: Walk  # every question of the talk as it goes from here
    outcome: Outcome = "open"
    what: str = ""  # with the outcome "asked": what the caller is to do


def begin(conversation: Conversation, progress: Progress) -> Turn:
    """The first message: what this is, how long it takes, and the first question."""
    way = _walk(conversation, progress)
    lead = conversation.intro.format(**{**progress.facts, "total": len(way.stops)})
    return Turn(progress, scene_of(way, progress).message(progress.id, lead), way)


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
    if stop and stop.step.answer.takes_free_words and stop.step.answer.might_read(words):
        label = f"Ghi «{shortened(words, 25)}» vào câu {stop.number}"
        offers.append(Offer("3", "read", label, Act("read", words)))
    offers.append(Offer(str(len(offers) + 1), "home", "Việc khác", Act("home")))
    progress = replace(progress, turns=progress.turns + 1)
    text = f"{capital(conversation.title)} để từ {left}, {done}."
    asked = ask_aside(progress, Aside(text, tuple(offers), firm=True))
    return Turn(asked, scene_of(way, asked).message(progress.id), way)


def show(conversation: Conversation, progress: Progress, lead: str = "", *, briefly: bool = False) -> Message:
    """The open scene once more; `briefly`, of a review only how to go on."""
    scene = scene_of(_walk(conversation, progress), progress)
    is_review = scene.stop is None and progress.side is None
    return scene.message(progress.id, lead, text=AT_THE_REVIEW if briefly and is_review else None)


def put_before(progress: Progress, text: str, offers: tuple[Offer, ...]) -> Progress:
    """Lay offers before the open question, as somebody else's news brings them; any other words still answer it."""
    return ask_aside(replace(progress, turns=progress.turns + 1), Aside(text, offers))


def standing_at(conversation: Conversation, progress: Progress) -> Stop | None:
    """The question that lies open; None at the review."""
    return standing(_walk(conversation, progress), progress)


def way_of(conversation: Conversation, progress: Progress) -> Walk:
    """Every question of the talk as it now goes, with what was answered."""
    return _walk(conversation, progress)


def values(conversation: Conversation, progress: Progress) -> dict[str, Any]:
    """Every answer of the way now taken, by key; None where there is none yet."""
    return {stop.step.key: stop.value for stop in _walk(conversation, progress).answered}


def take_turn(
    conversation: Conversation, progress: Progress, update: Update, reply: str | None = None, guess: str | None = None
) -> Turn:
    """What this update changes, and what is said to it.

    `reply`: what to say to the words when they clearly ask something about the programme. At a question answered in
    free words the person then says which it was; elsewhere it is given and the open question asked again.
    `guess`: the same for words that only seem to ask something; it is said where they take none of the open choices.
    """
    progress = replace(progress, turns=progress.turns + 1)
    way = _walk(conversation, progress)
    scene = scene_of(way, progress)
    try:
        act = understand(update, scene, way, progress, reply)
        done = perform(conversation.script, conversation.title, act, scene, way, progress, update.native_id)
    except Unclear as unclear:
        is_choice = scene.stop is None or scene.stop.step.answer.is_choice
        said = reply or (guess if is_choice else None)
        done = replied(progress, scene.stop, said) if said else not_read(progress, unclear.text, update.native_id)
    except Aside as aside:
        done = Done(ask_aside(replace(progress, unclear=update.native_id), aside))
    way = _walk(conversation, done.progress)
    message = scene_of(way, done.progress).message(progress.id, done.lead, text=done.text)
    is_over = done.outcome == "open" and standing(way, done.progress) is None and not done.progress.side
    outcome = "finished" if is_over and not conversation.review else done.outcome
    return Turn(done.progress, message, way, outcome, done.what)


def corrects(conversation: Conversation, progress: Progress, words: str) -> bool:
    """Whether these words ask to correct a question of this talk, which they call by its name."""
    return correction(tidy(words), _walk(conversation, progress)) is not None


def would_answer(
    conversation: Conversation, progress: Progress, update: Update, *, numbers_count: bool = False
) -> bool:
    """Whether this surely goes on with the talk: a tap, a photo, an offered choice, or words that fit the question.

    After a long pause anything else is met with where the talk was left. `numbers_count`: no other list was shown
    since, so a number is meant for this one.
    """
    way = _walk(conversation, progress)
    scene = scene_of(way, progress)
    if update.tap or update.attachment:
        return True
    words = tidy(update.text)
    if offered(words, scene.offers):
        # A number may be meant for another list, save where a small question was all that was asked.
        return numbers_count or not words.isdecimal() or progress.side is not None
    if command(words) or puts_off(words) or correction(words, way):
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
