"""The pages of people and units: what each reader sees, what those who keep people do there, and who is refused."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import SYSTEM, Cast, filled, signed_in

from undersigned.people import acts
from undersigned.people.acts import invitations
from undersigned.people.models import Appointment, Invitation, Person, Unit
from undersigned.people.states import Office, PersonClass

pytestmark = pytest.mark.django_db(transaction=True)


def to(name: str, subject: object = None) -> str:
    return reverse(f"people:{name}", args=[getattr(subject, "pk", subject)] if subject else [])


def see(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def day(name: str, value: str) -> dict[str, str]:
    year, month, day = value.split("-") if value else ("", "", "")
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def test_those_who_keep_people_see_everybody_with_class_and_number(cast: Cast) -> None:
    acts.add_person(
        by=SYSTEM, name="Nell Fairweather", person_class=PersonClass.MANAGER, staff_number="00417"
    )
    page = see(cast.browser(Office.HR), to("list"))
    assert "Nell Fairweather" in page
    assert "00417" in page
    assert "manager" in page


def test_others_see_who_works_here_and_as_what_and_nothing_else(cast: Cast) -> None:
    person = cast.person("Nell Fairweather", unit="Parks", email="nell@harrowfalls.example")
    acts.change_person(by=SYSTEM, person=person, staff_number="00417")
    gone = cast.person("Otto Reed")
    acts.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=gone))
    browser = cast.browser(Office.MEMBER)
    page = see(browser, to("list")) + see(browser, to("person", person))
    assert "Nell Fairweather" in page
    assert "Parks" in page
    for hidden in ("00417", "nell@", "Otto Reed", "out-of-scope"):
        assert hidden not in page
    assert browser.get(to("person", gone)).status_code == 404
    assert "Otto Reed" not in see(browser, to("list") + "?show=left")


def test_one_sees_all_that_is_known_of_oneself(cast: Cast) -> None:
    person = cast.person("Nell Fairweather", email="nell@harrowfalls.example")
    page = see(signed_in(person), to("person", person))
    assert "nell@harrowfalls.example" in page
    assert "Done in their name" in page


def test_who_holds_no_appointment_and_who_is_not_signed_in_see_nothing(cast: Cast) -> None:
    person = acts.add_person(by=SYSTEM, name="Otto Reed", person_class=PersonClass.VOLUNTEER)
    assert signed_in(person).get(to("list")).status_code == 404
    assert Client().get(to("list")).status_code == 302


@pytest.mark.parametrize("office", [Office.MEMBER, Office.HEAD_OF_COMMUNICATIONS, Office.IT_SECURITY])
def test_for_whoever_does_not_keep_people_the_pages_that_change_them_are_not_there(
    cast: Cast, office: Office
) -> None:
    person = cast.person("Nell Fairweather", unit="Parks")
    held = Appointment.objects.get(person=person)
    browser = cast.browser(office)
    addresses = [
        to("add"),
        to("change", person),
        to("appoint", person),
        to("invite", person),
        to("change_appointment", held),
        to("end_appointment", held),
        to("add_unit"),
        to("change_unit", held.unit),
        to("close_unit", held.unit),
    ]
    assert {browser.get(address).status_code for address in addresses} == {404}
    assert {browser.post(address, filled()).status_code for address in addresses} == {404}


def test_the_list_is_narrowed_by_name_unit_and_class(cast: Cast) -> None:
    cast.unit("Roads", parent="Works")
    cast.person("Nell Fairweather", unit="Parks", person_class=PersonClass.MANAGER)
    cast.person("Otto Reed", unit="Roads")
    browser = cast.browser(Office.HR)
    assert names(see(browser, to("list") + "?text=FAIRW")) == ["Nell Fairweather"]
    assert names(see(browser, to("list") + f"?unit={cast.units['Works'].pk}")) == ["Otto Reed"]
    assert names(see(browser, to("list") + "?person_class=manager")) == ["Nell Fairweather"]
    assert "Nobody fits these filters" in see(browser, to("list") + "?text=Zzz")


def names(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader"[^>]*><a[^>]*>([^<]+)</a>', page)


def test_the_list_shows_who_left_whose_appointment_ends_and_who_holds_none(cast: Cast) -> None:
    gone, ending = cast.person("Otto Reed"), cast.person("Nell Fairweather")
    acts.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=gone))
    soon = timezone.localdate() + timedelta(days=9)
    acts.change_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=ending), ends_on=soon)
    acts.add_person(by=SYSTEM, name="Ivo Newman", person_class=PersonClass.UNSTATED)
    browser = cast.browser(Office.HR)
    assert names(see(browser, to("list") + "?show=left")) == ["Otto Reed"]
    assert names(see(browser, to("list") + "?show=ending")) == ["Nell Fairweather"]
    assert names(see(browser, to("list") + "?show=no_office")) == ["Ivo Newman"]
    assert names(see(browser, to("list") + "?show=no_class")) == ["Ivo Newman"]
    assert "Otto Reed" not in see(browser, to("list"))


def test_the_list_goes_out_as_csv_with_the_columns_that_its_reader_sees(cast: Cast) -> None:
    cast.person("Nell Fairweather", unit="Parks")
    kept = csv(cast.browser(Office.HR))
    plain = csv(cast.browser(Office.MEMBER))
    assert "out-of-scope employee" in kept
    assert "Nell Fairweather,member of the unit,Parks" in plain
    assert "out-of-scope employee" not in plain


def csv(browser: Client) -> str:
    return b"".join(browser.get(to("list") + "?format=csv")).decode()


@pytest.mark.parametrize("office", [Office.HR, Office.MEMBER])
def test_lists_and_trees_ask_the_database_as_often_for_fifty_as_for_one(cast: Cast, office: Office) -> None:
    browser = cast.browser(office)
    cast.unit("Parks")
    addresses = (to("list"), to("units"), to("units") + "?show=no_head", to("unit", cast.unit("Parks")))
    for_one = [queries(browser, address) for address in addresses]
    for number in range(49):
        cast.person(f"Nell Fairweather the {number}th", unit=f"Unit {number}", office=Office.UNIT_HEAD)
        cast.unit(f"Below {number}", parent="Parks")
    assert [queries(browser, address) for address in addresses] == for_one


def test_a_persons_page_asks_as_often_for_fifty_appointments_as_for_one(cast: Cast) -> None:
    browser, person = cast.browser(Office.HR), cast.person("Nell Fairweather")
    for_one = queries(browser, to("person", person))
    for number in range(49):
        acts.begin_appointment(by=SYSTEM, person=person, unit=cast.unit(f"Unit {number}"))
    assert queries(browser, to("person", person)) == for_one


def queries(browser: Client, address: str) -> int:
    """Asked a second time, for the first request of a browser writes down that it was there."""
    see(browser, address)
    with CaptureQueriesContext(connection) as asked:
        see(browser, address)
    return len(asked)


def test_somebody_is_added_and_then_appointed(cast: Cast) -> None:
    cast.unit("Parks")
    browser = cast.browser(Office.HR)
    added = browser.post(
        to("add"), filled(name="Nell Fairweather", person_class="out_of_scope", email="N@X.example")
    )
    person = Person.objects.get(name="Nell Fairweather")
    assert (person.given_name, person.family_name, person.email) == ("Nell", "Fairweather", "n@x.example")
    assert added["Location"] == to("appoint", person)
    appointment = filled(unit=cast.units["Parks"].pk, office="unit_head", **day("begins_on", "2026-01-05"))
    browser.post(to("appoint", person), appointment)
    held = Appointment.objects.get(person=person)
    assert (held.unit.name, held.office, str(held.begins_on)) == ("Parks", Office.UNIT_HEAD, "2026-01-05")


def test_sending_the_form_twice_adds_one_person(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    form = filled(name="Nell Fairweather", person_class="out_of_scope")
    browser.post(to("add"), form)
    browser.post(to("add"), form)
    assert Person.objects.filter(name="Nell Fairweather").count() == 1


def test_a_staff_number_has_one_holder_and_the_error_stands_beside_it(cast: Cast) -> None:
    acts.add_person(by=SYSTEM, name="Otto Reed", person_class=PersonClass.MANAGER, staff_number="7")
    form = filled(name="Nell Fairweather", person_class="manager", staff_number="7")
    page = cast.browser(Office.HR).post(to("add"), form).content.decode()
    assert "Somebody else has this staff number" in page
    assert not Person.objects.filter(name="Nell Fairweather").exists()


def test_what_is_known_is_corrected_and_only_what_differs_is_entered(cast: Cast) -> None:
    person, browser = cast.person("Nell Fairweather"), cast.browser(Office.HR)
    known = {"name": "Nell Fairweather", "given_name": "Nell", "family_name": "Fairweather"}
    form = filled(**known, person_class="manager", email="nell@harrowfalls.example")
    assert browser.post(to("change", person), form).status_code == 302
    person.refresh_from_db()
    assert (person.person_class, person.email) == ("manager", "nell@harrowfalls.example")


def test_an_appointment_is_made_longer(cast: Cast) -> None:
    person, browser = cast.person("Nell Fairweather"), cast.browser(Office.HR)
    held = Appointment.objects.get(person=person)
    form = filled(office="member", **day("begins_on", str(held.begins_on)), **day("ends_on", "2030-12-31"))
    browser.post(to("change_appointment", held), form)
    held.refresh_from_db()
    assert str(held.ends_on) == "2030-12-31"


def test_days_in_the_wrong_order_are_told_beside_the_last_day(cast: Cast) -> None:
    person, browser = cast.person("Nell Fairweather"), cast.browser(Office.HR)
    form = filled(
        unit=cast.units["Harrow Falls"].pk,
        office="member",
        **day("begins_on", "2026-05-01"),
        **day("ends_on", "2026-04-01"),
    )
    page = browser.post(to("appoint", person), form).content.decode()
    assert "The last day is before the first" in page
    assert Appointment.objects.filter(person=person).count() == 1


def test_ending_the_last_appointment_says_what_ends_and_wants_the_name_typed(cast: Cast) -> None:
    person, browser = cast.person("Nell Fairweather"), cast.browser(Office.HR)
    held = Appointment.objects.get(person=person)
    assert "It is the last appointment" in see(browser, to("end_appointment", held))
    wrong = browser.post(to("end_appointment", held), filled(typed="Otto Reed"))
    assert "nothing was changed" in wrong.content.decode()
    browser.post(to("end_appointment", held), filled(typed="nell fairweather", reason="retired"))
    person.refresh_from_db()
    assert person.left_on == timezone.localdate()
    assert browser.get(to("end_appointment", held)).status_code == 404


def test_an_invitation_is_sent_shown_and_taken_back(cast: Cast) -> None:
    person, browser = cast.person("Nell Fairweather"), cast.browser(Office.HR)
    browser.post(to("invite", person), filled(email="nell@harrowfalls.example"))
    assert "It can be taken up until" in see(browser, to("person", person))
    assert names(see(browser, to("list") + "?show=invited")) == ["Nell Fairweather"]
    found = Invitation.objects.get()
    browser.post(to("withdraw_invitation", found), filled())
    assert Invitation.objects.get().state == "withdrawn"
    assert cast.browser(Office.MEMBER).post(to("withdraw_invitation", found), filled()).status_code == 404


def test_a_lapsed_invitation_is_said_to_have_lapsed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    person, browser = cast.person("Nell Fairweather"), cast.browser(Office.HR)
    monkeypatch.setattr(invitations, "LASTS", timedelta(days=-1))
    acts.send_invitation(by=SYSTEM, person=person, email="n@x.example", code=secrets.token_urlsafe(8))
    assert "Invitation lapsed" in see(browser, to("person", person))


def test_it_security_sees_and_ends_sessions_and_sees_no_address(cast: Cast) -> None:
    person = cast.person("Nell Fairweather", email="nell@harrowfalls.example")
    theirs = signed_in(person)
    see(theirs, to("list"))
    security = cast.browser(Office.IT_SECURITY)
    page = see(security, to("person", person))
    assert "1 device" in page
    assert "nell@" not in page
    assert security.post(to("end_sessions", person), filled()).status_code == 302
    assert theirs.get(to("list")).status_code == 302


def test_a_colleague_who_would_end_sessions_is_told_who_may(cast: Cast) -> None:
    person = cast.person("Nell Fairweather")
    refused = cast.browser(Office.MEMBER).post(to("end_sessions", person), filled())
    assert refused.status_code == 403
    assert "Only the person themselves may do this" in refused.content.decode()


def test_without_a_second_factor_the_form_says_what_is_missing(cast: Cast) -> None:
    browser = cast.browser(Office.HR, second_factor=False)
    page = browser.post(to("add"), filled(name="Nell Fairweather", person_class="manager"))
    assert "needs a second factor" in page.content.decode()


def test_units_stand_as_a_tree_with_their_heads(cast: Cast) -> None:
    cast.person("Una Headley", office=Office.UNIT_HEAD, unit="Parks")
    cast.unit("Trees", parent="Parks")
    page = see(cast.browser(Office.MEMBER), to("units"))
    assert re.search(r"Parks.*Una Headley.*<ul.*Trees.*no head", page, re.DOTALL)
    headless = see(cast.browser(Office.MEMBER), to("units") + "?show=no_head")
    assert "Trees" in headless
    assert "Parks</a>" not in headless


def test_a_unit_is_added_below_another_renamed_and_closed(cast: Cast) -> None:
    above, browser = cast.unit("Parks"), cast.browser(Office.HR)
    browser.post(to("add_unit"), filled(name="Trees", unit_kind="facility", parent=above.pk))
    made = Unit.objects.get(name="Trees")
    assert made.parent == above
    browser.post(to("change_unit", made), filled(name="Urban forest", unit_kind="facility"))
    assert Unit.objects.get(pk=made.pk).name == "Urban forest"
    browser.post(to("close_unit", made), filled(typed="Urban forest", **day("closed_on", "2026-03-31")))
    assert str(Unit.objects.get(pk=made.pk).closed_on) == "2026-03-31"
    assert "Closed" in see(browser, to("unit", made))


def test_a_unit_in_which_people_work_or_with_open_units_below_is_not_closed(cast: Cast) -> None:
    cast.person("Nell Fairweather", unit="Parks")
    cast.unit("Trees", parent="Works")
    browser = cast.browser(Office.HR)
    for name, why in (
        ("Parks", "People still hold appointments"),
        ("Works", "Units below Works are still open"),
    ):
        form = filled(typed=name, **day("closed_on", "2026-03-31"))
        assert why in browser.post(to("close_unit", cast.units[name]), form).content.decode()


def test_two_units_of_one_name_in_one_place_are_refused_beside_the_name(cast: Cast) -> None:
    cast.unit("Parks")
    page = cast.browser(Office.HR).post(to("add_unit"), filled(name="Parks", unit_kind="board"))
    assert "There is a unit of this name here already" in page.content.decode()


def test_the_row_of_rooms_leads_to_people_for_who_works_here_alone(cast: Cast) -> None:
    assert f'href="{to("list")}"' in see(cast.browser(Office.MEMBER), to("me"))
    nobody = acts.add_person(by=SYSTEM, name="Otto Reed", person_class=PersonClass.VOLUNTEER)
    assert f'href="{to("list")}"' not in see(signed_in(nobody), to("me"))
