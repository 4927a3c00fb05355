"""Connecting an account of the register to X's counterpart through the product's own pages, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import urllib3
from django.test import Client as Browser
from django.test import override_settings
from tests.acceptance.counterparts import Control, counterpart
from tests.accounts.pages.reading import text_of
from tests.accounts.stages import Stages, address
from tests.cast import Cast, filled, signed_in

from undersigned.accounts import acts
from undersigned.accounts.connecting.tokens import with_access
from undersigned.accounts.models import Account, Connection
from undersigned.dispatch import engine
from undersigned.networks import clients
from undersigned.networks.faults import Reason, Refused
from undersigned.networks.names import Network
from undersigned.networks.x.client import X
from undersigned.networks.x.line import Addresses

pytestmark = pytest.mark.django_db(transaction=True)

APPLICATION = {"client_id": "undersigned-x-client", "client_secret": "undersigned-x-secret"}


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Control]]:
    with counterpart("x") as started:
        yield started


@pytest.fixture
def control(running: tuple[str, Control]) -> Iterator[Control]:
    """Spoken with as X, and at the end nothing was done there that the contract forbids."""
    base, control = running
    control.reset()
    control.post("app", redirect_uris=["http://localhost/connect/x/answer"])
    where = Addresses(base, f"{base}/i/oauth2/authorize", f"{base}/2/oauth2/token", "post")
    clients.install(Network.X, X(where))
    with override_settings(NETWORKS={"x": APPLICATION}):
        yield control
    clients.install(Network.X, None)
    assert control.violations() == []


@pytest.fixture
def stages(cast: Cast) -> Stages:
    return Stages(cast)


def steward(stages: Stages) -> Browser:
    return signed_in(stages.employee("Stella Wardour"))


def on_the_register(stages: Stages, control: Control, place: int = 0) -> tuple[Account, str]:
    """An account that the counterpart has, and what is added to its sign-in page so that it answers at once."""
    world = control.world()
    there, person = world["accounts"][place], world["people"][0]["id"]
    return stages.kept(address=address(there["username"], Network.X)), f"{person}:{there['id']}"


def came_back(browser: Browser, account: Account, answers_as: str) -> str:
    """Go there and back; the page on which it ends."""
    way = browser.post(f"/accounts/{account.pk}/connect/", filled()).context["address"]
    there = urllib3.request("GET", f"{way}&as={answers_as}", redirect=False, retries=False)
    back = urlsplit(there.headers["location"])
    answer = browser.get(f"{back.path}?{back.query}")
    return text_of(browser.get(answer["Location"]))


def test_an_account_is_connected_used_refreshed_and_ended(stages: Stages, control: Control) -> None:
    account, answers_as = on_the_register(stages, control)
    browser = steward(stages)
    assert "The account is connected to X." in came_back(browser, account, answers_as)
    connection = Connection.objects.get()
    client = clients.client_of(Network.X)
    assert with_access(connection, client.profile).id == connection.network_id
    control.advance(7_300)  # the access token has ended there, whatever our clock says
    assert with_access(connection, client.profile).id == connection.network_id
    connection.liveness.refresh_from_db()
    assert connection.liveness.generation == 2
    acts.end_connection(by=stages.steward, connection=connection, reason="Over")
    engine.inline().run_dry()
    connection.refresh_from_db()
    assert connection.state == "ended"


def test_a_sign_in_for_another_account_is_refused_and_given_back(stages: Stages, control: Control) -> None:
    account, _ = on_the_register(stages, control, place=1)
    world = control.world()
    other = f"{world['people'][0]['id']}:{world['accounts'][0]['id']}"
    assert "which is not the account that was asked for" in came_back(steward(stages), account, other)
    assert not Connection.objects.exists()


def test_a_withdrawn_permission_is_found_at_the_next_call(stages: Stages, control: Control) -> None:
    account, answers_as = on_the_register(stages, control)
    came_back(steward(stages), account, answers_as)
    control.revoke(answers_as.partition(":")[0])
    connection = Connection.objects.get()
    with pytest.raises(Refused) as refused:
        with_access(connection, clients.client_of(Network.X).profile)
    assert refused.value.reason is Reason.CONNECTION_LOST
    connection.refresh_from_db()
    assert connection.state == "lost"
