"""The desk: what waits for whom, and the page on which a name is put under something."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.stages import address
from tests.cast import SYSTEM, Cast, filled, signed_in
from undersigned.accounts import acts as accounts
from undersigned.accounts.models import Account, Grant
from undersigned.accounts.permissions import Preset
from undersigned.acts.models import Countersignature, CountersignatureState
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(cast: Cast) -> Account:
    return accounts.take_in(
        by=SYSTEM,
        address=address(),
        unit=cast.unit("Parks", parent="Harrow Falls"),
        steward=cast.person("Stella Warden", unit="Parks"),
        deputy=cast.person("Dara Second", unit="Parks"),
    )


@pytest.fixture
def asked(cast: Cast, account: Account) -> Countersignature:
    """The head of communications asks that a person be made an author."""
    request = accounts.give_grant.ask(
        by=cast.officer(Office.HEAD_OF_COMMUNICATIONS),
        account=account,
        person=cast.person("Nell Fairweather"),
        preset=Preset.AUTHOR,
        ends_on=timezone.localdate() + timedelta(days=90),
        reason="Writes for the pool.",
    )
    assert isinstance(request, Countersignature)
    return request


def page_of(request: Countersignature) -> str:
    return reverse("desk:countersign", args=[request.pk])


def test_who_is_not_signed_in_is_led_to_the_public_side(db: None) -> None:
    answer = Client().get(reverse("desk:desk"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("public:home"))


def test_a_desk_with_nothing_on_it_says_what_it_will_hold(cast: Cast) -> None:
    page = cast.browser().get(reverse("desk:desk")).content.decode()
    assert "Nothing waits for you" in page
    assert "You look after no account" in page


def test_a_steward_sees_the_account_they_look_after(cast: Cast, account: Account) -> None:
    page = signed_in(cast.people["Stella Warden"]).get(reverse("desk:desk")).content.decode()
    assert reverse("accounts:account", args=[account.pk]) in page


def test_without_a_second_factor_the_first_duty_is_to_show_one(cast: Cast) -> None:
    page = cast.browser(second_factor=False).get(reverse("desk:desk")).content.decode()
    assert "Show your second factor" in page


def test_what_was_done_in_my_name_today_is_on_my_desk_and_on_nobody_elses(cast: Cast) -> None:
    from undersigned.people import acts as people

    people.add_unit(by=cast.officer(Office.HR), name="Library")
    mine = cast.browser(Office.HR).get(reverse("desk:desk")).content.decode()
    others = cast.browser(Office.CLERK).get(reverse("desk:desk")).content.decode()
    assert "Nothing was done in your name today" not in mine
    assert "Nothing was done in your name today" in others


def test_a_request_is_on_the_desk_of_who_may_countersign_and_not_of_who_asked(
    cast: Cast, asked: Countersignature
) -> None:
    signer = cast.browser(Office.COMMUNICATIONS).get(reverse("desk:desk")).content.decode()
    asker = cast.browser(Office.HEAD_OF_COMMUNICATIONS).get(reverse("desk:desk")).content.decode()
    assert f'href="{page_of(asked)}"' in signer
    assert "What I asked others to countersign" in asker


def test_the_page_shows_exactly_what_the_name_goes_under(cast: Cast, asked: Countersignature) -> None:
    page = cast.browser(Office.COMMUNICATIONS).get(page_of(asked)).content.decode()
    assert "Nell Fairweather" in page
    assert "Writes for the pool." in page
    assert asked.digest in page


def test_a_name_given_makes_the_grant(cast: Cast, asked: Countersignature) -> None:
    browser = cast.browser(Office.COMMUNICATIONS)
    answer = browser.post(page_of(asked), filled(digest=asked.digest))
    assert answer.status_code == 302
    assert Grant.objects.get().person == cast.people["Nell Fairweather"]


def test_the_form_sent_twice_gives_one_name(cast: Cast, asked: Countersignature) -> None:
    browser, form = cast.browser(Office.COMMUNICATIONS), filled(digest=asked.digest)
    browser.post(page_of(asked), form)
    browser.post(page_of(asked), form)
    assert asked.signatures.count() == 1
    assert Grant.objects.count() == 1


def test_who_asked_cannot_countersign_by_the_page(cast: Cast, asked: Countersignature) -> None:
    browser = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    page = browser.get(page_of(asked)).content.decode()
    assert "somebody else must countersign" in page
    browser.post(page_of(asked), filled(digest=asked.digest))
    assert not Grant.objects.exists()


def test_what_changed_after_the_page_was_shown_is_not_signed(cast: Cast, asked: Countersignature) -> None:
    answer = cast.browser(Office.COMMUNICATIONS).post(page_of(asked), filled(digest="0" * 64))
    assert "no longer what was asked for" in answer.content.decode()
    assert not Grant.objects.exists()


def test_for_anybody_else_the_request_does_not_exist(cast: Cast, asked: Countersignature) -> None:
    assert cast.browser(name="Otto Reed").get(page_of(asked)).status_code == 404
    assert Client().get(page_of(asked)).status_code == 302


def test_a_request_returned_with_a_reason_takes_no_effect(cast: Cast, asked: Countersignature) -> None:
    browser = cast.browser(Office.COMMUNICATIONS)
    address_ = reverse("desk:send_back", args=[asked.pk])
    assert browser.get(address_).status_code == 200
    assert browser.post(address_, filled(note="")).status_code == 200
    assert browser.post(address_, filled(note="Not this person.")).status_code == 302
    asked.refresh_from_db()
    assert asked.state == CountersignatureState.DECLINED
    assert not Grant.objects.exists()


def test_search_finds_accounts_one_may_see_and_people_and_nothing_for_nothing(
    cast: Cast, account: Account
) -> None:
    browser = cast.browser(Office.COMMUNICATIONS)
    assert account.pk in browser.get(reverse("desk:search"), {"q": "harrowf"}).content.decode()
    assert "Stella Warden" in browser.get(reverse("desk:search"), {"q": "warden"}).content.decode()
    assert browser.get(reverse("desk:search"), {"q": ""}).status_code == 200
    assert "Nothing found" in browser.get(reverse("desk:search"), {"q": "zzzz"}).content.decode()


def test_only_an_administrator_sees_what_was_given_up(cast: Cast) -> None:
    assert cast.browser(Office.ADMINISTRATOR).get(reverse("desk:given_up")).status_code == 200
    assert cast.browser(Office.CLERK).get(reverse("desk:given_up")).status_code == 404


def test_the_desk_costs_the_same_with_one_account_and_with_twenty(cast: Cast, account: Account) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in(cast.people["Stella Warden"])
    browser.get(reverse("desk:desk"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("desk:desk"))
    for number in range(20):
        accounts.take_in(by=SYSTEM, address=address(f"harrow{number}"), steward=cast.people["Stella Warden"])
    browser.get(reverse("desk:desk"))
    with CaptureQueriesContext(connection) as twenty:
        browser.get(reverse("desk:desk"))
    assert len(twenty) == len(one)
