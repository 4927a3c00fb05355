"""What can be imported. A room that takes lists registers how it reads, plans and applies them.

The pages of this room are the same for every list; whatever is about persons or accounts stands in an
:class:`Importer` of theirs, registered from their ``AppConfig.ready()``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

from undersigned.acts.actor import Actor
from undersigned.acts.predicates import Rule
from undersigned.acts.refusals import Words
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.columns import Meaning
from undersigned.imports.forms import FileForm
from undersigned.imports.models import Subject
from undersigned.imports.preview import Preview, Report
from undersigned.imports.sheets import Sheet

Progress = Callable[[int, int | None], None]
"""Told how much is done and, once it is known, of how much."""

Does: TypeAlias = Literal["adds", "changes", "ends", "keeps", "waits"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a preview and of a report: what it is called, and what is done to the things it counts.

    Those that are ``rare`` are shown only where there are any.
    """

    name: str
    label: Words
    does: Does
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """A file, and what was said about it so far. ``name`` is the one under which it was brought."""

    path: Path
    name: str
    mapping: Columns
    options: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """How a list is spoken of. ``route`` is the page on which what was imported is found."""

    title: Words
    what: Words
    needs: Words
    route: str
    room: Words


class Prepared(Protocol):
    """A file read and set against what is known. Nothing is written yet."""

    @property
    def preview(self) -> Preview: ...

    def apply(self, *, by: Actor, confirmed: int | None, progress: Progress) -> Report:
        """Do it, act by act; a row that fails loses no other. ``confirmed`` is the number typed for the brake."""


class Importer(Protocol):
    """One kind of list."""

    @property
    def subject(self) -> Subject: ...

    @property
    def may(self) -> Rule:
        """Who may bring it."""

    @property
    def about(self) -> About: ...

    @property
    def form(self) -> type[FileForm]:
        """What is asked beside the file."""

    @property
    def vocabulary(self) -> Mapping[str, Meaning]: ...

    @property
    def counts(self) -> Sequence[Count]:
        """In the order in which they are shown."""

    @property
    def never_shown(self) -> frozenset[str]:
        """Fields whose values are neither shown nor kept, such as passwords."""

    def meanings(self) -> Sequence[tuple[Words, Sequence[tuple[str, Words]]]]:
        """What a column may mean, in groups under a heading."""

    def guess(self, sheet: Sheet) -> Columns: ...

    def remarks(self, mapping: Columns) -> Mapping[str, str]:
        """What is to be said beside columns that are not read, by their names."""

    def sentence(self, question: str) -> Words:
        """What a question asks, by its key."""

    def check(self, mapping: Columns) -> None:
        """Raises MappingRefused where the columns do not say enough to begin."""

    def prepare(self, brought: Brought, progress: Progress) -> Prepared:
        """Raises Unreadable, MappingRefused and Refused."""


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Registering a subject again replaces its importer, so that ready() may run twice."""
    _importers[importer.subject] = importer


def importers() -> list[Importer]:
    """Every kind of list, in the order of their names."""
    return [_importers[subject] for subject in sorted(_importers)]


def importer_of(subject: str) -> Importer:
    """Raises KeyError for a subject that no room has registered."""
    return _importers[subject]
