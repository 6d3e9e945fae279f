"""The pictures beside the words of the docs."""

import re
from pathlib import Path

import pytest

from tests.page.real_house import ROOT

AT_MOST = 60_000  # bytes: the docs are read on a weak signal, too
SHOWN = re.compile(r'!\[[^]]*\]\(([^)]+)\)|<img src="([^"]+)"')
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def pictures_of(page: Path) -> list[Path]:
    return [page.parent / (one or other) for one, other in SHOWN.findall(page.read_text())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_picture_of_a_page_is_there_and_loads_quickly(page: Path):
    for picture in pictures_of(page):
        assert picture.is_file(), picture
        assert picture.stat().st_size < AT_MOST, picture


@pytest.mark.parametrize("name", ["ba-con", "can-bo"])
def test_the_pages_for_people_show_what_their_words_tell(name: str):
    assert 2 <= len(pictures_of(ROOT / "docs" / "vi" / f"{name}.md")) <= 4
