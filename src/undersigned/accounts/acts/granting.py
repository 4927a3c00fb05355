"""Giving and ending what a person may do on an account (the register's rules, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts import rules
from undersigned.accounts.acts import said
from undersigned.accounts.models import Account, Grant
from undersigned.accounts.permissions import (
    CLASS_SAYS,
    HOLDS,
    Permission,
    Preset,
    elected_elsewhere,
    never_held,
)
from undersigned.accounts.states import FINAL
from undersigned.acts import Act, Actor, Countersigned, Fact, act, say
from undersigned.acts.countersigning import signers
from undersigned.acts.refusals import NotPermitted, Unfit
from undersigned.people.models import Appointment, Person

LONGEST = timedelta(days=365)


def _which_account(account: Account) -> dict[str, Any]:
    return {
        "network": account.network,
        "key": account.key,
        "kind": account.account_kind,
        "unit": account.unit_id,
    }


def _proposed(account: Account, wants: Mapping[str, Any]) -> rules.Proposed:
    return rules.Proposed(account, wants["person"])


@act(
    Act.GRANT_GIVE,
    may=rules.administers,
    on=Account,
    makes=Grant,
    facts={
        "account": Fact.REFERENCE,
        "preset": Fact.WORD,
        "permissions": Fact.WORDS,
        "begins_on": Fact.DATE,
        "ends_on": Fact.DATE,
    },
    commits=["person", "reason"],
    countersigned=Countersigned(
        by=rules.is_not_that_person & (rules.vouches | rules.administers),
        says=gettext_lazy("one person who looks after the account and neither gives nor receives the grant"),
        binds=_which_account,
        about=_proposed,
    ),
)
def give(
    *,
    by: Actor,
    account: Account,
    person: Person,
    preset: Preset,
    ends_on: date,
    reason: str,
    begins_on: date | None = None,
) -> Grant:
    """Give a person what a preset holds, on this account, from a day to a day, never for ever.

    It rests on the appointment in which they act, and ends with it.
    """
    begins_on = begins_on or timezone.localdate()
    reason = said.needs(reason, _("Say why they need it."), field="reason", rule="a_reason")
    _refuse_oneself(said.acting_person(by), person)
    _refuse_dates(begins_on, ends_on)
    _refuse_who_cannot_hold(account, person, preset)
    _refuse_without_passkey(person, preset)
    grant = Grant(
        person=person,
        appointment=_rests_on(person, begins_on),
        account=account,
        preset=preset,
        permissions=",".join(HOLDS[preset]),
        begins_on=begins_on,
        ends_on=ends_on,
        given_by_id=said.acting_person(by),
        countersigned_by_id=signers()[0],
        given_at=timezone.now(),
        reason=reason,
    )
    _refuse_twice(grant)
    grant.save(force_insert=True)
    say(begins_on=begins_on, permissions=grant.permissions)
    return grant


@act(
    Act.GRANT_END,
    may=rules.holds_it | rules.gave_it | rules.looks_after | rules.is_system,
    on=Grant,
    facts={"account": Fact.REFERENCE},
    commits=["person", "reason"],
)
def end(*, by: Actor, grant: Grant, reason: str) -> Grant:
    """End it now. Nobody has to agree to that, and whoever holds it may give it back."""
    if grant.ended_at is not None:
        raise Unfit(_("It has ended already. Nothing was changed."), rule="ended_once")
    grant.ended_at = timezone.now()
    grant.ended_reason = said.needs(reason, _("Say why it ends."), field="reason", rule="a_reason")
    grant.save(update_fields=["ended_at", "ended_reason"])
    say(account=grant.account_id, person=grant.person_id)
    return grant


def _refuse_oneself(giver: str, person: Person) -> None:
    if giver == person.pk:
        raise NotPermitted(
            _("Nobody grants themselves anything: somebody else has to propose it. Nothing was kept."),
            rule="not_to_oneself",
        )


def _refuse_dates(begins_on: date, ends_on: date) -> None:
    if ends_on < begins_on:
        raise Unfit(
            _("The last day is before the first."),
            rule="days_in_order",
            field="ends_on",
            do=_("Choose a later last day. Nothing was kept."),
        )
    if ends_on - begins_on > LONGEST:
        raise Unfit(
            _("A grant lasts at most %(days)d days, so the last day it can have is %(day)s.")
            % {"days": LONGEST.days, "day": begins_on + LONGEST},
            rule="never_for_ever",
            field="ends_on",
            do=_("Choose an earlier last day; it can be given anew later. Nothing was kept."),
        )
    if ends_on < timezone.localdate():
        raise Unfit(
            _("The last day has passed already."),
            rule="ends_in_the_future",
            field="ends_on",
            do=_("Choose a later one. Nothing was kept."),
        )


def _refuse_who_cannot_hold(account: Account, person: Person, preset: Preset) -> None:
    if account.state in FINAL:
        raise Unfit(_("Nothing is done on this account any more. Nothing was kept."), rule="not_put_away")
    if elected_elsewhere(person.person_class, account.account_kind):
        raise Unfit(
            _("A member of council holds grants only on the account of an elected office; this is none."),
            rule="elected_on_their_own",
            field="person",
            do=_("Choose somebody of the unit. Nothing was kept."),
        )
    never = never_held(person.person_class, HOLDS[preset])
    if never:
        raise Unfit(
            _("%(why)s As %(preset)s they could: %(what)s.")
            % {
                "why": CLASS_SAYS[person.person_class],
                "preset": preset.label,
                "what": ", ".join(str(one.label) for one in never),
            },
            rule="class_may_hold_it",
            field="preset",
            do=_("Choose a smaller preset or another person. Nothing was kept."),
        )


def _refuse_without_passkey(person: Person, preset: Preset) -> None:
    """Whoever may speak for the city in an emergency signs in with a passkey: no password is looked for that night."""
    if Permission.POST_EMERGENCY not in HOLDS[preset]:
        return
    if not Authenticator.objects.filter(user__person=person, type=Authenticator.Type.WEBAUTHN).exists():
        raise Unfit(
            _("%(name)s has no passkey yet, and emergency posts are sent with one.") % {"name": person.name},
            rule="passkey_for_emergencies",
            field="person",
            do=_("Ask them to add one under their sign-in, then give the grant. Nothing was kept."),
        )


def _rests_on(person: Person, day: date) -> Appointment:
    """The appointment that lasts longest of those held on the first day."""
    held = Appointment.objects.current(day).filter(person=person)
    longest = max(held, key=lambda one: (one.ends_on or date.max, one.pk), default=None)
    if longest is None:
        raise Unfit(
            _("%(name)s holds no appointment with the city on the first day.") % {"name": person.name},
            rule="rests_on_an_appointment",
            field="person",
            do=_("Choose another person, or a first day on which they do. Nothing was kept."),
        )
    return longest


def _refuse_twice(grant: Grant) -> None:
    there = Grant.objects.current().filter(account=grant.account, person=grant.person, preset=grant.preset)
    if there.filter(ends_on__gte=grant.ends_on).exists():
        raise Unfit(
            _("They hold that already, for as long or longer. Nothing was kept."),
            rule="held_once",
            field="preset",
        )
