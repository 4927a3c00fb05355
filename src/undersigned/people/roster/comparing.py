"""One row beside the person it is about: what differs, and what that means for their office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from undersigned.people.roster import names
from undersigned.people.roster.classes import Status
from undersigned.people.roster.entries import Entry, staff_key
from undersigned.people.roster.known import KnownAppointment, KnownPerson
from undersigned.people.roster.steps import Because, Changed, FieldChange, Left, Moved, Returned, Step
from undersigned.people.roster.units import same_unit
from undersigned.people.states import PersonClass

A_DAY = timedelta(days=1)


def has_ended(entry: Entry, as_of: date) -> bool:
    """Whether the row itself says that the person has gone. The last day is still a day of work."""
    if entry.ends_on is not None:
        return entry.ends_on < as_of
    return entry.status is Status.TERMINATED


def steps_for(entry: Entry, known: KnownPerson, as_of: date) -> list[Step]:
    """Everything that the row, with those in `also`, changes about a person. Empty when all is as it was."""
    if has_ended(entry, as_of):
        return _leaving(entry, known, as_of)
    changes = tuple(_person_changes(entry, known))
    steps: list[Step] = []
    for told in (entry, *entry.also):
        steps += _office_steps(told, known, as_of, changes)
        changes = ()
    return steps


def share_nothing(entry: Entry, known: KnownPerson) -> bool:
    """Whether no word of the two names is the same, so that a number may have been given to somebody else."""
    if entry.name == known.name:
        return False
    told, was = names.normalise(entry.name), names.normalise(known.name)
    words = {*was.tokens, *names.normalise(known.by_parts).tokens}
    return not words & set(told.tokens) and not names.could_be_same(told, was)


def not_in_file(entry: Entry, known: KnownPerson) -> Iterator[KnownAppointment]:
    """The person's offices that no row about them gives, if another office of theirs is given."""
    told = (entry, *entry.also)
    given = [office for office in known.offices if any(_same_office(one, office) for one in told)]
    if given or entry.also or len(known.offices) > 1:
        yield from (office for office in known.offices if office not in given)


def _leaving(entry: Entry, known: KnownPerson, as_of: date) -> list[Step]:
    if not known.offices:
        return []
    on = min(entry.ends_on or as_of, as_of)
    return [Left(known.key, on, Because.SAID, open_offices(known), entry.row)]


def open_offices(known: KnownPerson) -> tuple[str, ...]:
    """The keys of all appointments that end when the person leaves, whoever told of them."""
    return tuple(office.key for office in known.appointments if not office.ended)


def _person_changes(entry: Entry, known: KnownPerson) -> Iterator[FieldChange]:
    if entry.staff_number and staff_key(entry.staff_number) != staff_key(known.staff_number):
        yield FieldChange("staff_number", known.staff_number, entry.staff_number)
    if _renamed(entry.name, known):
        yield FieldChange("name", known.name, entry.name)
    if entry.email and known.email is not None and entry.email.casefold() != known.email.casefold():
        yield FieldChange("email", known.email, entry.email)
    if entry.preferred and known.preferred is not None and entry.preferred != known.preferred:
        yield FieldChange("preferred", known.preferred, entry.preferred)
    away = entry.status is Status.ON_LEAVE
    if entry.status is not None and known.on_leave is not None and away is not known.on_leave:
        yield FieldChange("on_leave", known.on_leave, away)
    yield from _class_changes(entry, known)


def _renamed(told: str, known: KnownPerson) -> bool:
    """Whether the name is another one, or the same with more care. A name cut to initials changes nothing."""
    if told == known.name:
        return False
    key = names.match_key(told)
    if key == names.match_key(known.name):
        return names.better_written(told, known.name)
    return key != names.match_key(known.by_parts) and not names.says_less(told, known.name)


def _class_changes(entry: Entry, known: KnownPerson) -> Iterator[FieldChange]:
    """A person who leaves a bargaining unit's class no longer has one."""
    kind = entry.person_class
    if kind is not None and kind is not known.person_class:
        yield FieldChange("person_class", known.person_class, kind)
    if known.bargaining_unit is None or kind is None:
        return
    union = entry.bargaining_unit or (
        "" if kind is not PersonClass.BARGAINING_UNIT else known.bargaining_unit
    )
    if names.fold(union) != names.fold(known.bargaining_unit):
        yield FieldChange("bargaining_unit", known.bargaining_unit, union)


