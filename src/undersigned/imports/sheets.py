"""The door of this room: ``read`` takes any file that people call a list, and gives its rows.

``read`` looks at the file's content to find its format, encoding, separator and header, and raises
``Unreadable`` with a sentence for the person when there is no table in it. The rows then come one at a time.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from undersigned.imports import delimited, json_records, records, sniffing, table
from undersigned.imports.dialects import dialect
from undersigned.imports.doubts import texts
from undersigned.imports.encodings import Encoding, examine, lines
from undersigned.imports.records import Value
from undersigned.imports.row import MEBIBYTE, Findings, Limits, Problem, Record, Row, Unreadable, empty
from undersigned.imports.sniffing import Kind
from undersigned.imports.workbooks import Workbook

__all__ = ["Limits", "Problem", "Row", "Sheet", "Unreadable", "read"]

DEFAULT = Limits()


class Sheet:
    """A table that was brought: its columns, and its rows as often as asked.

    ``problems`` and ``set_aside`` fill while rows are read, and begin anew with each reading. ``set_aside``
    names the rows that were not handed on because their cells could not be told apart: whoever treats what is
    missing from a file as gone must not do so while rows are set aside.
    """

    def __init__(
        self,
        columns: tuple[str, ...],
        kind: Kind,
        found: Findings,
        source: Callable[[Findings], Iterator[Row]],
    ) -> None:
        self.columns = columns
        self.kind: Kind = kind
        self._found = found
        self._source = source
        self.problems: list[Problem] = list(found.problems)
        self.set_aside: list[int] = []

    def rows(self) -> Iterator[Row]:
        """Every row, in order. Raises Unreadable when the file turns out cut off or too large."""
        findings = Findings(self._found.most, self.problems, self.set_aside)
        self.problems[:] = self._found.problems
        self.set_aside.clear()
        yield from self._source(findings)
        findings.close()

    def samples(self, count: int = 50) -> dict[str, list[str]]:
        """The first values of each column that are not blank, to guess its meaning from."""
        first = list(islice(self._source(Findings(0)), count))
        return {name: [row.cells[name] for row in first if row.cells[name]] for name in self.columns}


def read(path: Path, *, limits: Limits = DEFAULT) -> Sheet:
    """Open a file that holds a table. Raises Unreadable, whose message tells the person what to do."""
    _refuse_size(_size(path), limits)
    kind = sniffing.workbook_kind(path, limits)
    if kind:
        return _workbook(path, kind, limits)
    encoding = examine(path, limits)
    kind = sniffing.text_kind(path, encoding, limits)
    if kind == "yaml":
        return _yaml(path, encoding, limits)
    return _json(path, encoding, limits) if kind == "json" else _delimited(path, encoding, limits)


def _size(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size
    except OSError as error:
        said = _("The file “%(name)s” could not be opened. Check that it is there and that it may be read.")
        raise Unreadable(said % {"name": path.name}) from error


def _refuse_size(size: int, limits: Limits) -> None:
    if not size:
        raise empty()
    if size > limits.file:
        said = _(
            "This file is larger than %(most)d megabytes. Nothing was read. Keep only the table that is needed."
        )
        raise Unreadable(said % {"most": limits.file // MEBIBYTE})


def _delimited(path: Path, encoding: Encoding, limits: Limits) -> Sheet:
    shape = dialect(lines(path, encoding, limits))

    def source(findings: Findings) -> Iterator[Record]:
        return delimited.records(path, encoding, shape, findings, limits)

    found = Findings(limits.problems)
    return _table("tsv" if shape.separator == "\t" else "csv", source, found, limits)


def _workbook(path: Path, kind: Kind, limits: Limits) -> Sheet:
    workbook = Workbook(path, limits)
    found = Findings(limits.problems)
    if workbook.others:
        said = _(
            "Only the worksheet “%(read)s” was read. Not read: %(others)s. "
            "If one of these is needed, save it as a file of its own."
        )
        found.add(None, said % {"read": workbook.worksheet, "others": ", ".join(workbook.others)})
    return _table(kind, workbook.records, found, limits)


def _table(
    kind: Kind, source: Callable[[Findings], Iterator[Record]], found: Findings, limits: Limits
) -> Sheet:
    sample = list(islice(source(Findings(0)), table.SAMPLE_ROWS))
    shape = table.layout(sample, found, limits)

    def rows(findings: Findings) -> Iterator[Row]:
        return table.rows(source(findings), shape, findings, limits)

    return Sheet(shape.columns, kind, found, rows)


def _yaml(path: Path, encoding: Encoding, limits: Limits) -> Sheet:
    found = Findings(limits.problems)
    text = "".join(texts(lines(path, encoding, limits), encoding, found))
    from undersigned.imports import yaml_records  # its library is large, and most processes never read YAML

    listed = records.listed(yaml_records.documents(text, found, limits), found)
    return _records("yaml", lambda _findings: listed, found, limits)


def _json(path: Path, encoding: Encoding, limits: Limits) -> Sheet:
    def source(findings: Findings) -> Iterable[Value]:
        return json_records.values(path, encoding, findings, limits)

    return _records("json", source, Findings(limits.problems), limits)


def _records(
    kind: Kind, source: Callable[[Findings], Iterable[Value]], found: Findings, limits: Limits
) -> Sheet:
    if isinstance(next(iter(source(Findings(0))), None), list):
        return _table(kind, lambda findings: records.lines(source(findings)), found, limits)
    columns = records.columns(source(Findings(0)), limits)
    if not columns:
        raise Unreadable(
            _("No records with named fields were found in this file. Write it as a list of records.")
        )
    return Sheet(
        columns, kind, found, lambda findings: records.rows(source(findings), columns, findings, limits)
    )
