"""The rows of a file that a report speaks of, as they came, without what is never shown."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from undersigned.imports import files
from undersigned.imports.models import ImportRun
from undersigned.imports.planning import importer, mapping_of
from undersigned.imports.sheets import Limits, Row, Sheet, read

HIDDEN = "•••"
"""Stands where a password stood."""


def sheet_of(run: ImportRun) -> Sheet:
    """Raises Unreadable, whose message tells the person what to do."""
    return read(files.path_of(run.file_digest), limits=Limits(file=settings.LARGEST_IMPORT_BYTES))


def cells_of(run: ImportRun, wanted: set[int]) -> dict[int, dict[str, str]]:
    """The cells of these rows by column, read in one pass that ends with the last of them."""
    if not wanted:
        return {}
    secret = _secret_columns(run)
    return {row.number: _shown(row, secret) for row in _rows(run, max(wanted)) if row.number in wanted}


def _rows(run: ImportRun, last: int) -> Iterator[Row]:
    for row in sheet_of(run).rows():
        yield row
        if row.number >= last:
            return


def _secret_columns(run: ImportRun) -> frozenset[str]:
    never = importer(run).never_shown
    return frozenset(column.name for column in mapping_of(run).columns if column.field in never)


def _shown(row: Row, secret: frozenset[str]) -> dict[str, str]:
    return {name: HIDDEN if name in secret and cell else cell for name, cell in row.cells.items()}
