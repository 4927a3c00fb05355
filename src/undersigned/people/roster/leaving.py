"""Who is missing from a full roster, and the brake.

Somebody is taken to have left without a question only if nothing else could explain their absence: the file
numbers people, each of its rows could be read, and a roster is all that ever told of their offices.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from undersigned.people.roster.comparing import open_offices
from undersigned.people.roster.filing import Filing
from undersigned.people.roster.known import KnownPerson
from undersigned.people.roster.questions import Choice, Item, Kind
from undersigned.people.roster.steps import Because, Brake, Left
from undersigned.people.states import PersonClass


def propose_leavers(
    filing: Filing, missing: Iterable[KnownPerson], *, trusted: bool, classes: set[str]
) -> None:
    """`trusted` says that the file numbers people and was read to the last row."""
    for known in missing:
        if not _expected(known, filing.plan.as_of):
            continue
        if _covers_others(classes, known):
            _ask(filing, Kind.CLASS_ABSENT, known)
        elif trusted and known.staff_number and _only_rostered(known):
            filing.leave(_left(known, filing.plan.as_of, Because.MISSING))
        else:
            _ask(filing, Kind.LEFT, known)


def set_brake(filing: Filing, out_of: int, share: float) -> None:
    """More leavers than a share of all who could leave: a mistake in the file is likelier than the leaving."""
    leaving = len(filing.plan.left)
    if leaving > out_of * share:
        filing.plan.brake = Brake(leaving, out_of, share)


def _expected(known: KnownPerson, as_of: date) -> bool:
    """Whether a full roster of that day should name them: not if they took office only later."""
    return any(office.begins_on is None or office.begins_on <= as_of for office in known.offices)


def _covers_others(classes: set[str], known: KnownPerson) -> bool:
    """Whether the file tells of classes, and of nobody in this person's: it may be a list of others only."""
    stated = known.person_class not in (None, PersonClass.UNSTATED)
    return stated and bool(classes) and known.person_class not in classes


def _only_rostered(known: KnownPerson) -> bool:
    return all(office.rostered or office.acting for office in known.appointments if not office.ended)


def _ask(filing: Filing, kind: Kind, known: KnownPerson) -> None:
    item = f"person-{known.key}"
    answer = filing.answers.of(kind, item)
    if answer == Choice.LEFT:
        filing.leave(_left(known, filing.plan.as_of, Because.ANSWERED))
    elif answer != Choice.STAYS:
        filing.ask(kind, Item(item, None, (known.key,), about=known.person_class or ""))


def _left(known: KnownPerson, as_of: date, because: Because) -> Left:
    """The last day is that of the roster, or the one on which their last term had run out."""
    ends = [office.ends_on or as_of for office in known.offices]
    return Left(known.key, min(max(ends), as_of), because, open_offices(known))
