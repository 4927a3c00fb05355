"""The port through which the kernel asks about people, which it does not know itself. The people room fills it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from undersigned.acts.actor import Officer


class Directory(Protocol):
    def officer(self, person: str) -> Officer | None:
        """The person of this reference with their present capacities, or None when they hold none."""

    def holders(self, offices: Sequence[str]) -> list[str]:
        """Names, with their offices, of those who hold these offices today."""

    def addresses(self, offices: Sequence[str]) -> list[str]:
        """E-mail addresses of those who hold these offices today."""

    def address(self, person: str) -> str:
        """The e-mail address of this person; empty for none, and for whoever holds no appointment."""


class NoDirectory:
    """Answers before the people room is loaded: nobody is known."""

    def officer(self, person: str) -> Officer | None:
        return None

    def holders(self, offices: Sequence[str]) -> list[str]:
        return []

    def addresses(self, offices: Sequence[str]) -> list[str]:
        return []

    def address(self, person: str) -> str:
        return ""


_directory: Directory = NoDirectory()


def install(directory: Directory) -> None:
    global _directory
    _directory = directory


def directory() -> Directory:
    return _directory
