"""The report as a PDF that council can be handed: tagged (PDF/UA-1), with its title, language and page numbers.

Set by typst from a template of our own. What people wrote goes in as data and is never read as markup; fonts are those
shipped with the product, so that the page looks the same wherever it is made.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from undersigned.accounts.report.model import AuditReport
from undersigned.accounts.report.on_paper import Value, on_paper

if TYPE_CHECKING:
    import typst

FACES = ("Public Sans", "DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern")
"""The text face, then those that typst ships, for letters it has not."""

ALWAYS_DRAWN = 0x250
"""Every letter of Latin below this is in the text face."""

PROBE = b'#set document(title: "x")\n#set text(font: json(bytes(sys.inputs.faces)))\n#sys.inputs.letter'


def as_pdf(report: AuditReport, *, colour: str = "#17495a", paper: str = "us-letter") -> bytes:
    """Raises typst.TypstError if the page cannot be set; `colour` is the city's, `paper` a paper size typst knows."""
    data: dict[str, Value] = {"colour": colour, "paper": paper, "fonts": FACES, **on_paper(report)}
    return _set(_template(), {"report": json.dumps(drawable(data))}, int(report.as_of.timestamp()))


def drawable(value: Value) -> Value:
    """The same data, with every letter that no face can draw written out by its number."""
    if isinstance(value, str):
        return value if value.isascii() else "".join(map(_drawn, value))
    if isinstance(value, dict):
        return {key: drawable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(one) for one in value]
    return value


def _drawn(letter: str) -> str:
    return letter if ord(letter) < ALWAYS_DRAWN or _is_drawn(letter) else f"[U+{ord(letter):04X}]"


@lru_cache(maxsize=4096)
def _is_drawn(letter: str) -> bool:
    """Asks the setter itself: PDF/UA refuses a page with a letter that no face has."""
    import typst

    inputs = {"faces": json.dumps(FACES), "letter": letter}
    try:
        _set(PROBE, inputs)
    except typst.TypstError:
        return False
    return True


def _set(source: bytes, inputs: dict[str, str], timestamp: int = 0) -> bytes:
    """With only the product's own fonts, and refused by typst itself where it would break the standard.

    The setter is loaded only now: a process that sets no page has no need of its 7 MB.
    """
    import typst

    return typst.compile(
        source,
        font_paths=_fonts(),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=timestamp,
    )


@cache
def _fonts() -> typst.Fonts:
    import typst

    shipped = Path(str(files("fontpkg_public_sans"))) / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(shipped)])


@cache
def _template() -> bytes:
    return files("undersigned.accounts.report").joinpath("audit.typ").read_bytes()
