"""An account connected to a network of the tests, which is spoken with over a port of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from django.test import override_settings
from tests.accounts.connecting.family import Family, FamilyClient, family
from tests.networks.loopback import FarSide

from undersigned.networks import clients
from undersigned.networks.names import Network
from undersigned.networks.protocol import Client

APPLICATION = {"client_id": "the-city", "client_secret": "canary-7f3a-application"}


@pytest.fixture
def served() -> Iterator[tuple[Family, FarSide]]:
    with family() as made:
        yield made


@pytest.fixture
def far(served: tuple[Family, FarSide]) -> Family:
    """What the network has, and how it is told to behave."""
    return served[0]


@pytest.fixture
def seen(served: tuple[Family, FarSide]) -> FarSide:
    """What reached the network."""
    return served[1]


@pytest.fixture
def client(seen: FarSide) -> Iterator[FamilyClient]:
    """X is spoken with through this client for the length of a test."""
    made = FamilyClient(seen.base)
    clients.install(Network.X, cast(Client, made))
    with override_settings(NETWORKS={"x": APPLICATION}):
        yield made
    clients.install(Network.X, None)
