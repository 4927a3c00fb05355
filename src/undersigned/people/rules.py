"""Who may do what with people and units."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from undersigned.acts.actor import Actor, Officer, System
from undersigned.acts.predicates import rule
from undersigned.people.states import Office

RESTORE = "running.restore"
"""The task under which a restore acts."""


@rule(_("The product does this by itself."))
def is_system(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, System)


@rule(_("Only a restore does this by itself, for what was erased after the backup."))
def is_the_restore(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, System) and actor.task == RESTORE


@rule(_("Only an administrator of Undersigned may do this."), helps=[Office.ADMINISTRATOR])
def is_administrator(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.ADMINISTRATOR)


@rule(_("Only human resources may do this."), helps=[Office.HR])
def is_hr(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.HR)


@rule(_("Only the head of communications may do this."), helps=[Office.HEAD_OF_COMMUNICATIONS])
def is_head_of_communications(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.HEAD_OF_COMMUNICATIONS)


@rule(
    _("Only the communications office may do this."),
    helps=[Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS],
)
def is_communications(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS)


@rule(_("Only IT security may do this."), helps=[Office.IT_SECURITY])
def is_it_security(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.IT_SECURITY)


@rule(_("Only the clerk may do this."), helps=[Office.CLERK])
def is_clerk(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.CLERK)


@rule(_("Only the records officer may do this."), helps=[Office.RECORDS_OFFICER, Office.CLERK])
def is_records_officer(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.RECORDS_OFFICER, Office.CLERK)


@rule(_("Only people who hold an appointment with the city may do this."))
def holds_an_appointment(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.capacity is not None


@rule(_("Only the person themselves may do this."))
def is_that_person(actor: Actor, subject: Any) -> bool:
    person = getattr(subject, "person_id", None) or getattr(subject, "pk", None)
    return isinstance(actor, Officer) and person == actor.person


keeps_people = is_hr | is_administrator | is_system
