"""A roster from file to plan: read, columns recalled or guessed, set against everybody who is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from undersigned.imports import keeping
from undersigned.imports.columns import Mapping
from undersigned.imports.models import Subject
from undersigned.imports.sheets import Limits, Sheet, read
from undersigned.people.queries import known_people, units_by_path
from undersigned.people.roster.gathering import Progress
from undersigned.people.roster.guessing import guess_columns
from undersigned.people.roster.plan import Plan
from undersigned.people.roster.planning import nothing, plan
from undersigned.people.roster.questions import Answers
from undersigned.people.roster.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Prepared:
    """A roster read and planned. Nothing is written yet."""

    mapping: Mapping
    plan: Plan


def opened(path: Path) -> Sheet:
    """Raises Unreadable, whose message tells the person what to do."""
    return read(path, limits=Limits(file=settings.LARGEST_IMPORT_BYTES))


def columns_of(sheet: Sheet) -> Mapping:
    """As they were confirmed for such a file before, or else as they are guessed."""
    return keeping.recall(Subject.ROSTER, sheet.columns, VOCABULARY) or guess_columns(sheet)


def read_mapping(text: str) -> Mapping:
    """Raises MappingRefused."""
    return Mapping.from_json(text, VOCABULARY)


def prepared(
    path: Path,
    *,
    as_of: date,
    full: bool,
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    progress: Progress = nothing,
) -> Prepared:
    """Say what this roster would do. Raises Unreadable, MappingRefused and NoNames."""
    sheet = opened(path)
    columns = mapping or columns_of(sheet)
    made = plan(
        sheet,
        columns,
        known_people(),
        as_of=as_of,
        full=full,
        units=[path for path in units_by_path() if path],
        share=settings.LEAVERS_BRAKE_PERCENT / 100,
        answers=answers,
        progress=progress,
    )
    return Prepared(columns, made)
