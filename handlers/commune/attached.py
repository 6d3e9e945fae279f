"""The photos and papers of a dossier, for its officials: the right is checked on asking, and when a file is sent."""

from dataclasses import dataclass
from datetime import datetime

from handlers.commune import access
from handlers.visit import Visit
from storage import audit, dossiers, files, grants
from storage.dossiers import Dossier
from storage.files import Stored
from storage.store import Db
from talk.message import Attachment, Document
from talk.script import Walk
from talk.vietnamese import capital, fold

TYPES = {
    "file.jpg": "image/jpeg",
    "file.pdf": "application/pdf",
    "file.doc": "application/msword",
    "file.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_KINDS = {type: kind for kind, type in TYPES.items()}
ERASED = "Cơ sở đã xóa ảnh, giấy tờ kèm theo, nên không xem được nữa."


@dataclass(frozen=True, slots=True)
class Reader:
    """An official who asked for something of a dossier, and the note in which the reason stands."""

    application_id: int
    person_id: int
    reason: int | None

    def words(self) -> str:
        """As it travels in a document."""
        return f"{self.application_id} {self.person_id} {self.reason or 0}"

    @classmethod
    def read(cls, words: str) -> "Reader":
        """As it came with a document."""
        application_id, person_id, reason = map(int, words.split())
        return cls(application_id, person_id, reason or None)


def of(visit: Visit, dossier: Dossier, way: Walk, reason: int | None) -> tuple[Document, ...]:
    """The files that the answers of this paper hold, as far as they still exist."""
    reader = Reader(dossier.id, visit.person.person_id, reason).words()
    return tuple(
        Document(_KINDS[value.type], f"{value.id} {reader}", _name(stop.step.title, dossier.code, value))
        for stop in way.answered
        if isinstance(value := stop.value, Attachment) and value.type in _KINDS and files.find(visit.db, value.id)
    )


def may_see(db: Db, reader: Reader, now: datetime) -> Dossier | None:
    """The dossier, if this official may open it at this moment; a refusal is logged."""
    dossier = dossiers.find(db, reader.application_id)
    if dossier is None or not dossier.is_open:
        return None
    theirs = grants.of_person(db, reader.person_id, now)
    is_let = any(access.may(given, "files", dossier.commune, reader.reason) for given in theirs)
    audit.note(
        db, reader.person_id, "files", now, was_denied=not is_let, application_id=dossier.id, place_id=dossier.commune
    )
    return dossier if is_let else None


def handed_out(db: Db, words: str, now: datetime) -> Stored | None:
    """The file that a document names, if whoever asked may see it still, and it is of that dossier's producer."""
    file_id, _, reader = words.partition(" ")
    dossier = may_see(db, Reader.read(reader), now)
    file = files.find(db, int(file_id)) if dossier else None
    return file if file and dossier and file.owner_id == dossier.person_id else None


def _name(title: str, code: str, file: Attachment) -> str:
    return f"{capital(fold(title))} {code}.{_KINDS[file.type].partition('.')[2]}"
