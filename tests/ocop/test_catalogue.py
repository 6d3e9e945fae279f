"""The catalogue says no more than its sources, and is found by the words people have for its products."""

from datetime import date

import pytest

from ocop.catalogue import Recognition, all_products, product
from ocop.finding.names import find_products
from ocop.places import all_places
from ocop.tables import read_table

ROWS = read_table("products")


def test_every_row_is_a_product_with_a_name_of_its_own():
    assert [one.name for one in all_products()] == [row["name"] for row in ROWS]
    assert len(ROWS) == 142
    assert all(product(one.name) is one for one in all_products())


def test_every_commune_named_is_joined_to_the_commune_of_today():
    named = {row["name"]: row["commune"] for row in ROWS if row["commune"]}

    for one in all_products():
        assert (one.place is not None) == (one.name in named), one.name
        if one.place:
            assert one.place.id.startswith(one.province_id)
            assert one.place in all_places()
    noodles = product("Miến dong Tài Hoan")
    assert noodles
    assert noodles.place
    assert noodles.place.id == "thai-nguyen/con-minh"


def test_the_noodles_of_tai_hoan_were_recognised_three_times():
    noodles = product("Miến dong Tài Hoan")

    assert noodles
    assert noodles.producer == "HTX Tài Hoan"
    assert [(one.stars, one.year) for one in noodles.recognitions] == [(4, 2019), (5, 2021), (5, 2024)]


def test_a_product_without_stars_has_no_recognition():
    blank = {row["name"] for row in ROWS if not row["stars"]}

    assert blank == {one.name for one in all_products() if not one.recognitions}


def test_the_last_recognition_is_that_of_the_row():
    for one, row in zip(all_products(), ROWS, strict=True):
        if row["stars"]:
            assert one.recognitions[-1].stars == int(row["stars"])
            assert str(one.recognitions[-1].year or "") == row["recognised_year"]


def test_what_sources_tell_in_words_is_told_of_products_that_exist_and_in_order():
    for row in read_table("recognitions"):
        found = product(row["product"])
        assert found, row
        years = [one.year for one in found.recognitions if one.year]
        assert years == sorted(years)


def test_where_the_day_is_known_so_is_the_end():
    mushrooms = product("Nấm hương Việt Trúc Mai")

    assert mushrooms
    assert mushrooms.recognitions == (Recognition(4, 2023, "124/QĐ-UBND", date(2023, 2, 20)),)
    assert mushrooms.recognitions[0].ends == date(2026, 2, 20)


def test_a_name_is_the_same_name_only_with_its_marks():
    assert product("miến dong tài hoan") is product("Miến dong Tài Hoan")
    assert product("mien dong tai hoan") is None
    assert product("Miến dong") is None


def test_the_likely_sets_of_a_product_are_of_its_group():
    for one in all_products():
        assert {found.group for found in one.sets} <= {one.group}
    assert sum(bool(one.sets) for one in all_products()) > 0.85 * len(all_products())


@pytest.mark.parametrize("words", [one.name for one in all_products()])
def test_every_product_is_found_first_by_its_name(words: str):
    assert find_products(words)[0].name == words


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("miến dong tài hoan", ["Miến dong Tài Hoan"]),
        ("mien tai hoan", ["Miến dong Tài Hoan"]),
        ("Mien dong taihoan", ["Miến dong Tài Hoan"]),
        ("miến dong tai hon", ["Miến dong Tài Hoan"]),
        ("htx tài hoan", ["Miến dong Tài Hoan"]),
        ("htx kim ngân", ["Mật ong rừng Bắc Kạn"]),
        ("thach den le thuy", ["Thạch đen Lê Thùy"]),
        ("rượu mơ", ["Rượu mơ Dakimo", "Rượu mơ Asuka"]),
        ("xe máy", []),
        ("Miến dong Bản Mẫu", []),
        ("Trà hoa vàng Bản Mẫu", []),
        ("htx", []),
        ("", []),
        ("😀", []),
    ],
)
def test_products_are_found_by_what_people_type(words: str, names: list[str]):
    assert {one.name for one in find_products(words)} == set(names)
