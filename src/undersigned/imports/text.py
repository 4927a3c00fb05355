"""Text as it is compared, text as it may deceive, and text as it is written into tables of our own."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
PLAIN_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
LEFT_BEHIND = re.compile("[\0\ufeff]")
SURROGATE = re.compile("[\ud800-\udfff]")
SHOWS_NOTHING = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
BLANK_CONTROLS = frozenset("\t\n\v\f\r\x85")


def clean(cell: str) -> str:
    """A cell trimmed, and without what no database takes, or what files leave behind that were joined.

    NUL and byte-order marks are left out; half a surrogate pair shows as a character that could not be read.
    """
    trimmed = cell.strip()
    if trimmed.isprintable():
        return trimmed
    return SURROGATE.sub("\ufffd", LEFT_BEHIND.sub("", trimmed)).strip()


def comparable(text: str) -> str:
    """Two texts are the same to a person when these are equal: in width, case, spacing, and what is not seen.

    Compatibility forms are made alike (NFKC, UAX 15) and case is folded; accents are kept.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", without_hidden(text)).casefold())
    return " ".join(folded.split())


def without_accents(text: str) -> str:
    """``comparable`` without accents, for words that people leave them off: column names, months."""
    parts = unicodedata.normalize("NFD", comparable(text))
    return "".join(part for part in parts if not unicodedata.combining(part))


def is_hidden(character: str) -> bool:
    """A character that shows as nothing or turns the writing direction (UAX 9; UTR 36, sections 2 and 3)."""
    if character in BLANK_CONTROLS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in SHOWS_NOTHING


def hidden(text: str) -> tuple[str, ...]:
    """The hidden characters of a text, each once, as a person can look them up: ``U+200B ZERO WIDTH SPACE``."""
    if text.isascii() and text.isprintable():
        return ()
    found = dict.fromkeys(character for character in text if is_hidden(character))
    return tuple(f"U+{ord(c):04X} {unicodedata.name(c, 'CONTROL CHARACTER')}" for c in found)


def without_hidden(text: str) -> str:
    """The text without its hidden characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character for character in text if not is_hidden(character))


def for_export(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula, by an apostrophe before it (OWASP, CSV injection).

    Plain numbers stay as they are: ``-5`` computes nothing. A cell that has such an apostrophe of its own gets
    a second one, so that ``from_export`` always gives back what was written.
    """
    start = cell.lstrip(" '")[:1]
    if start and start in FORMULA_STARTS and not PLAIN_NUMBER.fullmatch(cell.strip()):
        return f"'{cell}"
    return cell


def from_export(cell: str) -> str:
    """Undo ``for_export``, so that a table of ours that is brought back says what it said before."""
    return cell[1:] if cell[:1] == "'" and for_export(cell[1:]) == cell else cell


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table as CSV (RFC 4180), line by line, each cell safe to open in a spreadsheet program."""
    line = _Line()
    writer = csv.writer(line)
    for cells in chain([columns], rows):
        writer.writerow([for_export(cell) for cell in cells])
        yield line.text


class _Line:
    """What the csv writer writes to: it keeps the last line."""

    text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)
