"""What is asked of those who keep people, and that each duty leads to the list of just those."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import SYSTEM, Cast

from undersigned.acts.duty import Duty
from undersigned.people import acts
from undersigned.people.duties import duties_for
from undersigned.people.models import Appointment
from undersigned.people.states import Office, PersonClass

pytestmark = pytest.mark.django_db(transaction=True)


def asked(cast: Cast, office: Office = Office.HR) -> dict[str, Duty]:
    return {str(duty.query["show"]): duty for duty in duties_for(cast.officer(office))}


def test_an_appointment_that_ends_soon_is_asked_about_by_its_last_day(cast: Cast) -> None:
    person, soon = cast.person("Nell Fairweather"), timezone.localdate() + timedelta(days=9)
    acts.change_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=person), ends_on=soon)
    duty = asked(cast)["ending"]
    assert (str(duty.what), duty.due) == ("1 appointment ends within 30 days", soon)
    assert duty.url.endswith("/people/?show=ending")


def test_an_invitation_that_nobody_took_up_is_asked_about(cast: Cast) -> None:
    person = cast.person("Nell Fairweather")
    acts.send_invitation(by=SYSTEM, person=person, email="n@x.example", code=secrets.token_urlsafe(8))
    assert str(asked(cast)["invited"].what) == "1 invitation was not taken up yet"


def test_people_without_class_or_appointment_and_units_without_head_are_asked_about(cast: Cast) -> None:
    acts.add_person(by=SYSTEM, name="Ivo Newman", person_class=PersonClass.UNSTATED)
    found = asked(cast, Office.ADMINISTRATOR)
    assert str(found["no_class"].what) == "1 person has no class stated"
    assert str(found["no_office"].what) == "1 person holds no appointment"
    assert str(found["no_head"].what) == "1 unit has no head"
    assert found["no_head"].url.endswith("/units/?show=no_head")


def test_nothing_of_this_is_asked_of_anybody_else(cast: Cast) -> None:
    acts.add_person(by=SYSTEM, name="Ivo Newman", person_class=PersonClass.UNSTATED)
    assert duties_for(cast.officer(Office.MEMBER)) == []


def test_the_number_of_questions_does_not_depend_on_how_much_waits(cast: Cast) -> None:
    officer = cast.officer(Office.HR)
    cast.person("Nell Fairweather", person_class=PersonClass.UNSTATED)
    with CaptureQueriesContext(connection) as one:
        duties_for(officer)
    for number in range(20):
        cast.person(f"Nell {number}", unit=f"Unit {number}", person_class=PersonClass.UNSTATED)
    with CaptureQueriesContext(connection) as many:
        duties_for(officer)
    assert len(one) == len(many) == 5
