"""*Is this account really the city's?* as somebody at their phone asks it."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from tests.accounts.stages import address
from tests.public.town import Town
from undersigned.accounts.states import AccountState, CaseState
from undersigned.networks.names import Network

pytestmark = pytest.mark.django_db(transaction=True)


def asked(account: str, **more: str) -> html.HtmlElement:
    response = Client().get("/public/verify/", {"account": account, **more})
    assert response.status_code == 200
    return html.fromstring(response.content)


def text(page: html.HtmlElement, path: str) -> str:
    return " ".join(" ".join(node.text_content().split()) for node in page.xpath(path))


def answered(account: str, **more: str) -> str:
    return text(asked(account, **more), "//section[@aria-labelledby='answer']")


def test_yes_names_the_owning_unit_and_since_when(town: Town) -> None:
    from datetime import date

    town.official(opened_on=date(2019, 3, 12))
    said = answered("https://twitter.com/HarrowFalls/")
    assert "harrowfalls (X)" in said
    assert "Yes. Parks runs this account for Harrow Falls, since 12 March 2019." in said


def test_yes_without_a_day_does_not_make_one_up(town: Town) -> None:
    town.official()
    assert "Yes. Parks runs this account for Harrow Falls." in answered("x.com/harrowfalls")


@pytest.mark.parametrize(
    ("state", "mark", "says"),
    [
        (AccountState.DORMANT, "Dormant.", "belongs to Parks, but nothing has been posted"),
        (AccountState.SUSPENDED, "Paused.", "was stopped on"),
        (AccountState.RESERVED, "Reserved.", "Parks holds this name"),
        (AccountState.RETIRED, "Not any more.", "It was retired on"),
        (AccountState.ARCHIVED, "Not any more.", "has been retired."),
    ],
)
def test_each_standing_is_told_apart(town: Town, state: AccountState, mark: str, says: str) -> None:
    town.in_state(state)
    said = answered("https://x.com/harrowfalls")
    assert mark in said
    assert says in said
    assert "Yes." not in said


def test_an_entry_that_nobody_confirmed_is_no_yes(town: Town) -> None:
    town.unconfirmed()
    assert "Not confirmed." in answered("https://x.com/harrowfalls")


def test_unknown_says_that_it_is_not_a_no_and_offers_a_report(town: Town) -> None:
    town.official()
    page = asked("https://x.com/harrowfallshelp")
    said = text(page, "//section[@aria-labelledby='answer']")
    assert "Not known." in said
    assert "That alone does not make it a fake." in said
    assert "No." not in said
    [report] = page.xpath("//a[contains(@href, '/public/report/')]/@href")
    assert report == "/public/report/?account=https%3A%2F%2Fx.com%2Fharrowfallshelp"


def test_an_unknown_name_is_held_against_the_official_ones(town: Town) -> None:
    town.official()
    page = asked("https://x.com/harrowfa1ls")
    assert "It looks like an official account: harrowfalls on X." in text(page, "//main")


def test_a_report_alone_changes_no_answer(town: Town) -> None:
    town.reported("harrowfa11s")
    assert "Not known." in answered("https://x.com/harrowfa11s")


def test_no_is_said_once_a_person_has_decided_it(town: Town) -> None:
    town.reported("harrowfa11s", CaseState.REPORTED)
    said = answered("https://x.com/harrowfa11s")
    assert (
        "No. This account was reported, and a person at Harrow Falls has decided: it is not the city’s."
        in said
    )


def test_a_name_alone_is_asked_for_its_network_and_each_answer_leads_on(town: Town) -> None:
    town.official()
    page = asked("@harrowfalls")
    assert "On which network did you see “@harrowfalls”?" in text(page, "//main")
    assert len(page.xpath("//main//details//li/a")) > 10
    [x] = page.xpath("//main//li/a[text()='X']/@href")
    said = Client().get(x).content.decode()
    assert "Parks runs this account" in said


def test_a_sentence_with_a_link_in_it_is_what_phones_share(town: Town) -> None:
    town.official()
    assert "Yes." in answered("Look at this! https://x.com/harrowfalls?s=20")


def test_an_address_of_no_network_is_looked_up_all_the_same(town: Town) -> None:
    assert "Not known." in answered("https://harrowfalls-refund.example/pay")


def test_a_short_link_is_not_followed_and_says_what_to_do(town: Town) -> None:
    said = answered("https://bit.ly/3abcd")
    assert "Not known." in said
    assert "is never followed: open it yourself" in said


@pytest.mark.parametrize(
    ("hostile", "says"),
    [
        ("", "Paste a link, or type the name of an account."),
        ("   ", "Paste a link, or type the name of an account."),
        ("x.com/" + "a" * 10_000, "This is far longer than any account’s address"),
        ("javascript:alert(1)", "does not begin a web address"),
        ("https://x.com/intent/tweet", "belongs to no account"),
    ],
)
def test_what_is_no_account_is_told_beside_the_field(town: Town, hostile: str, says: str) -> None:
    page = asked(hostile)
    assert says in text(page, "//*[contains(@class, 'govuk-error-message')]")
    assert says in text(page, "//*[contains(@class, 'govuk-error-summary')]")
    assert text(page, "//title").startswith("Error:")


@pytest.mark.parametrize(
    "hostile",
    [
        "https://x.com/harrow\u202efalls",
        "https://х.com/harrowfalls",
        "https://x.com@evil.example/",
        "https://x.com\\evil",
        "https://evil.example/<script>alert(1)</script>",
        "https://evil.example/%3Cscript%3E",
        "\x00",
        "'; DROP TABLE accounts; --",
        "{{ 7*7 }}",
    ],
)
def test_hostile_text_is_shown_and_never_runs(town: Town, hostile: str) -> None:
    response = Client().get("/public/verify/", {"account": hostile})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    page = html.fromstring(response.content)
    assert not page.xpath("//main//a[starts-with(@href, 'javascript') or contains(@href, 'evil.example/')]")
    assert "\u202e" not in text(page, "//main//h2")


def test_a_network_that_does_not_exist_is_refused_beside_nothing_lost(town: Town) -> None:
    page = asked("harrowfalls", network="friendster")
    assert page.xpath("//input[@name='account']/@value") == ["harrowfalls"]


def test_without_a_question_there_is_only_the_field(town: Town) -> None:
    page = html.fromstring(Client().get("/public/verify/").content)
    assert page.xpath("//input[@name='account']")
    assert not page.xpath("//*[contains(@class, 'govuk-error-message')]")


@pytest.mark.parametrize("rows", [1, 50])
def test_an_answer_costs_the_same_number_of_queries(
    town: Town, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.many(rows)
    for question, most in ("https://x.com/harrow0000", 4), ("https://x.com/nobody", 6):
        with django_assert_num_queries(most):
            Client().get("/public/verify/", {"account": question})


def test_an_address_on_another_place_is_answered(town: Town) -> None:
    place = address("https://video.harrowfalls.example/c/council", Network.OTHER)
    town.official(address=place)
    assert "Yes." in answered("video.harrowfalls.example/c/council")
