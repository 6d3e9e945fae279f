"""Forgetting: at once what a person deletes, every night what has been kept for as long as it may be."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.async_store import AsyncStore
from bot.files import FileStore
from handlers import photos
from handlers.helping import WAITS_FOR_A_PRODUCER
from handlers.visit import Traces
from storage import erased_dossiers, erasure, files, passes, questions, retention
from storage.store import Db

log = logging.getLogger(__name__)

AT_ONCE = 50  # in one transaction, so that turns do not wait for it
ORPHAN_SECONDS = 3600  # a younger file may belong to a turn that is still under way
ANSWERED = timedelta(days=90)  # how long a question put to an office stays once both are done with it
SAID_GOODBYE = timedelta(days=1)  # how long a chat stays that was told of its end


class Upkeep:
    """What has to go from the database and the disk."""

    def __init__(self, store: AsyncStore, files: FileStore, retention_days: int):
        self._store = store
        self._files = files
        self._kept_for = timedelta(days=retention_days)

    async def wipe(self, traces: Traces) -> None:
        """Have the disk forget what a committed turn deleted. What a crash prevents here, the night makes up for."""
        await self._delete_unused(traces.files)
        if traces.words:
            await self._store.scrub()

    async def sweep(self, now: datetime) -> None:
        """Delete whatever nobody has touched for too long, and every file that no row knows."""
        before = now - self._kept_for
        people = await self._each(partial(retention.idle_people, before=before), partial(erasure.forget, now=now))
        drafts = await self._each(partial(retention.idle_drafts, before=before), partial(_drop_draft, now=now))
        unconfirmed = partial(retention.never_confirmed, before=now - WAITS_FOR_A_PRODUCER)
        drafts += await self._each(unconfirmed, partial(_drop_draft, now=now))
        messages = await self._until_none(partial(retention.forget_messages, before=before))
        codes = await self._store.run(partial(passes.forget_expired, now=now))
        matters = await self._until_none(partial(retention.forget_matters, before=now - ANSWERED))
        await self._store.run(partial(questions.unlink_old, before=now - ANSWERED))
        lines = await self._until_none(partial(erased_dossiers.forget, before=before))
        chats = await self._until_none(partial(retention.forget_unknown, before=now - SAID_GOODBYE))
        old_files = await asyncio.to_thread(lambda: list(self._files.older_than(ORPHAN_SECONDS)))
        orphans = await self._delete_unused(old_files)
        await self._store.scrub()
        log.info(
            "upkeep: forgot %d people, %d drafts, %d messages, %d codes, %d matters, %d lines, %d chats, %d files",
            *(people, drafts, messages, codes, matters, lines, chats, orphans),
        )

    async def _each(self, find: Callable[..., list[int]], forget: Callable[[Db, int], list[str]]) -> int:
        """Forget everything that is found, a few in each transaction; how many they were."""
        count = last = 0
        while True:
            found, sha256s = await self._store.run(partial(_forget_some, find, forget, last))
            await self._delete_unused(sha256s)
            count += len(found)
            if len(found) < AT_ONCE:
                return count
            last = found[-1]

    async def _until_none(self, forget: Callable[[Db], int]) -> int:
        count = 0
        while gone := await self._store.run(forget):
            count += gone
        return count

    async def _delete_unused(self, sha256s: Sequence[str]) -> int:
        count = 0
        for place in range(0, len(sha256s), AT_ONCE):
            some = sha256s[place : place + AT_ONCE]
            count += await self._store.run(partial(_delete, self._files, some))
        return count


def _forget_some(
    find: Callable[..., list[int]], forget: Callable[[Db, int], list[str]], after_id: int, db: Db
) -> tuple[list[int], list[str]]:
    found = find(db, limit=AT_ONCE, after_id=after_id)
    return found, [sha256 for row_id in found for sha256 in forget(db, row_id)]


def _drop_draft(db: Db, progress_id: int, now: datetime) -> list[str]:
    person_id = erasure.drop_draft(db, progress_id, now)
    return photos.let_go_of_unused(db, person_id) if person_id else []


def _delete(store: FileStore, sha256s: Sequence[str], db: Db) -> int:
    """Within the transaction, so that no turn can begin to use the bytes while they go."""
    unused = files.unused(db, sha256s)
    for sha256 in unused:
        store.delete(sha256)
    return len(unused)
