"""The pages of people and units in a real browser, with nobody and with somebody, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import SYSTEM, Cast
from undersigned.people import acts
from undersigned.people.models import Appointment, Person
from undersigned.people.states import Office, PersonClass

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture(params=WIDTHS)
def hr(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast
) -> Iterator[Page]:
    with page_of(browser, cast.browser(Office.HR), live_server.url, request.param) as page:
        yield page


@pytest.fixture(params=WIDTHS)
def colleague(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast
) -> Iterator[Page]:
    with page_of(browser, cast.browser(Office.MEMBER), live_server.url, request.param) as page:
        yield page


def to(name: str, *subject: str) -> str:
    return reverse(f"people:{name}", args=subject)


def city(cast: Cast) -> Person:
    """Units, heads, people of every kind, and one who has a history."""
    cast.person("Una Headley", office=Office.UNIT_HEAD, unit="Parks and recreation")
    cast.unit("Urban forest", parent="Parks and recreation")
    cast.unit("Nurseries of the Office of Neighbourhood Celebrations", parent="Urban forest")
    for number in range(12):
        cast.person(f"Emery Plain-Fairweather the {number}th", unit="Urban forest")
    person = cast.person("Nell Fairweather", unit="Urban forest", email="nell@city.example")
    acts.change_person(by=SYSTEM, person=person, staff_number="00417", person_class=PersonClass.MANAGER)
    first = acts.begin_appointment(by=SYSTEM, person=person, unit=cast.unit("Roads"), title="Clerk")
    acts.end_appointment(by=SYSTEM, appointment=first)
    later = timezone.localdate() + timedelta(days=40)
    acts.begin_appointment(by=SYSTEM, person=person, unit=cast.unit("Arena"), begins_on=later, acting=True)
    acts.send_invitation(by=SYSTEM, person=person, email="nell@city.example", code="a-code-for-tests")
    return person


def test_those_who_keep_people_have_every_page_without_a_fault(hr: Page, cast: Cast) -> None:
    person = city(cast)
    held = Appointment.objects.filter(person=person, ended_at__isnull=True).earliest("begins_on")
    unit = cast.units["Urban forest"].pk
    for address, name in (
        (to("list"), "people"),
        (to("list") + "?text=nobody", "people-none-fit"),
        (to("person", person.pk), "person"),
        (to("add"), "person-add"),
        (to("change", person.pk), "person-change"),
        (to("appoint", person.pk), "appoint"),
        (to("invite", person.pk), "invite"),
        (to("change_appointment", held.pk), "appointment-change"),
        (to("end_appointment", held.pk), "appointment-end"),
        (to("units"), "units"),
        (to("units") + "?show=no_head", "units-no-head"),
        (to("unit", unit), "unit"),
        (to("add_unit") + f"?below={unit}", "unit-add"),
        (to("change_unit", unit), "unit-change"),
        (to("close_unit", unit), "unit-close"),
    ):
        hr.goto(address)
        looked_at(hr, name)


def test_a_form_with_errors_leads_to_them(hr: Page, cast: Cast) -> None:
    hr.goto(to("add"))
    hr.click("main button[type=submit]")
    hr.wait_for_selector(".govuk-error-summary")
    looked_at(hr, "person-add-errors")
    assert hr.title().startswith("Error")


def test_others_see_the_list_and_a_person_without_a_fault(colleague: Page, cast: Cast) -> None:
    person = city(cast)
    for address, name in ((to("list"), "people-colleague"), (to("person", person.pk), "person-colleague")):
        colleague.goto(address)
        looked_at(colleague, name)


def test_with_nobody_but_oneself_the_pages_say_what_to_do_first(hr: Page, cast: Cast) -> None:
    alone = cast.people["Harriet Lowmoor"]
    for address, name in (
        (to("list"), "people-first"),
        (to("list") + "?show=left", "people-nobody-left"),
        (to("person", alone.pk), "person-first"),
        (to("units"), "units-first"),
    ):
        hr.goto(address)
        looked_at(hr, name)


@pytest.mark.parametrize("hr", [1280], indirect=True)
def test_an_appointment_is_ended_with_the_keyboard_alone(hr: Page, cast: Cast) -> None:
    person = cast.person("Nell Fairweather")
    held = Appointment.objects.get(person=person)
    hr.goto(to("end_appointment", held.pk))
    hr.focus("input[name=typed]")
    hr.keyboard.type("Nell Fairweather")
    hr.keyboard.press("Enter")
    hr.wait_for_url(f"**{to('person', person.pk)}")
    assert "Left on" in hr.inner_text(".u-head__standing")
