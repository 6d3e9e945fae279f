"""The photos and files of a person: those that no answer holds any more are not kept."""

import json
from collections.abc import Iterator
from typing import Any

from handlers.visit import Visit
from storage import applications, files, progress
from storage.store import Db

PARTS_OF_A_FILE = {"id", "type", "size"}


def let_go_of_unused(db: Db, person_id: int) -> list[str]:
    """Forget the files that stand in no draft and no confirmed version of the person; returns the sha256s let go."""
    bodies = [saved.body for saved in progress.open_ones(db, person_id)]
    bodies += [version.body for version in applications.versions_of_person(db, person_id)]
    used = {file_id for body in bodies for file_id in files_in(json.loads(body))}
    loose = [file for file in files.of_person(db, person_id) if file.id not in used]
    return [sha256 for file in loose if (sha256 := files.drop(db, file.id))]


def wipe_unused(visit: Visit) -> None:
    """The same for the person who is here, after they deleted something: the disk is to hold none of it either."""
    visit.traces.files += let_go_of_unused(visit.db, visit.person.person_id)
    visit.traces.words = True


def files_in(kept: Any) -> Iterator[int]:
    """The ids of all attachments in what was kept as JSON, however deep they lie."""
    if isinstance(kept, dict):
        if kept.keys() >= PARTS_OF_A_FILE:
            yield kept["id"]
        kept = list(kept.values())
    if isinstance(kept, list):
        for part in kept:
            yield from files_in(part)
