"""A conversation is a script: a pure generator of questions, walked again at each update over the answers so far.

    def script(facts: Facts) -> Script:
        kind = yield ask("kind", "Cơ sở thuộc loại nào?", one_of(KINDS), title="Loại cơ sở")
        if kind == "household":
            yield ask("paper", "Số giấy đăng ký kinh doanh?", text(example="19A8-000000"), title="Giấy đăng ký")
        yield ask("product", "Tên sản phẩm?", text(example="Miến dong"), title="Sản phẩm")

Given the answer to `kind`, the walk stands at `paper` or at `product`. Changing it later changes the way; answers of
the way left behind stay kept, unseen, in case the person comes back.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from talk.answers import Answer, NoLongerFits
from talk.progress import Kept

# No talk is this long; a script that asks for ever is a bug that should show, not hang.
LONGEST = 300


class Facts:
    """What was known when the talk began, read by name. A fact an older talk did not have yet is None."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, Any]):
        self._known = known

    def __getattr__(self, name: str) -> Any:
        return self._known.get(name)


@dataclass(frozen=True, slots=True)
class Step:
    """One question."""

    key: str  # at most 20 letters, digits and underscores: it travels in buttons
    prompt: str
    answer: Answer[Any]
    title: str  # a few words that name it in the review
    part: str
    optional: bool
    known: Any  # an answer already known, offered so that it need not be typed again
    why: str
    why_offered: str  # what a choice that tells why is called; "" where only the words «vì sao» do
    out: str  # what `0` is called at the first question, where it gives the talk up; "" where it does not
    also: tuple[str, ...]  # what people call the question besides its title: «sửa sđt» opens it
    none_yet: str  # how leaving an optional one out is offered
    known_as: str  # what stands before a known answer where it is offered
    said: Callable[[Any], str] | None  # what follows from the answer, said once it is kept; "" for nothing


Script = Generator[Step, Any, None]
ScriptMaker = Callable[[Facts], Script]


def ask(
    key: str,
    prompt: str,
    answer: Answer[Any],
    *,
    title: str,
    part: str = "",
    optional: bool = False,
    known: Any = None,
    why: str = "",
    why_offered: str = "",
    out: str = "",
    also: tuple[str, ...] = (),
    none_yet: str = "Chưa có",
    known_as: str = "Vẫn",
    said: Callable[[Any], str] | None = None,
) -> Step:
    """A question to yield from a script. An optional one may be skipped or be "chưa có"; it then gives None."""
    return Step(
        key, prompt, answer, title, part, optional, known, why, why_offered, out, also, none_yet, known_as, said
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """A step as the walk passes it: with its kept answer, or still to be answered."""

    number: int  # from 1
    step: Step
    kept: Kept | None
    value: Any
    asked_again: str = ""  # why a kept answer is not accepted any more

    def said(self) -> str:
        """The answer in words, as the review shows it."""
        if self.kept is None:
            return "chưa trả lời"
        if self.kept.state != "given":
            none_yet = self.step.none_yet
            return none_yet[:1].lower() + none_yet[1:] if self.kept.state == "none_yet" else "bỏ qua"
        return self.step.answer.say(self.value)


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through a script over some answers: every stop, and the first that is still open."""

    stops: tuple[Stop, ...]
    open: Stop | None

    @property
    def answered(self) -> tuple[Stop, ...]:
        """The stops before the open one, in order."""
        return self.stops if self.open is None else self.stops[: self.open.number - 1]

    def stop(self, key: str) -> Stop | None:
        """The stop of that key if it can be stood at: answered, or the open one."""
        reach = len(self.stops) if self.open is None else self.open.number
        return next((stop for stop in self.stops[:reach] if stop.step.key == key), None)


def walk(script: ScriptMaker, facts: Mapping[str, Any], answers: Mapping[str, Kept]) -> Walk:
    """Walk the script over the answers.

    Past the first open question it goes on with kept answers or, where there are none, with each answer's sample:
    that is how "câu 3/11" knows the 11, as the way looks from here.
    """
    stops: list[Stop] = []
    open_stop: Stop | None = None
    talk = script(Facts(facts))
    try:
        step = next(talk)
        while True:
            stop, given = _pass(len(stops) + 1, step, answers.get(step.key))
            stops.append(stop)
            if stop.kept is None and open_stop is None:
                open_stop = stop
            if len(stops) > LONGEST:
                raise RuntimeError(f"a script asked more than {LONGEST} questions, last {step.key}")
            step = talk.send(given)
    except StopIteration:
        return Walk(tuple(stops), open_stop)


def _pass(number: int, step: Step, kept: Kept | None) -> tuple[Stop, Any]:
    """The stop, and what the script is told there."""
    if kept is None:
        return Stop(number, step, None, None), None if step.optional else step.answer.sample
    if kept.state != "given":
        if step.optional:
            return Stop(number, step, kept, None), None
        return Stop(number, step, None, None, "Câu này nay cần có câu trả lời."), step.answer.sample
    try:
        value = step.answer.restore(kept.raw)
    except NoLongerFits as reason:
        return Stop(number, step, None, None, str(reason)), step.answer.sample
    return Stop(number, step, kept, value), value
