"""What makes two spellings one account."""

from __future__ import annotations

from dataclasses import dataclass, field

from undersigned.networks.names import Network


@dataclass(frozen=True, slots=True)
class Address:
    """An account as a network addresses it.

    Two addresses are equal when they name one account; how somebody wrote the handle, and what was to be
    warned about, does not count. `network_id` is the network's own number where the address holds it: it
    outlives every handle. `url` is empty only where a network shows no page for an account known by number.
    """

    network: Network
    key: str
    handle: str = field(compare=False)
    url: str
    warnings: tuple[str, ...] = field(default=(), compare=False)
    network_id: str = ""

    @property
    def is_number(self) -> bool:
        """Known by the network's own number alone, and not by a name."""
        return bool(self.network_id) and self.key.rpartition(":")[2] == self.network_id.rpartition(":")[2]


def same(a: Address, b: Address) -> bool:
    """Whether both spellings name one account, as far as can be told without asking the network."""
    return a.network is b.network and a.key == b.key
