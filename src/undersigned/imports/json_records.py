"""JSON as a list of records: one value at a time, so that memory does not grow with the file.

The decoder is the standard library's, given text piece by piece. Numbers are kept as they are written, since
the number of an account on a network has more digits than binary floating point holds.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from undersigned.imports.doubts import texts
from undersigned.imports.encodings import Encoding, lines
from undersigned.imports.records import Value, listed
from undersigned.imports.row import MEBIBYTE, Findings, Limits, Unreadable

BLANKS = " \t\r\n"
WINDOW = 64 * 1024


def values(path: Path, encoding: Encoding, findings: Findings, limits: Limits) -> Iterator[Value]:
    """The entries of a list, the records of a file with one a line, or the one object that the file is.

    Raises Unreadable where the JSON is broken. In a file of one record a line, a broken line is set aside.
    """
    text = _Text(texts(lines(path, encoding, limits), encoding, findings), limits)
    if text.peek() == "[":
        return _entries(text, findings)
    if _is_lines(path, encoding, limits):
        return _by_line(path, encoding, findings, limits)
    return _whole(path, encoding, findings, limits)


class _Decoder(json.JSONDecoder):
    """Keeps numbers as text, and reports a name that stands twice in one object."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(object_pairs_hook=self._object, parse_float=str, parse_int=str, parse_constant=str)
        self._findings = findings
        self.record: int | None = None

    def _object(self, pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        built = dict(reversed(pairs))
        if len(built) < len(pairs):
            self._report(pairs)
        return dict(reversed(built.items()))

    def _report(self, pairs: list[tuple[str, Value]]) -> None:
        times = Counter(name for name, _value in pairs)
        for name in (name for name, count in times.items() if count > 1):
            said = _("“%(name)s” stands twice in this record. The first was kept. Remove one.")
            self._findings.add(self.record, said % {"name": name}, field=name)


class _Text:
    """A window on the text of the file, widened when a value goes beyond it."""

    def __init__(self, pieces: Iterator[str], limits: Limits) -> None:
        self._pieces = pieces
        self._widest = limits.record_characters
        self._text = ""
        self._at = 0
        self._lines_before = 0

    def _widen(self, size: int) -> bool:
        """Drop what was read and append at least ``size`` characters. False when the file has no more."""
        self._lines_before += self._text.count("\n", 0, self._at)
        gathered, added = [self._text[self._at :]], 0
        for piece in self._pieces:
            gathered.append(piece)
            added += len(piece)
            if added >= size:
                break
        self._text, self._at = "".join(gathered), 0
        return added > 0

    def peek(self) -> str:
        """The next character that is not blank, or an empty text at the end of the file."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in BLANKS:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._widen(WINDOW):
                return ""

    def skip(self) -> None:
        self._at += 1

    @property
    def line(self) -> int:
        return self._lines_before + self._text.count("\n", 0, self._at) + 1

    def value(self, decoder: json.JSONDecoder) -> Any:
        """The value that begins here. Raises Unreadable for broken JSON or a value wider than the limit."""
        while True:
            value, end, failed_on = self._attempt(decoder)
            if end < len(self._text):
                self._at = end
                return value
            pending = len(self._text) - self._at
            if pending > self._widest or not self._widen(pending + WINDOW):
                if failed_on:
                    raise _broken(failed_on)
                self._at = len(self._text)
                return value

    def _attempt(self, decoder: json.JSONDecoder) -> tuple[Any, int, int | None]:
        """A value and where it ends, or else the end of the window and the line on which it is not JSON."""
        try:
            return *decoder.raw_decode(self._text, self._at), None
        except json.JSONDecodeError as error:
            return None, len(self._text), self._lines_before + error.lineno
        except RecursionError as error:
            raise _too_deep() from error


def _entries(text: _Text, findings: Findings) -> Iterator[Value]:
    decoder = _Decoder(findings)
    text.skip()
    number = 0
    while text.peek() != "]":
        if number:
            if text.peek() != ",":
                raise _broken(text.line)
            text.skip()
            text.peek()
        number += 1
        decoder.record = number
        yield text.value(decoder)
    text.skip()
    if text.peek():
        raise _broken(text.line)


def _is_lines(path: Path, encoding: Encoding, limits: Limits) -> bool:
    """Two lines that each begin a record, the first of which is whole."""
    filled = (line.text for line in lines(path, encoding, limits) if line.text.strip())
    first, second = next(filled, ""), next(filled, "")
    if not second.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _by_line(path: Path, encoding: Encoding, findings: Findings, limits: Limits) -> Iterator[Value]:
    decoder = _Decoder(findings)
    number = 0
    for line in texts(lines(path, encoding, limits), encoding, findings):
        if not line.strip():
            continue
        number += 1
        decoder.record = number
        try:
            yield decoder.decode(line)
        except (ValueError, RecursionError):
            yield None


def _whole(path: Path, encoding: Encoding, findings: Findings, limits: Limits) -> Iterator[Value]:
    if path.stat().st_size > limits.json_object:
        raise _too_large(limits)
    text = "".join(texts(lines(path, encoding, limits), encoding, findings))
    try:
        yield from listed(_Decoder(findings).decode(text), findings)
    except json.JSONDecodeError as error:
        raise _broken(error.lineno) from error
    except RecursionError as error:
        raise _too_deep() from error


def _broken(line: int) -> Unreadable:
    said = _(
        "This file is not valid JSON: it breaks off on line %(line)d. Nothing was read. "
        "Correct it or save it again."
    )
    return Unreadable(said % {"line": line})


def _too_deep() -> Unreadable:
    return Unreadable(
        _("This JSON is nested too deep to be a list of records. Nothing was read. Write it flat.")
    )


def _too_large(limits: Limits) -> Unreadable:
    said = _(
        "A JSON file of more than %(most)d megabytes must be a list of records, or hold one record on each "
        "line. Nothing was read. Save it that way, or as CSV."
    )
    return Unreadable(said % {"most": limits.json_object // MEBIBYTE})
