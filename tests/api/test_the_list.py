"""The public register as a list for programs: what is in it, how it is narrowed, how it goes on, what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.accounts.stages import address
from tests.public.town import Town
from undersigned.accounts.states import AccountState
from undersigned.networks.names import Network
from undersigned.people import acts as people
from undersigned.people.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/public/accounts"
QUERIES = 3
"""The city, one page of accounts with their units, and the acts that prove them."""


def listed(**filters: str) -> list[dict[str, Any]]:
    return Client().get(PATH, filters).json()["accounts"]


def handles(**filters: str) -> list[str]:
    return [one["handle"] for one in listed(**filters)]


def test_the_list_holds_what_the_public_register_shows_and_nothing_else(town: Town) -> None:
    states = {state: f"harrow{state.value.replace('_', '')}" for state in AccountState}
    for state, handle in states.items():
        town.in_state(state, handle)
    hidden = {AccountState.REQUESTED, AccountState.DECLINED, AccountState.APPROVED, AccountState.SETTING_UP}
    assert handles() == sorted(handle for state, handle in states.items() if state not in hidden)


def test_an_empty_register_is_an_empty_list(town: Town) -> None:
    answer = Client().get(PATH).json()
    assert (answer["accounts"], answer["next"]) == ([], None)


def test_filters_left_empty_narrow_nothing(town: Town) -> None:
    town.official()
    assert handles(service="", unit="", tag="", language="", state="", cursor="") == ["harrowfalls"]


def test_each_filter_narrows(town: Town) -> None:
    town.official("harrowparks", language="fr", tags=",parks,")
    town.unconfirmed("harrowpool", address=address("harrowpool", Network.INSTAGRAM))
    town.in_state(AccountState.SUSPENDED, "harrowrink")
    assert handles(service="instagram") == handles(service="Insta") == ["harrowpool"]
    assert handles(language="fr") == ["harrowparks"]
    assert handles(tag="parks") == ["harrowparks"]
    assert handles(state="paused") == ["harrowrink"]
    assert handles(tag="park") == []


def test_a_unit_is_asked_with_all_below_it(town: Town) -> None:
    town.official("harrowparks")
    city = Unit.objects.get(parent=None)
    parks = Unit.objects.get(name="Parks")
    other = people.add_unit(by=people_actor(), name="Transit", parent=city)
    assert handles(unit=city.pk) == handles(unit=parks.pk) == ["harrowparks"]
    assert handles(unit=other.pk) == handles(unit="unit:0123456789abcdef") == []


def people_actor() -> Any:
    from tests.cast import SYSTEM

    return SYSTEM


@pytest.mark.parametrize(
    ("wrong", "parameter"),
    [
        ({"state": "suspended"}, "state"),
        ({"unit": "Parks"}, "unit"),
        ({"language": "English"}, "language"),
        ({"tag": "a,b"}, "tag"),
        ({"tag": "a\x00b"}, "tag"),
        ({"cursor": "x" * 3_000}, "cursor"),
        ({"service": "x" * 100}, "service"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(town: Town, wrong: dict[str, str], parameter: str) -> None:
    response = Client().get(PATH, wrong)
    assert response.status_code == 400
    assert parameter in {one["parameter"] for one in response.json()["errors"]}


@pytest.mark.parametrize("cursor", ["x", "1", "eyJhIjoxfQ:1abc:def", "\x00"])
def test_a_foreign_cursor_is_refused_with_a_sentence(town: Town, cursor: str) -> None:
    response = Client().get(PATH, {"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["detail"].startswith("The place in the list could not be read")


def pages(first: str = PATH) -> Iterator[dict[str, Any]]:
    """Follow the list as a program does."""
    following: str | None = first
    while following:
        parts = urlsplit(following)
        page = Client().get(parts.path, {key: one for key, [one] in parse_qs(parts.query).items()})
        following = page.json()["next"]
        assert (following is not None) == page.headers.get("Link", "").endswith('rel="next"')
        yield page.json()


def test_the_list_goes_on_until_everything_was_told_once(town: Town) -> None:
    town.many(230)
    told = [[one["handle"] for one in page["accounts"]] for page in pages()]
    assert [len(page) for page in told] == [100, 100, 30]
    assert [one for page in told for one in page] == [f"harrow{at:04}" for at in range(230)]


def test_filters_stay_while_the_list_goes_on(town: Town) -> None:
    town.many(400)
    parks = Unit.objects.get(name="Parks")
    told = [
        one["unit"] for page in pages(f"{PATH}?unit={parks.pk}&service=twitter") for one in page["accounts"]
    ]
    assert told == ["Parks"] * 134


@pytest.mark.parametrize("rows", [1, 50])
def test_a_list_costs_the_same_number_of_queries(
    town: Town, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.many(rows)
    with django_assert_num_queries(QUERIES):
        assert len(Client().get(PATH).json()["accounts"]) == rows


@pytest.mark.parametrize("rows", [1, 50])
def test_verifying_costs_the_same_number_of_queries(
    town: Town, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.many(rows)
    for question, most in ({"url": "https://x.com/harrow0000"}, 3), ({"url": "https://x.com/nobody"}, 2):
        with django_assert_num_queries(most):
            Client().get(f"{PATH}/verify", question)


def test_one_entry_is_told_by_its_id(town: Town) -> None:
    account = town.official()
    answer = Client().get(f"{PATH}/{account.pk}").json()
    assert (answer["handle"], answer["verified"]) == ("harrowfalls", True)
    assert answer == listed()[0] | {"as_of": answer["as_of"]}


@pytest.mark.parametrize("reference", ["account:0123456789abcdef", "x", "account:%00", "a" * 10_000, "..%2f"])
def test_an_id_that_is_none_is_a_problem(town: Town, reference: str) -> None:
    response = Client().get(f"{PATH}/{reference}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_an_entry_that_the_public_does_not_know_of_is_not_told(town: Town) -> None:
    account = town.in_state(AccountState.REQUESTED)
    assert Client().get(f"{PATH}/{account.pk}").status_code == 404


@pytest.mark.slow
def test_a_thousand_accounts_are_listed_and_verified_in_under_a_tenth_of_a_second(town: Town) -> None:
    town.many(1_000)
    client = Client()
    for path, question in (
        (PATH, {}),
        (f"{PATH}/verify", {"url": "https://twitter.com/#!/Harrow0500"}),
        (f"{PATH}/verify", {"url": "https://twitter.com/nobody"}),
    ):
        assert ninety_fifth([taken(client, path, question) for _time in range(40)]) < 0.1


def taken(client: Client, path: str, question: dict[str, str]) -> float:
    began = time.thread_time()
    assert client.get(path, question).status_code == 200
    return time.thread_time() - began


def ninety_fifth(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
