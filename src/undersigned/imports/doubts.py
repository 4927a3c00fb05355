"""What was doubtful about decoding a file, said row by row where rows are known, and else by its lines."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from undersigned.imports.encodings import Doubt, Encoding, Line
from undersigned.imports.row import Findings


class Doubts:
    """Reports doubts. A file that is in one older encoding throughout is spoken of once, at its first such row."""

    def __init__(self, findings: Findings, encoding: Encoding) -> None:
        self._findings = findings
        self._encoding = encoding
        self._said_older = False

    def in_row(self, row: int, doubt: Doubt) -> None:
        if Doubt.GUESSED in doubt:
            self._guessed(row)
        if Doubt.LOST in doubt:
            said = _(
                "This row holds characters that could not be read; each stands as %(sign)s. Type them again."
            )
            self._findings.add(row, said % {"sign": "\ufffd"})
        if Doubt.NUL in doubt:
            said = _("This row held NUL characters, which mean nothing in a table. They were left out.")
            self._findings.add(row, said)

    def _guessed(self, row: int) -> None:
        told = {"encoding": self._encoding.label}
        if self._encoding.mixed:
            said = _(
                "This row is not written in UTF-8 as others are. It was read as %(encoding)s: check its accents, "
                "and save the whole file in one encoding."
            )
            self._findings.add(row, said % told)
        elif not self._said_older:
            self._said_older = True
            said = _(
                "This file is not written in UTF-8. It was read as %(encoding)s: check the accents, of which this "
                "row has the first. If they are wrong, save the file as CSV UTF-8."
            )
            self._findings.add(row, said % told)


def texts(source: Iterable[Line], encoding: Encoding, findings: Findings) -> Iterator[str]:
    """The lines as text, each kind of doubt said once, with the line where it first arose."""
    said = Doubt.NONE
    for number, line in enumerate(source, start=1):
        for doubt in line.doubt & ~said:
            said |= doubt
            findings.add(None, _of_line(doubt) % {"line": number, "encoding": encoding.label})
        yield line.text


def _of_line(doubt: Doubt) -> str:
    if doubt is Doubt.GUESSED:
        return _(
            "Line %(line)d is not written in UTF-8 throughout. It and others like it were read as %(encoding)s: "
            "check the accents, and save the file as UTF-8."
        )
    if doubt is Doubt.LOST:
        return _(
            "Line %(line)d holds characters that could not be read. Look for \ufffd and type them again."
        )
    return _("Line %(line)d held NUL characters, which mean nothing in a text. They were left out.")
