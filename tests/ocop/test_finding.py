"""Products are found by a name, a maker, stars, a place, a kind or a present, in whatever spelling; or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.catalogue import all_products
from ocop.finding import find, find_all
from ocop.finding.bank import PROVINCES, bank
from ocop.places import all_places, bare
from talk.vietnamese import fold
from tests.eval import products


def names(query: str) -> list[str]:
    return [one.name for one in find(query)]


@pytest.mark.parametrize("one", all_products(), ids=lambda one: one.name)
def test_each_product_is_found_by_its_name_with_marks_and_without(one):
    assert names(one.name)[0] == one.name
    assert fold(names(f"mua {fold(one.name)} ở đâu")[0]) == fold(one.name)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("htx hoàng huynh làm gì", "Thịt trâu khô Ba Bể", id="a maker"),
        pytest.param("HTX kim ngân", "Mật ong rừng Bắc Kạn", id="a maker of one thing"),
        pytest.param("bánh tro pac san", "Bánh gio Pắc San", id="called otherwise elsewhere"),
        pytest.param("chè như cố", "Trà Như Cố", id="chè is trà"),
        pytest.param("lạp xưởng dung dinh", "Lạp sườn gác bếp Dung Dinh", id="lạp xưởng is lạp sườn"),
        pytest.param("green tea Kolia", "Lục trà Kolia", id="English"),
        pytest.param("lajp suwowfn taam hoaf", "Lạp sườn Tâm Hòa", id="Telex"),
        pytest.param("gao nep khau lua lech", "Gạo nếp Khẩu Nua Lếch", id="a slip in a short word"),
        pytest.param("trà dảo cổ lam hoàng huynh", "Trà giảo cổ lam Hoàng Huynh", id="written by ear"),
        pytest.param("rượu ngô cp999", "Rượu ngô CP 999", id="run together"),
        pytest.param("xã côn minh", "Miến dong Tài Hoan", id="a commune"),
        pytest.param("mua mien dong na ri", "Miến dong Tài Hoan", id="a kind in a district"),
        pytest.param("quà cho mẹ mới sinh", "Thuốc tắm cho phụ nữ sau sinh", id="a present"),
        pytest.param("something made of bamboo", "Chiếu trúc", id="a material"),
        pytest.param("Xã Côn Minh có những sản phẩm gì?", "Miến dong Tài Hoan", id="ends with a question mark"),
        pytest.param("hàng 5* của bắc kạn", "Miến dong Tài Hoan", id="a star as a sign"),
        pytest.param("tra 3 sao o bac kan", "Trà Như Cố", id="stars between words that a name has side by side"),
        pytest.param("tra linh chi minh anh", "Trà túi lọc Linh chi Minh Anh", id="words that also name a place"),
        pytest.param("lans homestay", "Lan's Homestay", id="an apostrophe left out"),
        pytest.param("five star products", "Miến dong Tài Hoan", id="a star in English"),
        pytest.param("mien tai hoan 500 nghin", "Miến dong Tài Hoan", id="a number that is in no name"),
        pytest.param("mua 2 chai rượu mơ asuka", "Rượu mơ Asuka", id="an amount"),
        pytest.param("nấm hương để nấu xôi gấc", "Nấm hương Việt Trúc Mai", id="what it is for"),
        pytest.param("bánh khẩu sli", "Khẩu sli Nà Giàng", id="a kind that its name does not say"),
        pytest.param("hợp tác xã tân dân", "Rượu chuối men lá Mạnh Minh", id="a maker whose name is common words"),
        pytest.param("chè xanh tài hồ xìn", "Trà xanh Tài Hồ Sìn", id="a slip that without marks is a word"),
        pytest.param("rượu mơ asuca", "Rượu mơ Asuka", id="a slip that could be Telex"),
    ],
)
def test_what_is_meant_comes_first(query: str, first: str):
    assert names(query)[0] == first


@pytest.mark.parametrize(
    "query",
    [
        *(
            "xe máy",
            "sầu riêng",
            "thịt bò khô Đà Nẵng",
            "tra atiso da lat",
            "miến dong Bản Mẫu",
            "hải sản khô",
            "vải thiều",
        ),
        *("rượu vang", "rượu cần", "chè lam", "hải sản", "thịt lợn mán", "gạo tám điện biên"),
        *(
            "hộp giấy đựng miến",
            "vỏ chai rượu",
            "phân bón cho rau",
            "máy sấy",
            "thuốc lá",
            "sản phẩm 5 sao cao bằng",
            "mật ong ba bể 4 sao",
            "",
            "🐝",
            "sản phẩm ocop",
            "mua",
        ),
    ],
)
def test_where_nothing_fits_nothing_is_named(query: str):
    assert names(query) == []


def test_of_a_maker_only_what_is_asked_for_is_named():
    assert names("htx thành đạt") == ["Mật ong rừng nguyên chất"]
    assert names("trà của htx hoàng huynh") == ["Trà giảo cổ lam Hoàng Huynh"]
    assert len(names("htx hoàng huynh")) == 3


def test_marks_tell_words_apart_that_look_alike_without():
    assert names("trà vang") == []  # no «vâng», for the other word has its marks
    assert names("thành phố có gì") == []  # no phở
    assert names("cho hỏi") == []  # no hồi
    assert "Dầu hồi Cao Bằng" in names("dầu hồi")
    assert names("hoa quả") != names("quà hoa")


STARS = st.sampled_from([("3 sao", 3), ("bốn sao", 4), ("4sao", 4), ("nam sao", 5), ("5 star", 5)])
PLACES = st.sampled_from([*PROVINCES, *{bare(one.district) for one in all_products() if one.district}])


@given(STARS, PLACES, st.sampled_from(["", "trà", "rượu", "đặc sản", "mua quà"]))
def test_stars_and_places_are_never_passed_over(stars: tuple[str, int], place: str, what: str):
    said, least = stars
    for one in find_all(f"{what} {said} {place}"):
        given = {each.stars for each in one.recognitions}
        assert least in given
        here = {fold(one.district), fold(bare(one.district)), fold(one.name)} | {one.province_id}
        assert PROVINCES.get(fold(place), "") in here or any(fold(place) in each for each in here)


@given(st.text(max_size=60))
def test_any_text_finds_products_of_the_catalogue_or_none(text: str):
    found = find(text)

    assert len(found) <= 5
    assert len(set(found)) == len(found)
    assert set(found) <= set(all_products())


def test_what_is_elsewhere_is_no_place_and_no_name_of_ours():
    here = {fold(bare(name)) for one in all_places() for name in (one.name, *(was.name for was in one.was))}
    here |= {fold(bare(name)) for one in all_places() for name in one.districts}
    said = [f" {fold(one.name)} {fold(one.producer)} " for one in all_products()]

    assert [place for place in bank().elsewhere if place in here] == []
    assert [place for place in bank().elsewhere for words in said if f" {place} " in words] == []


def test_every_kind_is_of_some_products_and_called_in_its_own_way():
    kinds = set(bank().kinds.values())

    assert [kind.id for kind in kinds if not any(kind.holds(one) for one in all_products())] == []
    assert len([said for kind in kinds for said in kind.said]) == len(bank().kinds)


def test_no_query_that_measures_stands_among_the_words_that_were_collected():
    collected = set(bank().kinds)
    measuring = {fold(one.text) for one in products.read("products-dev") if len(one.text.split()) > 3}

    assert measuring & collected == set()
