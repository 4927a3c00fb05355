"""Serves the text face from the package that ships it, so that no binary lies in this repository.

The style sheet asks for ``ui/fonts/public-sans.ttf``; the file is fontpkg-public-sans's variable font (OFL 1.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage

FONTS = {"ui/fonts/public-sans.ttf": "PublicSans[wght].ttf"}
FOLDER = Path(str(files("fontpkg_public_sans"))) / "files"


class FontStorage(FileSystemStorage):
    """The package's folder under the names that the style sheet uses."""

    def __init__(self) -> None:
        super().__init__(location=FOLDER)

    def path(self, name: str) -> str:
        return super().path(FONTS[name])


class PackagedFonts(BaseFinder):
    """A static files finder: ``STATICFILES_FINDERS = [..., "undersigned.ui.fonts.PackagedFonts"]``."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FontStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [file for file in FONTS.values() if not (FOLDER / file).is_file()]
        return [
            Error(
                f"The font file {file} is not in {FOLDER}.",
                hint="Install fontpkg-public-sans again.",
                id="ui.E001",
            )
            for file in missing
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [self.storage.path(path)] if path in FONTS else []
        if find_all:
            return found
        return found[0] if found else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        return ((name, self.storage) for name in FONTS)
