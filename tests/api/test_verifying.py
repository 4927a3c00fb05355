"""The answer to programs: every spelling of one account, every standing, and whatever else is sent."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.accounts.stages import address
from tests.public.town import Town
from undersigned.accounts.models import Account
from undersigned.accounts.queries import verifying
from undersigned.accounts.states import AccountState, CaseState
from undersigned.networks.addresses import understand
from undersigned.networks.names import Network
from undersigned.record.models import Touch

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/public/accounts/verify"


def asked(**question: str) -> dict[str, Any]:
    response = Client().get(PATH, question)
    assert response.status_code == 200, response.content
    return response.json()


SPELLINGS = (
    "https://x.com/harrowfalls",
    "http://x.com/harrowfalls",
    "x.com/harrowfalls",
    "https://www.x.com/harrowfalls",
    "https://m.x.com/harrowfalls",
    "https://mobile.twitter.com/harrowfalls",
    "https://twitter.com/HarrowFalls/",
    "https://twitter.com/#!/harrowfalls",
    "HTTPS://X.COM/HARROWFALLS",
    "https://x.com/harrowfalls?s=20&t=abc",
    "https://x.com/@harrowfalls",
    "https://x.com/harrowfalls/status/1234567890123456789",
    " https://x.com/harrowfalls ",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_an_address_is_one_account(town: Town, spelling: str) -> None:
    town.official()
    answer = asked(url=spelling)
    assert answer["verified"] is True
    assert answer["query"] == spelling
    assert answer["normalised"] == "https://x.com/harrowfalls"
    assert answer["reason"] is None
    assert asked(service_url=spelling)["verified"] is True


@pytest.mark.parametrize(
    ("service", "handle"),
    [
        ("x", "harrowfalls"),
        ("x", "@HarrowFalls"),
        ("Twitter", "harrowfalls"),
        ("X (formerly Twitter)", "@harrowfalls"),
    ],
)
def test_a_handle_is_asked_with_its_network_by_any_name(town: Town, service: str, handle: str) -> None:
    town.official()
    assert asked(service=service, handle=handle)["verified"] is True


@pytest.mark.parametrize(
    "spelling",
    [
        "https://fb.com/harrowfallsparks",
        "https://www.facebook.com/HarrowFallsParks",
        "https://m.facebook.com/harrowfallsparks?ref=page",
        "facebook.com/harrowfallsparks/posts/1",
    ],
)
def test_facebook_by_its_short_host(town: Town, spelling: str) -> None:
    town.official(address=address("harrowfallsparks", Network.FACEBOOK))
    assert asked(url=spelling)["verified"] is True


@pytest.mark.parametrize(
    "spelling",
    [
        "https://www.facebook.com/profile.php?id=100064512345678",
        "https://m.facebook.com/people/Harrow-Falls/100064512345678/",
        "https://www.facebook.com/pages/Harrow-Falls/100064512345678",
    ],
)
def test_facebook_by_number(town: Town, spelling: str) -> None:
    town.official(address=understand("https://facebook.com/100064512345678"))
    assert asked(url=spelling)["verified"] is True


def test_a_number_finds_an_account_whatever_its_handle_is_now(town: Town) -> None:
    town.official(address=understand("https://www.facebook.com/harrow-falls-100064512345678"))
    assert asked(url="https://www.facebook.com/100064512345678")["verified"] is True


def test_an_account_on_a_place_of_its_own_is_found_by_its_address_alone(town: Town) -> None:
    place = "https://video.harrowfalls.example/c/council"
    town.official(address=understand(place, network=Network.OTHER))
    assert asked(url=place)["verified"] is True


def test_what_a_verified_account_says_of_itself(town: Town) -> None:
    account = town.official(display_name="Harrow Falls Parks", language="en fr", tags=",parks,rink,")
    answer = asked(url="https://x.com/harrowfalls")
    told = answer["account"]
    assert answer["state"] == "live"
    assert told["id"] == account.pk
    assert told["service"] == "x"
    assert told["handle"] == "harrowfalls"
    assert told["organisation"] == "Harrow Falls"
    assert told["unit"] == "Parks"
    assert told["language"] == ["en", "fr"]
    assert told["tags"] == ["parks", "rink"]
    assert told["confirmed_on"] == timezone.localdate().isoformat()


def test_the_receipt_is_that_of_the_latest_act_and_is_anybodys_to_have(town: Town) -> None:
    account = town.official()
    receipt = asked(url="https://x.com/harrowfalls")["receipt"]
    latest = Touch.objects.filter(reference=account.pk).order_by("-n")[0]
    assert receipt == f"{settings.BASE_ADDRESS}/record/acts/{latest.act_id}/receipt.zip"
    packed = Client().get(urlsplit(receipt).path)
    entry = ZipFile(io.BytesIO(packed.content)).read(f"{latest.act_id}.entry")
    assert json.loads(entry)["act"] == "account.confirm"


def test_no_name_of_a_person_is_told(town: Town) -> None:
    town.official()
    said = Client().get(PATH, {"url": "https://x.com/harrowfalls"}).content.decode()
    assert "Wardour" not in said
    assert "Alder" not in said


@pytest.mark.parametrize(
    ("state", "told", "reason"),
    [
        (AccountState.DORMANT, "dormant", "dormant"),
        (AccountState.SUSPENDED, "paused", "paused"),
        (AccountState.RESERVED, "reserved", "reserved"),
        (AccountState.RETIRED, "retired", "retired"),
        (AccountState.ARCHIVED, "archived", "retired"),
    ],
)
def test_each_standing_has_its_own_reason(town: Town, state: AccountState, told: str, reason: str) -> None:
    town.in_state(state)
    answer = asked(url="https://x.com/harrowfalls")
    assert (answer["verified"], answer["state"], answer["reason"]) == (False, told, reason)
    assert answer["account"]["handle"] == "harrowfalls"


@pytest.mark.parametrize(
    "state", [AccountState.REQUESTED, AccountState.APPROVED, AccountState.SETTING_UP, AccountState.DECLINED]
)
def test_what_the_public_does_not_know_of_is_unknown(town: Town, state: AccountState) -> None:
    town.in_state(state)
    answer = asked(url="https://x.com/harrowfalls")
    assert (answer["verified"], answer["state"], answer["reason"]) == (False, None, "unknown")
    assert answer["account"] is None


def test_an_entry_that_nobody_confirmed_is_not_verified(town: Town) -> None:
    town.unconfirmed()
    answer = asked(url="https://x.com/harrowfalls")
    assert (answer["verified"], answer["state"], answer["reason"]) == (False, "live", "unconfirmed")


def test_a_confirmation_holds_for_400_days(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.official()
    today = timezone.localdate()
    for days, verified in ((400, True), (401, False)):
        monkeypatch.setattr(timezone, "localdate", lambda *a, later=today + timedelta(days): later)
        assert asked(url="https://x.com/harrowfalls")["verified"] is verified


def test_unknown_is_unknown_and_never_not_ours(town: Town) -> None:
    town.official()
    assert asked(url="https://x.com/harrowfa11s")["reason"] == "unknown"
    town.reported("harrowfa11s")
    assert asked(url="https://x.com/harrowfa11s")["reason"] == "unknown"


@pytest.mark.parametrize("decision", [CaseState.REPORTED, CaseState.TAKEN_DOWN, CaseState.REFUSED])
def test_only_a_persons_decision_says_not_ours(town: Town, decision: CaseState) -> None:
    town.reported("harrowfa11s", decision)
    answer = asked(url="https://x.com/harrowfa11s")
    assert (answer["verified"], answer["reason"]) == (False, "reported_not_ours")


def test_what_a_person_found_harmless_is_unknown(town: Town) -> None:
    town.reported("harrowfallsfans", CaseState.HARMLESS)
    assert asked(url="https://x.com/harrowfallsfans")["reason"] == "unknown"


@pytest.mark.parametrize(
    "hostile",
    [
        "https://bit.ly/3abcd",
        "https://t.co/abc",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Fharrowfalls",
        "https://x.com@evil.example/harrowfalls",
        "https://x.com\\@evil.example/harrowfalls",
        "https://х.com/harrowfalls",
        "https://faceb00k.example/harrowfalls",
        "https://x.com/harrow\u202efalls",
        "https://x.com/harrow\u200bfalls",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://example.org/",
        "https://example.org/harrowfalls",
        "https://x.com/intent/tweet?text=harrowfalls",
        "https://x.com:8443/harrowfalls",
        "//x.com",
        "https://",
        "https://x.com/%ff%fe",
        "file:///etc/passwd",
    ],
)
def test_whatever_cannot_be_an_account_is_unknown(town: Town, hostile: str) -> None:
    town.official()
    answer = asked(url=hostile)
    assert (answer["verified"], answer["reason"], answer["account"]) == (False, "unknown", None)
    assert answer["query"] == hostile


def test_a_shortener_is_never_followed_and_says_so(town: Town) -> None:
    answer = asked(url="https://bit.ly/3abcd")
    assert "never followed" in answer["note"]
    assert answer["normalised"] is None


def refused(**question: str) -> dict[str, Any]:
    response = Client().get(PATH, question)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    return response.json()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({}, "Give either url, or service and handle."),
        ({"url": "https://x.com/a", "handle": "a"}, "Give either url, or service and handle."),
        ({"handle": "harrowfalls"}, "Say which network"),
        ({"service": "friendster", "handle": "harrowfalls"}, "is not a network known here"),
        ({"url": "https://x.com/" + "a" * 10_000}, "too long: at most 2000 characters"),
        ({"url": " \t "}, "Give either url, or service and handle."),
    ],
)
def test_a_question_that_asks_nothing_is_told_what_to_ask(
    town: Town, question: dict[str, str], says: str
) -> None:
    problem = refused(**question)
    assert says in problem["detail"]
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Bad Request", 400)


def test_a_wrong_parameter_is_named(town: Town) -> None:
    assert refused(url="a" * 10_000)["errors"][0]["parameter"] == "url"


def test_an_archived_handle_that_is_in_use_again_is_answered_for_its_present(town: Town) -> None:
    town.in_state(AccountState.ARCHIVED)
    town.official()
    assert asked(url="https://x.com/harrowfalls")["verified"] is True
    assert Account.objects.count() == 2


def test_the_room_gives_programs_and_people_one_answer(town: Town) -> None:
    town.official()
    assert (
        verifying.verify("https://x.com/harrowfalls").verified is asked(url="x.com/harrowfalls")["verified"]
    )
