"""The files the assistant sends: what each is made from, read now and drawn later, outside any transaction."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from handlers import export
from handlers.commune import attached
from handlers.commune.attached import Reader
from ocop.answers import is_printable
from ocop.dossier import samples_needed
from ocop.papers.form01 import Form01, paper
from ocop.places import bare, place
from ocop.product_sets import product_set
from ocop.rounds import next_round, rounds_of
from storage import applications
from storage.files import Stored
from storage.store import Db
from talk.message import Document
from talk.phones import phone

Draw = Callable[[], bytes]

GONE = "Tệp «{name}» không còn nữa: cơ sở đã xóa, hoặc máy này không được xem nữa."
TYPES = {
    "form01.pdf": "application/pdf",
    "form01.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    export.KIND: export.TYPE,
    **attached.TYPES,
}


BLANK = "blank"  # made from nothing


def form01(application_id: int, code: str, reader: Reader | None = None) -> tuple[Document, ...]:
    """Mẫu số 01 of an application, to read on a phone and to print; `reader`: the official it is for."""
    return _both(reader.words() if reader else str(application_id), f"To dang ky OCOP {code}")


def blank_form01() -> tuple[Document, ...]:
    """Mẫu số 01 with nothing filled in, for whoever writes it by hand."""
    return _both(BLANK, "Mau 01 OCOP trong")


def _both(of: str, name: str) -> tuple[Document, ...]:
    return tuple(Document(f"form01.{kind}", of, f"{name}.{kind}") for kind in ("pdf", "docx"))


def prepare(db: Db, document: Document, now: datetime) -> Draw | Stored | None:
    """Read what a document is made from: what it gives draws the file, or is the file.

    None when that is gone, or its reader may not see it any more.
    """
    if document.kind == export.KIND:
        return export.prepare(db, int(document.of))
    if document.of == BLANK:
        return partial(_draw, document.kind, Form01(), "")
    if document.kind in attached.TYPES:
        return attached.handed_out(db, document.of, now)
    if " " in document.of and attached.may_see(db, Reader.read(document.of), now) is None:
        return None
    application_id = int(document.of.partition(" ")[0])
    application = applications.find(db, application_id)
    body = applications.latest_version(db, application_id)
    if application is None or body is None or application.confirmed_at is None:
        return None
    form = _form01(json.loads(body), application.code or "", application.confirmed_at.date())
    return partial(_draw, document.kind, form, application.code or "")


def _draw(kind: str, form: Form01, code: str) -> bytes:
    sheet = paper(form, find_again=code)
    if kind == "form01.docx":
        from ocop.papers.docx_writer import write_docx  # a third of a second: not every start prints

        return write_docx(sheet)
    from ocop.papers.pdf_writer import write_pdf

    return write_pdf(sheet)


def _year_of_round(day: date) -> int:
    """The year of the evaluation the form is for: of the next round, which may be the year after."""
    round = next_round((*rounds_of(day.year), *rounds_of(day.year + 1)), day)
    return round.held_before.year if round else day.year


def _form01(answers: Mapping[str, Any], code: str, confirmed: date) -> Form01:
    """The answers of handlers/register.py as the form has them; those of earlier releases left some of it blank."""
    commune = place(answers["commune"]["key"])
    its_set = product_set(answers["set"]["key"])
    where = answers["commune"].get("beside", "")
    within = where if is_printable(where) else answers.get("village") or ""
    issued = answers.get("issued")
    has_report = answers.get("report") == "done"
    return Form01(
        province=commune.province if commune else "",
        year=_year_of_round(confirmed),
        producer=answers["producer"],
        representative=answers.get("representative") or "",
        position=answers.get("position") or "",
        address=", ".join(part for part in (within, commune.words if commune else "") if part),
        phone=phone().say(answers["phone"]),
        email=answers.get("email") or "",
        product=answers["product"],
        group=its_set.group_name if its_set else "",
        subgroup=its_set.subgroup if its_set else "",
        set_name=its_set.name if its_set else "",
        case=answers["case"],
        certificate=answers.get("certificate") or "",
        certified_on=date.fromisoformat(issued) if issued else None,
        report_on_paper=has_report,
        report_electronic=has_report,
        samples=samples_needed(its_set.id) if its_set else None,
        signed_at=bare(commune.name) if commune else "",
        code=code,
    )
