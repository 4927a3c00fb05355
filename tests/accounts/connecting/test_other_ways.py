"""Networks without one application for all: registered with each server (Mastodon), or an app password (Bluesky)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from django.test import Client as Browser
from django.test import override_settings
from tests.accounts.connecting.family import CANARY, Family, FamilyClient, answer_of
from tests.accounts.connecting.having import kept
from tests.accounts.pages.reading import text_of
from tests.accounts.stages import Stages, address
from tests.cast import filled, signed_in
from tests.networks.loopback import FarSide

from undersigned.accounts.connecting.tokens import access_for
from undersigned.accounts.models import Account, Connection, ServerApplication, SignInAttempt
from undersigned.networks import clients
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.names import Network
from undersigned.networks.protocol import Application, Client, Holder, Place, SignedIn, Token
from undersigned.record.models import Entry
from undersigned.vault.models import Secret

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = f"{CANARY}-app-password"


class ManyServers(FamilyClient):
    """Registers the application with each server; ``silent`` servers do not answer."""

    network = Network.MASTODON
    silent = False

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.registrations: list[tuple[str, str]] = []

    def registered(self, server: str, redirect: str) -> Application:
        if self.silent:
            raise Later("no answer")
        self.registrations.append((server, redirect))
        return Application(f"city-at-{server}", f"{CANARY}-of-{server}")


class OnePassword(FamilyClient):
    """Takes an app password, and says where the account lives."""

    network = Network.BLUESKY

    def signed_in_by_password(self, handle: str, password: str) -> SignedIn:
        if password != PASSWORD:
            raise Refused(Reason.CONNECTION_LOST, f"wrong password for {handle}")
        did = "did:plc:abcdefghijklmnopqrstuvwx"
        token = Token(f"{CANARY}-access", f"{CANARY}-refresh")
        return SignedIn(
            token, Holder(did, handle), (Place(did, handle, "Harrow Falls"),), "https://pds.example"
        )


@pytest.fixture
def many(seen: FarSide) -> Iterator[ManyServers]:
    made = ManyServers(seen.base)
    clients.install(Network.MASTODON, cast(Client, made))
    with override_settings(
        NETWORKS={"mastodon": {"servers": "http://127.0.0.1:7311,https://inside.example"}}
    ):
        yield made
    clients.install(Network.MASTODON, None)


@pytest.fixture
def one(seen: FarSide) -> Iterator[OnePassword]:
    made = OnePassword(seen.base)
    clients.install(Network.BLUESKY, cast(Client, made))
    yield made
    clients.install(Network.BLUESKY, None)


def on(stages: Stages, network: Network, handle: str) -> Account:
    return stages.kept(address=address(handle, network))


def steward(stages: Stages) -> Browser:
    return signed_in(stages.employee("Stella Wardour"))


def way_out(stages: Stages, account: Account) -> str:
    page = steward(stages).post(f"/accounts/{account.pk}/connect/", filled())
    return str(page.context["address"])


def test_the_application_is_registered_once_a_server_and_its_secret_sealed(
    stages: Stages, many: ManyServers
) -> None:
    first, second = (on(stages, Network.MASTODON, f"{name}@social.example") for name in ("rink", "library"))
    for account in (first, first, second):
        assert "client_id=city-at-https%3A%2F%2Fsocial.example" in way_out(stages, account)
    assert many.registrations == [("https://social.example", "http://localhost/connect/mastodon/answer")]
    assert ServerApplication.objects.get().client_id == "city-at-https://social.example"
    assert CANARY not in Secret.objects.get(purpose="application").sealed


def test_a_server_that_an_operator_named_is_spoken_with_at_the_address_given(
    stages: Stages, many: ManyServers
) -> None:
    way_out(stages, on(stages, Network.MASTODON, "rink@inside.example"))
    assert many.registrations[0][0] == "https://inside.example"
    assert SignInAttempt.objects.get().server == "https://inside.example"


def test_a_connection_goes_on_with_the_application_of_its_own_server(
    stages: Stages, many: ManyServers, far: Family
) -> None:
    far.places = [{"id": "1", "handle": "rink@social.example"}]
    account = on(stages, Network.MASTODON, "rink@social.example")
    browser = steward(stages)
    way = browser.post(f"/accounts/{account.pk}/connect/", filled()).context["address"]
    browser.get(f"/connect/mastodon/answer?{answer_of(way)}")
    access = access_for(Connection.objects.get())
    assert (access.server, access.application.client_secret) == (
        "https://social.example",
        f"{CANARY}-of-https://social.example",
    )


def test_a_server_that_does_not_answer_leaves_nothing_behind(stages: Stages, many: ManyServers) -> None:
    many.silent = True
    account = on(stages, Network.MASTODON, "rink@social.example")
    page = steward(stages).post(f"/accounts/{account.pk}/connect/", filled())
    assert "Mastodon did not answer as it should." in text_of(page)
    assert not (ServerApplication.objects.exists())
    assert not (SignInAttempt.objects.exists())
    assert not (Secret.objects.exists())


def test_an_app_password_connects_in_one_step_and_is_kept_nowhere(stages: Stages, one: OnePassword) -> None:
    account = on(stages, Network.BLUESKY, "harrowfalls.example")
    sent = filled(handle="harrowfalls.example", password=PASSWORD)
    browser = steward(stages)
    answers = [browser.post(f"/accounts/{account.pk}/connect/", sent) for _ in range(2)]
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, f"/accounts/{account.pk}/")}
    connection = Connection.objects.get()
    assert (connection.server, connection.state) == ("https://pds.example", "live")
    assert kept(connection).refresh == f"{CANARY}-refresh"
    assert Entry.objects.filter(act="connection.authorise").count() == 1
    assert "hangs on the log-in of the account itself" in text_of(
        browser.get(f"/accounts/{account.pk}/")
    ).replace("Hangs", "hangs")


def test_a_wrong_app_password_is_refused_and_not_shown_again(stages: Stages, one: OnePassword) -> None:
    account = on(stages, Network.BLUESKY, "harrowfalls.example")
    sent = filled(handle="harrowfalls.example", password="mistyped-secret")
    page = steward(stages).post(f"/accounts/{account.pk}/connect/", sent)
    assert page.status_code == 200
    assert "Bluesky did not take this sign-in." in text_of(page)
    assert "mistyped-secret" not in page.content.decode()
    assert 'value="harrowfalls.example"' in page.content.decode()
    assert not Secret.objects.exists()


def test_an_app_password_of_another_account_is_refused_and_given_back(
    stages: Stages, one: OnePassword, far: Family
) -> None:
    account = on(stages, Network.BLUESKY, "harrowfalls.example")
    sent = filled(handle="somebody.example", password=PASSWORD)
    page = steward(stages).post(f"/accounts/{account.pk}/connect/", sent)
    assert "which is not the account that was asked for" in text_of(page)
    assert far.revoked == [f"{CANARY}-access"]
    assert not Connection.objects.exists()
