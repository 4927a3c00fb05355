"""Who may do what with accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account, Grant
from undersigned.accounts.permissions import Permission
from undersigned.acts.actor import Actor, Officer, System
from undersigned.acts.predicates import Rule, rule
from undersigned.people.models import Person, Unit
from undersigned.people.rules import (
    is_communications,
    is_head_of_communications,
    is_it_security,
    is_records_officer,
    is_system,
)
from undersigned.people.states import EMPLOYEES, Office


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody is asked to countersign about an account and a person who is neither asker nor signer."""

    account: Account
    person: Person


def account_of(subject: Any) -> Account:
    """The account a rule is asked about: the subject itself, or what the subject belongs to."""
    return subject if isinstance(subject, Account) else subject.account


@rule(_("Only the account’s steward may do this."))
def is_steward(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and account_of(subject).steward_id == actor.person


@rule(_("Only the account’s deputy steward may do this."))
def is_deputy(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and account_of(subject).deputy_id == actor.person


@rule(_("Only the head of the owning unit, or of a unit above it, may do this."), helps=[Office.UNIT_HEAD])
def heads_the_unit(actor: Actor, subject: Any) -> bool:
    return heads(actor, account_of(subject).unit)


@rule(_("Only the head of the receiving unit may do this."), helps=[Office.UNIT_HEAD])
def heads_this_unit(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Unit) and heads(actor, subject)


def heads(actor: Actor, unit: Unit | None) -> bool:
    """Does the capacity in which they act head this unit or one above it?"""
    if unit is None or not isinstance(actor, Officer) or actor.capacity is None:
        return False
    return not set(actor.capacity.heads).isdisjoint(unit.above)


@rule(_("Only an employee of the city may do this."))
def is_employee(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.capacity is not None and actor.person_class in EMPLOYEES


@rule(_("Whoever requested the account cannot countersign it: somebody else has to."))
def did_not_request_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and account_of(subject).requested_by_id != actor.person


@rule(_("Whom it is about cannot countersign it: somebody else has to."))
def is_not_that_person(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and subject.person.pk != actor.person


@rule(_("Only a duty officer may do this."), helps=[Office.DUTY_OFFICER])
def is_duty_officer(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.DUTY_OFFICER)


@rule(_("Only the managing director may do this."), helps=[Office.MANAGING_DIRECTOR])
def is_managing_director(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.holds(Office.MANAGING_DIRECTOR)


@rule(_("Only whoever gave this may do this."))
def gave_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and subject.given_by_id == actor.person


@rule(_("Only the person who holds this may do this."))
def holds_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and subject.person_id == actor.person


@rule(_("Only the person who answers for this exception may do this."))
def owns_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and subject.owner_id == actor.person


@rule(_("Only the product’s sweep for sleeping accounts does this by itself."))
def is_the_sweep(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, System) and actor.task == "sweep.dormancy"


@rule(_("Anybody may do this."))
def is_anybody(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer | System)


def granted(permission: Permission) -> Rule:
    """The rule that a grant on this account gives the permission to the capacity used, today."""

    @rule(_("Only a person whose grant on this account says so may do this."))
    def has_the_grant(actor: Actor, subject: Any) -> bool:
        return isinstance(actor, Officer) and _holds(actor, account_of(subject), permission)

    return has_the_grant


def _holds(actor: Officer, account: Account, permission: Permission) -> bool:
    if actor.capacity is None:
        return False
    found = Grant.objects.current().filter(account=account, appointment_id=actor.capacity.reference)
    return any(permission in grant.permission_list for grant in found)


keeps_it = is_steward | is_deputy
administers = keeps_it | granted(Permission.ACCOUNT_ADMINISTER) | is_communications
looks_after = administers | heads_the_unit | is_it_security
brings_lists = is_communications | is_system
vouches = keeps_it | heads_the_unit | is_communications | is_it_security

__all__ = [
    "Proposed",
    "account_of",
    "administers",
    "brings_lists",
    "did_not_request_it",
    "gave_it",
    "granted",
    "heads",
    "heads_the_unit",
    "heads_this_unit",
    "holds_it",
    "is_anybody",
    "is_communications",
    "is_deputy",
    "is_duty_officer",
    "is_employee",
    "is_head_of_communications",
    "is_it_security",
    "is_managing_director",
    "is_not_that_person",
    "is_records_officer",
    "is_steward",
    "is_system",
    "is_the_sweep",
    "keeps_it",
    "looks_after",
    "owns_it",
    "vouches",
]
