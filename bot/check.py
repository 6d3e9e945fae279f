"""`check`: what is set up, what is wrong, and how to mend it."""

from dataclasses import dataclass

import httpx

from bot.settings import Settings
from ocop.places import all_places
from storage.migrate import is_newest
from storage.lock import StoreInUse
from storage.store import Store

TELEGRAM_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, in a line for the operator."""

    is_good: bool
    words: str

    @property
    def line(self) -> str:
        """The finding as it is printed."""
        return f"{'✅' if self.is_good else '⚠️'} {self.words}"


def check(settings: Settings) -> list[Finding]:
    """Look at everything the assistant needs. Changes nothing; asks the network only about set-up channels."""
    return [
        Finding(True, f"Cài đặt: đọc được. Trang ở {settings.public_url}."),
        _operator(settings),
        _database(settings),
        Finding(True, f"Danh mục: {len(all_places())} xã, phường của Thái Nguyên (phần Bắc Kạn cũ) và Cao Bằng."),
        _telegram(settings),
    ]


def _operator(settings: Settings) -> Finding:
    if settings.operator_contact:
        return Finding(True, f"Cơ quan vận hành: {settings.operator_name}, {settings.operator_contact}.")
    return Finding(False, "Chưa có cách để bà con gặp người: đặt OPERATOR_NAME và OPERATOR_CONTACT trong .env.")


def _database(settings: Settings) -> Finding:
    kind = "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    try:
        store = Store(settings.database_url)
    except StoreInUse:
        return Finding(True, f"Cơ sở dữ liệu: {kind}, trợ lý đang chạy và đang dùng.")
    try:
        if store.run(is_newest):
            return Finding(True, f"Cơ sở dữ liệu: {kind}, vào được, đúng bản mới.")
        return Finding(True, f"Cơ sở dữ liệu: {kind}, vào được. Bảng được tạo hoặc nâng bản khi chạy `make run`.")
    except Exception as error:
        return Finding(False, f"Cơ sở dữ liệu: {kind}, chưa vào được ({type(error).__name__}). Xem lại DATABASE_URL.")
    finally:
        store.close()


def _telegram(settings: Settings) -> Finding:
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        return Finding(True, "Telegram: không dùng (chưa có TELEGRAM_BOT_TOKEN).")
    try:
        # The token is in the address, so no error of httpx is ever shown.
        answer = httpx.get(f"{settings.telegram_api_url}/bot{token}/getMe", timeout=TELEGRAM_SECONDS).json()
    except (httpx.HTTPError, ValueError):
        return Finding(False, "Telegram: không nối được. Xem lại mạng, hoặc TELEGRAM_API_URL.")
    if not answer.get("ok"):
        return Finding(False, "Telegram: mã bot không được nhận. Lấy lại mã ở @BotFather, đặt TELEGRAM_BOT_TOKEN.")
    return Finding(True, f"Telegram: bot @{answer['result'].get('username', '?')} sẵn sàng.")
