"""Beginning, going on with and ending a person's talks: the conversation kit on one side, what is kept on the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers import answerers, consent, drafts, later, menu, photos, questions
from handlers.conversations import CONVERSATIONS
from handlers.form import CAME_FROM, Form, Next, Open, Put, Room, Start
from handlers.matters import asking
from handlers.visit import Visit
from storage import people
from storage import progress as saved_talks
from storage.progress import Saved
from talk import conversation as kit
from talk.conversation import Turn
from talk.message import Attachment, Message, Update
from talk.progress import Kept, Progress
from talk.vietnamese import tidy

FORMS: Mapping[str, Form] = {form.conversation.name: form for form in CONVERSATIONS}

# After so long a person is first told where they left off.
PAUSE = timedelta(hours=12)
ANSWER_LENGTH = 120  # longer words after a pause are no answer to a question they do not see


def start(visit: Visit, name: str, lead: str = "", about: Mapping[str, Any] | None = None, page: int = 0) -> Message:
    """Begin a talk and say its first words. One that was begun before and never answered makes way for it.

    Where it needs a consent that was not given, that is asked for first. `about`: facts it begins from besides its own.
    """
    form = FORMS[name]
    if consent.is_missing(visit, form.purpose):
        return _begin(visit, consent.first(visit, form.purpose, Start(name, about=about or {})))
    person = visit.person.person_id
    was_offered_a_photo = False
    for old in saved_talks.open_ones(visit.db, person):
        if not _is_answered(old) and old.id != (about or {}).get(CAME_FROM):
            saved_talks.drop(visit.db, old.id)
            was_offered_a_photo |= old.conversation == later.NAME
    subject = visit.draw_code() if form.keeps else ""
    while saved_talks.about(visit.db, person, name, subject):
        subject = visit.draw_code()
    facts = {**form.facts(visit), **(about or {}), "today": visit.today.isoformat()}
    progress = Progress("", facts=facts, page=page)
    row = saved_talks.start(visit.db, person, name, subject, progress.dumps(), visit.now)
    people.focus_on(visit.db, person, row)
    if was_offered_a_photo:  # and went on to something else
        visit.traces.files += photos.let_go_of_unused(visit.db, person)
    return _led(lead, kit.begin(form.conversation, replace(progress, id=str(row))).message)


def ask_leave(visit: Visit, saved: Saved) -> Message | None:
    """Ask for the consent that going on with this talk needs, and was never given or was taken back; else None."""
    purpose = FORMS[saved.conversation].purpose
    if not consent.is_missing(visit, purpose):
        return None
    return _begin(visit, consent.first(visit, purpose, Open(saved.id)))


def take(visit: Visit, saved: Saved, update: Update) -> Message:
    """What is said to an update that belongs to this talk."""
    form = FORMS[saved.conversation]
    progress = _taken_up(visit, saved)
    paused = visit.now - saved.updated_at > PAUSE and not form.waits
    if paused and not kit.would_answer(form.conversation, progress, update):
        return go_on(visit, saved, tidy(update.text))
    if menu.is_greeting(update.text):
        return show(saved, "Chào bà con.")
    words = tidy(update.text)
    reply = form.reply(progress.facts, update.text) if form.reply else answerers.aside(visit, words)
    guess = answerers.guess(visit, words) if form.may_be_asked else None
    turn = kit.take_turn(form.conversation, progress, update, reply, guess)
    match turn.outcome:
        case "finished":
            return _finish(visit, form, turn.progress)
        case "cancelled":
            if form.drop:
                form.drop(visit, saved.id)
            saved_talks.drop(visit.db, saved.id)
            if form.given_up:
                return follow(visit, form.given_up(visit, progress.facts))
            if form.keeps:
                photos.wipe_unused(visit)
            return menu.menu(f"Đã bỏ {form.conversation.title}." if form.keeps else "")
        case "left":
            _leave(visit, form, turn.progress)
            stays = form.keeps and turn.progress.answers
            return menu.menu("Đã lưu cả. Muốn làm tiếp thì gõ «giấy tờ của tôi»." if stays else "")
        case "person":
            _save(visit, turn.progress)
            return a_person(visit, saved)
        case "asked":
            said, documents = form.done(visit, turn.progress, turn.way, turn.what)
            return replace(_lay_open(visit, form, turn.progress, said), documents=documents)
        case "open":
            _save(visit, turn.progress)
            return _with_what_others_said(visit, form, progress, turn)


def _with_what_others_said(visit: Visit, form: Form, before: Progress, turn: Turn) -> Message:
    """The message with what somebody else waits for: above a question just opened, or below what was corrected."""
    after = turn.progress
    if after.at and after.at != before.at:
        return _led(form.said_of(visit, after, after.at), turn.message)
    if after.answers == before.answers or turn.way.open or not form.keeps:
        return turn.message
    titles = {stop.step.key: stop.step.title.lower() for stop in turn.way.answered}
    to_do = form.still_to_do(visit, after, titles)
    return replace(turn.message, text=f"{turn.message.text}\n{to_do}") if to_do else turn.message


def a_person(visit: Visit, saved: Saved | None, question: str = "") -> Message:
    """Have an official asked, this `question` where it is known, for somebody in the middle of this talk or of none."""
    if saved is None or FORMS[saved.conversation].waits:
        return follow(visit, asking.begin(visit, question=question))
    form = FORMS[saved.conversation]
    if saved.conversation == asking.NAME:
        return show(saved, "")
    stop = kit.standing_at(form.conversation, Progress.loads(str(saved.id), saved.body))
    return follow(visit, asking.begin(visit, saved, stop.step.title if stop else "", question))


def closed(visit: Visit, saved: Saved) -> str | None:
    """Why this talk may not go on, which then is over; None where it may."""
    form = FORMS.get(saved.conversation)
    if form is None or form.closed is None:
        return None
    why = form.closed(visit, Progress.loads("", saved.body).facts)
    if why:
        saved_talks.drop(visit.db, saved.id)
    return why


def is_over(visit: Visit, saved: Saved, update: Update) -> bool:
    """Whether an update passes this talk by: its release is gone, what it listed was long ago, or it only waits."""
    form = FORMS.get(saved.conversation)
    if form is None:
        return True
    if form.waits:
        progress = Progress.loads(str(saved.id), saved.body)
        return not kit.would_answer(form.conversation, progress, update, numbers_count=True)
    return not form.keeps and visit.now - saved.updated_at > PAUSE


def go_on(visit: Visit, saved: Saved, words: str = "") -> Message:
    """Take up a talk where it was left; after a long pause, say first where that was and what to do with `words`."""
    if asked := ask_leave(visit, saved):
        return asked
    people.focus_on(visit.db, visit.person.person_id, saved.id)
    form = FORMS[saved.conversation]
    progress = _taken_up(visit, saved)
    if said := form.lies_open(visit, progress, kit.way_of(form.conversation, progress)):
        return _lay_open(visit, form, progress, said)
    if visit.now - saved.updated_at <= PAUSE:
        return show(saved, f"Mở lại {drafts.name_of(saved)}.")
    days = (visit.today - visit.day_of(saved.updated_at)).days
    ago = f", {days} ngày trước" if days > 1 else ""
    is_answer = len(words) <= ANSWER_LENGTH and not menu.is_greeting(words) and not questions.asks(words)
    left = f"{visit.since(saved.updated_at)}{ago}"
    turn = kit.resume(form.conversation, progress, left, words if is_answer else "")
    _save(visit, turn.progress)
    return turn.message


def _lay_open(visit: Visit, form: Form, progress: Progress, said: str) -> Message:
    """A form that was finished, behind the choices of what to do with it; any other words still meet the form."""
    before = kit.put_before(progress.moved(), said, tuple(form.again))
    _save(visit, before)
    return kit.show(form.conversation, before)


def correct(visit: Visit, update: Update) -> Message | None:
    """Words said outside any talk that correct a question of the form touched last: it is opened there; else None."""
    last = next(iter(kept(visit)), None)
    if last is None or not update.text:
        return None
    if not kit.corrects(FORMS[last.conversation].conversation, Progress.loads("", last.body), update.text):
        return None
    if asked := ask_leave(visit, last):
        return asked
    people.focus_on(visit.db, visit.person.person_id, last.id)
    return _led(f"Mở lại {drafts.name_of(last)}.", take(visit, last, update))


def come_later(visit: Visit, file: Attachment, saved: Saved | None) -> Message | None:
    """Ask where a photo or file belongs that nothing asked for; None where no form has room for it.

    `saved`: the form at whose review the person stands, and which is meant then.
    """
    rooms = [
        (one, room)
        for one in ([saved] if saved else kept(visit))
        if not consent.is_missing(visit, FORMS[one.conversation].purpose)
        for room in _rooms(one)
        if room.takes(file)
    ]
    return start(visit, later.NAME, about=later.about(file, rooms)) if rooms else None


def is_at_its_review(saved: Saved) -> bool:
    """Whether no question of this form lies open, so that a photo answers none."""
    form = FORMS[saved.conversation]
    return form.keeps and kit.standing_at(form.conversation, Progress.loads("", saved.body)) is None


def _rooms(saved: Saved) -> Sequence[Room]:
    form, progress = FORMS[saved.conversation], Progress.loads("", saved.body)
    return form.rooms(progress, kit.way_of(form.conversation, progress))


def _put(visit: Visit, saved: Saved, answers: Mapping[str, Any]) -> Message:
    """Keep answers that were given outside the form. One that was confirmed as it stood is confirmed with them."""
    form, progress = FORMS[saved.conversation], _taken_up(visit, saved)
    was_confirmed = form.lies_open(visit, progress, kit.way_of(form.conversation, progress)) is not None
    given = {key: Kept("", raw) for key, raw in answers.items()}
    progress = replace(progress.moved(), answers={**progress.answers, **given})
    _save(visit, progress)
    if was_confirmed and kit.way_of(form.conversation, progress).open is None:
        return _led("✅ Có ảnh, giấy tờ rồi.", _finish(visit, form, progress))
    people.focus_on(visit.db, visit.person.person_id, saved.id)
    return kit.show(form.conversation, progress, f"✅ Đã ghi vào {drafts.name_of(saved)}.")


def show(saved: Saved, lead: str) -> Message:
    """What lies open in a talk, once more."""
    return kit.show(FORMS[saved.conversation].conversation, Progress.loads(str(saved.id), saved.body), lead)


def kept(visit: Visit) -> list[Saved]:
    """The person's talks that stay, last touched first."""
    mine = saved_talks.open_ones(visit.db, visit.person.person_id)
    return [s for s in mine if s.conversation in FORMS and FORMS[s.conversation].keeps and _is_answered(s)]


