"""Decides who answers an update: the open talk, the menu, or the words for when nothing fits."""

from dataclasses import replace

from handlers import (
    again,
    answerers,
    asked,
    codes,
    consent,
    documents,
    drafts,
    helping,
    join,
    menu,
    photos,
    support,
    talks,
    topics,
    unlink,
)
from handlers.commune import access, inviting, lists, officials
from handlers.editing import finding
from handlers.form import Next, Start
from handlers.matters import acts, answering, hearing, sides, telling
from handlers.unanswered import desk
from handlers.visit import Visit
from storage import people, progress
from storage.progress import Saved
from talk.leaving import puts_off
from talk.message import MAIN_MENU, Message, Tap, Update
from talk.vietnamese import tidy

OLD_BUTTON = "Nút này của tờ cũ, không dùng nữa."


def dispatch(visit: Visit, update: Update) -> list[Message]:
    """What is said to this update. Everything it changes is in the visit's transaction."""
    message = _answer(visit, update)
    if menu.is_menu(message) and access.held(visit):
        message = menu.for_official(message, sides.waiting(visit))
    if update.tap and sides.is_line_open(visit, visit.person.line):
        message = replace(message, wants="line")
    if update.attachment:
        # One that answered nothing is not kept, nor one that another took the place of.
        visit.traces.files += photos.let_go_of_unused(visit.db, visit.person.person_id)
    if visit.person.is_new and message != menu.welcome(visit.office):
        message = replace(message, text=f"{menu.who(visit.office)}\n{message.text}")
    return [] if message is hearing.SILENCE else [message]


def _answer(visit: Visit, update: Update) -> Message:
    saved = visit.person.focus
    if saved and saved.conversation == asked.NAME:
        saved = None  # an answer waits for nothing
    if saved and talks.is_over(visit, saved, update):
        people.focus_on(visit.db, visit.person.person_id, None)  # a number is meant for what is shown next
        saved = None
    if saved and (why := talks.closed(visit, saved)):
        return menu.menu(why)
    heard = hearing.hear(visit, update)
    if heard is not None:
        return _say(saved, heard) if isinstance(heard, str) else heard
    is_answering = saved is not None and talks.FORMS[saved.conversation].keeps
    if taken := codes.take(visit, update.text, is_answering=is_answering):
        return _do(visit, saved, taken)
    own = menu.of_officials(update.text)
    if own and (update.text.strip().startswith("/") or access.held(visit)):
        return _at_the_desk(visit, own)
    if update.start:
        return _enter(visit, update.start)
    if update.tap and update.tap.talk == MAIN_MENU:
        return _take(visit, saved, update.tap.choice)
    if update.tap and update.tap.talk == telling.TAP and update.tap.step.isdecimal() and len(update.tap.step) < 19:
        return talks.follow(visit, acts.act(visit, int(update.tap.step), update.tap.choice, saved))
    if update.tap and update.tap.talk in answerers.FOLLOWERS:
        return _more_of_an_answer(visit, saved, update.tap)
    if update.tap and (saved is None or str(saved.id) != update.tap.talk):
        return _tapped_elsewhere(visit, saved, update.tap, update)
    if saved is None:
        return _outside(visit, update)
    if item := menu.named(update.text):
        return _take(visit, saved, item)
    if update.attachment and talks.is_at_its_review(saved):
        return talks.come_later(visit, update.attachment, saved) or talks.take(visit, saved, update)
    return talks.take(visit, saved, update)


def _enter(visit: Visit, payload: str) -> Message:
    """The chat was opened, by itself or by a link that says what for."""
    if payload == menu.REGISTER.key:
        return _take(visit, None, payload)
    people.focus_on(visit.db, visit.person.person_id, None)
    return menu.welcome(visit.office, has_papers=bool(talks.kept(visit)))


def _outside(visit: Visit, update: Update) -> Message:
    """No talk is open."""
    words = tidy(update.text)
    if tap := asked.meant(visit, words):
        is_menu = tap.talk == MAIN_MENU
        return _take(visit, None, tap.choice) if is_menu else _more_of_an_answer(visit, None, tap)
    asked.forget(visit)
    if (own := menu.numbered_for_officials(words)) and access.held(visit):
        return _at_the_desk(visit, own)
    if item := menu.chosen(words):
        return _take(visit, None, item)
    if puts_off(words):
        return menu.menu("Được. Lúc nào cần thì nhắn «alo».")
    if corrected := talks.correct(visit, update):
        return corrected
    if update.attachment and (belongs := talks.come_later(visit, update.attachment, None)):
        return belongs
    if update.attachment or update.trouble or update.other or update.phone:
        return menu.menu("Trợ lý chưa biết để cái này vào đâu.")
    if said := answerers.answer(visit, words):
        return asked.show(visit, said, words)
    return menu.welcome(visit.office) if visit.person.is_new else menu.lost(words)


