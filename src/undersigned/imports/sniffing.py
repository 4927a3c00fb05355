"""What kind of file this is: by its content first, by its name only where the content leaves it open."""

import re
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

from undersigned.imports import archives
from undersigned.imports.encodings import Encoding, lines
from undersigned.imports.row import Limits, Unreadable, empty

Kind = Literal["csv", "tsv", "xlsx", "ods", "xls", "yaml", "json"]

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAMPLE_LINES = 60
YAML_ITEM = re.compile(r"""^(- )?\{?["']?[\w .-]+["']?:(\s|$)""")
JSON_START = re.compile(r"""^\s*(\[\s*(\[|\{|\]|"|-?\d|true|false|null|$)|\{\s*(\}|"|$))""")
MARKUP = re.compile(r"^\s*<(!doctype|html|\?xml|table|head|meta|body)", re.IGNORECASE)


def workbook_kind(path: Path, limits: Limits) -> Kind | None:
    """The kind of workbook, or None for a text file. Raises Unreadable for what is neither."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(ZIP):
        return _kind_in_zip(path, limits)
    if head.startswith(COMPOUND):
        return "xls"
    for mark, name in _foreign():
        if head.startswith(mark):
            raise Unreadable(
                _("This is %(name)s, not a table. Save the table as CSV or XLSX.") % {"name": name}
            )
    return None


def _foreign() -> tuple[tuple[bytes, str], ...]:
    return (
        (b"%PDF", _("a PDF document")),
        (b"\x1f\x8b", _("a compressed file")),
        (b"BZh", _("a compressed file")),
        (b"7z\xbc\xaf", _("a compressed file")),
        (b"Rar!", _("a compressed file")),
        (b"\x89PNG", _("a picture")),
        (b"\xff\xd8\xff", _("a picture")),
        (b"GIF8", _("a picture")),
        (b"{\\rtf", _("a text document")),
        (b"SQLite format 3", _("a database")),
        (b"\x7fELF", _("a program")),
        (b"MZ", _("a program")),
    )


def _kind_in_zip(path: Path, limits: Limits) -> Kind:
    names = archives.members(path, limits)
    if any(name.startswith("xl/workbook.") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Unreadable(
            _("This is a text document or a presentation, not a table. Save the table as CSV or XLSX.")
        )
    raise Unreadable(
        _("This is an archive with files in it. Unpack it, and bring the one file with the table.")
    )


def text_kind(path: Path, encoding: Encoding, limits: Limits) -> Kind:
    """Tell JSON, YAML and separated text apart. Raises Unreadable for web pages and what is no text."""
    first: list[str] = []
    for line in lines(path, encoding, limits):
        if line.text.strip():
            first.append(line.text)
        if len(first) == SAMPLE_LINES:
            break
    text = "".join(first)
    if not text:
        raise empty()
    _refuse_foreign(text)
    if JSON_START.match(text):
        return "json"
    if _is_yaml(first, path.suffix.lower()):
        return "yaml"
    return "tsv" if first[0].count("\t") > max(first[0].count(","), first[0].count(";")) else "csv"


def _refuse_foreign(text: str) -> None:
    if MARKUP.match(text):
        raise Unreadable(
            _(
                "This is a web page or XML, even if its name says otherwise. "
                "Open it in a spreadsheet program and save it as XLSX or CSV."
            )
        )
    controls = sum(1 for c in text if c < " " and c not in "\t\r\n\f\v")
    if controls > len(text) * 0.02:
        raise Unreadable(
            _("This file holds no text that can be read as a table. Save the table as CSV or XLSX.")
        )


def _is_yaml(first: list[str], suffix: str) -> bool:
    """A name that ends in .yaml is believed; without it, most lines must look like YAML."""
    body = [line for line in first if not line.lstrip().startswith("#")]
    if not body:
        return suffix in {".yaml", ".yml"}
    begins = body[0].startswith(("---", "%YAML", "- ")) or bool(YAML_ITEM.match(body[0]))
    if suffix in {".yaml", ".yml"}:
        return True
    return begins and sum(1 for line in body if YAML_ITEM.match(line.strip())) > len(body) * 0.6
