"""From bytes to lines of text, where a file may be in any encoding, or in two at once.

Files that were put together from several exports hold UTF-8 and Windows-1252 side by side. So each line is
decoded for itself: as UTF-8 where it is valid UTF-8, and otherwise in the older encoding that explains the
file's other bytes best. The lines that were guessed at carry a ``Doubt``, so that their rows can be named.
"""

import codecs
import enum
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from undersigned.imports.row import Limits, Unreadable

CHUNK = 256 * 1024
SAMPLE = 64 * 1024

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
    for line in _byte_lines(file, limits.line_characters):
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

    CR, LF and CRLF all end a line. Raises Unreadable when a line is longer than the limit.
    """
    with path.open("rb") as file:
        file.seek(encoding.start)
        if encoding.name == "utf-8":
            yield from (_decoded(raw, encoding) for raw in _byte_lines(file, limits.line_characters))
        else:
            yield from _wide_lines(file, encoding.name, limits.line_characters)


def _byte_lines(file: BinaryIO, longest: int) -> Iterator[bytes]:
    carry = b""
    while chunk := file.read(CHUNK):
        parts = (carry + chunk).splitlines(keepends=True)
        carry = parts.pop()
        if len(carry) > longest:
            raise _too_long(longest)
        yield from parts
    if carry:
        yield carry


def _wide_lines(file: BinaryIO, name: str, longest: int) -> Iterator[Line]:
    reader = io.TextIOWrapper(file, encoding=name, errors="replace", newline="")
    while text := reader.readline(longest + 1):
        if len(text) > longest:
            raise _too_long(longest)
        doubt = Doubt.LOST if "\ufffd" in text else Doubt.NONE
        yield _without_nul(text, doubt)


def _decoded(raw: bytes, encoding: Encoding) -> Line:
    try:
        return _without_nul(raw.decode("utf-8"), Doubt.NONE)
    except UnicodeDecodeError:
        text = raw.decode("utf-8", errors=f"undersigned-{encoding.older}")
    return _without_nul(text, Doubt.GUESSED | (Doubt.LOST if "\ufffd" in text else Doubt.NONE))


def _without_nul(text: str, doubt: Doubt) -> Line:
    if "\0" not in text:
        return Line(text, doubt)
    return Line(text.replace("\0", ""), doubt | Doubt.NUL)


def _too_long(longest: int) -> Unreadable:
    said = _(
        "One line of this file is longer than %(count)d characters, so it is not a table with a row on each "
        "line. Nothing was read. Open the file in a spreadsheet program and save it as CSV."
    )
    return Unreadable(said % {"count": longest})


def _register(name: str) -> None:
    """Let ``bytes.decode`` fall back to an older encoding for just those bytes that are not UTF-8."""

    def explain(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(name, errors="replace"), error.end

    codecs.register_error(f"undersigned-{name}", explain)


for _name in OLDER:
    _register(_name)
