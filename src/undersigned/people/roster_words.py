"""A roster's columns, questions and steps in the words of the import's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from undersigned.acts.refusals import Words
from undersigned.imports.preview import Change, Example, Item, Option, Question
from undersigned.imports.row import Row
from undersigned.people.models import Appointment, Person
from undersigned.people.roster.entries import Entry
from undersigned.people.roster.questions import Choice, Kind
from undersigned.people.roster.questions import Item as Asked
from undersigned.people.roster.questions import Question as Doubt
from undersigned.people.roster.steps import Changed, Ended, FieldChange, Left, Moved, Returned
from undersigned.people.roster.vocabulary import Field
from undersigned.people.states import PersonClass
from undersigned.ui.words import day_in_words

ITEMS_SHOWN = 20
MOST_OF_A_ROW = 120
"""Characters of a row that are shown in a choice."""

MEANINGS: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...] = (
    (
        lazy("Who it is"),
        (
            (Field.STAFF_NUMBER, lazy("Staff number")),
            (Field.NAME, lazy("Whole name")),
            (Field.GIVEN_NAME, lazy("Given name")),
            (Field.MIDDLE_NAME, lazy("Middle name")),
            (Field.FAMILY_NAME, lazy("Family name")),
            (Field.SUFFIX, lazy("Suffix of the name")),
            (Field.PREFERRED, lazy("Name they go by")),
            (Field.EMAIL, lazy("E-mail address")),
        ),
    ),
    (
        lazy("Where they work"),
        (
            (Field.UNIT_1, lazy("Unit, topmost level")),
            (Field.UNIT_2, lazy("Unit, second level")),
            (Field.UNIT_3, lazy("Unit, third level")),
            (Field.UNIT_4, lazy("Unit, fourth level")),
            (Field.UNIT_5, lazy("Unit, fifth level")),
            (Field.CONSTITUENCY, lazy("Ward or district")),
        ),
    ),
    (
        lazy("What they hold"),
        (
            (Field.TITLE, lazy("Job title")),
            (Field.PERSON_CLASS, lazy("Class")),
            (Field.BARGAINING_UNIT, lazy("Bargaining unit")),
            (Field.MANAGER, lazy("Is a manager")),
            (Field.HEAD, lazy("Heads the unit")),
            (Field.BEGINS_ON, lazy("First day")),
            (Field.ENDS_ON, lazy("Last day")),
            (Field.STATUS, lazy("Status")),
        ),
    ),
)

CHANGED: Mapping[str, Words] = {
    "staff_number": lazy("Staff number"),
    "name": lazy("Name"),
    "preferred": lazy("Name they go by"),
    "email": lazy("E-mail address"),
    "person_class": lazy("Class"),
    "bargaining_unit": lazy("Bargaining unit"),
    "on_leave": lazy("On leave"),
    "title": lazy("Job title"),
    "begins_on": lazy("First day"),
    "ends_on": lazy("Last day"),
    "head": lazy("Heads the unit"),
}

CHOICES: Mapping[Choice, Words] = {
    Choice.SAME: lazy("Yes, the same person"),
    Choice.NEW: lazy("No, somebody new"),
    Choice.SKIP: lazy("Leave the row out"),
    Choice.ONE: lazy("One person"),
    Choice.TWO: lazy("Two people"),
    Choice.BOTH: lazy("All of the offices count"),
    Choice.FIRST: lazy("The first row is right"),
    Choice.LAST: lazy("The last row is right"),
    Choice.LEFT: lazy("They left"),
    Choice.STAYS: lazy("They are still here"),
    Choice.NONE: lazy("None of them"),
    Choice.DAY_FIRST: lazy("The day, as in 31/12/2026"),
    Choice.MONTH_FIRST: lazy("The month, as in 12/31/2026"),
    Choice.YEAR_FIRST: lazy("The year, as in 26/12/31"),
}
OTHERWISE: Mapping[tuple[Kind, Choice], Words] = {
    (Kind.MOVED, Choice.SAME): lazy("Yes, they moved"),
    (Kind.RETURNING, Choice.SAME): lazy("Yes, they are back"),
    (Kind.SEVERAL, Choice.NEW): lazy("Somebody new"),
    (Kind.BESIDE, Choice.NEW): lazy("Yes, another person"),
    (Kind.WHICH_UNIT, Choice.NEW): lazy("A new unit"),
    (Kind.SECOND_OFFICE, Choice.LEFT): lazy("It has ended"),
    (Kind.SECOND_OFFICE, Choice.STAYS): lazy("They still hold it"),
}
"""Where a choice is said differently for one question."""


class Names:
    """The people and appointments that a plan speaks of by reference, read in two questions to the database."""

    def __init__(self, people: Iterable[str], offices: Iterable[str] = ()) -> None:
        self._people = Person.objects.in_bulk(set(people))
        self._offices = Appointment.objects.select_related("unit").in_bulk(set(offices))
        held = Appointment.objects.filter(person__in=self._people, ended_at__isnull=True)
        self._held: dict[str, list[Appointment]] = {}
        for office in held.select_related("unit").order_by("begins_on"):
            self._held.setdefault(office.person_id, []).append(office)

    def name(self, key: str) -> str:
        found = self._people.get(key)
        return found.name if found else key

    def described(self, key: str) -> str:
        """Who a reference means, so that two people of one name can be told apart."""
        found = self._people.get(key)
        if found is None:
            return key
        parts = [found.name, *(_office(one) for one in self._held.get(key, ())), found.staff_number or ""]
        return ", ".join(filter(None, parts))

    def office(self, key: str) -> str:
        found = self._offices.get(key)
        return _office(found) if found else key


def _office(held: Appointment) -> str:
    return " · ".join(filter(None, (held.title or str(held.get_office_display()), held.unit.name)))


def question(doubt: Doubt, names: Names, rows: Mapping[int, str]) -> Question:
    options = tuple(Option(choice, choice_words(doubt.kind, choice)) for choice in doubt.choices)
    return Question(
        key=doubt.kind,
        sentence=doubt.sentence,
        options=options,
        items=tuple(_item(doubt.kind, one, names, rows) for one in doubt.items[:ITEMS_SHOWN]),
        count=len(doubt.items),
        must=doubt.kind == Kind.DATE_ORDER,
    )


def choice_words(kind: Kind, choice: Choice) -> str:
    return str(OTHERWISE.get((kind, choice), CHOICES[choice]))


def _item(kind: Kind, asked: Asked, names: Names, rows: Mapping[int, str]) -> Item:
    if kind == Kind.DATE_ORDER:
        return Item(asked.key, _field_words(asked.key), asked.about, _own_options(kind, asked, names, rows))
    known = [names.described(key) for key in asked.people]
    told = [_("Known: %(who)s") % {"who": who} for who in known] if asked.entry else []
    about = [_about(kind, asked.about)] if asked.about else []
    title = entry_words(asked.entry) if asked.entry else ", ".join(known)
    return Item(asked.key, title, "\n".join([*told, *about]), _own_options(kind, asked, names, rows))


def _about(kind: Kind, about: str) -> str:
    """What a question says of its case: a class by its word, anything else as it is written."""
    return str(PersonClass(about).label) if about in PersonClass.values else about


def _own_options(kind: Kind, asked: Asked, names: Names, rows: Mapping[int, str]) -> tuple[Option, ...]:
    return tuple(Option(value, _option(kind, value, names, rows)) for value in asked.options)


def _option(kind: Kind, value: str, names: Names, rows: Mapping[int, str]) -> str:
    if value in set(Choice):
        return choice_words(kind, Choice(value))
    if value.startswith("person:"):
        return names.described(value)
    number = row_of(value)
    return rows.get(number, value) if number else value


def row_of(option: str) -> int | None:
    """The number of the row that an answer names, if it names one."""
    number = option.removeprefix("row-")
    return int(number) if number != option and number.isdecimal() else None


def row_words(row: Row, columns: Iterable[str]) -> str:
    """A row as it stands in the file."""
    cells = ", ".join(filter(None, (row.cells.get(name, "") for name in columns)))
    return _("Row %(row)d: %(cells)s") % {"row": row.number, "cells": cells[:MOST_OF_A_ROW]}


def _field_words(field: str) -> str:
    return str(CHANGED.get(field, field))


def entry_words(entry: Entry) -> str:
    """A row as one line: who, where, as what."""
    row = _("row %(row)d") % {"row": entry.row}
    return ", ".join(filter(None, (entry.name, entry.title, " › ".join(entry.unit), entry.staff_number, row)))


def joined(entry: Entry) -> Example:
    place = " › ".join(entry.unit)
    group = str(entry.person_class.label) if entry.person_class else ""
    return Example(entry.name, " · ".join(filter(None, (entry.title, place, group))))


def left(step: Left, names: Names) -> Example:
    said = _("last day %(day)s") % {"day": day_in_words(step.on)}
    return Example(names.described(step.person), said)


def ended(step: Ended, names: Names) -> Example:
    said = _("last day %(day)s") % {"day": day_in_words(step.on)}
    return Example(names.name(step.person), f"{names.office(step.office)}, {said}")


def changed(step: Changed, names: Names) -> Example:
    return Example(names.name(step.person), "", _changes(step.changes))


def moved(step: Moved | Returned, names: Names) -> Example:
    entry = step.entry
    new = " · ".join(filter(None, (entry.title, " › ".join(entry.unit))))
    old = names.office(step.office) if step.office else ""
    office = Change(_("Office"), old, new)
    said = _("from %(day)s") % {"day": day_in_words(step.on)}
    return Example(names.name(step.person), said, (office, *_changes(step.changes)))


def _changes(changes: Iterable[FieldChange]) -> tuple[Change, ...]:
    return tuple(Change(_field_words(one.field), _value(one.before), _value(one.after)) for one in changes)


def _value(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day_in_words(value)
    return str(value.label) if isinstance(value, PersonClass) else str(value)
