"""Decides who answers an update: the open talk, the menu, or the words for when nothing fits."""

from handlers import menu, questions, talks
from handlers.visit import Visit
from storage import people, progress
from storage.progress import Saved
from talk.message import MAIN_MENU, Message, Tap, Update
from talk.vietnamese import tidy


def dispatch(visit: Visit, update: Update) -> list[Message]:
    """What is said to this update. Everything it changes is in the visit's transaction."""
    saved = visit.person.focus
    if saved and saved.conversation not in talks.FORMS:
        saved = None  # a talk of a release that is gone
    if update.start:
        return [_enter(visit, update.start)]
    if update.tap and update.tap.talk == MAIN_MENU:
        return [_take(visit, update.tap.choice)]
    if update.tap and (saved is None or str(saved.id) != update.tap.talk):
        return [_tapped_elsewhere(visit, saved, update.tap, update)]
    if saved:
        return [talks.take(visit, saved, update)]
    return [_outside(visit, update)]


def _enter(visit: Visit, payload: str) -> Message:
    """The chat was opened, by itself or by a link that says what for."""
    if payload in talks.FORMS:
        return talks.start(visit, payload)
    people.focus_on(visit.db, visit.person.person_id, None)
    return menu.welcome(visit.office)


def _outside(visit: Visit, update: Update) -> Message:
    """No talk is open."""
    words = tidy(update.text)
    if item := menu.chosen(words):
        return _take(visit, item)
    if visit.person.is_new:
        return menu.welcome(visit.office)
    if update.attachment or update.trouble or update.other:
        return menu.menu("Trợ lý chưa biết để cái này vào đâu.")
    if reply := questions.reply_to(words):
        return menu.menu(reply)
    return menu.lost(words)


def _take(visit: Visit, item: str) -> Message:
    """An item of the menu."""
    if item == menu.REGISTER.key:
        return talks.start(visit, "drafts" if talks.kept(visit) else "register")
    if item == menu.MINE.key:
        return talks.start(visit, "drafts") if talks.kept(visit) else menu.menu("Chưa có giấy tờ nào ở đây.")
    if item == menu.PERSON.key:
        return menu.menu(menu.a_person(visit.office))
    return menu.menu()


def _tapped_elsewhere(visit: Visit, saved: Saved | None, tap: Tap, update: Update) -> Message:
    """A button of a talk that is not the open one: of another talk of this person, or of none that still exists."""
    other = progress.find(visit.db, int(tap.talk)) if tap.talk.isdecimal() and len(tap.talk) < 19 else None
    if other and other.person_id == visit.person.person_id and other.conversation in talks.FORMS:
        people.focus_on(visit.db, visit.person.person_id, other.id)
        return talks.take(visit, other, update)
    old = "Nút này của tờ cũ, không dùng nữa."
    return talks.show(saved, old) if saved else menu.menu(old)
