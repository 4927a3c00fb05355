"""Who may do what with posts, deliveries, stops and cases."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account, Grant
from undersigned.accounts.permissions import Permission
from undersigned.accounts.rules import (
    heads_the_unit,
    is_communications,
    is_deputy,
    is_duty_officer,
    is_head_of_communications,
    is_it_security,
    is_managing_director,
    is_steward,
    is_system,
)
from undersigned.acts.actor import Actor, Officer
from undersigned.acts.predicates import Rule, rule
from undersigned.people.rules import is_records_officer
from undersigned.people.states import Office
from undersigned.publishing import approval
from undersigned.publishing.models import Post


def accounts_of(post: Post) -> list[Account]:
    """The accounts on which the post is to appear, with their units."""
    targeted = Account.objects.filter(targeted__post=post, targeted__dropped=False)
    return list(targeted.select_related("unit").order_by("pk"))


def permitted_on(actor: Actor, permission: Permission) -> set[str]:
    """References of the accounts on which the capacity used has a grant with this permission today."""
    if not isinstance(actor, Officer) or actor.capacity is None:
        return set()
    held = Grant.objects.current().filter(appointment_id=actor.capacity.reference)
    return {one.account_id for one in held if permission in one.permission_list}


def post_of(subject: Any) -> Post:
    """The post a rule is asked about: the subject itself, or what the subject belongs to."""
    found: Post = subject if isinstance(subject, Post) else subject.post
    return found


keeps_the_account = is_steward | is_deputy | is_communications


@rule(_("Only a person with a grant to write posts on some account may do this."))
def writes_somewhere(actor: Actor, subject: Any) -> bool:
    return bool(permitted_on(actor, Permission.POST_DRAFT))


@rule(_("Only the author of the post may do this."))
def is_author(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and post_of(subject).author_id == actor.person


def on_all(permission: Permission, says: Any) -> Rule:
    """The rule that the capacity used has this permission on every account of the post."""

    @rule(says)
    def has_it_on_all(actor: Actor, subject: Any) -> bool:
        accounts = {one.pk for one in accounts_of(post_of(subject))}
        return bool(accounts) and accounts <= permitted_on(actor, permission)

    return has_it_on_all


@rule(_("Only somebody whose name is still missing under this post, and who did not write it, may do this."))
def can_sign(actor: Actor, subject: Any) -> bool:
    post = post_of(subject)
    return isinstance(actor, Officer) and bool(approval.satisfied_by(actor, post, accounts_of(post)))


@rule(_("Only whoever countersigned this post may take their name back."))
def has_signed(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and any(
        one.person_id == actor.person for one in approval.standing(post_of(subject))
    )


@rule(
    _("Only a duty officer with a grant for emergency posts on each of these accounts may do this."),
    helps=[Office.DUTY_OFFICER],
)
def may_send_emergencies(actor: Actor, subject: Any) -> bool:
    return bool(permitted_on(actor, Permission.POST_EMERGENCY))


@rule(_("Whoever sent it cannot review it: somebody else has to."))
def did_not_send_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and post_of(subject).author_id != actor.person


@rule(_("Only the person who said that they posted it cannot be the one who adopts it."))
def did_not_claim_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and subject.claimed_by_id != actor.person


@rule(_("Only somebody who works on this account may do this."))
def works_on_it(actor: Actor, subject: Any) -> bool:
    account = subject if isinstance(subject, Account) else subject.account
    if not isinstance(actor, Officer) or actor.capacity is None:
        return False
    return Grant.objects.current().filter(account=account, appointment_id=actor.capacity.reference).exists()


@rule(_("Only an employee with an appointment may do this."))
def holds_an_appointment(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.capacity is not None


@rule(_("Only the steward or deputy of one of its accounts, or the communications office, may do this."))
def keeps_the_post(actor: Actor, subject: Any) -> bool:
    if not isinstance(actor, Officer) or actor.capacity is None:
        return False
    kept = any(actor.person in one.keepers for one in accounts_of(post_of(subject)))
    return kept or actor.holds(Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS)


@rule(_("Only somebody who may work on this account, or the communications office, may say what is there."))
def can_look(actor: Actor, subject: Any) -> bool:
    return bool(works_on_it(actor, subject) or keeps_the_account(actor, subject))


writes_on_all = on_all(
    Permission.POST_DRAFT,
    _("Only a person with a grant to write on every one of these accounts may do this."),
)
publishes_on_all = on_all(
    Permission.POST_SCHEDULE,
    _("Only a person with a grant to schedule on every one of these accounts may do this."),
)
stops_everything = is_duty_officer | is_head_of_communications | is_it_security | is_managing_director
reviews_emergencies = did_not_send_it & (is_head_of_communications | is_managing_director)

__all__ = [
    "accounts_of",
    "can_look",
    "can_sign",
    "did_not_claim_it",
    "has_signed",
    "heads_the_unit",
    "holds_an_appointment",
    "is_author",
    "is_communications",
    "is_it_security",
    "is_records_officer",
    "is_system",
    "keeps_the_account",
    "keeps_the_post",
    "may_send_emergencies",
    "permitted_on",
    "publishes_on_all",
    "reviews_emergencies",
    "stops_everything",
    "works_on_it",
    "writes_on_all",
    "writes_somewhere",
]
