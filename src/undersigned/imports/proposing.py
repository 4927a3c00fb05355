"""What the columns of a new file mean: as confirmed for such a file before, else carried over, else guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from undersigned.imports import keeping
from undersigned.imports.columns import SAMPLES_SHOWN, Changes, Column, Mapping
from undersigned.imports.models import ImportRun
from undersigned.imports.planning import importer, mapping_of
from undersigned.imports.rows_of import sheet_of
from undersigned.imports.sheets import Sheet
from undersigned.imports.subjects import Importer

SAMPLED = 20
NOTHING = Changes((), ())


class Source(StrEnum):
    """Whose word the proposal is."""

    KEPT = "kept"
    NEAR = "near"
    GUESSED = "guessed"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``changes`` say how the columns differ from those of the last file of this make."""

    columns: Mapping
    source: Source
    changes: Changes = NOTHING


def proposal(run: ImportRun) -> Proposal:
    """What to show beside each column of this run's file. Raises Unreadable."""
    sheet, kind = sheet_of(run), importer(run)
    if run.mapping:
        return Proposal(_sampled(mapping_of(run).on(sheet.columns), sheet, kind), Source.CHOSEN)
    return _first(sheet, kind)


def _first(sheet: Sheet, kind: Importer) -> Proposal:
    kept = keeping.recall(kind.subject, sheet.columns, kind.vocabulary)
    if kept is not None:
        return Proposal(_sampled(kept, sheet, kind), Source.KEPT)
    guessed = kind.guess(sheet)
    near = keeping.nearest(kind.subject, sheet.columns, kind.vocabulary)
    if near is None:
        return Proposal(_sampled(guessed, sheet, kind), Source.GUESSED)
    joined = _carried_over(near, guessed, kind)
    return Proposal(_sampled(joined, sheet, kind), Source.NEAR, near.changes(sheet.columns))


def _carried_over(near: Mapping, guessed: Mapping, kind: Importer) -> Mapping:
    """The columns that were there before as they were confirmed; the new ones as they are guessed."""
    names = [column.name for column in guessed.columns]
    known = near.on(names)
    new = set(near.changes(names).new)
    taken = known.fields
    return Mapping(
        tuple(
            _guess(guess, taken, kind) if guess.name in new else before
            for guess, before in zip(guessed.columns, known.columns, strict=True)
        )
    )


def _guess(column: Column, taken: frozenset[str], kind: Importer) -> Column:
    several = column.field is not None and kind.vocabulary[column.field].several
    return column if several or column.field not in taken else Column(column.name)


def _sampled(columns: Mapping, sheet: Sheet, kind: Importer) -> Mapping:
    """With the first different values of each column beside it, but for those that are never shown."""
    samples = sheet.samples(SAMPLED)
    return Mapping(
        tuple(
            replace(one, samples=() if one.field in kind.never_shown else _first_values(samples[one.name]))
            for one in columns.columns
        )
    )


def _first_values(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:SAMPLES_SHOWN]
