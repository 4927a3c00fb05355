"""From a roster and what is known to a plan. The same file and the same answers always give the same plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.imports.columns import Mapping
from undersigned.imports.sheets import Sheet
from undersigned.people.roster.days import Days
from undersigned.people.roster.filing import Filing, choose_heads
from undersigned.people.roster.gathering import Gathered, Progress
from undersigned.people.roster.known import KnownPerson, UnitPath
from undersigned.people.roster.leaving import propose_leavers, set_brake
from undersigned.people.roster.likeness import settle_alike
from undersigned.people.roster.meeting import Meeting
from undersigned.people.roster.plan import Fate, Plan
from undersigned.people.roster.questions import Answers, Kind
from undersigned.people.roster.reading import Reader
from undersigned.people.roster.units import UnitTree
from undersigned.people.roster.vocabulary import UNIT_FIELDS, Field

SHARE = 0.10
"""The share of people who may leave by one roster without anybody confirming their number."""


NEARLY_ALL = 0.90


class NoNames(ValueError):
    """No column of the file is taken for people's names. The message says what to do."""


def nothing(_done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


def plan(
    sheet: Sheet,
    mapping: Mapping,
    known: Iterable[KnownPerson],
    *,
    as_of: date,
    full: bool,
    units: Iterable[UnitPath] = (),
    share: float = SHARE,
    answers: Answers | None = None,
    progress: Progress = nothing,
) -> Plan:
    """Say what a roster of a day would do. Reads `known` once, and keeps only who is in doubt.

    Raises NoNames, and Unreadable if the file turns out to be cut off while its rows are read.
    """
    if not mapping.fields & {Field.NAME, Field.FAMILY_NAME}:
        raise NoNames(_no_names())
    answers = answers or Answers()
    made = Plan(as_of=as_of, full=full)
    days = Days(sheet, mapping, answers)
    reader, tree = Reader(mapping, days.read), UnitTree(units)
    gathered = Gathered(reader, tree, answers)
    gathered.gather(sheet.rows(), progress)
    filing = Filing(made, gathered, answers)
    _account_for_reading(made, sheet, reader, gathered)
    for item in days.undecided:
        filing.ask(Kind.DATE_ORDER, item)
    choose_heads(filing, gathered)
    meeting = _meet(filing, gathered, reader, known)
    missing = settle_alike(filing, meeting.close(), meeting.loose)
    if full:
        trusted = _numbers_nearly_all(reader, gathered) and not sheet.set_aside and not reader.nameless
        propose_leavers(filing, missing, trusted=trusted, classes=gathered.classes)
    set_brake(filing, meeting.out_of, share)
    made.notices = list(_notices(made, mapping, reader, gathered))
    made.units = tree.missing(_units_taken(made))
    return made


def _meet(filing: Filing, gathered: Gathered, reader: Reader, known: Iterable[KnownPerson]) -> Meeting:
    meeting = Meeting(filing, gathered, reader.unread_numbers)
    for person in known:
        meeting.meet(person)
    return meeting


def _numbers_nearly_all(reader: Reader, gathered: Gathered) -> bool:
    """Whether so few rows lack a number that somebody's number not being there says that they are gone."""
    return gathered.numbered >= (gathered.read - reader.lost) * NEARLY_ALL and gathered.numbered > 0


def _account_for_reading(made: Plan, sheet: Sheet, reader: Reader, gathered: Gathered) -> None:
    made.read = gathered.read + len(sheet.set_aside)
    made.rows[Fate.LOST] = reader.lost + len(sheet.set_aside)
    made.rows[Fate.REPEATED] = gathered.repeated
    made.problems = sorted([*sheet.problems, *reader.problems], key=lambda problem: problem.row or 0)


def _units_taken(made: Plan) -> set[UnitPath]:
    """The units in which somebody takes an office."""
    taking = [step.entry for step in made.moved] + [step.entry for step in made.returned]
    entries = chain(made.joined, taking)
    return {one.unit for entry in entries for one in (entry, *entry.also)}


def _no_names() -> str:
    return _(
        "No column of this file is taken for people's names, so nothing was read. "
        "Say which column holds the names, or the given and the family names."
    )


def _notices(made: Plan, mapping: Mapping, reader: Reader, gathered: Gathered) -> Iterator[str]:
    """What this file can no longer tell."""
    if not gathered.numbered:
        yield _(
            "This file has no number for each person. So people are told by name and unit, two people of one name "
            "in one unit cannot be told apart, and nobody's appointment ends without a question."
        )
    elif not _numbers_nearly_all(reader, gathered):
        said = _(
            "Only %(numbered)d of %(read)d rows have a number for the person. So of nobody who is missing it is "
            "taken for certain that they left."
        )
        yield said % {"numbered": gathered.numbered, "read": gathered.read}
    if not mapping.fields & set(UNIT_FIELDS):
        yield _("This file names no units. So people without a number can be told by their names only.")
    if gathered.cut_names:
        said = ngettext(
            "In %(count)d row the given name is cut to initials. Whom it means cannot be told by the name.",
            "In %(count)d rows the given names are cut to initials. Whom they mean cannot be told by the name.",
            gathered.cut_names,
        )
        yield said % {"count": gathered.cut_names}
    if made.full and made.rows[Fate.LOST] and (reader.nameless or made.rows[Fate.LOST] > reader.lost):
        yield _(
            "Some rows could not be read, and they may be about anybody. So of nobody who is missing it is taken "
            "for certain that they left. Correct the rows, or answer for each."
        )
    unclassed = sum(entry.person_class is None for entry in made.joined)
    if unclassed:
        said = ngettext(
            "For %(count)d person the file does not say of which class they are.",
            "For %(count)d people the file does not say of which class they are.",
            unclassed,
        )
        yield said % {"count": unclassed}
