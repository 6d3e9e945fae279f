"""What the talks about topics have in common: kept for nobody, and over once the right to answer is."""

from collections.abc import Mapping
from typing import Any

from handlers.commune import access
from handlers.form import Finish, Form
from handlers.visit import Visit
from talk.conversation import Conversation
from talk.script import ScriptMaker

LATER = "Để lúc khác"


def form(name: str, title: str, script: ScriptMaker, finish: Finish) -> Form:
    """A talk for whoever answers for the province its facts name."""
    conversation = Conversation(name, title, "", script, review=False)
    return Form(conversation, lambda visit: {}, finish, keeps=False, closed=_closed, reply=lambda facts, words: None)


def _closed(visit: Visit, facts: Mapping[str, Any]) -> str | None:
    """Why it can go on no longer: the right ended."""
    return None if access.answers_for(visit) == facts["province"] else access.ENDED
