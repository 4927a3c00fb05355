"""The official accounts, for everybody: the list, one account, and what surrounds both."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from tests.accounts.stages import address
from tests.cast import SYSTEM, Cast
from tests.public.town import Town
from undersigned.accounts import acts
from undersigned.accounts.states import AccountState
from undersigned.networks.names import Network
from undersigned.people.models import Unit
from undersigned.public import directory

pytestmark = pytest.mark.django_db(transaction=True)


def page(path: str = "/public/", **query: str) -> html.HtmlElement:
    response = Client().get(path, query)
    assert response.status_code == 200
    return html.fromstring(response.content)


def names(found: html.HtmlElement) -> list[str]:
    return [node.text_content().split()[0] for node in found.xpath("//tbody//th")]


def text(found: html.HtmlElement, path: str = "//main") -> str:
    return " ".join(" ".join(node.text_content().split()) for node in found.xpath(path))


def test_who_is_not_signed_in_is_led_here(town: Town) -> None:
    assert Client().get("/")["Location"] == "/public/"


def test_the_first_page_asks_and_lists(town: Town) -> None:
    town.official()
    found = page()
    assert text(found, "//h1") == "Official accounts of Harrow Falls"
    assert found.xpath("//form[@action='/public/verify/']//input[@name='account']")
    assert names(found) == ["harrowfalls"]
    assert text(found, "//nav[@aria-label='For everybody']//a[@aria-current]") == "Official accounts"


def test_an_empty_register_says_what_it_will_hold(town: Town) -> None:
    assert "No official accounts yet" in text(page())


def test_what_fits_nothing_says_so_and_leads_back(town: Town) -> None:
    town.official()
    found = page(q="nothing like that")
    assert "No official account fits what you chose." in text(found)
    assert found.xpath("//a[@href='/public/' and text()='Show all']")


def test_it_is_sorted_by_network_and_by_unit(town: Town) -> None:
    town.many(5)
    assert names(page(sort="network")) == ["Harrow"] * 5
    units = [text(cell, ".") for cell in page(sort="unit").xpath("//tbody/tr/td[2]")]
    assert units == sorted(units)


def test_it_is_searched_by_handle_name_and_unit(town: Town) -> None:
    town.official("harrowparks", display_name="Parks of Harrow Falls")
    acts.take_in(
        by=SYSTEM, address=address("harrowbus"), unit=town.cast.unit("Transit", parent="Harrow Falls")
    )
    assert names(page(q="@harrowparks")) == names(page(q="of harrow")) == ["Parks"]
    assert names(page(q="transit")) == ["harrowbus"]
    assert names(page(q="Wardour")) == []


def test_it_is_narrowed_by_network_and_unit(town: Town) -> None:
    town.official("harrowparks")
    town.unconfirmed("pool", address=address("harrowpool", Network.INSTAGRAM))
    assert names(page(network="instagram")) == ["harrowpool"]
    assert names(page(unit=Unit.objects.get(parent=None).pk)) == ["harrowpool", "harrowparks"]
    assert "Choose" in text(page(unit="unit:0123456789abcdef")) or names(page(unit="unit:x"))


def test_retired_accounts_are_put_away_but_can_be_seen(town: Town) -> None:
    town.official("harrowparks")
    town.retired("harrowfair")
    assert names(page()) == ["harrowparks"]
    assert names(page(show="retired")) == ["harrowfair"]
    assert names(page(show="all")) == ["harrowfair", "harrowparks"]


def test_only_accounts_in_the_citys_hands_are_linked_and_vouched_for(town: Town) -> None:
    for state in (AccountState.DORMANT, AccountState.RESERVED, AccountState.SUSPENDED, AccountState.RETIRED):
        town.in_state(state, f"harrow{state}")
    town.official("harrowparks")
    found = page(show="all")
    linked = found.xpath("//tbody//a[contains(@rel, 'me')]/@href")
    assert sorted(linked) == [
        "https://x.com/harrowdormant",
        "https://x.com/harrowparks",
        "https://x.com/harrowreserved",
    ]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://harrowfalls.example/parks", "https://harrowfalls.example/parks"),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)//https://", ""),
        ("data:text/html,hello", ""),
        ("//elsewhere.example", ""),
        ("", ""),
    ],
)
def test_an_address_that_is_no_web_page_never_becomes_a_link(address: str, link: str) -> None:
    assert directory.web(address) == link


def test_fifty_stand_on_a_page_and_all_on_the_one_for_paper(town: Town) -> None:
    town.many(120)
    first = page()
    assert len(names(first)) == 50
    [following] = first.xpath("//a[@rel='next']/@href")
    assert len(html.fromstring(Client().get(following).content).xpath("//tbody/tr")) == 50
    [whole] = first.xpath("//a[contains(@href, 'whole=')]/@href")
    paper = html.fromstring(Client().get(whole).content)
    assert len(paper.xpath("//tbody/tr")) == 120
    assert not paper.xpath("//input[@name='account']")


def test_the_list_can_be_had_as_a_table_for_spreadsheets(town: Town) -> None:
    town.official(display_name="=HYPERLINK(1)")
    response = Client().get("/public/", {"format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert rows[1] == ["harrowfalls", "X", "Parks", "Official"]


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_number_of_queries(
    town: Town, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.many(rows)
    with django_assert_num_queries(6):
        assert len(names(page())) == rows


def test_one_account_shows_whose_it_is_and_what_happened(town: Town) -> None:
    account = town.official(
        display_name="Harrow Falls Parks",
        language="en fr",
        opened_on=date(2019, 3, 12),
        contact_role="Parks desk",
        contact_mailbox="parks@harrowfalls.example",
    )
    found = page(f"/public/accounts/{account.pk}/")
    said = text(found)
    assert text(found, "//h1") == "Harrow Falls Parks (X)"
    assert "Parks runs this account for Harrow Falls, since 12 March 2019." in said
    assert "English, French" in said
    assert "Parks desk · parks@harrowfalls.example" in said
    assert text(found, "//ol/li/p[1]") == "Entry confirmed Entered in the register"
    assert found.xpath("//a[@rel='me noopener']/@href") == ["https://x.com/harrowfalls"]


def test_each_line_of_an_accounts_story_leads_to_its_act_and_its_receipt(town: Town) -> None:
    account = town.official()
    found = page(f"/public/accounts/{account.pk}/")
    for path, number in (("//ol//a[text()='Receipt']/@href", 2), ("//ol/li/p[1]/a/@href", 2)):
        links = found.xpath(path)
        assert len(links) == number
        assert all(Client().get(link).status_code == 200 for link in links)


def test_one_account_names_offices_and_no_person(town: Town) -> None:
    account = town.retired()
    said = text(page(f"/public/accounts/{account.pk}/"))
    assert "Retired" in said
    assert "Head of communications" in said
    assert "Staff of the city" in said
    for hidden in ("Corbel", "Wardour", "Alder", "Headley", "The festival is over"):
        assert hidden not in said


def test_a_retired_account_says_on_which_day(town: Town) -> None:
    account = town.retired()
    found = page(f"/public/accounts/{account.pk}/")
    assert "It was retired on" in text(found)
    assert not found.xpath("//a[contains(@rel, 'me')]")


@pytest.mark.parametrize("reference", ["account:0123456789abcdef", "x", "account:..", "\u202e", "a" * 5_000])
def test_an_account_that_is_not_there_is_not_found(town: Town, reference: str) -> None:
    assert Client().get(f"/public/accounts/{reference}/").status_code == 404


@pytest.mark.parametrize("state", [AccountState.REQUESTED, AccountState.SETTING_UP])
def test_an_account_that_is_not_public_is_not_found(town: Town, state: AccountState) -> None:
    account = town.in_state(state)
    assert Client().get(f"/public/accounts/{account.pk}/").status_code == 404


@pytest.mark.parametrize("happened", [0, 30])
def test_one_account_costs_the_same_number_of_queries(
    town: Town, happened: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = town.official()
    for _time in range(happened):
        acts.confirm(by=town.stages.steward, account=account)
    with django_assert_num_queries(7):
        page(f"/public/accounts/{account.pk}/")


PAGES = ("/public/", "/public/verify/", "/public/verify/?account=x.com/a", "/public/report/thanks/")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_for_everybody_sets_no_cookie_and_may_be_kept_for_a_minute(town: Town, path: str) -> None:
    response = Client().get(path)
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "Accept-Language"} <= {one.strip() for one in response["Vary"].split(",")}


@pytest.mark.parametrize("path", PAGES)
def test_what_a_signed_in_person_sees_is_kept_by_nobody(town: Town, cast: Cast, path: str) -> None:
    response = cast.browser().get(path)
    assert response["Cache-Control"] == "private, no-cache"
    assert "My desk" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_that_only_tell_are_only_read(town: Town, path: str) -> None:
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200


def test_everything_is_there_before_a_city_is_founded(db: None) -> None:
    for path in PAGES:
        assert Client().get(path).status_code == 200


def test_a_reader_of_french_sees_the_french_names(town: Town, cast: Cast) -> None:
    from undersigned.people import acts as people

    unit = people.add_unit(by=SYSTEM, name="Water", name_fr="Eaux", parent=cast.unit())
    account = acts.take_in(by=SYSTEM, address=address("harrowwater"), unit=unit)
    response = Client().get(f"/public/accounts/{account.pk}/", headers={"Accept-Language": "fr"})
    assert "Eaux" in response.content.decode()