def _office_steps(
    entry: Entry, known: KnownPerson, as_of: date, changes: tuple[FieldChange, ...]
) -> list[Step]:
    offices = known.offices
    held = next((office for office in offices if _same_office(entry, office)), None)
    if held is not None:
        return _in_office(entry, known, held, as_of, changes)
    if not offices:
        return _taking_office(entry, known, as_of, changes)
    before = offices[0] if len(offices) == 1 and not entry.also else None
    if before is not None and _is_older(entry, before, as_of):
        return [Changed(known.key, entry, None, changes)] if changes else []
    what = _what_differs(entry, before) if before else ("unit", "title")
    on = _first_day(entry, before.begins_on if before else None, as_of)
    return [Moved(known.key, entry, before.key if before else None, on, what, changes)]


def _in_office(
    entry: Entry, known: KnownPerson, held: KnownAppointment, as_of: date, changes: tuple[FieldChange, ...]
) -> list[Step]:
    if held.ends_on and entry.begins_on and entry.begins_on > held.ends_on + A_DAY:
        return [Returned(known.key, entry, entry.begins_on, held.key, changes)]
    changes += tuple(_office_changes(entry, held, as_of, alone=len(known.appointments) == 1))
    return [Changed(known.key, entry, held.key, changes)] if changes else []


def _office_changes(
    entry: Entry, held: KnownAppointment, as_of: date, *, alone: bool
) -> Iterator[FieldChange]:
    """A later first day in the same office is a further term of it, and an earlier one corrects it.

    An earlier first day corrects only somebody's sole appointment: many systems give the day of hiring in
    every office that follows. A blank last day takes back one that has passed, for the person is still listed.
    """
    if entry.title and not held.title:
        yield FieldChange("title", "", entry.title)
    if alone and entry.begins_on and held.begins_on and entry.begins_on < held.begins_on:
        yield FieldChange("begins_on", held.begins_on, entry.begins_on)
    ran_out = held.ends_on is not None and held.ends_on < as_of
    if entry.ends_on != held.ends_on and (entry.ends_on or ran_out):
        yield FieldChange("ends_on", held.ends_on, entry.ends_on)
    if entry.head is not None and entry.head is not held.head:
        yield FieldChange("head", held.head, entry.head)


def _taking_office(
    entry: Entry, known: KnownPerson, as_of: date, changes: tuple[FieldChange, ...]
) -> list[Step]:
    """Somebody known without an office that a roster told of: back again, or listed for the first time.

    A file that is no later than somebody's last day still lists them, and says nothing new.
    """
    ended = [office for office in known.appointments if office.ended]
    last = max((office.ends_on or as_of for office in ended), default=None)
    if known.here or last is None:
        on = _first_day(entry, None, as_of)
        return [Moved(known.key, entry, None, on, ("unit", "title"), changes)]
    if as_of <= last and not (entry.begins_on and entry.begins_on > last):
        return [Changed(known.key, entry, None, changes)] if changes else []
    return [Returned(known.key, entry, _first_day(entry, last, as_of), None, changes)]


def _same_office(entry: Entry, office: KnownAppointment) -> bool:
    """What the file does not say is taken as unchanged; an office without a title may be given one."""
    unit = not entry.unit or entry.unit == office.unit or same_unit(entry.unit, office.unit)
    return unit and (
        entry.title == office.title
        or not entry.title
        or not office.title
        or names.fold(entry.title) == names.fold(office.title)
    )


def _what_differs(entry: Entry, office: KnownAppointment) -> tuple[str, ...]:
    unit = bool(entry.unit) and not same_unit(entry.unit, office.unit)
    title = bool(entry.title) and names.fold(entry.title) != names.fold(office.title)
    return tuple(word for word, differs in (("unit", unit), ("title", title)) if differs)


def _first_day(entry: Entry, after: date | None, as_of: date) -> date:
    """The row's own first day if it can be that of the new office, else the day of the roster."""
    if entry.begins_on and (after is None or entry.begins_on > after):
        return entry.begins_on
    return as_of


def _is_older(entry: Entry, office: KnownAppointment, as_of: date) -> bool:
    """Whether the file was made before the person took the office that they now hold."""
    if office.begins_on is None or office.begins_on <= as_of:
        return False
    return entry.begins_on is None or entry.begins_on < office.begins_on