def _finish(visit: Visit, form: Form, progress: Progress) -> Message:
    _leave(visit, form, progress)
    return follow(visit, form.finish(visit, progress, kit.values(form.conversation, progress)))


def follow(visit: Visit, step: Next) -> Message:
    """Do what comes next, and say it."""
    match step:
        case Open(progress_id, lead, was_left):
            saved = saved_talks.find(visit.db, progress_id)
            if saved is None or saved.person_id != visit.person.person_id:
                return menu.menu("Tờ đó không còn nữa." if was_left else lead)
            return _led(lead, go_on(visit, saved) if was_left else _back(visit, saved))
        case Put(progress_id, answers):
            saved = saved_talks.find(visit.db, progress_id)
            if saved is None or saved.person_id != visit.person.person_id:
                photos.wipe_unused(visit)
                return menu.menu("Tờ đó không còn nữa.")
            return ask_leave(visit, saved) or _put(visit, saved, answers)
        case Start():
            return _begin(visit, step)
        case Message():
            return step


def _back(visit: Visit, saved: Saved) -> Message:
    """What the person stepped aside from, as it lay open."""
    if why := closed(visit, saved):
        return menu.menu(why)
    if asked := ask_leave(visit, saved):
        return asked
    people.focus_on(visit.db, visit.person.person_id, saved.id)
    progress = Progress.loads(str(saved.id), saved.body)
    return kit.show(FORMS[saved.conversation].conversation, progress, briefly=True)


def _begin(visit: Visit, step: Start) -> Message:
    message = start(visit, step.conversation, step.lead, step.about, step.page)
    return replace(message, documents=step.documents) if step.documents else message


def _led(lead: str, message: Message) -> Message:
    return replace(message, text=f"{lead}\n{message.text}") if lead else message


def _leave(visit: Visit, form: Form, progress: Progress) -> None:
    """The person is busy with it no more; what should stay, stays."""
    people.focus_on(visit.db, visit.person.person_id, None)
    if form.keeps and progress.answers:
        _save(visit, progress)
    else:
        saved_talks.drop(visit.db, int(progress.id))


def _taken_up(visit: Visit, saved: Saved) -> Progress:
    """A talk as it was left, on the day that it is now: the one fact that is not frozen, or time limits would be."""
    progress = Progress.loads(str(saved.id), saved.body)
    return replace(progress, facts={**progress.facts, "today": visit.today.isoformat()})


def _save(visit: Visit, progress: Progress) -> None:
    saved_talks.save(visit.db, int(progress.id), progress.dumps(), visit.now)


def _is_answered(saved: Saved) -> bool:
    return bool(Progress.loads("", saved.body).answers)
