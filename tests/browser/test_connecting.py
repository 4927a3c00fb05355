"""Connecting an account in a real browser: to a network of the tests and back, and the pages on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.accounts.connecting.family import Family, FamilyClient, family
from tests.accounts.connecting.having import connected, fresh
from tests.accounts.stages import Stages, address
from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import SYSTEM, Cast, signed_in
from undersigned.accounts import acts
from undersigned.accounts.models import Connection, Liveness
from undersigned.networks import clients
from undersigned.networks.names import Network
from undersigned.networks.protocol import Client, SignedIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture
def stages(cast: Cast) -> Stages:
    return Stages(cast)


@pytest.fixture
def far(live_server: LiveServer) -> Iterator[Family]:
    with family() as (made, seen):
        clients.install(Network.X, cast(Client, FamilyClient(seen.base)))
        application = {"x": {"client_id": "the-city", "client_secret": "secret"}}
        with override_settings(NETWORKS=application, BASE_ADDRESS=live_server.url):
            yield made
        clients.install(Network.X, None)


@pytest.fixture(params=WIDTHS)
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, stages: Stages
) -> Iterator[Page]:
    client = signed_in(stages.employee("Stella Wardour"))
    with page_of(browser, client, live_server.url, request.param) as opened:
        yield opened


def test_a_steward_goes_to_the_network_and_comes_back_connected(
    page: Page, stages: Stages, far: Family
) -> None:
    account = stages.kept()
    page.goto(f"/accounts/{account.pk}/")
    page.get_by_role("link", name="Connect", exact=True).click()
    looked_at(page, "connect")
    page.get_by_role("button", name="Connect").click()
    looked_at(page, "connect-leave")
    way = str(page.get_by_role("link", name="Go to X").get_attribute("href"))
    back = parse_qs(urlsplit(way).query)
    page.goto(f"{back['redirect_uri'][0]}?state={back['state'][0]}&code=allowed")
    expect(page.get_by_text("The account is connected to X.")).to_be_visible()
    assert "?" not in page.url
    looked_at(page, "connected")
    assert Connection.objects.get().state == "live"


def test_a_lost_connection_says_so_and_offers_to_connect_anew(
    page: Page, stages: Stages, far: Family
) -> None:
    connection = connected(stages, far)
    Liveness.objects.update(last_error="invalid_grant")
    acts.lose(by=SYSTEM, connection=fresh(connection), reason="invalid_grant")
    page.goto(f"/accounts/{connection.account_id}/")
    expect(page.get_by_text("It is lost: nothing can be sent or read")).to_be_visible()
    looked_at(page, "connection-lost")
    page.get_by_role("link", name="End the connection").click()
    looked_at(page, "end-connection")


class OnePassword(FamilyClient):
    network = Network.BLUESKY

    def signed_in_by_password(self, handle: str, password: str) -> SignedIn:
        raise AssertionError("in this test nobody sends the form")


def test_an_app_password_is_asked_for_on_a_page_of_ours(page: Page, stages: Stages) -> None:
    clients.install(Network.BLUESKY, cast(Client, OnePassword("http://127.0.0.1:9")))
    account = stages.kept(address=address("harrowfalls.example", Network.BLUESKY))
    page.goto(f"/accounts/{account.pk}/connect/")
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_role("link", name="Fill in: App password")).to_be_visible()
    looked_at(page, "connect-by-password")
    clients.install(Network.BLUESKY, None)
