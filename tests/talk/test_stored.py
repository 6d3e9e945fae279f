"""What is stored between two messages comes back as it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from talk.message import Choice, Message, Tap
from talk.progress import Act, Kept, Offer, Progress, Side

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = st.text("abcxyz_0189~-", min_size=1, max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
ACTS = st.builds(Act, WORDS, JSON, TEXTS)
OFFERS = st.builds(Offer, WORDS, WORDS, TEXTS, ACTS, st.lists(WORDS, max_size=2).map(tuple))
SIDES = st.builds(Side, st.integers(0, 99), TEXTS, st.lists(OFFERS, max_size=3).map(tuple), st.booleans())
KEPT = st.builds(Kept, TEXTS, JSON, st.sampled_from(["given", "skipped", "none_yet"]), WORDS)
PROGRESSES = st.builds(
    Progress,
    id=st.just("17"),
    facts=st.dictionaries(WORDS, JSON, max_size=3),
    answers=st.dictionaries(WORDS, KEPT, max_size=3),
    at=WORDS,
    latest=WORDS,
    unclear=TEXTS,
    tries=st.integers(0, 9),
    page=st.integers(0, 9),
    picked=st.lists(WORDS, max_size=3).map(tuple),
    side=st.none() | SIDES,
    turns=st.integers(0, 999),
)
CHOICES = st.builds(Choice, WORDS, TEXTS, st.builds(Tap, WORDS, WORDS, WORDS))
MESSAGES = st.builds(
    Message, TEXTS, st.lists(CHOICES, max_size=3).map(tuple), st.sampled_from(["", "photo", "file", "phone"])
)
quick = settings(max_examples=50, deadline=None, database=None)


@given(PROGRESSES)
@quick
def test_a_stored_progress_comes_back_as_it_was(progress):
    assert Progress.loads("17", progress.dumps()) == progress


def test_a_progress_is_stored_without_its_id_which_the_row_has():
    assert Progress.loads("5", Progress("17", {"today": "2026-11-21"}).dumps()).id == "5"


@given(MESSAGES)
@quick
def test_a_stored_message_comes_back_as_it_was(message):
    assert Message.loads(message.dumps()) == message
