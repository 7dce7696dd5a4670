"""Settings: read once from the environment, checked, and never changed afterwards."""

import difflib
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "STEADY_"

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


TELEGRAM_API = "https://api.telegram.org"

# An address in brackets is IPv6; a name has neither a slash nor a scheme.
_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]+)):(\d{1,5})")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


def _read_address(text: object) -> Address:
    if isinstance(text, Address):
        return text
    found = _ADDRESS.fullmatch(str(text).strip())
    if found is None or not 0 <= int(found[3]) <= 65535:
        raise ValueError("this is no address to listen on. Write host:port, such as 127.0.0.1:8080.")
    return Address(found[1] or found[2], int(found[3]))


# NoDecode: the environment holds host:port, not JSON.
Listen = Annotated[Address, NoDecode, BeforeValidator(_read_address)]


def _default_data_dir() -> Path:
    return platformdirs.user_data_path("steady", appauthor=False)


def _default_config_dir() -> Path:
    config = platformdirs.user_config_path("steady", appauthor=False)
    # On macOS both are one folder, and a key beside the data it locks protects nothing.
    return config.with_name("steady-config") if config == _default_data_dir() else config


class Settings(BaseSettings):
    """What the operator decides; each field is an environment variable with `STEADY_` before its name."""

    # No .env file is read: a file lying about must not change which database a bot of health data opens.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, env_file=None, frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(default_factory=_default_data_dir)
    config_dir: Path = Field(default_factory=_default_config_dir)
    database: Path = Field(default_factory=lambda read: read["data_dir"] / "steady.db")
    key_file: Path = Field(default_factory=lambda read: read["config_dir"] / "steady.key")
    telegram_token: SecretStr | None = None
    telegram_api: str = TELEGRAM_API
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_listen: Listen = Address("127.0.0.1", 8080)
    status_listen: Listen | None = None
    alert_chat: int | None = None
    scripts: Path | None = None
    log_level: LogLevel = "INFO"

    @field_validator("data_dir", "config_dir", "database", "key_file", "scripts")
    @classmethod
    def _make_absolute(cls, path: Path | None) -> Path | None:
        """Expand `~`, which nobody does in a compose file, and fix the path at the start."""
        if path is None:
            return None
        try:
            return path.expanduser().absolute()
        except RuntimeError:
            raise ValueError(f"this user has no home folder for {path}. Write the whole path.") from None

    @field_validator("data_dir", "config_dir")
    @classmethod
    def _refuse_a_file(cls, path: Path) -> Path:
        if path.exists() and not path.is_dir():
            raise ValueError(f"{path} is a file. Name a folder.")
        return path

    @field_validator("database", "key_file")
    @classmethod
    def _refuse_a_folder(cls, path: Path) -> Path:
        if path.is_dir():
            raise ValueError(f"{path} is a folder. Name a file.")
        return path

    @field_validator("telegram_token")
    @classmethod
    def _look_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        value = token.get_secret_value().strip()
        number, _, secret = value.partition(":")
        if not (number.isdecimal() and secret and not any(c.isspace() or c == "/" for c in secret)):
            raise ValueError("this is not a bot token. Copy the whole token from BotFather: digits, a colon, letters.")
        return SecretStr(value)

    @field_validator("telegram_api")
    @classmethod
    def _look_like_an_api(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("this is no address of a Bot API server. Write it like https://api.telegram.org.")
        return url.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _look_like_a_webhook(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://none")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(
                "Telegram cannot call this. Write the public address, like https://steady.example/telegram."
            )
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _look_like_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(
                "Telegram takes 16 to 256 letters, digits, - and _ here. Or leave it out: then one is made."
            )
        return secret

    @field_validator("log_level", mode="before")
    @classmethod
    def _ignore_case(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _call_back_by_https(self) -> "Settings":
        own_server = self.telegram_api != TELEGRAM_API
        if self.webhook_url is not None and not own_server and urlsplit(self.webhook_url).scheme != "https":
            raise ValueError(
                f"{PREFIX}WEBHOOK_URL: Telegram calls by https only. Put a proxy with a certificate in front, and "
                "write its https address here."
            )
        return self

    @model_validator(mode="after")
    def _keep_the_key_apart(self) -> "Settings":
        key = self.key_file.resolve()
        for folder in (self.data_dir.resolve(), self.database.parent.resolve()):
            if key.is_relative_to(folder):
                raise ValueError(
                    f"{PREFIX}KEY_FILE: the key {self.key_file} lies with the data in {folder}, so who "
                    "copies the data has both. Name a file in another folder."
                )
        return self


def read_settings(**given: Any) -> Settings:
    """Read the settings from `given` first, then the environment; anything wrong raises one SettingsError."""
    _refuse_misspelt_names()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_lines(error))) from None


def _refuse_misspelt_names() -> None:
    known = [name.upper() for name in Settings.model_fields]
    ours = [name.removeprefix(PREFIX) for name in os.environ if name.startswith(PREFIX)]
    for name in ours:
        # Others may set names with our prefix (Kubernetes: STEADY_SERVICE_HOST): refuse only near misses.
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
        if near and name not in known:
            raise SettingsError(
                "there is no such setting.", where=PREFIX + name, cure=f"Did you mean {PREFIX}{near[0]}?"
            )


def _lines(error: ValidationError) -> list[str]:
    details = error.errors(include_url=False)
    # A path whose folder is wrong has no fault of its own.
    return [_line(detail) for detail in details if detail["type"] != "default_factory_not_called"]


def _line(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ")
    if not detail["loc"]:
        return message
    field = str(detail["loc"][0])
    name = PREFIX + field.upper()
    if field == "log_level":
        return f"{name}: this is no log level. Choose one of {', '.join(get_args(LogLevel))}."
    if detail["type"] == "extra_forbidden":
        return f"{name}: there is no such setting. Remove it."
    if field == "alert_chat":
        return f"{name}: this is no id of a chat. Write its number, such as -1001234567890."
    return f"{name}: {message}"
