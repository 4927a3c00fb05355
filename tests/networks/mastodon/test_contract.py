"""The client of Mastodon against a far side of our own, with the manners of Mastodon and with those of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from tests.networks.contract import Contract, access_of, signed_in
from tests.networks.loopback import far_side
from tests.networks.mastodon.far_mastodon import ACCOUNT, BACK, FarMastodon

from undersigned.networks.faults import Reason, Refused
from undersigned.networks.mastodon.client import Mastodon
from undersigned.networks.protocol import Application, Registering, Variant


@dataclass
class OnFarSide:
    client: Mastodon
    far: FarMastodon
    server: str
    application: Application
    redirect: str = BACK
    challenge: bool = True
    signs_in: Mapping[str, str] = field(default_factory=dict)
    account: str = ACCOUNT

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.far.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        return self.far.add(text)

    def revoke(self) -> None:
        self.far.revoked = True

    def alternative_text(self, post: str) -> str:
        return str(self.far.media[self.far.posts[post]["media"][0]]["alt"])

    def violations(self) -> list[object]:
        return self.far.wrong


@pytest.fixture(params=["mastodon", "other"])
def stage(request: pytest.FixtureRequest) -> Iterator[OnFarSide]:
    far = FarMastodon(request.param)
    with far_side(far.answer) as side:
        client = Mastodon((side.base,))
        yield OnFarSide(client, far, side.base, client.registered(side.base, BACK))


class TestContract(Contract):
    """Everything that every client must do."""


def test_the_client_registers_with_each_server() -> None:
    assert isinstance(Mastodon(), Registering)


def test_fewer_scopes_than_were_asked_for_are_told(stage: OnFarSide) -> None:
    assert signed_in(stage).token.scopes == ("read", "write:statuses", "write:media")


def test_the_limits_of_a_server_count_for_its_accounts_alone(stage: OnFarSide) -> None:
    stage.far.characters = 5_000
    assert dict(stage.client.limits(stage.server))["characters"] == 5_000
    long = Variant("a" * 501)
    assert stage.client.traps(long, stage.server) == ()
    assert [trap.check for trap in stage.client.traps(long)] == ["D01"]


def test_a_lost_token_is_confirmed_before_it_is_believed(stage: OnFarSide) -> None:
    access = access_of(stage)
    stage.revoke()
    with pytest.raises(Refused) as refused:
        stage.client.timeline(access)
    assert refused.value.reason is Reason.CONNECTION_LOST


@pytest.mark.parametrize("server", ["http://elsewhere.example", "ftp://elsewhere.example", ""])
def test_a_server_without_tls_is_not_spoken_with(server: str) -> None:
    with pytest.raises(Refused) as refused:
        Mastodon(("http://127.0.0.1:1",)).registered(server, BACK)
    assert refused.value.reason is Reason.CONTRACT
