"""Doing what a roster's plan says: people who join in portions, everything else act by act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, Refused, act, say, together
from undersigned.acts.governed import new_reference
from undersigned.acts.insertion import insert_rows
from undersigned.acts.refusals import Unfit
from undersigned.acts.scene import at_full_length
from undersigned.imports.row import Problem
from undersigned.people import rules
from undersigned.people.acts.people import (
    add_unit,
    begin_appointment,
    change_appointment,
    change_person,
    end_appointment,
)
from undersigned.people.models import Appointment, Person, Unit
from undersigned.people.queries import units_by_path
from undersigned.people.roster.entries import Entry
from undersigned.people.roster.known import UnitPath
from undersigned.people.roster.names import match_key, parts
from undersigned.people.roster.plan import Plan
from undersigned.people.roster.steps import Changed, Ended, FieldChange, Left, Moved, Returned, Step
from undersigned.people.states import Office, PersonClass, UnitKind

PORTION = 12
"""People who join by one act: with their appointments that is the most rows an act may change."""
CHUNK = 4_800
"""People who join in one transaction."""
STEPS = 200
"""Other steps in one transaction."""
SOURCE = "roster"
OF_PERSON = {"staff_number", "name", "email", "person_class", "bargaining_unit"}
OF_OFFICE = {"title", "begins_on", "ends_on"}

T = TypeVar("T")
Progress = Callable[[int, int | None], None]


def silent(done: int, total: int | None) -> None:
    """Progress that nobody watches."""


class NotConfirmed(Refused):
    """More would leave than a roster may end without a named person's word for the number."""


@dataclass(slots=True)
class Applied:
    """What was done, and of which rows something was refused. ``steps`` counts by kind what was done besides."""

    joined: int = 0
    left: int = 0
    steps: Counter[type] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


@act(
    Act.ROSTER_CONFIRM_LEAVERS,
    may=rules.keeps_people,
    facts={"count": Fact.COUNT, "as_of": Fact.DATE},
)
def confirm_leavers(*, by: Actor, count: int, as_of: date) -> None:
    """Put one's name under the number of people who leave by one roster, where it is unusually large."""


@act(
    Act.ROSTER_APPLY,
    may=rules.keeps_people,
    facts={"as_of": Fact.DATE, "joined": Fact.COUNT},
)
def join(*, by: Actor, entries: Sequence[Entry], units: dict[UnitPath, Unit], as_of: date) -> list[str]:
    """Make known people who are on a roster for the first time, each with their office.

    Answers with their references. A roster on which nobody is new is entered too: it shows as of when everybody was
    looked at.
    """
    people = [_person(entry) for entry in entries]
    insert_rows(Person, people)
    insert_rows(
        Appointment,
        [_office(person["id"], entry, units, as_of) for person, entry in zip(people, entries, strict=True)],
    )
    say(joined=len(people))
    return [person["id"] for person in people]


def apply(
    *, by: Actor, plan: Plan, confirmed_leavers: int | None = None, progress: Progress = silent
) -> Applied:
    """Do the plan. Raises :class:`NotConfirmed` while its brake is on, and :class:`Unfit` while a question concerns
    every row; then nothing was done. A step that fails loses no other and is told with its row."""
    _may_begin(by, plan, confirmed_leavers)
    with at_full_length():
        return _Application(by, plan, progress).run()


def _may_begin(by: Actor, plan: Plan, confirmed: int | None) -> None:
    if plan.must_answer_first:
        raise Unfit(
            _("The dates can be read in more than one order. Answer that first; nothing was applied."),
            rule="answered_first",
        )
    if plan.brake is None:
        return
    if confirmed != plan.brake.leaving:
        raise NotConfirmed(
            _(
                "%(leaving)d of %(all)d people would leave, which is more than %(share)d %%. Nothing was applied. "
                "If the number is right, confirm that %(leaving)d leave."
            )
            % {
                "leaving": plan.brake.leaving,
                "all": plan.brake.out_of,
                "share": round(plan.brake.share * 100),
            },
            rule="leavers_brake",
        )
    confirm_leavers(by=by, count=plan.brake.leaving, as_of=plan.as_of)