def _more_of_an_answer(visit: Visit, saved: Saved | None, tap: Tap) -> Message:
    """A choice under an answer, new or old; in the middle of a talk only the words are said above what lies open."""
    if tap.choice == topics.SEND.key:
        return talks.a_person(visit, saved, asked.question(visit))
    said = answerers.FOLLOWERS[tap.talk](visit, tap)
    if said is None:
        return _say(saved, OLD_BUTTON)
    return _say(saved, said.in_a_form) if saved else asked.show(visit, said)


def _take(visit: Visit, saved: Saved | None, item: str) -> Message:
    """An item of the menu, taken with no talk open or in the middle of one."""
    match item:
        case menu.REGISTER.key:
            return talks.start(visit, "drafts" if talks.kept(visit) else "register")
        case menu.MINE.key:
            return talks.start(visit, "drafts") if talks.kept(visit) else _say(saved, "Chưa có giấy tờ nào ở đây.")
        case menu.DATA.key:
            return talks.start(visit, "data")
        case menu.WITHDRAW.key:
            return menu.menu(consent.withdraw(visit))
        case menu.ERASE.key:
            return talks.start(visit, "erase")
        case menu.JOIN.key:
            return _say(saved, join.make(visit))
        case menu.UNLINK.key:
            return _do(visit, saved, unlink.begin(visit))
        case menu.HELP.key:
            return talks.start(visit, "help")
        case menu.END_HELP.key:
            return _say(saved, helping.end(visit))
        case menu.PRINT.key | menu.HISTORY.key:
            return _of_a_confirmed_one(visit, saved, item)
        case menu.OFFICIALS.key:
            return _do(visit, saved, officials.begin(visit))
        case menu.UNANSWERED.key:
            return _do(visit, saved, desk.begin(visit))
        case menu.SUPPORT.key:
            keeps = saved is not None and talks.FORMS[saved.conversation].keeps
            return talks.follow(visit, support.begin(saved.id if saved and keeps else None))
        case menu.EDIT.key:
            return _do(visit, saved, finding.begin(visit))
        case menu.INVITE.key:
            return _do(visit, saved, inviting.begin(visit))
        case menu.BLANK.key:
            return replace(_say(saved, menu.blank_form()), documents=documents.blank_form01())
        case menu.DOSSIERS.key | menu.QUESTIONS.key:
            return _at_the_desk(visit, item)
        case menu.PERSON.key:
            return talks.a_person(visit, saved)
    return _say(saved, OLD_BUTTON)


def _of_a_confirmed_one(visit: Visit, saved: Saved | None, what: str) -> Message:
    """The papers of a confirmed form, or what the office recorded of it, above what lies open."""
    found = again.ask_or_do(visit, what, saved.id if saved else None)
    if isinstance(found, Start):
        return talks.follow(visit, found)
    said, papers = found
    return replace(_say(saved, said), documents=papers)


def _at_the_desk(visit: Visit, item: str) -> Message:
    """What lies at the office the person works for. Whatever they were busy with waits."""
    people.focus_on(visit.db, visit.person.person_id, None)
    return talks.follow(visit, answering.begin(visit) if item == menu.QUESTIONS.key else lists.begin(visit))


def _say(saved: Saved | None, lead: str) -> Message:
    """Something, and then what lies open: whatever is shown last is what a number answers."""
    return talks.show(saved, lead) if saved else menu.menu(lead)


def _do(visit: Visit, saved: Saved | None, step: Next | str) -> Message:
    """What comes next, or words above what lies open."""
    return _say(saved, step) if isinstance(step, str) else talks.follow(visit, step)


def _tapped_elsewhere(visit: Visit, saved: Saved | None, tap: Tap, update: Update) -> Message:
    """A button of a talk that is not the open one: of another talk of this person, or of none that still exists."""
    other = progress.find(visit.db, int(tap.talk)) if tap.talk.isdecimal() and len(tap.talk) < 19 else None
    if other and other.person_id == visit.person.person_id and other.conversation in talks.FORMS:
        if why := talks.closed(visit, other):
            return _say(saved, why)
        if asked := talks.ask_leave(visit, other):
            return asked
        people.focus_on(visit.db, visit.person.person_id, other.id)
        message = talks.take(visit, other, update)
        if saved and talks.FORMS[other.conversation].keeps:
            return replace(message, text=f"Mở lại {drafts.name_of(other)}.\n{message.text}")
        return message
    return _say(saved, OLD_BUTTON)
