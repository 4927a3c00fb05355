"""The small cast of the tests: who works for the invented city, and in which capacity.

Made by acts, as everything is: ``cast.officer("head_of_communications")`` answers with an actor who holds that office
in the unit of that name, with a second factor proven.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field, replace

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from undersigned.acts.actor import Officer, System
from undersigned.people import acts
from undersigned.people.directory import PeopleDirectory
from undersigned.people.models import Person, Unit, User
from undersigned.people.states import Office, PersonClass, UnitKind
from undersigned.ui import actid

SYSTEM = System("tests")

NAMES = {
    Office.ADMINISTRATOR: "Ada Quill",
    Office.MANAGING_DIRECTOR: "Morgan Vale",
    Office.HEAD_OF_COMMUNICATIONS: "Hanna Corbel",
    Office.COMMUNICATIONS: "Cole Amberly",
    Office.IT_SECURITY: "Iris Tollgate",
    Office.HR: "Harriet Lowmoor",
    Office.CLERK: "Clement Rusk",
    Office.RECORDS_OFFICER: "Rhea Dunmore",
    Office.SOLICITOR: "Sol Barrow",
    Office.AUDITOR: "Aubrey Finch",
    Office.DUTY_OFFICER: "Dora Overnight",
    Office.UNIT_HEAD: "Una Headley",
    Office.COUNCILLOR: "Coralie Ward",
    Office.MEMBER: "Emery Plain",
}


@dataclass
class Cast:
    """Makes people and units on demand, each once."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def unit(self, name: str = "Harrow Falls", *, parent: str | None = None) -> Unit:
        if name not in self.units:
            above = self.unit(parent) if parent else None
            kind = UnitKind.DEPARTMENT if above else UnitKind.CITY
            self.units[name] = acts.add_unit(by=SYSTEM, name=name, parent=above, unit_kind=kind)
        return self.units[name]

    def person(
        self,
        name: str,
        *,
        office: str = Office.MEMBER,
        unit: str = "Harrow Falls",
        person_class: str = PersonClass.OUT_OF_SCOPE,
        email: str = "",
    ) -> Person:
        if name not in self.people:
            person = acts.add_person(
                by=SYSTEM, name=name, person_class=PersonClass(person_class), email=email
            )
            acts.begin_appointment(by=SYSTEM, person=person, unit=self.unit(unit), office=Office(office))
            self.people[name] = person
        return self.people[name]

    def officer(self, office: str = Office.MEMBER, *, name: str = "", unit: str = "Harrow Falls") -> Officer:
        """An actor who holds this office today and has proven a second factor."""
        return self.as_officer(self.person(name or NAMES[Office(office)], office=office, unit=unit))

    def as_officer(self, person: Person) -> Officer:
        """The person with the capacities of today; with none, an officer who may do nothing."""
        found = PeopleDirectory().officer(person.pk) or Officer(person.pk, person.name, person.person_class)
        return replace(found, second_factor=True)

    def browser(self, office: str = Office.MEMBER, *, name: str = "", second_factor: bool = True) -> Client:
        """A browser in which who holds this office is signed in; see :func:`signed_in`."""
        return signed_in(
            self.person(name or NAMES[Office(office)], office=office), second_factor=second_factor
        )


def signed_in(person: Person, *, second_factor: bool = True) -> Client:
    """A browser with a session of this person, with or without a second factor proven in it."""
    user = User.objects.filter(person=person).first()
    if user is None:
        user = User.objects.create_user(f"{person.pk[-8:]}@city.example", person=person)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "at": time.time(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


def filled(**fields: object) -> dict[str, object]:
    """What a browser sends for a form that calls an act: the fields, and the act's own number."""
    return {actid.FIELD: secrets.token_hex(16), **fields}
