"""Answers from the topics: the short answer with its source, what can be asked next, or an honest "chưa biết".

answer    a text as understood → what is said
follow    a choice under an answer → what is said
is_a_place  whether words only name a place, which asks nothing
"""

from handlers.topics.answering import answer, follow, is_a_place
from handlers.topics.words import OPEN, SEND, SEND_IT, TAP

__all__ = ["OPEN", "SEND", "SEND_IT", "TAP", "answer", "follow", "is_a_place"]
