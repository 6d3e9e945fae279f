"""`check`: what is set up, what is wrong, and how to mend it."""

from contextlib import closing
from dataclasses import dataclass

import httpx

from bot import clock
from bot.quota import Quota
from bot.settings import Settings
from ocop.places import all_places
from storage.engine import read_url, sqlite_file
from storage.lock import StoreInUse
from storage.migrate import is_newest
from storage.store import Store
from talk.vietnamese import grouped

API_SECONDS = 10


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
        Finding(True, f"Danh mục: {len(all_places())} xã, phường của Thái Nguyên và Cao Bằng."),
        _zalo(settings),
        _telegram(settings),
    ]


def _operator(settings: Settings) -> Finding:
    if settings.operator_contact:
        return Finding(True, f"Cơ quan vận hành: {settings.operator_name}, {settings.operator_contact}.")
    return Finding(False, "Chưa có cách để bà con gặp người: đặt OPERATOR_NAME và OPERATOR_CONTACT trong .env.")


def _database(settings: Settings) -> Finding:
    place = read_url(settings.database_url)
    file = sqlite_file(place)
    kind = "SQLite" if file else "PostgreSQL"
    if file and not file.exists():
        return Finding(True, f"Cơ sở dữ liệu: {kind}, chưa có. Được tạo khi chạy `make run`.")
    try:
        with closing(Store(settings.database_url)) as store:
            is_ready = store.run(is_newest)
    except StoreInUse:
        return Finding(True, f"Cơ sở dữ liệu: {kind}, trợ lý đang chạy và đang dùng.")
    except Exception as error:
        return Finding(False, f"Cơ sở dữ liệu: {kind}, chưa vào được ({type(error).__name__}). Xem lại DATABASE_URL.")
    if is_ready:
        return Finding(True, f"Cơ sở dữ liệu: {kind}, vào được, đúng bản mới.")
    return Finding(True, f"Cơ sở dữ liệu: {kind}, vào được. Bảng được tạo hoặc nâng bản khi chạy `make run`.")


def _telegram(settings: Settings) -> Finding:
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        return Finding(True, "Telegram: không dùng (chưa có TELEGRAM_BOT_TOKEN).")
    answer = _get_me(settings.telegram_api_url, token)
    if answer is None:
        return Finding(False, "Telegram: không nối được. Xem lại mạng, hoặc TELEGRAM_API_URL.")
    if answer.status_code in (401, 404):
        return Finding(False, "Telegram: mã bot không được nhận. Lấy lại mã ở @BotFather, đặt TELEGRAM_BOT_TOKEN.")
    try:
        username = answer.json()["result"]["username"]
    except (ValueError, LookupError, TypeError):
        return Finding(False, f"Telegram: máy chủ trả lời khác thường (mã {answer.status_code}). Thử lại sau.")
    return Finding(True, f"Telegram: bot @{username} sẵn sàng.")


def _zalo(settings: Settings) -> Finding:
    token = settings.zalo_bot_token.get_secret_value()
    if not token:
        return Finding(True, "Zalo: không dùng (chưa có ZALO_BOT_TOKEN).")
    answer = _get_me(settings.zalo_bot_api_url, token)
    if answer is None:
        return Finding(False, "Zalo: không nối được. Xem lại mạng, hoặc ZALO_BOT_API_URL.")
    try:
        # Zalo may refuse inside a 200: the verdict is in the body.
        body = answer.json()
        if not body["ok"] and (answer.status_code in (401, 404) or body.get("error_code") == 401):
            return Finding(False, "Zalo: mã bot không được nhận. Lấy lại mã ở Zalo Bot Manager, đặt ZALO_BOT_TOKEN.")
        name = body["result"]["account_name"]
    except (ValueError, LookupError, TypeError):
        return Finding(False, f"Zalo: máy chủ trả lời khác thường (mã {answer.status_code}). Thử lại sau.")
    return Finding(True, f"Zalo: {name} sẵn sàng{_sent_on_zalo(settings)}.")


def _sent_on_zalo(settings: Settings) -> str:
    """Where the month's messages stand; "" while the database cannot be asked."""
    bot = settings.zalo_bot_token.get_secret_value().partition(":")[0]
    quota = Quota("zalo", bot, settings.zalo_bot_monthly_limit, settings.timezone)
    file = sqlite_file(read_url(settings.database_url))
    if file and not file.exists():
        return ""
    try:
        with closing(Store(settings.database_url)) as store:
            used = store.run(lambda db: quota.used(db, clock.now()))
    except Exception:  # said by _database
        return ""
    return f", tháng này đã gửi {grouped(used)}/{grouped(quota.limit)} tin"


def _get_me(api_url: str, token: str) -> httpx.Response | None:
    """What a bot's server says of the bot; None when it cannot be reached."""
    try:
        # The token is in the address, so no error of httpx is ever shown.
        return httpx.get(f"{api_url}/bot{token}/getMe", timeout=API_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
