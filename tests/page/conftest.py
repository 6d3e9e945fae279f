"""A person with a phone: Chromium at the size of a cheap one, on a house of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from tests.page.desk_house import DeskHouse, desk_house
from tests.page.web_house import Served, serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 360, "height": 740}


# While Playwright lives, its event loop runs in this thread, and no async test could run beside it.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    assert CHROMIUM, "no Chromium on this machine: install the package `chromium`"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve(tmp_path) as served:
        yield served


@pytest.fixture
def address(served: Served) -> str:
    """Where the page is; a module that tries another house names that one's."""
    return served.url


@contextmanager
def a_phone(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """A cheap one, whose pages come from this address; `options` as Playwright has them."""
    settings = {"viewport": PHONE, "device_scale_factor": 2, "has_touch": True, "is_mobile": True, "locale": "vi-VN"}
    context = browser.new_context(**{**settings, **options}, base_url=address)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@contextmanager
def opened(phone: BrowserContext) -> Iterator[Page]:
    """The page, opened and welcomed. Anything the browser complains about fails the test."""
    page = phone.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto("/")
    page.get_by_text("Chào bà con").wait_for()
    yield page
    assert not complaints


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with a_phone(browser, address) as context:
        yield context


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    with opened(phone) as page:
        yield page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskHouse]:
    """The real program, with dossiers and officials."""
    with desk_house(tmp_path) as desk:
        yield desk


@pytest.fixture
def producer(browser: Browser, address: str) -> Iterator[Page]:
    """A second phone, at night, and whose owner needs very large letters."""
    with a_phone(browser, address, color_scheme="dark") as phone, opened(phone) as page:
        page.get_by_label("Mở bảng chọn").click()
        page.get_by_label("Chữ rất to").click()
        page.keyboard.press("Escape")
        yield page
