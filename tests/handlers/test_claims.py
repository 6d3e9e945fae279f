"""A producer says that the product is one of the catalogue; whether it is, the commune's official says."""

from datetime import date

import pytest

from handlers import catalogue
from storage import recognitions
from storage.recognitions import Recognition
from tests.handlers.office import official, opens_first, records_receipt
from tests.handlers.person import Person, Village
from tests.handlers.test_registering import registers_noodles

NOODLES = "Miến dong Tài Hoan"
RECORDED = Recognition(
    NOODLES,
    4,
    2026,
    "124/QĐ-UBND",
    date(2026, 11, 21),
    date(2029, 11, 21),
    "cán bộ xã Côn Minh ghi 21/11/2026",
)


def of_noodles(village: Village) -> list[Recognition]:
    return village.store.run(lambda db: recognitions.of_product(db, NOODLES))


def of_person(person: Person) -> list[Recognition]:
    mine = person.id
    return person.village.store.run(lambda db: recognitions.of_person(db, mine))


@pytest.fixture
def producer(person: Person) -> Person:
    """Somebody who has asked for more stars for a product of the catalogue."""
    person.village.store.run(catalogue.put_all)
    registers_noodles(person, "xin lên sao")
    person.says("xong")
    return person


@pytest.fixture
def clerk(village: Village, producer: Person) -> Person:
    """An official who has forwarded that dossier."""
    clerk = official(village, "cán bộ xã")
    records_receipt(clerk)
    clerk.says("đã chuyển tỉnh", "hôm nay", "xong")
    return clerk


def test_the_official_sees_which_product_of_the_catalogue_it_is_said_to_be(clerk: Person):
    seen = opens_first(clerk)

    assert "Cơ sở nói đây là «Miến dong Tài Hoan» của HTX Tài Hoan, Côn Minh trong danh mục." in seen
    assert "Tên cơ sở khác" not in seen


def test_another_producers_name_is_pointed_out_to_the_official_who_decides(village: Village, person: Person):
    registers_noodles(person, "xin lên sao")
    person.says("sửa 6", "Hợp tác xã Bản Mẫu", "xong")

    assert "Tên cơ sở khác với danh mục, anh/chị xem lại giúp." in opens_first(official(village, "cán bộ xã"))


def test_a_first_scoring_claims_nothing(village: Village, person: Person):
    registers_noodles(person)
    person.says("xong")

    assert "trong danh mục" not in opens_first(official(village, "cán bộ xã"))


def test_a_recognition_joins_the_others_of_the_product_once_an_official_says_that_it_is_that_one(
    clerk: Person, producer: Person, village: Village
):
    clerk.says("ghi kết quả", "4 sao", "124/QĐ-UBND")
    assert "Có đúng không?\n1. Đúng sản phẩm đó\n2. Không phải" in clerk.says("hôm nay")
    clerk.says("1", "xong")

    assert [one.stars for one in of_noodles(village)] == [4, 5, 5, 4]
    assert of_noodles(village)[-1] == RECORDED


def test_of_another_product_it_is_a_recognition_of_the_application_alone(
    clerk: Person, producer: Person, village: Village
):
    clerk.says("ghi kết quả", "4 sao", "124/QĐ-UBND", "hôm nay", "không phải", "xong")

    assert len(of_noodles(village)) == 3
    assert of_person(producer) == [RECORDED]


def test_a_result_recorded_anew_takes_the_place_of_the_first(clerk: Person, producer: Person):
    clerk.says("ghi kết quả", "4 sao", "124/QĐ-UBND", "hôm nay", "không phải", "xong")
    clerk.says("ghi kết quả", "3 sao", "125/QĐ-UBND", "hôm nay", "không phải", "xong")
    assert [one.stars for one in of_person(producer)] == [3]

    clerk.says("ghi kết quả", "chưa được", "hôm nay", "bỏ qua", "xong")
    assert of_person(producer) == []