class _Application:
    def __init__(self, by: Actor, plan: Plan, progress: Progress) -> None:
        self.by, self.plan, self.progress = by, plan, progress
        self.applied = Applied()
        self.units: dict[UnitPath, Unit] = {}
        self.done = 0
        self.total = sum(1 for _step in plan.steps())

    def run(self) -> Applied:
        with together():
            self._make_units()
        others = (step for step in self.plan.steps() if not isinstance(step, Entry))
        for portion in _portions(others, STEPS):
            with together():
                for step in portion:
                    self.applied.steps[type(step)] += self._try(_row_of(step), partial(self._step, step))
            self._tell(len(portion))
        for chunk in _portions(self.plan.joined, CHUNK):
            self._join(chunk)
            self._tell(len(chunk))
        if not self.applied.joined:
            self._join_portion(())
        return self.applied

    def _tell(self, more: int) -> None:
        self.done += more
        self.progress(self.done, self.total)

    def _make_units(self) -> None:
        self.units = units_by_path()
        for path in self.plan.units:
            kind = UnitKind.DEPARTMENT if len(path) > 1 else UnitKind.DIVISION
            parent = self.units.get(path[:-1])
            self.units[path] = add_unit(by=self.by, name=path[-1], parent=parent, unit_kind=kind)

    def _try(self, row: int | None, do: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                do()
        except Refused as refused:
            self.applied.problems.append(Problem(row, None, str(refused)))
            return False
        except (IntegrityError, DataError):
            said = _(
                "This clashes with somebody known already, such as a staff number; the row was left out."
            )
            self.applied.problems.append(Problem(row, None, said))
            return False
        return True

    def _join(self, chunk: Sequence[Entry]) -> None:
        """A chunk in one transaction; if one of its rows clashes, portion by portion, then row by row."""
        try:
            with together():
                for portion in _portions(chunk, PORTION):
                    self._join_portion(portion)
        except (IntegrityError, DataError, Refused):
            for entry in chunk:
                if self._try(entry.row, partial(self._join_portion, [entry])):
                    self.applied.joined += 1
        else:
            self.applied.joined += len(chunk)

    def _join_portion(self, entries: Sequence[Entry]) -> None:
        people = join(by=self.by, entries=entries, units=self.units, as_of=self.plan.as_of)
        for person, entry in zip(people, entries, strict=True):
            for other in entry.also:
                self._begin(Person.objects.get(pk=person), other, other.begins_on or self.plan.as_of)

    def _step(self, step: Step) -> None:
        if isinstance(step, Left):
            self._leave(step)
        elif isinstance(step, Ended):
            self._end(step.office, step.on)
        elif isinstance(step, Moved | Returned):
            self._take_office(step)
        elif isinstance(step, Changed):
            self._change(step.person, step.entry, step.office, step.changes)

    def _leave(self, step: Left) -> None:
        for office in Appointment.objects.filter(person_id=step.person, ended_at__isnull=True):
            self._end(office.pk, step.on)
        self.applied.left += 1

    def _end(self, office: str, on: date) -> None:
        """Now, where the last day is past or today; a day to come is only noted, and the office is held until then."""
        appointment = Appointment.objects.get(pk=office)
        if on <= timezone.localdate():
            end_appointment(by=self.by, appointment=appointment, ends_on=on)
        elif appointment.ends_on != on:
            change_appointment(by=self.by, appointment=appointment, ends_on=on)

    def _take_office(self, step: Moved | Returned) -> None:
        """The new office begins before the old one ends: whoever moves has not left, and keeps their sign-in."""
        self._begin(Person.objects.get(pk=step.person), step.entry, step.on)
        if step.office:
            self._end(step.office, step.on - timedelta(days=1))
        self._change(step.person, step.entry, None, step.changes)

    def _begin(self, person: Person, entry: Entry, on: date) -> None:
        begin_appointment(
            by=self.by,
            person=person,
            unit=self.units[entry.unit],
            office=_office_of(entry),
            begins_on=on,
            ends_on=entry.ends_on,
            title=entry.title,
            source=SOURCE,
        )

    @staticmethod
    def _parts(entry: Entry, name: str) -> tuple[str, str]:
        """As the file gives them in columns of their own, else as the whole name is read."""
        given, family = entry.given_name, entry.family_name
        return (given, family) if given and family else parts(name)

    def _change(self, person: str, entry: Entry, office: str | None, changes: Iterable[FieldChange]) -> None:
        new = {change.field: change.after for change in changes}
        of_person = {name: value for name, value in new.items() if name in OF_PERSON}
        if "name" in of_person:
            given, family = self._parts(entry, str(of_person["name"]))
            of_person |= {"given_name": given, "family_name": family}
        if of_person:
            change_person(by=self.by, person=Person.objects.get(pk=person), **of_person)
        of_office: dict[str, object] = {name: value for name, value in new.items() if name in OF_OFFICE}
        if "head" in new:
            of_office["office"] = Office.UNIT_HEAD if new["head"] else Office.MEMBER
        if of_office and office:
            change_appointment(by=self.by, appointment=Appointment.objects.get(pk=office), **of_office)


def _portions(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    rest = iter(items)
    while portion := tuple(islice(rest, size)):
        yield portion


def _row_of(step: Step) -> int | None:
    return step.entry.row if isinstance(step, Changed | Moved | Returned) else getattr(step, "row", None)


def _person(entry: Entry) -> dict[str, Any]:
    given, family = entry.given_name, entry.family_name
    if not (given and family):
        given, family = parts(entry.name)
    return {
        "id": new_reference(Person.kind, 16),
        "name": entry.name,
        "given_name": given,
        "family_name": family,
        "match_name": match_key(entry.name),
        "staff_number": entry.staff_number or None,
        "email": entry.email.lower(),
        "person_class": str(entry.person_class or PersonClass.UNSTATED),
        "bargaining_unit": entry.bargaining_unit,
        "left_on": None,
        "erased_at": None,
    }


def _office(person: str, entry: Entry, units: dict[UnitPath, Unit], as_of: date) -> dict[str, Any]:
    return {
        "id": new_reference(Appointment.kind),
        "person_id": person,
        "unit_id": units[entry.unit].pk,
        "office": str(_office_of(entry)),
        "title": entry.title,
        "begins_on": entry.begins_on or as_of,
        "ends_on": entry.ends_on,
        "acting": False,
        "source": SOURCE,
        "ended_at": None,
    }


def _office_of(entry: Entry) -> Office:
    if entry.person_class == PersonClass.ELECTED:
        return Office.COUNCILLOR
    return Office.UNIT_HEAD if entry.head else Office.MEMBER
