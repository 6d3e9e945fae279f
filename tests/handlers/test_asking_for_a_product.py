"""A shopper asks whether a star is real; what is not known is said to be so."""

import pytest

from handlers import catalogue
from tests.handlers.person import Person, Village


@pytest.fixture
def person(village: Village) -> Person:
    """Somebody who comes once the catalogue is read in."""
    village.store.run(catalogue.put_all)
    return village.person()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param(
            "mien dong tai hoan may sao", ["5 sao năm 2024", "hết trong năm 2027", "còn dùng được"], id="holds"
        ),
        pytest.param(
            "nam huong truc mai 4 sao that ko", ["124/QĐ-UBND", "20/02/2026, nay đã quá", "chưa rõ"], id="over"
        ),
        pytest.param(
            "mat ong rung bac kan may sao", ["chưa thấy giấy công nhận", "không có nghĩa là hàng kém"], id="none"
        ),
        pytest.param("rượu mơ", ["Rượu mơ Asuka", "Rượu mơ Dakimo", "gõ cả tên"], id="several"),
    ],
)
def test_a_product_is_told_with_its_stars_and_whether_they_hold(person: Person, typed: str, told: list[str]):
    person.says("alo")

    said = person.says(typed)

    assert all(words in said for words in [*told, "Nguồn: ", "kiểm tra 21/11/2026", "chưa được cán bộ tỉnh xác nhận"])


@pytest.mark.parametrize(
    "typed",
    ["chào", "tôi nghi hộp miến tài hoan này in sao giả", "ocop la gi", "dang ky san pham mien dong can giay to gi"],
)
def test_what_asks_for_something_else_is_answered_as_that(person: Person, typed: str):
    person.says("alo")

    assert "Sao hiện nay" not in person.says(typed)


def test_a_product_of_ones_own_is_not_taken_for_its_neighbour(person: Person):
    person.says("alo")

    assert "của HTX Tài Hoan" not in person.says("miến dong Bản Mẫu mấy sao")


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_what_a_place_has_with_so_many_stars_is_listed_and_more_is_said_to_be_there(village: Village, channel: str):
    village.store.run(catalogue.put_all)
    someone = village.person("chị", channel=channel)
    someone.says("alo")

    said = someone.says("cao bằng có gì 4 sao")

    assert "Có 14 hàng như vậy" in said
    assert "Còn 9 hàng nữa. Bà con tìm loại gì" in said
    assert said.count("– «") == 5
    assert "«Miến dong Tân Việt Á»" in said
    assert "Minh Tâm: 4 sao năm 2023, " in said
    assert "Sao hiện nay" in someone.says("miến dong tân việt á mấy sao")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param("4 sao bắc kạn", "tìm loại gì", id="no kind"),
        pytest.param("trà nào 4 sao", "tìm của nơi nào", id="no place"),
        pytest.param("các loại trà của bắc kạn", "tìm mấy sao", id="no stars"),
        pytest.param("trà nào 4 sao ở bắc kạn", "", id="five of them"),
        pytest.param("trà 3 sao ở bắc kạn", "Biết tên thì gõ tên", id="all said"),
    ],
)
def test_of_many_one_thing_is_asked_that_leaves_fewer(person: Person, typed: str, asked: str):
    person.says("alo")

    said = person.says(typed)

    assert said.count("– «") == 5
    assert ("hàng nữa" in said) == bool(asked)
    assert asked in said


def test_of_each_in_a_list_it_is_said_whether_its_stars_can_still_hold(person: Person):
    person.says("alo")

    said = person.says("miến dong")

    assert "«Miến dong Tài Hoan» của HTX Tài Hoan, Côn Minh: 5 sao năm 2024, còn dùng được" in said
    assert "3 sao, không rõ năm" in said
    assert "3 sao năm 2021, tính ra nay đã quá" in person.says("bún khô")


def test_a_present_is_looked_for_by_what_somebody_likes(person: Person):
    person.says("alo")

    assert "– «Rượu mơ Asuka»" in person.says("mua quà gì cho bạn thích rượu")


def test_how_many_is_a_number_and_which_is_a_list(person: Person):
    person.says("alo")

    assert "13 sản phẩm 4 sao" in person.says("cao bằng có bao nhiêu sản phẩm 4 sao")
    assert "– «" in person.says("cao bằng có những sản phẩm nào 4 sao")
