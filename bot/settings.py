"""What the operating office sets before the assistant starts, read from the environment and `.env`, each value checked.

A field's description is the sentence its operator reads, both in `.env.example` and when a value will not do.
"""

import logging
import os
import re
import secrets
from contextlib import suppress
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = Path(".env")
KEY_FILE = Path("data/secret_key")
KEY_LENGTH = 32

log = logging.getLogger(__name__)


class SettingsError(Exception):
    """A setting will not do. Its text has one Vietnamese line for each such setting, and never a value."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can be behind `host`."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _secure(address: str) -> str:
    """The address without its last slash; plain http is for this machine only, since tokens and talks travel on it."""
    try:
        parts = urlsplit(address)
        if not parts.hostname or parts.port == 0:
            raise ValueError
    except ValueError:
        raise ValueError("cần một địa chỉ đầy đủ, ví dụ https://ocop.example.vn") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError("cần bắt đầu bằng https:// (http:// chỉ dùng cho chính máy này, ví dụ http://127.0.0.1:8080)")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("chỉ ghi địa chỉ, không kèm tên đăng nhập, dấu ? hay dấu #")
    return address.rstrip("/")


def _origin(address: str) -> str:
    address = _secure(address)
    if urlsplit(address).path:
        raise ValueError("chỉ ghi tới tên miền, không kèm đường dẫn phía sau, ví dụ https://ocop.example.vn")
    return address


def _api_root(address: str) -> str:
    address = _secure(address)
    if address.endswith("/bot"):
        raise ValueError(
            "chỉ ghi phần gốc, bỏ /bot ở cuối, ví dụ https://api.telegram.org hay https://bot-api.zaloplatforms.com"
        )
    return address


def _own_address(checked: dict[str, Any]) -> str:
    host = "[::1]" if checked.get("host") == "::1" else "127.0.0.1"
    return f"http://{host}:{checked.get('port', 8080)}"


def _webhook_secret(secret: SecretStr, mode: str, info: ValidationInfo, at_least: int) -> SecretStr:
    """The secret, if its channel's `mode` can do with it: a webhook without one would let anybody in."""
    if not secret.get_secret_value():
        if info.data.get(mode.lower()) == "webhook":
            raise ValueError(f"bắt buộc khi {mode}=webhook: {at_least} đến 256 ký tự A-Z a-z 0-9 _ -")
    elif not re.fullmatch(rf"[A-Za-z0-9_-]{{{at_least},256}}", secret.get_secret_value()):
        raise ValueError(f"chỉ dùng A-Z a-z 0-9 _ -, từ {at_least} đến 256 ký tự")
    return secret


def _database(url: str) -> str:
    """The URL with its driver named: SQLite in a file, or PostgreSQL through psycopg."""
    if re.fullmatch(r"sqlite:///[^?:]+", url):
        return url
    scheme, separator, rest = url.partition("://")
    if separator and scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest.strip("/"):
        return f"postgresql+psycopg://{rest}"
    raise ValueError("cần có dạng sqlite:///data/ocop.db hoặc postgresql://tên:mật-khẩu@máy/cơ-sở-dữ-liệu")


Rate = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\r\n]*$")]


