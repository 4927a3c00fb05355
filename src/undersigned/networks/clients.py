"""Which client speaks with which network. Clients are made when first asked for, so that a page that speaks with
none carries none of them in its memory."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from undersigned.networks.names import Network
from undersigned.networks.protocol import Client

WITH_CLIENTS: dict[Network, str] = {Network.X: "x"}
"""Each network that is spoken with through an API, and the folder that holds its client."""


@cache
def client_of(network: Network) -> Client:
    """Raises KeyError for networks without an API of their own here: those are served by hand-over."""
    module = import_module(f"undersigned.networks.{WITH_CLIENTS[network]}.client")
    return cast(Client, module.make())


def spoken_with(network: Network) -> bool:
    return network in WITH_CLIENTS
