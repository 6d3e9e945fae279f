"""Officials look at the photos and papers of a dossier: only those who may, and only for as long as they may."""

from datetime import datetime

import pytest

from handlers import documents
from handlers.documents import Draw
from storage import files
from storage.files import Stored
from storage.tables import FILE
from talk.message import Document
from tests.handlers.office import (
    BA_BE,
    REASON,
    THAI_NGUYEN,
    audited,
    official,
    opens_first,
    producer_of_noodles,
    records_receipt,
    revoke,
)
from tests.handlers.person import Person, Village


@pytest.fixture
def producer(village: Village) -> Person:
    return producer_of_noodles(village)


@pytest.fixture
def clerk(village: Village, producer: Person) -> Person:
    return official(village, "cán bộ xã")


def made(village: Village, document: Document, now: datetime | None = None) -> Draw | Stored | None:
    """What is read when the document goes out, or its link is followed."""
    return village.store.run(lambda db: documents.prepare(db, document, now or village.now))


def asks_for_files(someone: Person) -> Document:
    """Open the first dossier and ask for what is attached to it."""
    opens_first(someone)
    someone.says("xem ảnh, giấy tờ")
    [document] = someone.seen[-1].documents
    return document


def test_the_photo_comes_with_the_dossier_under_a_name_that_says_what_it_is(clerk: Person, village: Village):
    opens_first(clerk)

    assert clerk.says("xem ảnh").startswith(
        "Gửi kèm dưới đây 1 tệp của cơ sở, chỉ dùng để xét hồ sơ này.\nHồ sơ HH-997-35: ghi việc gì?\n"
    )
    [document] = clerk.seen[-1].documents
    assert document.name == "Anh HH-997-35.jpg"
    assert documents.TYPES[document.kind] == "image/jpeg"
    file = made(village, document)
    assert isinstance(file, Stored)
    assert file.sha256 == "a1" * 32


def test_a_dossier_without_files_offers_none(clerk: Person, producer: Person):
    producer.comes_back_after(hours=1).says("giấy tờ của tôi", "1", "sửa 12", "chưa có", "xong")

    assert "Xem ảnh" not in opens_first(clerk)


def test_every_opening_is_in_the_audit(clerk: Person, village: Village):
    document = asks_for_files(clerk)
    made(village, document)
    made(village, document)

    assert audited(village, denied=False).count((clerk.id, "files", None)) == 2


def test_the_province_sees_them_under_the_reason_it_gave(producer: Person, village: Village):
    province = official(village, "cán bộ tỉnh", "province", THAI_NGUYEN)
    province.says("HH-997-35", REASON, "xem ảnh")
    [document] = province.seen[-1].documents

    assert made(village, document)
    file, application, person, _ = document.of.split()
    without = Document(document.kind, f"{file} {application} {person} 0", document.name)
    assert made(village, without) is None
    assert (province.id, "files", None) in audited(village, denied=True)


@pytest.mark.parametrize("words", ["xem ảnh", "lấy tờ in"])
def test_who_is_no_official_any_more_gets_nothing_although_it_was_on_its_way(
    clerk: Person, village: Village, words: str
):
    opens_first(clerk)
    clerk.says(words)
    document = clerk.seen[-1].documents[0]
    assert made(village, document)
    revoke(village, clerk)

    assert made(village, document) is None
    assert (clerk.id, "files", None) in audited(village, denied=True)


@pytest.mark.parametrize("words", ["xem ảnh", "lấy tờ in"])
def test_a_link_of_before_opens_nothing_once_the_consent_is_taken_back(
    clerk: Person, producer: Person, village: Village, words: str
):
    records_receipt(clerk)
    clerk.says(words)
    document = clerk.seen[-1].documents[0]
    producer.says("rút đồng ý")

    assert made(village, document) is None


def test_a_name_of_a_file_of_somebody_else_opens_nothing(clerk: Person, village: Village):
    document = asks_for_files(clerk)
    other = village.person("người khác").id
    theirs = village.store.run(lambda db: files.add(db, "b2" * 32, "image/jpeg", 9, "", other, village.now))
    _, reader = document.of.split(" ", 1)

    assert made(village, Document(document.kind, f"{theirs} {reader}", document.name)) is None


def test_an_official_of_another_commune_opens_nothing(clerk: Person, village: Village):
    document = asks_for_files(clerk)
    neighbour = official(village, "cán bộ xã khác", "commune", BA_BE).id
    file, application, *_ = document.of.split()

    assert made(village, Document(document.kind, f"{file} {application} {neighbour} 0", document.name)) is None


def test_a_photo_erased_meanwhile_is_said_kindly(clerk: Person, village: Village):
    opens_first(clerk)
    village.store.run(lambda db: db.execute(FILE.delete()).close())

    assert clerk.says("xem ảnh").startswith("Cơ sở đã xóa ảnh, giấy tờ kèm theo, nên không xem được nữa.\nHồ sơ")
    assert not clerk.seen[-1].documents


def test_a_photo_erased_after_it_was_asked_for_is_not_there_any_more(clerk: Person, producer: Person, village: Village):
    document = asks_for_files(clerk)
    producer.says("xóa hết", "2")

    assert made(village, document) is None
