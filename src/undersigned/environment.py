"""Reading the settings that an installation gives in its environment. A wrong value stops the start and is named."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def wrong(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is wrong: {why} Nothing was started.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    said = text(name).lower()
    if not said:
        return default
    if said in TRUE | FALSE:
        return said in TRUE
    raise wrong(name, "it must be yes or no.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    said = text(name, str(default))
    if re.fullmatch(r"[0-9]{1,9}", said) and least <= int(said) <= most:
        return int(said)
    raise wrong(name, f"it must be a whole number from {least} to {most}.")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def one_of(name: str, default: str, choices: set[str]) -> str:
    said = text(name, default)
    if said in choices:
        return said
    raise wrong(name, f"it must be one of {', '.join(sorted(choices))}.")


def domain(name: str, default: str) -> str:
    """A host with an optional port, without scheme or path: what the record's origin begins with."""
    said = text(name, default).lower()
    if re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", said):
        return said
    raise wrong(
        name, "it must be a host name such as accounts.example.org, without https:// and without a path."
    )


def address(name: str, default: str) -> str:
    """Where people reach this installation, without the slash at its end."""
    said = text(name, default).rstrip("/")
    if re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", said):
        return said
    raise wrong(name, "it must be an address such as https://accounts.example.org.")


def addresses(name: str) -> list[str]:
    """Addresses of other services, with commas between them."""
    said = [one.rstrip("/") for one in words(name)]
    if all(re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", one) for one in said):
        return said
    raise wrong(name, "it must be addresses that begin with https://, with commas between them.")


def base(name: str, default: str) -> str:
    """The base address of another service's interface, without the slash at its end."""
    said = text(name, default).rstrip("/")
    if re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", said) or not said:
        return said
    raise wrong(name, "it must be an address such as https://api.example.org.")


def shaped(name: str, default: str, shape: str, example: str) -> str:
    """A word of a fixed shape, such as the version of an interface."""
    said = text(name, default)
    if re.fullmatch(shape, said):
        return said
    raise wrong(name, f"it must be written as {example}.")


def mailbox(name: str, default: str) -> str:
    said = text(name, default)
    if re.fullmatch(r"[^@]*[^@\s<]@[^@\s]+", said):
        return said
    raise wrong(name, "it must be an e-mail address.")


def mailboxes(name: str) -> list[str]:
    said = words(name)
    if all(re.fullmatch(r"[^@\s]+@[^@\s]+", one) for one in said):
        return said
    raise wrong(name, "it must be e-mail addresses, with commas between them.")


def time_zone(name: str, default: str) -> str:
    said = text(name, default)
    try:
        ZoneInfo(said)
    except (ZoneInfoNotFoundError, ValueError):
        raise wrong(name, "it must be a time zone such as America/Edmonton.") from None
    return said


def colour(name: str, default: str) -> str:
    """Six digits of a colour; whether it can be read on white is judged where pages are drawn."""
    said = text(name, default)
    if re.fullmatch(r"#[0-9a-fA-F]{6}", said):
        return said
    raise wrong(name, "it must be a colour such as #1b4b66.")


def contact(name: str) -> str:
    """Where people write to, as an address of a page or a mailbox; empty where nobody is named."""
    said = text(name)
    if not said or said.startswith(("https://", "mailto:", "tel:")):
        return said
    raise wrong(name, "it must begin with https:// or mailto:, as in mailto:security@example.org.")


def home() -> Path:
    folder = Path(text("UNDERSIGNED_HOME", "./var")).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise wrong("UNDERSIGNED_HOME", "it must be a folder, and there is a file of that name.")
    return folder


def database(name: str, default: Path) -> dict[str, object]:
    """Django's database settings from an address: ``sqlite:///path`` or ``postgresql://user:password@host/name``."""
    said = text(name)
    if not said:
        return sqlite(default)
    parts = urlsplit(said)
    if parts.scheme == "sqlite" and parts.path:
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return _postgresql(said)
    raise wrong(name, "it must be sqlite:///path/to/file or postgresql://user:password@host/name.")


def sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;",
        },
    }


def _postgresql(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def secret(name: str, kept_in: Path) -> str:
    """A secret from the environment, or else from a file that only its owner may read."""
    said = text(name)
    if said:
        if len(said) < 32:
            raise wrong(name, "it must have at least 32 characters.")
        return said
    if kept_in.exists():
        return kept_in.read_text().strip()
    return ""
