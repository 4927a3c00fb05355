"""The mark on a folder that holds the demonstration's city, and on no other."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

FILE = "this-is-the-demonstration"
TEXT = (
    "This folder holds Harrow Falls, the invented city that shows Undersigned. Passwords and second factors of\n"
    "everybody in it are printed for everybody. Without this file its people cannot sign in.\n"
)


def path() -> Path:
    return Path(settings.HOME) / FILE


def set_mark() -> None:
    path().write_text(TEXT, encoding="utf-8")


def is_set() -> bool:
    """Is this the demonstration, on a machine that only its owner reaches?"""
    return path().exists() and settings.DOMAIN.split(":")[0] == "localhost"
