"""Two people: one at the first question of a registration, one at its review."""

import pytest

from tests.talk.samples import FACTS, REGISTRATION, TYPED
from tests.talk.talker import Talker


@pytest.fixture
def talk() -> Talker:
    """Somebody at the first question."""
    return Talker(REGISTRATION, FACTS)


@pytest.fixture
def reviewing(talk: Talker) -> Talker:
    """Somebody who has answered everything."""
    talk.say(*TYPED)
    talk.send_photo()
    return talk
