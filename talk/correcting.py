"""«Sửa số điện thoại», «sai tên xã rồi»: which question is meant by its name, and what is to stand there instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from talk.matching import heard, says
from talk.progress import Act, Offer
from talk.script import Stop, Walk
from talk.vietnamese import fold, fold_wording

_BEFORE = ("xin", "cho", "toi", "em", "muốn", "cần", "nhờ", "giúp", "à", "ơ", "ghi", "viết", "bị")
_CALLS = ("sửa", "đổi", "thay", "chỉnh", "sai", "nhầm")
_AFTER = ("lại", "câu", "mục", "ô", "chỗ", "phần", "cái", "sửa")
_AT_THE_END = ("rồi", "r", "giúp", "với", "đi", "lại", "ạ", "a", "nhé", "đã", "mất")
_BECOMES = ("thành", "là", "sang", ":")
_LONGEST_NAME = 5  # words; whoever says more means something else
_WORDS_AROUND = 3  # that may stand around the name of a question: «số điện thoại của cơ sở»


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody wants changed. Several questions may bear the name."""

    stops: tuple[Stop, ...]
    is_sure: bool  # the very name was said, and not something like it
    instead: str = ""  # what is to stand there, as typed; "" where that was not said


def correction(words: str, way: Walk, *, at_the_review: bool = False) -> Correction | None:
    """The correction these words ask for; None when they ask for none of this talk.

    At the review a question's name alone opens it, and its name with a new answer behind it is a correction, too.
    """
    for form in heard(words):
        tokens = form.replace(":", " : ").split()
        rest, is_called = _without_the_call(tokens)
        if is_called or at_the_review:
            name = _plain(_without_the_end(rest))
            found = _exact(name, way) or _with_a_value(rest, way) or (_alike(name, way) if is_called else None)
            if found:
                return found
    return None


def to_edit(stops: Sequence[Stop]) -> tuple[Offer, ...]:
    """Each of these questions with its answer, to be opened by its number."""
    return tuple(
        Offer(str(stop.number), f"e{stop.number}", f"{stop.step.title}: {stop.said()}", Act("edit", stop.number))
        for stop in stops
    )


def _without_the_call(tokens: list[str]) -> tuple[list[str], bool]:
    """The words behind «sửa lại câu …» or before «… sai rồi», and whether anything called for a correction."""
    head = 0
    while head < len(tokens) and _is(tokens[head], _BEFORE):
        head += 1
    is_called = head < len(tokens) and _is(tokens[head], _CALLS)
    if is_called:
        head += 1
        while head < len(tokens) and _is(tokens[head], _AFTER):
            head += 1
        return tokens[head:], True
    bare = _without_the_end(tokens)
    if len(bare) > 1 and _is(bare[-1], ("sai", "nhầm")):  # «số điện thoại ghi sai rồi»
        name = bare[:-1]
        while len(name) > 1 and _is(name[-1], _BEFORE):
            name = name[:-1]
        return name, True
    return tokens, False


def _without_the_end(tokens: list[str]) -> list[str]:
    while tokens and _is(tokens[-1], _AT_THE_END):
        tokens = tokens[:-1]
    return tokens


def _is(token: str, wordings: Sequence[str]) -> bool:
    return says((token,), *wordings)


def _plain(tokens: Sequence[str]) -> str:
    return " ".join(fold(token) for token in tokens if fold(token))


def _with_a_value(tokens: list[str], way: Walk) -> Correction | None:
    """A name with a new answer behind it, the longest such name. One that does not fit is for the question to say."""
    for length in range(min(len(tokens) - 1, _LONGEST_NAME), 0, -1):
        named = tuple(stop for stop in _exactly(_plain(tokens[:length]), way.stops) if way.stop(stop.step.key))
        rest = tokens[length:]
        becomes = rest[0] == ":" or _is(rest[0], _BECOMES)
        value = " ".join(rest[1:] if becomes else rest)
        if fits := tuple(stop for stop in named if value and _could_stand(stop, value, length, becomes)):
            return Correction(fits, is_sure=True, instead=value)
        if named and becomes:
            return Correction(named, is_sure=True)
    return None


def _could_stand(stop: Stop, value: str, length: int, becomes: bool) -> bool:
    # Nearly anything may stand where words are free: «sửa tên xã» asks for no producer that is called «xã».
    is_clear = becomes or not stop.step.answer.takes_free_words or (length > 1 and " " in value)
    return is_clear and stop.step.answer.might_read(value)


def _exact(name: str, way: Walk) -> Correction | None:
    found = _exactly(name, way.stops)
    return Correction(found, is_sure=True) if found else None


def _alike(name: str, way: Walk) -> Correction | None:
    """The questions of which a name shares the most with this one, else those it nearly is."""
    shared = [max(_shared(name, one) for one in _names(stop)) for stop in way.stops]
    most = max(shared)
    found = tuple(stop for stop, words in zip(way.stops, shared, strict=True) if most and words == most)
    found = found or tuple(stop for stop in way.stops if any(_is_nearly(name, one) for one in _names(stop)))
    return Correction(found, is_sure=False) if found else None


def _exactly(name: str, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    return tuple(stop for stop in stops if name in _names(stop))


def _shared(name: str, other: str) -> int:
    """How many words the shorter has, where it stands whole in the other without many words around it; else 0."""
    short, long = sorted((name, other), key=len)
    words, more = len(short.split()), len(long.split())
    return words if len(short) > 2 and f" {short} " in f" {long} " and more - words <= _WORDS_AROUND else 0


def _is_nearly(name: str, other: str) -> bool:
    return len(name) > 4 and fuzz.ratio(name, other) >= 85


def _names(stop: Stop) -> list[str]:
    return [fold_wording(name) for name in chain((stop.step.title,), stop.step.also)]
