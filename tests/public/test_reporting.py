"""Reporting an imitation: by anybody, once or often, without saying who one is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from lxml import html
from pytest_django import Settings

from tests.cast import filled
from tests.public.town import Town
from undersigned.accounts.models import LookalikeCase
from undersigned.accounts.states import CaseState
from undersigned.public import limits
from undersigned.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/public/report/"


def sent(client: Client | None = None, address: str = "192.0.2.7", **fields: Any) -> HttpResponse:
    form = filled(**{"account": "https://x.com/harrowfa1ls", "network": "", "homepage": ""} | fields)
    return (client or Client()).post(PATH, form, REMOTE_ADDR=address)


def complaint(response: HttpResponse) -> str:
    page = html.fromstring(response.content)
    return " ".join(
        node.text_content() for node in page.xpath("//*[contains(@class, 'govuk-error-summary')]//li")
    )


def entries() -> list[dict[str, Any]]:
    found = Entry.objects.filter(act="lookalike.report").order_by("seq")
    return [json.loads(bytes(one.entry)) for one in found]


def test_a_report_opens_a_case_with_the_account_it_looks_like_and_why(town: Town) -> None:
    official = town.official()
    response = sent(note="It asks for card numbers", contact="resident@example.org")
    assert response["Location"] == "/public/report/thanks/"
    case = LookalikeCase.objects.get()
    assert (case.state, case.handle, case.network) == (CaseState.OPEN, "harrowfa1ls", "x")
    assert case.resembles == official
    assert "looks the same as “harrowfalls”" in case.why
    assert (case.note, case.contact, case.reported_by) == (
        "It asks for card numbers",
        "resident@example.org",
        None,
    )


def test_nothing_that_was_written_stands_in_the_record_in_clear(town: Town) -> None:
    sent(note="It asks for card numbers", contact="resident@example.org")
    [entry] = entries()
    assert entry["by"] == {"task": "public.report"}
    for hidden in ("harrowfa1ls", "card numbers", "resident"):
        assert hidden not in json.dumps(entry)
    assert {"key", "note", "contact"} <= set(entry["c"])


def test_nothing_about_whoever_reports_is_needed(town: Town) -> None:
    assert sent().status_code == 302
    assert LookalikeCase.objects.get().contact == ""


def test_sending_twice_is_one_report(town: Town) -> None:
    form = filled(account="https://x.com/harrowfa1ls", network="", homepage="")
    assert Client().post(PATH, form).status_code == Client().post(PATH, form).status_code == 302
    assert LookalikeCase.objects.get().reports == 1


def test_two_people_who_report_one_account_are_counted(town: Town) -> None:
    sent()
    sent(address="192.0.2.8")
    assert LookalikeCase.objects.get().reports == 2


def test_a_name_alone_is_asked_for_its_network(town: Town) -> None:
    response = sent(account="harrowfa1ls")
    assert complaint(response) == "Choose the network on which you saw this name."
    assert sent(account="harrowfa1ls", network="facebook").status_code == 302


def test_the_citys_own_account_is_not_reported(town: Town) -> None:
    town.official()
    response = sent(account="https://x.com/harrowfalls")
    assert response.status_code == 200
    assert complaint(response) == "harrowfalls is in the city’s own register. Nothing was reported."
    assert not LookalikeCase.objects.exists()


def test_an_address_made_to_deceive_is_reported_as_it_stands(town: Town) -> None:
    assert sent(account="https://faceb00k.example/harrowfalls").status_code == 302
    case = LookalikeCase.objects.get()
    assert (case.network, case.url) == ("other", "")
    assert "faceb00k.example" in case.handle


def test_a_link_that_a_phone_shortened_is_reported_as_it_stands(town: Town) -> None:
    assert sent(account="https://vm.tiktok.com/ZM8abcdef/").status_code == 302
    case = LookalikeCase.objects.get()
    assert (case.network, case.handle, case.url) == ("other", "https://vm.tiktok.com/ZM8abcdef/", "")


def test_a_site_of_its_own_is_reported_as_another_place(town: Town) -> None:
    assert sent(account="https://harrowfalls-refund.example/pay").status_code == 302
    assert LookalikeCase.objects.get().url == "https://harrowfalls-refund.example/pay"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"account": ""}, "Paste the link, or type the name of the account."),
        ({"account": "a" * 10_000}, "This is far longer than any account’s address"),
        ({"account": "javascript:alert(1)"}, "does not begin a web address"),
        ({"account": "https://evil.example/" + "a" * 295}, "This is far longer than any account’s address"),
        ({"network": "friendster"}, "Select a valid choice"),
        ({"contact": "nobody"}, "Write the whole address, as in name@example.org"),
        ({"note": "a" * 2_001}, "at most 2000 characters"),
    ],
)
def test_what_cannot_be_sent_is_told_and_nothing_is_lost(
    town: Town, fields: dict[str, str], says: str
) -> None:
    response = sent(**{"note": "It asks for card numbers"} | fields)
    assert response.status_code == 200
    assert says in complaint(response)
    assert not LookalikeCase.objects.exists()
    if "note" not in fields:
        assert "It asks for card numbers" in response.content.decode()


def test_a_machine_that_fills_in_everything_is_told_why_nothing_was_sent(town: Town) -> None:
    response = sent(homepage="https://spam.example")
    assert "A field that people do not see was filled in." in complaint(response)
    assert not LookalikeCase.objects.exists()


def test_the_hidden_field_is_out_of_everybodys_way(town: Town) -> None:
    page = html.fromstring(Client().get(PATH).content)
    [field] = page.xpath("//input[@name='homepage']")
    assert field.get("tabindex") == "-1"
    assert field.get("autocomplete") == "off"
    assert page.xpath("//div[@aria-hidden='true' and contains(@class, 'govuk-visually-hidden')]//input")


def test_enough_is_enough_from_one_place_and_another_is_not_held_for_it(town: Town) -> None:
    for number in range(limits.REPORTS_AN_HOUR):
        assert sent(account=f"https://x.com/harrow{number}").status_code == 302
    response = sent(account="https://x.com/one_more", note="It asks for card numbers")
    assert response.status_code == 429
    assert "send it again in an hour" in complaint(response)
    assert "It asks for card numbers" in response.content.decode()
    assert sent(address="198.51.100.9").status_code == 302
    assert LookalikeCase.objects.count() == limits.REPORTS_AN_HOUR + 1


def test_the_next_hour_begins_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    for number in range(limits.REPORTS_AN_HOUR):
        sent(account=f"https://x.com/harrow{number}")
    later = time.time() + limits.HOUR
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert sent(account="https://x.com/one_more").status_code == 302


def test_the_addresses_of_one_line_are_one_place(town: Town) -> None:
    for number in range(limits.REPORTS_AN_HOUR):
        sent(account=f"https://x.com/harrow{number}", address=f"2001:db8:1:2::{number + 1:x}")
    assert sent(account="https://x.com/more", address="2001:db8:1:2:ffff::1").status_code == 429
    assert sent(account="https://x.com/more", address="2001:db8:1:3::1").status_code == 302


def test_behind_a_proxy_the_nearest_hop_is_believed(town: Town, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(limits.REPORTS_AN_HOUR):
        client = Client(headers={"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.50"})
        sent(client, account=f"https://x.com/harrow{number}")
    assert sent(Client(headers={"X-Forwarded-For": "192.0.2.50"})).status_code == 429
    assert sent(Client(headers={"X-Forwarded-For": "192.0.2.51"})).status_code == 302


def test_without_a_proxy_what_a_visitor_says_of_their_address_is_not_believed(town: Town) -> None:
    for number in range(limits.REPORTS_AN_HOUR):
        client = Client(headers={"X-Forwarded-For": f"203.0.113.{number}"})
        sent(client, account=f"https://x.com/harrow{number}")
    assert sent(Client(headers={"X-Forwarded-For": "203.0.113.99"})).status_code == 429


def test_whoever_the_proxy_names_by_no_address_is_counted_as_one_place(
    town: Town, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(limits.REPORTS_AN_HOUR):
        client = Client(headers={"X-Forwarded-For": "unknown"})
        sent(client, account=f"https://x.com/harrow{number}")
    assert sent(Client(headers={"X-Forwarded-For": "somebody"})).status_code == 429


def test_where_a_report_came_from_is_nowhere_to_be_found(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    sent(address="192.0.2.123")
    kept = str(list(LookalikeCase.objects.values())) + json.dumps(entries()) + str(vars(cache._cache))
    assert "192.0.2.123" not in kept + caplog.text


def test_a_form_without_its_number_changes_nothing(town: Town) -> None:
    assert Client().post(PATH, {"account": "https://x.com/a"}).status_code == 400
    assert not LookalikeCase.objects.exists()


def test_a_form_of_another_site_is_refused(town: Town) -> None:
    response = sent(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert not LookalikeCase.objects.exists()


def test_the_form_is_filled_in_with_what_was_looked_up_and_is_not_cached(town: Town) -> None:
    response = Client().get(PATH, {"account": "https://x.com/harrowfa1ls", "network": "x"})
    page = html.fromstring(response.content)
    assert page.xpath("//input[@name='account']/@value") == ["https://x.com/harrowfa1ls"]
    assert "no-store" in response["Cache-Control"]
