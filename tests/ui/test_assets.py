"""What is committed is what the sources give, and asks nothing of anybody else."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import Storage

from undersigned.ui import fonts

ROOT = Path(settings.PACKAGE).parents[1]
STATIC = ROOT / "src/undersigned/ui/static/ui"
DIGESTS = json.loads((STATIC / "digests.json").read_text())


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", DIGESTS["built"])
def test_the_built_file_has_the_digest_that_its_build_wrote(name: str) -> None:
    assert _digest(STATIC / name) == DIGESTS["built"][name]


@pytest.mark.parametrize("name", DIGESTS["sources"])
def test_the_source_is_as_it_was_at_the_last_build(name: str) -> None:
    assert _digest(ROOT / "assets" / name) == DIGESTS["sources"][name], (
        "Run make assets and commit what it builds."
    )


def test_every_source_is_among_the_digests() -> None:
    written = {
        f"{folder}/{file.name}" for folder in ("sass", "js") for file in (ROOT / "assets" / folder).iterdir()
    }
    assert {name for name in DIGESTS["sources"] if "/" in name} == written


def test_the_lock_of_the_sources_names_no_host() -> None:
    assert "://" not in re.sub(r'"url": "[^"]+"', "", (ROOT / "assets/package-lock.json").read_text())


def test_the_style_sheet_asks_for_nothing_but_the_font_beside_it() -> None:
    sheet = (STATIC / "undersigned.min.css").read_text()
    assert re.findall(r"url\(([^)]+)\)", sheet) == ["fonts/public-sans.ttf"]
    assert "@import" not in sheet


def test_the_style_sheet_names_neither_the_typeface_nor_the_crown_of_another_government() -> None:
    sheet = (STATIC / "undersigned.min.css").read_text().lower()
    assert "gds transport" not in sheet
    assert "crown" not in sheet.removeprefix(
        "/*! undersigned. contains parts of govuk-frontend, (c) crown copyright"
    )


def test_the_sources_use_logical_properties_so_that_right_to_left_needs_no_second_sheet() -> None:
    physical = re.compile(
        r"^\s*(margin|padding|border)-(left|right)|^\s*(left|right):|text-align: (left|right)", re.M
    )
    for file in (ROOT / "assets/sass").iterdir():
        assert physical.search(file.read_text()) is None, file.name


def test_the_font_is_found_under_the_name_that_the_style_sheet_uses() -> None:
    found = finders.find("ui/fonts/public-sans.ttf")
    assert isinstance(found, str)
    assert Path(found).read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_the_font_is_among_what_is_collected_for_serving() -> None:
    collected: dict[str, Storage] = dict(fonts.PackagedFonts().list([]))
    with collected["ui/fonts/public-sans.ttf"].open("ui/fonts/public-sans.ttf") as file:
        assert len(file.read()) > 50_000


def test_other_names_are_not_found_in_the_package_of_the_font() -> None:
    assert fonts.PackagedFonts().find("ui/fonts/other.ttf") is None
    assert fonts.PackagedFonts().find("ui/fonts/other.ttf", find_all=True) == []
