"""The line to Bluesky: every account lives on a server of its own, found by its handle (:mod:`.resolving`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.bluesky.words import explained
from undersigned.networks.calling import Answer, Caller, host_and_port
from undersigned.networks.configuration import setting
from undersigned.networks.faults import Reason, Refused
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access


@dataclass(frozen=True, slots=True)
class Addresses:
    """``appview`` knows every handle, ``directory`` every account's server. ``pds`` names one server of the city's
    own, which may be private, and which is then asked for handles."""

    appview: str
    directory: str
    pds: str = ""


def configured() -> Addresses:
    appview, directory, pds = (setting(Network.BLUESKY, name) for name in ("appview", "directory", "pds"))
    return Addresses(appview, directory, pds)


class Line:
    """What every part of the client calls through."""

    def __init__(self, addresses: Addresses) -> None:
        self.known = addresses
        bases = (addresses.appview, addresses.directory, addresses.pds)
        self._named = frozenset(filter(None, map(host_and_port, bases)))
        self._caller = Caller(bases, explained)

    def ask(self, access: Access, method: str, name: str, **how: Any) -> Answer:
        """A call that may be repeated."""
        return self.session(access.server, method, name, access.token.access, **how)

    def put(self, access: Access, collection: str, key: str, record: object, **only: str | None) -> Answer:
        """Write a record under a key of our own: the one call that makes something others see. ``swapRecord`` is
        the ``cid`` that it may replace, None where there may be none."""
        value = {"repo": access.account, "collection": collection, "rkey": key, "record": record, **only}
        address = self.at(access.server, "com.atproto.repo.putRecord")
        return self._caller.create("POST", address, headers=bearer(access.token.access), value=value)

    def session(self, server: str, method: str, name: str, token: str, **how: Any) -> Answer:
        """A call with one of the two tokens of a session."""
        headers = {**bearer(token), **how.pop("headers", {})}
        return self._caller.ask(method, self.at(server, name), headers=headers, **how)

    def open(self, server: str, method: str, name: str, **how: Any) -> Answer:
        """A call that needs no token."""
        return self._caller.ask(method, self.at(server, name), **how)

    def document(self, url: str) -> Mapping[str, Any]:
        """A document of identity, from an address that :meth:`safe` has let pass."""
        return self._caller.ask("GET", self.safe(url)).object()

    def at(self, server: str, name: str) -> str:
        return f"{self.safe(server)}/xrpc/{name}"

    def safe(self, base: str) -> str:
        """The address, where it is reached safely. Raises Refused(CONTRACT): others' documents name servers too."""
        encrypted = base.startswith("https://") and "@" not in base and "?" not in base
        if encrypted or (base.startswith("http://") and host_and_port(base) in self._named):
            return base.rstrip("/")
        raise Refused(Reason.CONTRACT, _("The server's address must begin with https://."))


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}
