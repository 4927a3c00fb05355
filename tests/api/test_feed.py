"""The feed of changes, read as a feed reader reads it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from tests.public.town import Town
from undersigned.accounts import acts
from undersigned.accounts.queries import chronicle
from undersigned.accounts.states import AccountState

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/public/accounts.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(address: str = PATH) -> etree._Element:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(one) for one in root.xpath(path, namespaces=ATOM)]


def test_what_happened_is_told_the_newest_first(town: Town) -> None:
    account = town.official()
    acts.suspend(by=town.stages.security, account=account, reason="Somebody else posted")
    titles = texts(feed(), "a:entry/a:title/text()")
    assert titles == [
        "harrowfalls (X): Paused",
        "harrowfalls (X): Entry confirmed",
        "harrowfalls (X): Entered in the register",
    ]


def test_a_feed_is_whole_as_its_standard_says(town: Town) -> None:
    town.official()
    root = feed()
    for needed in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert len(root.xpath(needed, namespaces=ATOM)) == 1, needed
    for entry in root.xpath("a:entry", namespaces=ATOM):
        for needed in ("a:id", "a:title", "a:updated", "a:link"):
            assert len(entry.xpath(needed, namespaces=ATOM)) == 1, needed
    ids = texts(root, "a:entry/a:id/text()")
    assert len(set(ids)) == len(ids) == 2
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_an_empty_feed_stays_the_same_feed(town: Town) -> None:
    assert texts(feed(), "a:updated/text()") == ["1970-01-01T00:00:00+00:00"]
    assert Client().get(PATH)["ETag"] == Client().get(PATH)["ETag"]


def test_neither_persons_nor_reasons_are_told(town: Town) -> None:
    account = town.official()
    acts.suspend(by=town.stages.security, account=account, reason="Somebody else posted")
    said = Client().get(PATH).content.decode()
    for hidden in ("Tollgate", "Wardour", "Somebody else posted"):
        assert hidden not in said
    assert "IT security officer" in said


def test_an_account_that_is_not_public_is_not_told_of(town: Town) -> None:
    town.in_state(AccountState.APPROVED)
    assert texts(feed(), "a:entry") == []


def test_the_feed_goes_on_until_the_beginning(town: Town) -> None:
    town.many(120)
    counts, following = [], [PATH]
    while following:
        parts = urlsplit(following[0])
        root = feed(f"{parts.path}?{parts.query}")
        counts.append(len(texts(root, "a:entry/a:id/text()")))
        following = texts(root, "a:link[@rel='next']/@href")
    assert sum(counts) == 120
    assert counts[:2] == [50, 50]


def test_what_cannot_stand_in_xml_does_not_break_the_feed(town: Town) -> None:
    town.official(display_name="Harrow \x01\u202eFalls <b>& Co</b>")
    assert "Harrow Falls &lt;b&gt;&amp; Co&lt;/b&gt; · Parks" in texts(feed(), "a:entry/a:summary/text()")[0]


@pytest.mark.parametrize("before", ["-1", "x", "99999999999999999999999"])
def test_a_place_that_cannot_be_is_a_problem(town: Town, before: str) -> None:
    assert Client().get(PATH, {"before": before}).status_code == 400


@pytest.mark.parametrize("rows", [1, 50])
def test_a_feed_costs_the_same_number_of_queries(
    town: Town, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.many(rows)
    with django_assert_num_queries(4):
        assert len(texts(feed(), "a:entry/a:id/text()")) == rows


def test_the_story_of_one_account_is_its_own(town: Town) -> None:
    account = town.retired()
    town.official("harrowpool")
    words = [one.words for one in chronicle.of_account(account.pk)]
    assert words == ["Retired", "Entry confirmed", "Entered in the register"]
