"""The real program with a dossier at a commune's desk; its producer and officials each have a code to come in by."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from storage.migrate import migrate
from storage.store import Store
from tests.handlers.office import CON_MINH, THAI_NGUYEN, invited, producer_of_noodles
from tests.handlers.person import Village
from tests.page.person import hears, tap, type_in
from tests.page.real_house import RealHouse, real_house

JOIN_CODE = re.compile(r"Mã nối máy: (.+)")
CORRECTIONS = (
    ("tên cơ sở", "Hợp tác xã Bản Mẫu"),
    ("tên sản phẩm", "Miến dong Bản Mẫu"),
    ("số điện thoại", "0900000000"),
)


@dataclass(frozen=True, slots=True)
class DeskHouse:
    """The program, and the codes."""

    house: RealHouse
    join: str  # makes a page one of the producer's phones
    invite: str  # makes somebody an official of their commune
    of_province: tuple[str, str]  # make two people officials of their province

    def joins(self, page: Page) -> None:
        """The producer at a page that was opened just now."""
        type_in(page, self.join)
        hears(page, "hai máy như một")
        type_in(page, "1")
        hears(page, "✅")

    def comes_in(self, page: Page) -> None:
        """The official, at another."""
        type_in(page, self.invite)
        hears(page, "✅ Anh/chị nay là cán bộ xã Côn Minh")


@contextmanager
def desk_house(folder: Path) -> Iterator[DeskHouse]:
    """A house in `folder`, in which somebody has registered noodles from an older phone."""
    url = f"sqlite:///{folder / 'bot.db'}"
    migrate(url)
    store = Store(url)
    village = Village(store)
    village.now = datetime.now(UTC)
    producer = producer_of_noodles(village)
    producer.says("giấy tờ của tôi", "1")
    for what, words in CORRECTIONS:
        producer.says(f"sửa {what}", words)
    producer.says("xong")
    code = JOIN_CODE.search(producer.says("nối máy"))
    assert code
    invite = invited(village, "commune", CON_MINH)
    of_province = (invited(village, "province", THAI_NGUYEN), invited(village, "province", THAI_NGUYEN))
    store.close()
    with real_house(folder) as house:
        yield DeskHouse(house, code[1], invite, of_province)


def opens_the_dossier(page: Page) -> None:
    type_in(page, "/hoso")
    hears(page, "Mở hồ sơ nào?")
    page.locator(".offer").first.click()
    hears(page, "ghi việc gì?")


def records_receipt(page: Page) -> None:
    """Of the dossier that is open."""
    tap(page, "Đã nhận bản giấy")
    hears(page, "Số ghi ở ô")
    type_in(page, "12/PĐK")
    hears(page, "Nhận ngày nào?")
    type_in(page, "hom nay")
    hears(page, "Xem lại")
    tap(page, "Xong")
    hears(page, "✅ Đã ghi: nhận bản giấy số 12/PĐK")


def asks_for_another_number(page: Page) -> None:
    """Of the dossier that is open."""
    tap(page, "Cần bổ sung")
    hears(page, "Cần bổ sung những gì?")
    tap(page, "Điện thoại")
    hears(page, "Đã chọn: Điện thoại")
    tap(page, "Xong")
    hears(page, "vì sao?")
    tap(page, "Gọi số này chưa được")
    hears(page, "Xem lại")
    tap(page, "Xong")
    hears(page, "✅ Đã ghi: cần bổ sung")
