"""What was asked last: the choices under the answer by their numbers and words, and the question as it was asked.

It is kept beside the talks, as what the person is busy with for as long as it is what they saw last.
"""

from datetime import timedelta
from typing import Any

from handlers.said import Said
from handlers.unanswered import keeping
from handlers.visit import Visit
from storage import people, progress
from talk.answers import Option, match, shortened
from talk.message import Choice, Message, Tap
from talk.progress import Progress
from talk.vietnamese import tidy

NAME = "asked"
REMEMBERED = timedelta(minutes=30)
QUESTION_LENGTH = 800


def show(visit: Visit, said: Said, question: str = "") -> Message:
    """The answer as a message; its choices can be numbered, and the `question` passed on, until something follows."""
    before = remembered(visit)
    me = visit.person.person_id
    asked = before.get("question", "") if said.goes_on or not question else shortened(question, QUESTION_LENGTH)
    if said.is_unknown:
        keeping.keep(visit, asked, before.get("topic", "") if said.goes_on else "")
    if old := progress.about(visit.db, me, NAME, ""):
        progress.drop(visit.db, old.id)
    facts = {
        **(before if said.goes_on else {}),
        **said.about,
        "question": asked,
        "choices": [[label, tap.encode()] for label, tap in said.choices],
    }
    row = progress.start(visit.db, me, NAME, "", Progress("", facts=facts).dumps(), visit.now)
    people.focus_on(visit.db, me, row)
    choices = (Choice(str(number), label, tap) for number, (label, tap) in enumerate(said.choices, 1))
    return Message(said.text, tuple(choices))


def meant(visit: Visit, words: str) -> Tap | None:
    """The choice under the last answer that these words take: by name, or by its number while it was shown last."""
    offered = remembered(visit).get("choices", ())
    typed = tidy(words)
    if typed.isdecimal():
        is_last = visit.person.focus is not None and visit.person.focus.conversation == NAME
        return (
            Tap.decode(offered[int(typed) - 1][1])
            if is_last and len(typed) == 1 and 1 <= int(typed) <= len(offered)
            else None
        )
    found = match(typed, [Option(str(at), label) for at, (label, _) in enumerate(offered)], exact=True)
    return Tap.decode(offered[int(found.key)][1]) if found else None


def question(visit: Visit) -> str:
    """What the person asked last, in their own words; "" when that is too long ago."""
    return str(remembered(visit).get("question", ""))


def forget(visit: Visit) -> None:
    """Numbers mean something else from now on; what was asked is still known."""
    if visit.person.focus and visit.person.focus.conversation == NAME:
        people.focus_on(visit.db, visit.person.person_id, None)


def remembered(visit: Visit) -> dict[str, Any]:
    """What the last answer was about, for as long as a question may go on from it."""
    saved = progress.about(visit.db, visit.person.person_id, NAME, "")
    if saved is None or visit.now - saved.updated_at > REMEMBERED:
        return {}
    return dict(Progress.loads("", saved.body).facts)
