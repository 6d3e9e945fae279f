"""Beginning, going on with and ending a person's talks: the conversation kit on one side, what is kept on the other."""

from collections.abc import Mapping
from datetime import timedelta

from handlers import menu, questions
from handlers.conversations import CONVERSATIONS
from handlers.form import Form, Next, Open, Start
from handlers.visit import Visit
from ocop.calendar import weekday_words
from storage import people
from storage import progress as talks
from storage.progress import Saved
from talk import conversation as kit
from talk.message import Message, Update
from talk.progress import Progress

FORMS: Mapping[str, Form] = {form.conversation.name: form for form in CONVERSATIONS}

# After so long a person is first told where they left off.
PAUSE = timedelta(hours=12)


def start(visit: Visit, name: str) -> Message:
    """Begin a talk and say its first words."""
    form = FORMS[name]
    person = visit.person.person_id
    subject = visit.draw_code() if form.keeps else ""
    if not form.keeps and (old := talks.about(visit.db, person, name, subject)):
        talks.drop(visit.db, old.id)
    progress = Progress("", facts=form.facts(visit))
    row = talks.start(visit.db, person, name, subject, progress.dumps(), visit.now)
    people.focus_on(visit.db, person, row)
    return kit.begin(form.conversation, Progress(str(row), progress.facts)).message


def take(visit: Visit, saved: Saved, update: Update) -> Message:
    """What is said to an update that belongs to this talk."""
    form = FORMS[saved.conversation]
    progress = Progress.loads(str(saved.id), saved.body)
    if visit.now - saved.updated_at > PAUSE and not kit.would_answer(form.conversation, progress, update):
        return go_on(visit, saved)
    turn = kit.take_turn(form.conversation, progress, update, questions.reply_to(update.text))
    match turn.outcome:
        case "finished":
            return _finish(visit, form, turn.progress)
        case "cancelled":
            talks.drop(visit.db, saved.id)
            return menu.menu(f"Đã bỏ {form.conversation.title}, không giữ lại gì.")
        case "left":
            _leave(visit, form, turn.progress)
            return menu.menu("Đã lưu cả. Muốn làm tiếp thì gõ «giấy tờ của tôi»." if form.keeps else "")
        case "person":
            _save(visit, turn.progress)
            return kit.show(form.conversation, turn.progress, menu.a_person(visit.office))
        case "open":
            _save(visit, turn.progress)
            return turn.message


def go_on(visit: Visit, saved: Saved) -> Message:
    """Take up a talk where it was left, saying where that was."""
    form = FORMS[saved.conversation]
    progress = Progress.loads(str(saved.id), saved.body)
    turn = kit.resume(form.conversation, progress, _since(visit, saved))
    _save(visit, turn.progress)
    people.focus_on(visit.db, visit.person.person_id, saved.id)
    return turn.message


def show(saved: Saved, lead: str) -> Message:
    """What lies open in a talk, once more."""
    return kit.show(FORMS[saved.conversation].conversation, Progress.loads(str(saved.id), saved.body), lead)


def kept(visit: Visit) -> list[Saved]:
    """The person's talks that stay, last touched first."""
    mine = talks.open_ones(visit.db, visit.person.person_id)
    return [saved for saved in mine if saved.conversation in FORMS and FORMS[saved.conversation].keeps]


def _finish(visit: Visit, form: Form, progress: Progress) -> Message:
    _leave(visit, form, progress)
    step: Next = form.finish(visit, progress, kit.values(form.conversation, progress))
    match step:
        case Open(progress_id):
            saved = talks.find(visit.db, progress_id)
            if saved is None or saved.person_id != visit.person.person_id:
                return menu.menu("Tờ đó không còn nữa.")
            return go_on(visit, saved)
        case Start(name):
            return start(visit, name)
        case Message():
            return step


def _leave(visit: Visit, form: Form, progress: Progress) -> None:
    """The person is busy with it no more; what should stay, stays."""
    people.focus_on(visit.db, visit.person.person_id, None)
    if form.keeps:
        _save(visit, progress)
    else:
        talks.drop(visit.db, int(progress.id))


def _save(visit: Visit, progress: Progress) -> None:
    talks.save(visit.db, int(progress.id), progress.dumps(), visit.now)


def _since(visit: Visit, saved: Saved) -> str:
    """When a talk was left, in words: "thứ Năm 12/11/2026, 9 ngày trước"."""
    left = saved.updated_at.astimezone(visit.office.timezone).date()
    days = (visit.today - left).days
    if days == 0:
        return "hôm nay"
    return "hôm qua" if days == 1 else f"{weekday_words(left)}, {days} ngày trước"
