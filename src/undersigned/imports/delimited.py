"""Text with a separator: comma, semicolon, tab or bar, quoted as in RFC 4180 or less well.

A quotation mark that is never closed would swallow the rest of the file. So the lines of the record being
read are kept, and when it does not end as it should, its first line is read alone and the others anew.
"""

import csv
import itertools
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from undersigned.imports.dialects import Dialect
from undersigned.imports.doubts import Doubts
from undersigned.imports.encodings import Encoding, Line, lines
from undersigned.imports.row import Findings, Limits, Record

MOST_LINES_IN_A_RECORD = 500
MOST_RECOVERIES = 100


class _Feed:
    """Hands lines to the csv reader, and remembers those of the record being read.

    It ends early when a record grows past any sensible size, which the csv reader then reports.
    """

    def __init__(self, source: Iterator[Line], most_characters: int) -> None:
        self._source = source
        self._waiting: deque[Line] = deque()
        self._most_characters = most_characters
        self._characters = 0
        self.taken: list[Line] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES_IN_A_RECORD or self._characters > self._most_characters:
            raise StopIteration
        line = self._waiting.popleft() if self._waiting else next(self._source)
        self.taken.append(line)
        self._characters += len(line.text)
        return line.text

    def begin(self) -> None:
        self.taken = []
        self._characters = 0

    def keep_first(self) -> str:
        """Give all lines of this record back but its first."""
        first, *rest = self.taken
        self._waiting.extendleft(reversed(rest))
        self.taken = [first]
        return first.text


def records(
    path: Path, encoding: Encoding, found: Dialect, findings: Findings, limits: Limits
) -> Iterator[Record]:
    """Every row of the file, blank ones too, with what was doubtful about each reported to ``findings``."""
    source = lines(path, encoding, limits)
    if found.declared:
        next(source, None)
    doubts = Doubts(findings, encoding)
    for record, taken in _split(source, found.separator, found.width, findings, limits):
        for line in taken:
            if line.doubt:
                doubts.in_row(record.number, line.doubt)
        yield record


def _split(
    source: Iterator[Line], separator: str, width: int, findings: Findings, limits: Limits
) -> Iterator[tuple[Record, list[Line]]]:
    feed = _Feed(source, limits.line_characters)
    reader = csv.reader(feed, delimiter=separator, strict=True)
    recoveries = 0
    for number in itertools.count(1):
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = _alone(feed.keep_first(), separator, width)
            findings.add(number, _unpaired())
            recoveries += 1
            if recoveries == MOST_RECOVERIES:
                reader = csv.reader(feed, delimiter=separator, quoting=csv.QUOTE_NONE)
                findings.add(number, _quotes_ignored())
        yield Record(number, cells), feed.taken


def _alone(line: str, separator: str, width: int) -> list[str]:
    """Read one line whose quotation marks do not pair up: split plainly if that fits, else as csv would."""
    plain = [cell.strip().strip('"') for cell in line.strip("\r\n").split(separator)]
    if len(plain) == width:
        return plain
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return plain


def _unpaired() -> str:
    return _(
        "The quotation marks in this row do not pair up. It was read as one line, without them. "
        "Check the row, and write a quotation mark inside a cell twice."
    )


def _quotes_ignored() -> str:
    return _(
        "So many quotation marks of this file do not pair up that from this row on they are read as plain "
        "characters. Save the file again as CSV from a spreadsheet program."
    )
