"""From bytes to lines of text, where a file may be in any encoding, or in two at once.

Files that were put together from several exports hold UTF-8 and Windows-1252 side by side. So each line is
decoded for itself: as UTF-8 where it is valid UTF-8, and otherwise in the older encoding that explains the
file's other bytes best. The lines that were guessed at carry a ``Doubt``, so that their rows can be named.
"""

import codecs
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from undersigned.imports.row import Limits, Unreadable, too_many_rows

CHUNK = 256 * 1024
SAMPLE = 64 * 1024
LINES_A_ROW = 4

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OLDER = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}

USUAL_LETTERS = frozenset("éèêëàâäçùûüôöîïñáíóúßœæ")
USUAL_SIGNS = frozenset("’‘“”–—«»…€°©®£·\xa0")


class Doubt(enum.Flag):
    NONE = 0
    GUESSED = enum.auto()
    LOST = enum.auto()
    NUL = enum.auto()


class Line(NamedTuple):
    text: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are read: where the text starts, and in what it is written.

    ``older`` is the encoding for lines that are not valid UTF-8; ``mixed`` says that both kinds occur.
    """

    name: str = "utf-8"
    start: int = 0
    older: str | None = None
    mixed: bool = False

    @property
    def label(self) -> str:
        return OLDER.get(self.older or "", self.name.upper())


def examine(path: Path, limits: Limits) -> Encoding:
    """Read the file once as bytes and decide how to decode it. Raises Unreadable for an over-long line."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
        for mark, name in BYTE_ORDER_MARKS:
            if head.startswith(mark):
                return _with_older(file, name, len(mark), limits)
        return _with_older(file, _wide(head) or "utf-8", 0, limits)


def _with_older(file: BinaryIO, name: str, start: int, limits: Limits) -> Encoding:
    if name != "utf-8":
        return Encoding(name, start)
    file.seek(start)
    utf8, other = 0, bytearray()
    for line in _byte_lines(_chunks(file, name), limits):
        if line.isascii():
            continue
        if _is_utf8(line):
            utf8 += 1
        elif len(other) < SAMPLE:
            other += line
    older = _likelier(bytes(other)) if other else None
    return Encoding(name, start, older, mixed=bool(older and utf8))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes, which stand at every second place in western text."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > pairs * 0.4 and even < pairs * 0.1:
        return "utf-16-le"
    if even > pairs * 0.4 and odd < pairs * 0.1:
        return "utf-16-be"
    return None


def _likelier(sample: bytes) -> str:
    return max(OLDER, key=lambda name: _plausibility(sample.decode(name, errors="replace")))


def _plausibility(text: str) -> int:
    """Score a decoding by what western text holds: small accented letters often, capitals in words hardly."""
    usual = sum(3 if c in USUAL_LETTERS else 2 for c in text if c in USUAL_LETTERS or c in USUAL_SIGNS)
    odd = sum(2 for c in text if not c.isascii() and not c.isalnum() and c not in USUAL_SIGNS)
    shouted = sum(3 for _found in re.finditer(r"(?<=[a-z])[À-ÞŒŠŽŸ]", text))
    return usual - odd - shouted


def lines(path: Path, encoding: Encoding, limits: Limits) -> Iterator[Line]:
    """The lines of the file with their line ends, each with what was doubtful about decoding it.

    CR, LF and CRLF all end a line. Raises Unreadable when a line is longer than the limit, or when there are
    many more lines than rows are allowed, blank ones too.
    """
    with path.open("rb") as file:
        file.seek(encoding.start)
        for raw in _byte_lines(_chunks(file, encoding.name), limits):
            yield _decoded(raw, encoding)


def _chunks(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The bytes of the file as UTF-8, or as whatever it holds beside UTF-8."""
    decoder = None if name == "utf-8" else codecs.getincrementaldecoder(name)(errors="replace")
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk).encode() if decoder else chunk
    if decoder:
        yield decoder.decode(b"", final=True).encode()


def _byte_lines(chunks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    carry, left = b"", limits.rows * LINES_A_ROW
    for chunk in chunks:
        parts = (carry + chunk).splitlines(keepends=True)
        carry = parts.pop() if parts else b""
        left -= len(parts)
        if len(carry) > limits.line_characters:
            raise _too_long(limits)
        if left < 0:
            raise too_many_rows(limits)
        yield from parts
    if carry:
        yield carry


def _decoded(raw: bytes, encoding: Encoding) -> Line:
    doubt = Doubt.NONE
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text, doubt = _in_older(raw, encoding), Doubt.GUESSED
    if "\ufffd" in text:
        doubt |= Doubt.LOST
    if "\0" in text:
        return Line(text.replace("\0", ""), doubt | Doubt.NUL)
    return Line(text, doubt)


def _in_older(raw: bytes, encoding: Encoding) -> str:
    """A line that is not UTF-8: in the older encoding throughout, or only where UTF-8 fails."""
    throughout = raw.decode(encoding.older or "cp1252", errors="replace")
    in_places = raw.decode("utf-8", errors=f"undersigned-{encoding.older}")
    return max(throughout, in_places, key=_plausibility)


def _too_long(limits: Limits) -> Unreadable:
    said = _(
        "One line of this file is longer than %(count)d characters, so it is not a table with a row on each "
        "line. Nothing was read. Open the file in a spreadsheet program and save it as CSV."
    )
    return Unreadable(said % {"count": limits.line_characters})


def _register(name: str) -> None:
    """Let ``bytes.decode`` fall back to an older encoding for just those bytes that are not UTF-8."""

    def explain(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(name, errors="replace"), error.end

    codecs.register_error(f"undersigned-{name}", explain)


for _name in OLDER:
    _register(_name)
