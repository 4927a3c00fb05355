"""The interface towards every visitor: open, the same for all, cacheable, for reading only; and its errors."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.public.town import Town
from undersigned.accounts import acts

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/api/v1/public/accounts"
VERIFY = f"{LIST}/verify?url=https://x.com/harrowfalls"
FEED = f"{LIST}.atom"
DESCRIPTION = "/api/v1/openapi.json"
ADDRESSES = (LIST, VERIFY, FEED, DESCRIPTION)


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_page_may_read_it_and_keep_it_for_a_minute(town: Town, address: str) -> None:
    response = Client().get(address, headers={"Origin": "https://elsewhere.example"})
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_signed_in_is_nobody_here(town: Town, cast: Cast, address: str) -> None:
    anybody, officer = Client().get(address), cast.browser().get(address)
    for response in (anybody, officer):
        assert not response.cookies
        assert {one.strip() for one in response["Vary"].split(",")} <= {"Accept-Language", "Accept-Encoding"}
    assert anybody.headers.get("ETag") == officer.headers.get("ETag")


@pytest.mark.parametrize("address", [LIST, VERIFY, FEED])
def test_what_has_not_changed_is_not_sent_again(town: Town, address: str) -> None:
    account = town.official()
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert again["Cache-Control"] == "public, max-age=60"
    acts.suspend(by=town.stages.security, account=account, reason="Somebody else posted")
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_as_get_does(town: Town, address: str) -> None:
    town.official()
    get, head = Client().get(address), Client().head(address)
    assert head.status_code == 200
    assert head.headers.get("ETag") == get.headers.get("ETag")
    assert head.content == b""


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_may_ask_before_it_sends_a_header(town: Town, address: str) -> None:
    response = Client().options(
        address,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", [LIST, VERIFY, FEED, f"{LIST}/account:0123456789abcdef"])
def test_it_is_for_reading_only(town: Town, method: str, address: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["detail"] == "This interface is for reading: use GET or HEAD."
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/api/v1/public/", "/api/v1/public/people", f"{LIST}/", f"{LIST}/a/b"])
def test_an_address_that_leads_nowhere_is_a_problem_and_no_page(town: Town, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Not Found"


def test_errors_speak_the_language_of_the_asker(town: Town) -> None:
    response = Client().get(f"{LIST}/verify", headers={"Accept-Language": "fr"})
    assert response["Content-Language"] == "fr"
    assert "Accept-Language" in response["Vary"]


def test_what_fails_here_is_told_as_a_problem(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from undersigned.accounts.queries import verifying

    def fails(accounts: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(verifying, "last_acts", fails)
    response = Client(raise_request_exception=False).get(LIST)
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "disk" not in response.content.decode()
    assert response["X-Request-ID"]


def test_pages_are_not_touched_by_any_of_this(town: Town) -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/public/")
