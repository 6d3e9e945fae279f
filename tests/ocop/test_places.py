"""People give the commune they grew up in; the form wants the one of today."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.place_names import province_named, without_local_names
from ocop.place_search import FoundPlace, find_places
from ocop.places import Place, all_places, bare, place
from ocop.tables import read_table
from talk.vietnamese import fold

ROWS = read_table("communes")
SPELLINGS = [pytest.param(str, id="marks"), pytest.param(fold, id="no marks"), pytest.param(str.upper, id="capitals")]
AMBIGUOUS = {
    *("Xã Vĩnh Quang", "Xã Hưng Đạo", "Xã Phan Thanh", "Xã Ngọc Động", "Xã Quang Trung", "Xã Đức Long"),
    *("Xã Yên Lạc", "Phường Trung Thành", "Xã Thành Công"),
}
DIVIDED = {"Xã Thượng Đình", "Phường Cam Giá", "Phường Gia Sàng"}


def heir(row: dict[str, str]) -> tuple[str, str]:
    return row["commune_after_2025"], row["province_after"]


def district(row: dict[str, str]) -> str:
    name = row["district_before"]
    return name if name.startswith("Thành phố") else f"huyện {name}"


def named(found: list[FoundPlace]) -> list[tuple[str, str]]:
    return [(one.place.name, one.place.province) for one in found]


def test_there_are_92_and_56_communes_with_ids_that_can_be_kept():
    assert sum(one.province == "Thái Nguyên" for one in all_places()) == 92
    assert sum(one.province == "Cao Bằng" for one in all_places()) == 56
    assert all(re.fullmatch(r"[a-z]+-[a-z]+/[a-z-]+", one.id) for one in all_places())
    assert len({one.id for one in all_places()}) == 148
    assert sum(len(one.was) for one in all_places()) == len(ROWS) == 445


def test_an_address_with_a_village_and_an_old_district_finds_the_commune_of_today():
    [found] = find_places("thôn Nà Mẫu xã côn minh huyện na rì")

    assert found.place == place("thai-nguyen/con-minh")
    assert found.place.words == "xã Côn Minh, tỉnh Thái Nguyên"
    assert found.was == "huyện Na Rì, Bắc Kạn"
    assert found.before == "thôn Nà Mẫu"


def test_an_old_name_that_three_places_had_is_told_apart_by_their_districts():
    assert [one.label for one in find_places("xa hung dao")] == [
        "Thành phố Cao Bằng, nay là phường Thục Phán",
        "Huyện Bảo Lạc, nay là xã Hưng Đạo",
        "Huyện Nguyên Bình, nay là xã Tam Kim",
    ]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        pytest.param("xa hung dao h bao lac", ["cao-bang/hung-dao"], id="abbreviated district"),
        pytest.param("xã hưng đạo, tp cao bằng", ["cao-bang/thuc-phan"], id="the city"),
        pytest.param("con mihn", ["thai-nguyen/con-minh"], id="letters swapped"),
        pytest.param("xa cong minh huyen na ri", ["thai-nguyen/con-minh"], id="a letter too many"),
        pytest.param("conminh", ["thai-nguyen/con-minh"], id="run together"),
        pytest.param("TT. Chợ Rã, H. Ba Bể, Bắc Kạn", ["thai-nguyen/cho-ra"], id="abbreviations with dots"),
        pytest.param("Thượng Quan, Ngân Sơn", ["thai-nguyen/thuong-quan"], id="a district that is a commune today"),
        pytest.param("xã đức xuân", ["cao-bang/dong-khe"], id="the type tells"),
        pytest.param("phường đức xuân", ["thai-nguyen/duc-xuan"], id="the other type"),
        pytest.param("phuong vien", ["thai-nguyen/cho-don"], id="a name that begins like phường"),
        pytest.param("yến lạc", ["thai-nguyen/na-ri"], id="the marks tell"),
        pytest.param(
            "yen lac", ["thai-nguyen/na-ri", "cao-bang/ca-thanh", "thai-nguyen/phu-luong"], id="no marks to tell"
        ),
        pytest.param("thôn Nà Phặc xã côn minh", ["thai-nguyen/con-minh"], id="a village named like a commune"),
        pytest.param("sông cầu bắc kạn", ["thai-nguyen/bac-kan"], id="an old ward of the city"),
        pytest.param("xã dương phong bắc cạn", ["thai-nguyen/bach-thong"], id="Bắc Cạn"),
        pytest.param("Bắc Kạn", ["thai-nguyen/bac-kan"], id="nothing but the ward's name"),
        pytest.param("huyện na rì", [], id="a district is too wide"),
        pytest.param("tỉnh bắc kạn", [], id="a province is too wide"),
        pytest.param("cao bằng", [], id="a province without the word"),
        pytest.param("xã Lũng Cú Na Rì", [], id="no such commune"),
        pytest.param(
            "xã Mường Lống, huyện Kỳ Sơn, Nghệ An", [], id="another province, though a name is like one of ours"
        ),
        pytest.param("phường Bình Dương, Cao Bằng", ["cao-bang/bach-dang"], id="a commune called like a province"),
        pytest.param("xã văn lăng", ["thai-nguyen/van-lang-dong-hy"], id="told from Văn Lang by its mark"),
        pytest.param(
            "gia sàng thành phố thái nguyên", ["thai-nguyen/phan-dinh-phung", "thai-nguyen/gia-sang"], id="divided"
        ),
        pytest.param("không biết", [], id="no place at all"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_places_are_understood_as_people_write_them(typed, ids):
    assert [one.place.id for one in find_places(typed)] == ids


@pytest.mark.parametrize(
    ("typed", "within"),
    [
        ("thôn Nà Mẫu xã côn minh huyện na rì", "thôn Nà Mẫu"),
        ("HTX Tài Hoan, thôn Nà Mẫu, xã Côn Minh", "thôn Nà Mẫu"),
        ("thon na mau con minh", "thon na mau"),
        ("địa chỉ ở tổ 11, phường Bắc Kạn", "tổ 11"),
        ("số 12 đường Bế Văn Đàn, phường Thục Phán", "số 12 đường Bế Văn Đàn"),
        ("bản Bung xã Ba Bể", "bản Bung"),
        ("tổ dân phố 3 Chợ Rã", "tổ dân phố 3"),
        ("nhà em ở xã Côn Minh", ""),
        ("Côn Minh", ""),
    ],
)
def test_where_in_the_commune_is_read_from_the_words_before_it(typed, within):
    [found] = find_places(typed)

    assert found.within == within


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['commune_before']}, {row['district_before']}")
def test_every_old_name_leads_to_its_heir(row, spelling):
    name, old_district = row["commune_before"], district(row)

    assert heir(row) in named(find_places(spelling(name)))
    assert heir(row) in named(find_places(spelling(bare(name))))
    for address in (
        f"{name}, {old_district}, tỉnh {row['province_before']}",
        f"{name} {old_district} {row['province_before']}",
        f"{bare(name)} {row['district_before']}",
        f"thôn Nà Mẫu {name} {old_district}",
    ):
        found = named(find_places(spelling(address)))
        assert heir(row) in found, address
        assert len(found) == (2 if name in DIVIDED else 1), address


def test_only_old_names_of_several_districts_and_divided_communes_are_ambiguous():
    assert {row["commune_before"] for row in ROWS if len(find_places(row["commune_before"])) > 1} == AMBIGUOUS | DIVIDED


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("today", all_places(), ids=lambda today: today.id)
def test_every_name_of_today_finds_itself(today: Place, spelling):
    for address in (today.name, bare(today.name), f"{today.name}, tỉnh {today.province}"):
        assert today.id in [one.place.id for one in find_places(spelling(address))]


def test_one_slip_in_a_name_beside_its_district_is_forgiven_and_never_leads_elsewhere():
    chance = random.Random(1)
    found = wrong = 0
    for row in ROWS:
        name = fold(bare(row["commune_before"]))
        if len(name) < 4:  # "Bộ": no slip there can be told from another name
            continue
        at = chance.randrange(1, len(name) - 1)
        slip = chance.choice(["", chance.choice("abcdeghiklmnopqrstuvxy"), name[at + 1] + name[at]])
        rest = name[at + 2 :] if len(slip) == 2 else name[at + 1 :]
        places = named(find_places(f"xa {name[:at]}{slip}{rest} {fold(district(row))}"))
        found += heir(row) in places
        wrong += bool(places) and heir(row) not in places
    assert found >= 0.95 * len(ROWS)
    assert wrong <= 0.01 * len(ROWS)


@given(st.text(max_size=200))
def test_no_text_makes_the_search_fail(text):
    assert all(one.place in all_places() for one in find_places(text))


@pytest.mark.parametrize(
    ("words", "province"),
    [
        ("nop ho so o con minh", "thai-nguyen"),
        ("huyen bao lac thi sao", "cao-bang"),
        ("o bk", "thai-nguyen"),
        ("xa yen lac", ""),  # there is one in either province
        ("ban thi sao", ""),  # «bán thì sao», and no commune
        ("nha toi o dau", ""),
    ],
)
def test_the_province_is_known_from_a_commune_named_in_a_sentence(words: str, province: str):
    assert province_named(words) == province


def test_a_place_is_taken_out_of_a_sentence_and_nothing_else():
    assert without_local_names(["the", "o", "ba", "be", "thi", "sao"], ["place"]) == ["the", "o", "place", "thi", "sao"]
    assert without_local_names(["ban", "thi", "sao"]) == ["ban", "thi", "sao"]
    assert without_local_names(["o", "ba", "be"]) == ["o"]
