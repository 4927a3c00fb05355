"""The roster on the pages of an import: what is asked about the file, and what it would change, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undersigned.acts.actor import Actor
from undersigned.acts.predicates import Rule
from undersigned.acts.refusals import Words
from undersigned.imports import subjects
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.columns import MappingRefused, Meaning
from undersigned.imports.forms import FileForm
from undersigned.imports.models import Subject
from undersigned.imports.preview import Brake, Example, Group, Preview, Report, listed
from undersigned.imports.sheets import Sheet
from undersigned.imports.subjects import About, Brought, Count, Progress
from undersigned.people import roster_words as words
from undersigned.people import rostering, rules
from undersigned.people.acts import roster
from undersigned.people.roster.guessing import guess_columns, not_kept
from undersigned.people.roster.plan import Plan
from undersigned.people.roster.planning import NoNames
from undersigned.people.roster.questions import ASKED, Answers, Kind
from undersigned.people.roster.steps import Changed, Ended, Moved, Returned
from undersigned.people.roster.vocabulary import VOCABULARY, Field
from undersigned.ui.forms import DayField

T = TypeVar("T")

MOST_EXAMPLES = 50
MOST_LEAVERS = 200
"""Whoever leaves loses everything they may do, so more of them are shown by name."""


class RosterForm(FileForm):
    """A roster is of a day, and has everybody in it or not."""

    as_of = DayField(
        label=_("Of which day is it?"),
        help_text=_("The day on which the list was true, for example 31 1 2027."),
    )
    full = forms.BooleanField(
        label=_("Everybody who works for the city is in this file: whoever is missing has left"),
        required=False,
    )

    field_order = ("file", "as_of", "full")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = timezone.localdate()

    def options(self) -> dict[str, Any]:
        return {"as_of": self.cleaned_data["as_of"].isoformat(), "full": self.cleaned_data["full"]}


@dataclass(frozen=True, slots=True)
class PreparedRoster:
    """A roster set against everybody who is known."""

    plan: Plan
    preview: Preview

    def apply(self, *, by: Actor, confirmed: int | None, progress: Progress) -> Report:
        applied = roster.apply(by=by, plan=self.plan, confirmed_leavers=confirmed, progress=progress)
        counts = counts_of(self.plan) | {
            "joined": applied.joined,
            "left": applied.left,
            "changed": applied.steps[Changed],
            "moved": applied.steps[Moved],
            "returned": applied.steps[Returned],
            "ended": applied.steps[Ended],
        }
        return Report(counts, [*self.plan.problems, *applied.problems])


class RosterImporter:
    """The list of people (:class:`undersigned.imports.subjects.Importer`)."""

    subject = Subject.ROSTER
    may: Rule = rules.keeps_people
    form: type[FileForm] = RosterForm
    vocabulary: Mapping[str, Meaning] = VOCABULARY
    never_shown: frozenset[str] = frozenset()
    about = About(
        title=_("Bring a list of people"),
        what=_(
            "A list of the people who work for the city, as the personnel system exports it: a row a person, with "
            "name, unit and, best of all, a staff number. It makes known who joined, moved and left."
        ),
        needs=_("Columns about pay, home or health are not read."),
        route="people:list",
        room=_("See the people"),
    )
    counts: Sequence[Count] = (
        Count("joined", _("New people"), "adds"),
        Count("returned", _("Back again"), "adds", rare=True),
        Count("units", _("New units"), "adds", rare=True),
        Count("moved", _("In another office"), "changes", rare=True),
        Count("changed", _("Particulars changed"), "changes"),
        Count("left", _("Leave"), "ends"),
        Count("ended", _("Offices that end"), "ends", rare=True),
        Count("unchanged", _("As they were"), "keeps"),
        Count("waiting", _("Wait for an answer"), "waits", rare=True),
    )

    def meanings(self) -> Sequence[tuple[Words, Sequence[tuple[str, Words]]]]:
        return words.MEANINGS

    def guess(self, sheet: Sheet) -> Columns:
        return guess_columns(sheet)

    def remarks(self, mapping: Columns) -> Mapping[str, str]:
        return {one.column: one.why for one in not_kept(mapping)}

    def sentence(self, question: str) -> Words:
        return ASKED[Kind(question)][0]

    def check(self, mapping: Columns) -> None:
        if not mapping.fields & {Field.NAME, Field.FAMILY_NAME}:
            raise MappingRefused(
                gettext("Say which column holds the names, or the given and the family names.")
            )

    def prepare(self, brought: Brought, progress: Progress) -> PreparedRoster:
        try:
            made = rostering.prepared(
                brought.path,
                as_of=date.fromisoformat(brought.options["as_of"]),
                full=bool(brought.options["full"]),
                mapping=brought.mapping,
                answers=Answers(brought.answers),
                progress=progress,
            )
        except NoNames as refused:
            raise MappingRefused(str(refused)) from refused
        return PreparedRoster(made.plan, _preview(made.plan, _rows_offered(made.plan, brought)))


def register() -> None:
    subjects.register(RosterImporter())


def counts_of(plan: Plan) -> dict[str, int]:
    return {
        "joined": len(plan.joined),
        "returned": len(plan.returned),
        "units": len(plan.units),
        "moved": len(plan.moved),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "ended": len(plan.ended),
        "unchanged": plan.unchanged,
        "waiting": plan.ambiguous,
    }


def _preview(plan: Plan, rows: Mapping[int, str]) -> Preview:
    problems, unlisted = listed(plan.problems)
    names = words.Names(_people_named(plan), _offices_named(plan))
    return Preview(
        read=plan.read,
        counts=counts_of(plan),
        groups=[group for group in _groups(plan, names) if group.examples],
        problems=problems,
        unlisted=unlisted,
        questions=[words.question(one, names, rows) for one in plan.questions],
        notices=list(map(str, plan.notices)),
        brake=_brake(plan),
        changes_nothing=plan.changes_nothing(),
    )


def _brake(plan: Plan) -> Brake | None:
    on = plan.brake
    return Brake(on.leaving, on.out_of, round(on.share * 100)) if on else None


def _groups(plan: Plan, names: words.Names) -> Iterator[Group]:
    yield Group("joined", _first(map(words.joined, plan.joined)))
    yield Group("returned", _first(words.moved(step, names) for step in plan.returned))
    yield Group("units", _first(Example(path[-1], " › ".join(path[:-1])) for path in plan.units))
    yield Group("moved", _first(words.moved(step, names) for step in plan.moved))
    yield Group("changed", _first(words.changed(step, names) for step in plan.changed))
    leaving = [words.left(step, names) for step in plan.left[:MOST_LEAVERS]]
    yield Group("left", tuple(sorted(leaving, key=lambda one: one.title)))
    yield Group("ended", _first(words.ended(step, names) for step in plan.ended))


def _first(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(islice(items, MOST_EXAMPLES))


def _people_named(plan: Plan) -> Iterator[str]:
    for steps in (plan.returned, plan.moved, plan.changed, plan.ended):
        yield from (step.person for step in steps[:MOST_EXAMPLES])
    yield from (step.person for step in plan.left[:MOST_LEAVERS])
    for question in plan.questions:
        for item in question.items[: words.ITEMS_SHOWN]:
            yield from item.people
            yield from (option for option in item.options if option.startswith("person:"))


def _offices_named(plan: Plan) -> Iterator[str]:
    yield from (step.office for step in plan.moved[:MOST_EXAMPLES] if step.office)
    yield from (step.office for step in plan.returned[:MOST_EXAMPLES] if step.office)
    yield from (step.office for step in plan.ended[:MOST_EXAMPLES])


def _rows_offered(plan: Plan, brought: Brought) -> dict[int, str]:
    """What stands in the rows that an answer may name, read from the file in one more pass."""
    items = (item for question in plan.questions for item in question.items[: words.ITEMS_SHOWN])
    wanted = {number for item in items for option in item.options if (number := words.row_of(option))}
    if not wanted:
        return {}
    kept = [column.name for column in brought.mapping.columns if column.field]
    rows = rostering.opened(brought.path).rows()
    return {row.number: words.row_words(row, kept) for row in rows if row.number in wanted}
