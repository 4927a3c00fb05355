"""A desk to write at, and a wall to write on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Cast
from tests.publishing.desk import Desk
from tests.publishing.wall import Wall
from undersigned.networks import clients
from undersigned.networks.names import Network


@pytest.fixture
def wall() -> Iterator[Wall]:
    made = Wall()
    clients.install(Network.X, made)
    yield made
    clients.install(Network.X, None)


@pytest.fixture
def desk(cast: Cast, wall: Wall) -> Desk:
    return Desk(cast, wall)
