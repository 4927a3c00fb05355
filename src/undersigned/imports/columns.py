"""Which column means what: guessed from names and values, confirmed by a person, kept for the next file.

A guess is a proposal. It is shown with how sure it is and with samples, and a person confirms it; what was
confirmed is kept by the set of column names, so that next month's file of the same make needs no questions.
"""

import hashlib
import json
from collections import abc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from undersigned.imports.headers import Meaning, compact, likeness

__all__ = ["Changes", "Column", "Mapping", "MappingRefused", "Meaning", "guess", "headers_key"]

FORMAT = "undersigned-columns/1"
LEAST = 0.4
SURE = 0.8
CONTESTED = 0.5
CLOSE = 0.05
SAMPLES_SHOWN = 3


class MappingRefused(Exception):
    """A saved mapping cannot be used. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file, and the field it is taken to mean, or None when nothing fits.

    ``confidence`` runs from 0 to 1; from 0.8 on it need not be asked about. ``samples`` are shown, never saved.
    """

    name: str
    field: str | None = None
    confidence: float = 0.0
    samples: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Changes:
    """How a file's columns differ from those of the mapping that was kept."""

    new: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of a file, in order, each with its meaning."""

    columns: tuple[Column, ...]

    def of(self, field: str) -> tuple[str, ...]:
        """The names of the columns that mean this field, in the order of the file."""
        return tuple(column.name for column in self.columns if column.field == field)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def unmapped(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.field is None)

    @property
    def unsure(self) -> tuple[Column, ...]:
        """The columns whose meaning a person should look at first."""
        return tuple(column for column in self.columns if column.field and not column.is_sure)

    def changes(self, columns: Iterable[str]) -> Changes:
        """What a later file has more and less. Case, accents and punctuation do not count."""
        now = {compact(name): name for name in columns}
        then = {compact(column.name): column.name for column in self.columns}
        return Changes(
            tuple(name for key, name in now.items() if key not in then),
            tuple(name for key, name in then.items() if key not in now),
        )

    def on(self, columns: Sequence[str]) -> "Mapping":
        """This mapping carried over to a later file: what is new there means nothing yet."""
        known = {compact(column.name): column for column in self.columns}
        return Mapping(tuple(replace(known.get(compact(name), Column(name)), name=name) for name in columns))

    def to_json(self) -> str:
        """The mapping as a file that people can read and edit: column names and fields, no values."""
        meanings = {column.name: column.field for column in self.columns}
        return json.dumps({"format": FORMAT, "columns": meanings}, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str, vocabulary: abc.Mapping[str, Meaning]) -> "Mapping":
        """A mapping that a person confirmed. Raises MappingRefused for a broken file or an unknown field."""
        columns = tuple(Column(name, field, 1.0 if field else 0.0) for name, field in _entries(text))
        for column in columns:
            _check(column, columns, vocabulary)
        return cls(columns)


def _entries(text: str) -> list[tuple[str, str | None]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingRefused(
            _("The mapping is not valid JSON. Correct it, or leave it out to have it guessed.")
        ) from error
    columns = told.get("columns") if isinstance(told, dict) else None
    if not isinstance(columns, dict) or not all(f is None or isinstance(f, str) for f in columns.values()):
        raise MappingRefused(
            _('A mapping needs "columns": an object with column names and, for each, a field or null.')
        )
    return list(columns.items())


def _check(column: Column, columns: tuple[Column, ...], vocabulary: abc.Mapping[str, Meaning]) -> None:
    if column.field is None:
        return
    if column.field not in vocabulary:
        said = _(
            "The mapping takes “%(column)s” for “%(field)s”, which is no field here. The fields are: %(fields)s."
        )
        told = {"column": column.name, "field": column.field, "fields": ", ".join(vocabulary)}
        raise MappingRefused(said % told)
    if not vocabulary[column.field].several and sum(c.field == column.field for c in columns) > 1:
        said = _(
            "The mapping names more than one column for “%(field)s”. Keep one, and set the others to null."
        )
        raise MappingRefused(said % {"field": column.field})


def headers_key(columns: Iterable[str]) -> str:
    """One text for a set of column names, whatever their order and case, to find a kept mapping by."""
    names = sorted(compact(name) for name in columns)
    return hashlib.sha256("\0".join(names).encode()).hexdigest()


def guess(
    columns: Sequence[str], samples: abc.Mapping[str, Sequence[str]], vocabulary: abc.Mapping[str, Meaning]
) -> Mapping:
    """Propose a meaning for each column: the likeliest pairs first, each column and each field once.

    Where two columns, or two fields, fit almost equally well, the proposal is not sure: a person decides.
    """
    scores = _scores(columns, samples, vocabulary)
    chosen: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    for (name, field), score in sorted(scores.items(), key=lambda pair: -pair[1]):
        if name in chosen or field in taken:
            continue
        chosen[name] = (field, _settled(name, field, score, scores, vocabulary))
        if not vocabulary[field].several:
            taken.add(field)
    return Mapping(tuple(_column(name, chosen.get(name), samples) for name in columns))


def _column(name: str, chosen: tuple[str, float] | None, samples: abc.Mapping[str, Sequence[str]]) -> Column:
    field, confidence = chosen or (None, 0.0)
    return Column(name, field, confidence, tuple(samples.get(name, ())[:SAMPLES_SHOWN]))


def _scores(
    columns: Sequence[str], samples: abc.Mapping[str, Sequence[str]], vocabulary: abc.Mapping[str, Meaning]
) -> dict[tuple[str, str], float]:
    scores = {
        (name, field): likeness(name, samples.get(name, ()), meaning)
        for name in columns
        for field, meaning in vocabulary.items()
    }
    return {pair: score for pair, score in scores.items() if score >= LEAST}


def _settled(
    name: str,
    field: str,
    score: float,
    scores: dict[tuple[str, str], float],
    vocabulary: abc.Mapping[str, Meaning],
) -> float:
    """The score, lowered where another column or another field is a close second."""
    for (other, meant), rival in scores.items():
        same_column = other == name and meant != field
        same_field = meant == field and other != name and not vocabulary[field].several
        if (same_column or same_field) and rival > score - CLOSE:
            return round(min(score, CONTESTED), 2)
    return round(score, 2)
