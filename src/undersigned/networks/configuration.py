"""The addresses and the application of each network, as the settings give them (section 1.4 of the networks' rules)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.conf import settings

from undersigned.networks.names import Network
from undersigned.networks.protocol.access import Application


def setting(network: Network, name: str) -> str:
    """One setting of a network's group. Raises KeyError for a name that the group does not have."""
    return _groups()[network.value][name]


def application_of(network: Network) -> Application | None:
    """The city's registration with the network; None until an operator has entered one."""
    group = _groups().get(network.value, {})
    if not group.get("client_id"):
        return None
    return Application(group["client_id"], group.get("client_secret", ""))


def _groups() -> Mapping[str, Mapping[str, str]]:
    return cast("Mapping[str, Mapping[str, str]]", settings.NETWORKS)
