"""Coming in and going out: invitations, and the end of sessions."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import Unfit
from undersigned.dispatch import mail
from undersigned.people import rules, sessions
from undersigned.people.models import Appointment, Invitation, InvitationState, Person, User
from undersigned.vault import sealing

LASTS = timedelta(days=7)


def digest_of(code: str) -> str:
    """SHA-256 (hex) of an invitation's code: all that is kept of it."""
    return hashlib.sha256(code.encode()).hexdigest()


@act(
    Act.INVITATION_SEND,
    may=rules.keeps_people,
    makes=Invitation,
    facts={"person": Fact.REFERENCE},
    commits=["email"],
)
def send_invitation(*, by: Actor, person: Person, email: str, code: str) -> Invitation:
    """Invite a person to make a sign-in. Earlier open invitations of theirs lapse; ``code`` is never kept.

    The message with the code is queued in the same transaction and composed from a sealed copy when it is sent.
    """
    email = email.strip().lower()
    _may_be_invited(person, email)
    for earlier in Invitation.objects.filter(person=person, state=InvitationState.SENT):
        earlier.state, earlier.settled_at = InvitationState.WITHDRAWN, timezone.now()
        earlier.save(update_fields=["state", "settled_at"])
    invitation = Invitation(
        person=person, email=email, code_digest=digest_of(code), expires_at=timezone.now() + LASTS
    )
    invitation.save(force_insert=True)
    mail.send(
        "people.invitation",
        key=invitation.pk,
        invitation=invitation.pk,
        sealed=sealing.seal(code, invitation.pk),
    )
    return invitation


def _may_be_invited(person: Person, email: str) -> None:
    if User.objects.filter(person=person, is_active=True).exists():
        raise Unfit(_("%(name)s can sign in already.") % {"name": person.name}, rule="one_sign_in_a_person")
    if not Appointment.objects.current().filter(person=person).exists():
        raise Unfit(
            _("%(name)s holds no appointment today. Add one first.") % {"name": person.name},
            rule="holds_an_appointment",
        )
    if not email or User.objects.filter(email=email).exclude(person=person).exists():
        raise Unfit(
            _("Give an e-mail address that no other sign-in uses."),
            rule="one_address_a_sign_in",
            field="email",
        )


@act(
    Act.INVITATION_ACCEPT,
    may=rules.is_that_person | rules.is_system,
    on=Invitation,
    facts={"person": Fact.REFERENCE},
    second_factor=False,
)
def accept_invitation(*, by: Actor, invitation: Invitation, password: str) -> Invitation:
    """Make the sign-in of the invited person. It may do nothing in the city's name before a second factor is set up."""
    if invitation.state != InvitationState.SENT or invitation.expires_at <= timezone.now():
        raise Unfit(
            _("This invitation has lapsed. Ask whoever invited you for a new one."), rule="invitation_is_open"
        )
    _fits(password, invitation)
    user = User.objects.filter(person=invitation.person).first() or User(person=invitation.person)
    user.email, user.is_active = invitation.email, True
    user.set_password(password)
    user.save()
    invitation.state, invitation.settled_at = InvitationState.ACCEPTED, timezone.now()
    invitation.save(update_fields=["state", "settled_at"])
    say(person=invitation.person_id)
    return invitation


def _fits(password: str, invitation: Invitation) -> None:
    try:
        validate_password(password, User(email=invitation.email, person=invitation.person))
    except ValidationError as refused:
        raise Unfit(" ".join(refused.messages), rule="good_password", field="password") from None


@act(Act.INVITATION_WITHDRAW, may=rules.keeps_people, on=Invitation, facts={"person": Fact.REFERENCE})
def withdraw_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """Take an open invitation back: its code opens nothing from now on."""
    if invitation.state != InvitationState.SENT:
        raise Unfit(_("This invitation is settled already."), rule="invitation_is_open")
    invitation.state, invitation.settled_at = InvitationState.WITHDRAWN, timezone.now()
    invitation.save(update_fields=["state", "settled_at"])
    say(person=invitation.person_id)
    return invitation


@act(
    Act.SESSION_END,
    may=rules.is_that_person | rules.is_it_security | rules.is_administrator | rules.is_system,
    on=Person,
    facts={"count": Fact.COUNT},
    second_factor=False,
)
def end_sessions(*, by: Actor, person: Person) -> Person:
    """End every open session of this person, on every device."""
    say(count=sessions.end_all(person))
    return person
