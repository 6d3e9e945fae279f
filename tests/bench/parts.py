"""What the pieces of a turn cost by themselves: CPU in microseconds, the best of several tries."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.async_store import AsyncStore
from bot.channels.telegram import TelegramChannel
from handlers import register
from ocop.papers.docx_writer import write_docx
from ocop.papers.form01 import Form01, paper
from ocop.papers.pdf_writer import write_pdf
from storage import inbox, outbox, people, progress
from storage.engine import make_engine, read_url
from storage.store import Store
from talk import conversation as kit
from talk.message import Message, Update
from talk.progress import Progress
from tests.bench.crowd import registers
from tests.fakes.telegram_process import TelegramProcess

TRIES = 7
AT_ONCE = 16

HALF_WAY = "Số điện thoại"
NEXT = Update(text="0912 345 678", native_id="77")
FORM = Form01(
    province="Thái Nguyên",
    year=2026,
    producer="Hợp tác xã Bản Mẫu",
    address="xã Côn Minh, tỉnh Thái Nguyên",
    phone="0912 345 678",
    product="Miến dong Bản Mẫu",
    set_name="Bộ 7",
    case="first",
    code="MV-324-26",
)
NATIVE = {
    "update_id": 1,
    "message": {
        "message_id": 77,
        "from": {"id": 7, "is_bot": False, "first_name": "Lan", "language_code": "vi"},
        "chat": {"id": 7, "first_name": "Lan", "type": "private"},
        "date": 1_790_000_000,
        "text": NEXT.text,
    },
}


async def show(urls: dict[str, str], core: int) -> None:
    """Print them all, storage once for each database of `urls`; what is asked over HTTP runs on `core`."""
    form = register.FORM.conversation
    turn = kit.begin(form, Progress("17"))
    while HALF_WAY not in turn.message.text:
        turn = kit.take_turn(form, turn.progress, Update(text=registers(turn.message.text) or ""))
    answers, message = turn.progress.dumps(), kit.take_turn(form, turn.progress, NEXT).message
    said, heard = message.dumps(), json.dumps(NATIVE)

    def take_turn(_: Any) -> object:
        return kit.take_turn(form, Progress.loads("17", answers), NEXT).progress.dumps()

    print("A turn in parts, µs of CPU, the best of several tries\n")
    async with TelegramProcess(quiet=True, core=core) as telegram:
        channel = TelegramChannel(telegram.token, telegram.url)
        await telegram.push([NATIVE])
        _print("read the update", _best(lambda _: channel.read(json.loads(heard)), 500))
        _print("take_turn, the answers loaded and dumped", _best(take_turn, 100))
        _print("draw the message", _best(lambda _: channel.render(Message.loads(said)), 500))
        _print("draw Mẫu 01 as PDF", _best(lambda _: write_pdf(paper(FORM, FORM.code)), 3))
        _print("draw Mẫu 01 as DOCX", _best(lambda _: write_docx(paper(FORM, FORM.code)), 3))
        _print("sendMessage, and its answer read", await _best_awaited(lambda: channel.send("7", message)))
        await channel.close()
    for name, url in urls.items():
        print(f"\n{name}")
        for part, cost in _storage(url, answers, said):
            _print(part, cost)
        _print("an empty work handed to the store, and back", await _hand_over(url))
    print()


def _storage(url: str, answers: str, said: str) -> list[tuple[str, float]]:
    """The statements of a turn in one transaction, each many times over; then a transaction of one."""
    engine = make_engine(read_url(url))
    now = datetime.now(UTC)
    lease = now + timedelta(seconds=20)
    ids = itertools.count(1)
    with engine.connect() as db:
        with db.begin():
            known = people.meet(db, "telegram", "1", "7", now)
            talk = progress.start(db, known.person_id, "register", "x", answers, now)
            people.focus_on(db, known.person_id, talk)

        def keep(_: Any = None) -> int:
            return inbox.keep(db, "telegram", "1", [(str(next(ids)), "7", answers)], now)[0].id

        def put(_: Any = None) -> int:
            return outbox.put(db, known.chat_id, "telegram", "1", "7", [said], now, inbox_id=1)[0].id

        def save(_: Any = None) -> None:
            progress.save(db, talk, answers, now)

        parts: list[tuple[str, Callable[[Any], object], Callable[[], Any] | None]] = [
            ("keep the update", keep, None),
            ("mark it answered", lambda row: inbox.done(db, row, now), keep),
            ("meet the person, with the open talk", lambda _: people.meet(db, "telegram", "1", "7", now), None),
            ("save the answers", save, None),
            ("put the message into the outbox", put, None),
            ("claim it", lambda row: outbox.claim(db, [row], now, lease), put),
            ("record that it was sent", lambda row: outbox.sent(db, [(row, "5")], now), put),
        ]
        costs = []
        for label, work, each in parts:
            with db.begin() as transaction:
                costs.append((label, _best(work, 100, each)))
                transaction.rollback()
        costs.append(("begin, save the answers, commit", _best(lambda _: _in_one(db, save), 20)))
    engine.dispose()
    return costs


def _in_one(db: Connection, work: Callable[[], None]) -> None:
    with db.begin():
        work()


async def _hand_over(url: str) -> float:
    store = Store(url)
    try:
        shared = AsyncStore(store)
        return await _best_awaited(lambda: shared.run(lambda db: None), at_once=1)
    finally:
        store.close()


def _best(work: Callable[[Any], object], times: int, each: Callable[[], Any] | None = None) -> float:
    """Seconds of this thread's CPU for one work; `each` makes what it is given."""
    found = []
    for _ in range(TRIES):
        given = [each() if each else None for _ in range(times)]
        began = time.thread_time()
        for one in given:
            work(one)
        found.append((time.thread_time() - began) / times)
    return min(found)


async def _best_awaited(work: Callable[[], Any], at_once: int = AT_ONCE) -> float:
    """Seconds of this process's CPU for one work, where so many are under way."""

    async def many() -> None:
        for _ in range(20):
            await work()

    found = []
    for _ in range(TRIES):
        began = time.process_time()
        await asyncio.gather(*(many() for _ in range(at_once)))
        found.append((time.process_time() - began) / (20 * at_once))
    return min(found)


def _print(label: str, seconds: float) -> None:
    print(f"  {label:46}{seconds * 1e6:6.0f}")
