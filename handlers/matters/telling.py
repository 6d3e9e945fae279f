"""Telling either side of a matter what the other did, in every chat of theirs, with choices one touch away.

A tap on such a choice works for as long as the matter does. A number takes it only where no other number could be
meant: from somebody who is in the middle of nothing else.
"""

from collections.abc import Sequence
from datetime import timedelta

from handlers.matters import sides
from handlers.visit import Moment
from storage import matters, outbox, people, progress
from storage.matters import Matter
from storage.people import Busy
from storage.tables import Lane
from talk.answers import Option
from talk.message import Choice, Message, Tap, Wants
from talk.progress import Progress

TAP = "matter"  # the talk of a tap that does something with a matter: its step is the matter, its choice the act
OFFER = "offer"  # the talk that reads the numbers of the choices offered last
LOOKED_AT = timedelta(minutes=10)  # so long ago a list was shown that nobody waits before it any more


def tell(
    moment: Moment,
    matter: Matter,
    person_id: int,
    words: str,
    what: str,
    options: Sequence[Option] = (),
    *,
    if_busy: str = "",
    lane: Lane = "reply",
    wants: Wants = "",
) -> bool:
    """Put words in the outbox of every chat that reaches a person who is not here; False when none does.

    `what` has happened is told once, however often this is called. `if_busy` says how to come to the choices later
    where there are no buttons.
    """
    chats = people.reachable_chats(moment.db, person_id)
    is_numbered = bool(options and chats) and is_free(moment, people.lock_if_idle(moment.db, person_id))
    if is_numbered:
        _offer(moment, matter, person_id, options)
    text = f"{words}\n{if_busy}" if options and if_busy and not is_numbered else words
    body = Message(text, choices(matter.id, options, numbered=is_numbered), wants).dumps()
    for chat in chats:
        key = matters.once_key(matter.id, f"{what}:{chat.id}")
        at = (chat.id, chat.channel, chat.bot, chat.address)
        outbox.put(moment.db, *at, [body], moment.now, lane=lane, once_key=key)
    moment.traces.told_others = True
    return bool(chats)


def choices(matter_id: int, options: Sequence[Option], *, numbered: bool) -> tuple[Choice, ...]:
    """The options as they are touched."""
    return tuple(
        Choice(str(number) if numbered else "", option.label, Tap(TAP, str(matter_id), option.key))
        for number, option in enumerate(options, 1)
    )


def offered(matter_id: int, options: Sequence[Option]) -> dict[str, object]:
    """What the talk that reads the numbers begins from."""
    return {"matter": matter_id, "options": [[option.key, option.label] for option in options]}


def is_free(moment: Moment, busy: Busy | None) -> bool:
    """Whether nothing else is going on with a person, so that a number can only be meant for what they are told now."""
    if busy is None or sides.is_line_open(moment, busy.line):
        return False
    saved = progress.find(moment.db, busy.focus) if busy.focus is not None else None
    if saved is None or saved.conversation == OFFER:
        return True
    return not saved.subject and moment.now - saved.updated_at >= LOOKED_AT


def _offer(moment: Moment, matter: Matter, person_id: int, options: Sequence[Option]) -> None:
    if old := progress.about(moment.db, person_id, OFFER, ""):
        progress.drop(moment.db, old.id)
    body = Progress("", facts=offered(matter.id, options)).dumps()
    people.focus_on(moment.db, person_id, progress.start(moment.db, person_id, OFFER, "", body, moment.now))
