"""Which client speaks with which network. Clients are made when first asked for, so that a page that speaks with
none carries none of them in its memory."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from undersigned.networks.names import Network, on_offer
from undersigned.networks.protocol import Client

WITH_CLIENTS: dict[Network, str] = {
    Network.X: "x",
    Network.MASTODON: "mastodon",
    Network.BLUESKY: "bluesky",
    Network.PRACTICE: "practice",
    Network.FACEBOOK: "facebook",
    Network.LINKEDIN: "linkedin",
    Network.INSTAGRAM: "instagram",
}
"""Each network that is spoken with through an API, and the folder that holds its client."""


_made: dict[Network, Client] = {}


def client_of(network: Network) -> Client:
    """Raises KeyError for networks without an API of their own here: those are served by hand-over."""
    if network not in _made:
        module = import_module(f"undersigned.networks.{WITH_CLIENTS[network]}.client")
        _made[network] = cast(Client, module.make())
    return _made[network]


def install(network: Network, client: Client | None) -> None:
    """Speak with this network through this client from now on; None takes it away again."""
    if client is None:
        _made.pop(network, None)
    else:
        _made[network] = client


def spoken_with(network: Network) -> bool:
    return network in on_offer() and (network in _made or network in WITH_CLIENTS)
