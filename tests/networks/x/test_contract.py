"""The client of X against a far side of our own, under both vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from tests.networks.contract import Contract
from tests.networks.loopback import far_side
from tests.networks.x.far_x import ACCOUNT, BACK, FarX

from undersigned.networks.protocol import Application, Client
from undersigned.networks.x.client import X
from undersigned.networks.x.line import Addresses


@dataclass
class OnFarSide:
    client: Client
    far: FarX
    application: Application = field(default_factory=lambda: Application("client", "secret"))
    redirect: str = BACK
    challenge: bool = True
    signs_in: Mapping[str, str] = field(default_factory=dict)
    account: str = ACCOUNT
    server: str = ""

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.far.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        return self.far.add(text)

    def revoke(self) -> None:
        self.far.revoked = True

    def alternative_text(self, post: str) -> str:
        return self.far.media[self.far.posts[post]["media"][0]]

    def violations(self) -> list[object]:
        return self.far.wrong


@pytest.fixture(params=["post", "tweet"])
def stage(request: pytest.FixtureRequest) -> Iterator[OnFarSide]:
    far = FarX(request.param)
    with far_side(far.answer) as side:
        addresses = Addresses(side.base, f"{side.base}/authorize", f"{side.base}/token", request.param)
        yield OnFarSide(X(addresses), far)


class TestContract(Contract):
    """Everything that every client must do."""

    refuses_doubles = True