class Settings(BaseSettings):
    """Every setting, in the order of `.env.example`. A value left empty counts as not set."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # Notepad puts a mark at the head of the file
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///data/ocop.db",
        repr=False,
        description="Nơi giữ dữ liệu: một tệp SQLite, hoặc PostgreSQL (postgresql://tên:mật-khẩu@máy/cơ-sở-dữ-liệu)",
    )
    files_dir: Path = Field(Path("data/files"), description="Thư mục giữ ảnh và giấy tờ bà con gửi")
    host: str = Field(
        "127.0.0.1",
        pattern=r"^[A-Za-z0-9.:_-]+$",
        description="Địa chỉ máy lắng nghe; 127.0.0.1 là chỉ máy này vào được, 0.0.0.0 là máy khác cũng vào được",
    )
    port: int = Field(8080, ge=1, le=65535, description="Cổng của trang, một số từ 1 đến 65535")
    public_url: Annotated[str, AfterValidator(_origin)] = Field(
        default_factory=_own_address,
        description="Địa chỉ người ngoài gõ để vào trang (https); để trống là địa chỉ trên chính máy này",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description=f"Khóa ký phiên của trang, ít nhất {KEY_LENGTH} ký tự; để trống thì tự tạo, giữ ở {KEY_FILE}",
    )
    timezone: ZoneInfo = Field(
        ZoneInfo("Asia/Ho_Chi_Minh"), description="Múi giờ tính ngày và hạn, ví dụ Asia/Ho_Chi_Minh"
    )
    operator_name: Line = Field(
        "Đơn vị vận hành", description="Tên cơ quan vận hành, bà con đọc thấy khi được xin đồng ý; một dòng"
    )
    operator_contact: Line = Field(
        "", description="Số điện thoại hoặc địa chỉ để bà con hỏi cơ quan vận hành; một dòng"
    )
    retention_days: int = Field(
        1095,  # 36 months, the life of a certificate: the next application can be filled in from the last
        ge=1,
        le=36_500,
        description="Giữ thông tin của bà con lâu nhất bao nhiêu ngày, một số từ 1 đến 36500",
    )
    telegram_bot_token: SecretStr = Field(
        SecretStr(""),
        description="Mã của bot Telegram do @BotFather cấp, dạng 123456:ABC…; để trống là không mở kênh Telegram",
    )
    telegram_api_url: Annotated[str, AfterValidator(_api_root)] = Field(
        "https://api.telegram.org",
        description="Máy chủ Bot API, phần gốc không có /bot; chỉ đổi khi dùng máy chủ riêng",
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="Cách nhận tin: polling (tự hỏi, không cần tên miền) hoặc webhook (cần PUBLIC_URL)"
    )
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="Mật khẩu của webhook, bắt buộc khi TELEGRAM_MODE=webhook: 1 đến 256 ký tự A-Z a-z 0-9 _ -",
    )
    telegram_sends_per_second: Rate = Field(30, description="Số tin gửi đi mỗi giây, tính cả bot; một số lớn hơn 0")
    telegram_chat_sends_per_second: Rate = Field(
        1, description="Số tin gửi đi mỗi giây cho một người; một số lớn hơn 0"
    )
    zalo_bot_token: SecretStr = Field(
        SecretStr(""),
        description="Mã của bot Zalo do Zalo Bot Manager cấp, dạng 123456:abc…; để trống là không mở kênh Zalo",
    )
    zalo_bot_api_url: Annotated[str, AfterValidator(_api_root)] = Field(
        "https://bot-api.zaloplatforms.com",
        description="Máy chủ Zalo Bot Platform, phần gốc không có /bot; chỉ đổi khi Zalo đổi địa chỉ",
    )
    zalo_bot_mode: Literal["polling", "webhook"] = Field(
        "polling",
        description="Cách nhận tin Zalo: polling (chỉ để thử) hoặc webhook (dùng thật, cần PUBLIC_URL là https)",
    )
    zalo_bot_webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="Mật khẩu của webhook Zalo, bắt buộc khi ZALO_BOT_MODE=webhook: 8 đến 256 ký tự A-Z a-z 0-9 _ -",
    )
    zalo_bot_monthly_limit: int = Field(
        3000,
        ge=1,
        description="Số tin gói Zalo cho bot gửi mỗi tháng, từ 1 trở lên; một phần năm cuối để dành trả lời bà con",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object, info: ValidationInfo) -> object:
        # `TELEGRAM_BOT_TOKEN= make run` must switch Telegram off even when .env names a token.
        if isinstance(value, str) and not value.strip():
            return cls.model_fields[info.field_name or ""].get_default(
                call_default_factory=True, validated_data=info.data
            )
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if 0 < len(key.get_secret_value()) < KEY_LENGTH:
            raise ValueError(f"ngắn quá, cần ít nhất {KEY_LENGTH} ký tự; hoặc để trống, khóa sẽ được tự tạo")
        return key

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"(\d+:[A-Za-z0-9_-]+)?", token.get_secret_value(), re.ASCII):
            raise ValueError("cần có dạng 123456:ABC…, chép đủ cả dòng @BotFather đưa, không có dấu cách")
        return token

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_has_its_secret(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        return _webhook_secret(secret, "TELEGRAM_MODE", info, at_least=1)

    @field_validator("zalo_bot_token")
    @classmethod
    def _looks_like_a_zalo_token(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"(\d+:[A-Za-z0-9_.~-]+)?", token.get_secret_value(), re.ASCII):
            raise ValueError("cần có dạng 123456:abc…, chép đủ cả dòng Zalo Bot Manager nhắn, không có dấu cách")
        return token

    @field_validator("zalo_bot_webhook_secret")
    @classmethod
    def _zalo_webhook_has_its_secret(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        return _webhook_secret(secret, "ZALO_BOT_MODE", info, at_least=8)

    def secrets(self) -> tuple[str, ...]:
        """What must never be seen in a log, for `bot.logs`."""
        held = (
            *(self.secret_key, self.telegram_bot_token, self.telegram_webhook_secret),
            *(self.zalo_bot_token, self.zalo_bot_webhook_secret),
        )
        password = urlsplit(self.database_url).password or ""
        return tuple(filter(None, (*(secret.get_secret_value() for secret in held), password, unquote(password))))

    def _with_key(self) -> Self:
        if self.secret_key.get_secret_value():
            return self
        return self.model_copy(update={"secret_key": SecretStr(_kept_key(KEY_FILE))})


def load_settings(env_file: Path = ENV_FILE) -> Settings:
    """Read and check the settings, and make the folders and the key they call for.

    The environment wins over `env_file`, which need not exist. Raises SettingsError.
    """
    try:
        _warn_of_slips(env_file)
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(error))) from None  # the cause would carry the values
    except UnicodeDecodeError:
        raise SettingsError(f"Tệp {env_file} chưa đọc được. Cần lưu lại tệp ở bảng mã UTF-8.") from None
    except OSError as error:
        raise SettingsError(
            f"Tệp {env_file} chưa đọc được ({error.strerror}). Cần cho trợ lý quyền đọc tệp này."
        ) from None
    if settings.database_url.startswith("sqlite:///"):
        _make_folder("DATABASE_URL", Path(settings.database_url.removeprefix("sqlite:///")).parent)
    _make_folder("FILES_DIR", settings.files_dir)
    return settings._with_key()


def _explain(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        if problem["type"] == "default_factory_not_called":  # PUBLIC_URL waits for a HOST and PORT that will not do
            continue
        name = str(problem["loc"][0])
        description = Settings.model_fields[name].description or ""
        reason = problem.get("ctx", {}).get("error") or description[:1].lower() + description[1:]
        lines.append(f"Cài đặt {name.upper()} chưa dùng được: {reason}.")
    return lines


def _warn_of_slips(env_file: Path) -> None:
    """Say when a name in `env_file` is nearly, but not quite, one of ours: it would be ignored in silence."""
    known = {name.upper() for name in Settings.model_fields}
    if not env_file.is_file():
        return
    for name in dotenv_values(env_file, encoding="utf-8-sig", interpolate=False):
        near = get_close_matches(name.upper(), known, n=1, cutoff=0.85)
        if near and name.upper() not in known:
            log.warning("Tệp %s có %s, trợ lý không biết tên này. Có phải %s không?", env_file, name, near[0])


def _make_folder(name: str, folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # other accounts of the machine have no business there
    except OSError as error:
        raise SettingsError(
            f"Cài đặt {name} chưa dùng được: không tạo được thư mục {folder} ({error.strerror}). "
            "Cần chọn nơi khác, hoặc cho trợ lý quyền ghi vào đó."
        ) from None


def _kept_key(file: Path) -> str:
    """The key in `file`, made on the first start. Two starts at once end up with the same key."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            with NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.") as draft:
                draft.write(secrets.token_urlsafe(48))
                draft.flush()
                os.fsync(draft.fileno())
                with suppress(FileExistsError):  # a link never replaces a key that another process has just kept
                    os.link(draft.name, file)
        file.chmod(0o600)
        key = file.read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"Cài đặt SECRET_KEY chưa có, và không tạo hay đọc được tệp {file}. "
            "Cần đặt SECRET_KEY, hoặc cho trợ lý quyền ghi vào thư mục đó."
        ) from None
    if len(key) < KEY_LENGTH:
        raise SettingsError(
            f"Tệp {file} không còn đủ khóa. Cần xóa tệp đó rồi chạy lại; ai đang mở trang thì vào lại từ đầu."
        )
    return key
