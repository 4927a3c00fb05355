"""Who can sign in to the demonstration, as whom, and with what.

One password serves everybody, which only an invented city may have; the seed of each person's authenticator follows
from their address, so that the six digits of now can be told on request.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from undersigned.acts import Officer
from undersigned.acts.directory import directory
from undersigned.demo.invented import BY_ROLE, MAIL, Role
from undersigned.people import acts as people
from undersigned.people.models import Invitation, Person, User

PASSWORD = "water under the bridge"  # noqa: S105 - printed for everybody, of an invented city
SHOWN: Mapping[Role, str] = {
    Role.HEAD_OF_COMMUNICATIONS: "approves and answers for the whole register",
    Role.COMMUNICATIONS: "keeps the city’s own accounts, brings lists",
    Role.SECURITY: "sees what is red, countersigns, stops an account",
    Role.ADMINISTRATOR: "keeps people and this installation",
    Role.HR: "brings the roster, sends invitations",
    Role.MANAGING_DIRECTOR: "heads the divisions, countersigns exceptions",
    Role.CLERK: "the city’s clerk",
    Role.RECORDS: "puts accounts away for good",
    Role.AUDITOR: "sees everything, changes nothing",
    Role.ESPLANADE_ACTING: "heads The Esplanade while its director is away",
    Role.ESPLANADE_STEWARD: "keeps accounts whose password everybody knew",
    Role.LEISURE_HEAD: "heads the leisure centre: a paused account, a closing one",
    Role.LIBRARY_STEWARD: "keeps the one account that is green",
    Role.TRANSIT_STEWARD: "is setting up a new account",
    Role.DUTY_OFFICER: "on duty at the fire hall, may stop anything",
    Role.MAYOR: "an elected member with an account of the office",
    Role.VOLUNTEER: "may answer comments for the library",
    Role.CONTRACTOR: "works for an agency, so only reads",
}
"""Everybody who can sign in, and in a few words what they would look at first."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the list that is printed."""

    name: str
    title: str
    email: str
    about: str

    @property
    def code(self) -> str:
        return code_now(self.email)


def everybody() -> list[SignIn]:
    played = ((BY_ROLE[role], about) for role, about in SHOWN.items())
    return [SignIn(one.name, one.title, one.email, about) for one, about in played]


def is_of_the_demo(email: str) -> bool:
    return email.lower().endswith(f"@{MAIL}")


def seed_of(email: str) -> str:
    """The seed (base 32) of this person's authenticator (RFC 6238)."""
    return base64.b32encode(hashlib.sha256(f"demonstration {email.lower()}".encode()).digest()[:20]).decode()


def code_now(email: str) -> str:
    """The six digits that this person's authenticator shows now."""
    counter = next(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(seed_of(email), counter)))


def let_in(by: Officer, person: Person) -> None:
    """Invite a person and accept for them, as they would, with a second factor."""
    code = secrets.token_urlsafe(32)
    invitation = people.send_invitation(by=by, person=person, email=person.email, code=code)
    accept(invitation)


def accept(invitation: Invitation) -> None:
    """Make the sign-in of whoever is invited. Raises LookupError for somebody who holds no appointment."""
    themselves = directory().officer(invitation.person_id)
    if themselves is None:
        raise LookupError(f"{invitation.person} holds no appointment")
    people.accept_invitation(by=themselves, invitation=invitation, password=PASSWORD)
    TOTP.activate(User.objects.get(person=invitation.person_id), seed_of(invitation.email))
