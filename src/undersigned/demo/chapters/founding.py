"""The city is founded, its people are brought from the list of human resources, and some are let in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from undersigned.acts import Officer, together
from undersigned.demo import rosters, signins
from undersigned.demo.invented import BY_ROLE, CITY, ESPLANADE, PLAYED, Role
from undersigned.demo.town import Town
from undersigned.imports import keeping
from undersigned.imports.models import Subject
from undersigned.people import acts, rostering
from undersigned.people.acts import roster
from undersigned.people.models import City, Invitation
from undersigned.people.roster.questions import Answers, Choice, Kind
from undersigned.people.states import Office
from undersigned.running import setup

FIRST, SECOND = timedelta(days=33), timedelta(days=2)
"""How long ago the two lists of people were made."""
IS_THE_ADMINISTRATOR = Answers({Kind.MOVED: Choice.SAME})
"""The first administrator was known before any list; the list is right to ask whether theirs is the same person."""


def tell(town: Town) -> None:
    setup.found(CITY)
    administrator = BY_ROLE[Role.ADMINISTRATOR]
    setup.invite_administrator(City.objects.get(), administrator.name, administrator.email)
    by = town.officer(Role.ADMINISTRATOR)
    _bring(by, _last_month(town), town.today - FIRST, IS_THE_ADMINISTRATOR)
    with together():
        _offices(town)
    with together():
        signins.accept(Invitation.objects.get())
        for role in signins.SHOWN:
            if role is not Role.ADMINISTRATOR:
                signins.let_in(town.officer(Role.HR), town.person(role))


def somebody_leaves(town: Town) -> None:
    """The list of this week: among those who left is a steward."""
    path = rosters.write(rosters.this_week(town.today), town.folder / "people this week.csv")
    _bring(town.officer(Role.HR), path, town.today - SECOND)


def _last_month(town: Town) -> Path:
    return rosters.write(rosters.last_month(town.today), town.folder / "people last month.csv")


def _bring(by: Officer, path: Path, as_of: date, answers: Answers | None = None) -> None:
    """As somebody of the city would bring a list: read, planned, applied, its columns kept for the next."""
    made = rostering.prepared(path, as_of=as_of, full=True, answers=answers)
    applied = roster.apply(by=by, plan=made.plan)
    keeping.keep(Subject.ROSTER, made.mapping)
    _refuse_open_ends(path, [*made.plan.questions, *made.plan.problems, *applied.problems])


def _refuse_open_ends(path: Path, left: list[object]) -> None:
    if left:
        raise ValueError(f"{path.name} leaves open: {left}")


def _offices(town: Town) -> None:
    """What a roster does not tell: who holds an office that the rules know, and who stands in for a director."""
    by = town.officer(Role.ADMINISTRATOR)
    for one in PLAYED:
        if one.office and one.role is not Role.ADMINISTRATOR:
            acts.begin_appointment(
                by=by,
                person=town.person(one.role),
                unit=town.unit(one.unit),
                office=one.office,
                title=one.title,
            )
    acts.begin_appointment(
        by=by,
        person=town.person(Role.ESPLANADE_ACTING),
        unit=town.unit(ESPLANADE),
        office=Office.UNIT_HEAD,
        title="Acting director of The Esplanade",
        acting=True,
        ends_on=town.day(120),
    )
