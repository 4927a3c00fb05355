"""The line to a server of Mastodon's kind: every account names its own, and a 401 is looked at before it is believed.

Some servers answer 401 where another would say 403 (a status of somebody else), and some answer 400 with plain text
for a bad token. So a refused token is confirmed by ``verify_credentials`` before a connection is called lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.calling import Answer, Caller, host_and_port
from undersigned.networks.configuration import setting
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired
from undersigned.networks.mastodon.words import explained, explained_token
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access


class Line:
    """``servers`` are the base addresses that an operator named: they alone may be private, or without TLS."""

    def __init__(self, servers: tuple[str, ...]) -> None:
        self._named = frozenset(map(host_and_port, servers))
        self._api = Caller(servers, explained)
        self._tokens = Caller(servers, explained_token)

    def ask(self, access: Access, method: str, path: str, **how: Any) -> Answer:
        """A call that may be repeated."""
        try:
            return self._api.ask(method, self.at(access.server, path), headers=bearer(access), **how)
        except TokenExpired as refused:
            raise self._looked_at(access, refused) from refused

    def create(
        self, access: Access, path: str, value: object, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """A call that makes something."""
        whole = {**bearer(access), **(headers or {})}
        try:
            return self._api.create("POST", self.at(access.server, path), headers=whole, value=value)
        except TokenExpired as refused:
            raise self._looked_at(access, refused) from refused

    def open(self, server: str, method: str, path: str, **how: Any) -> Answer:
        """A call that needs no token."""
        return self._api.ask(method, self.at(server, path), **how)

    def token(self, server: str, path: str, form: Mapping[str, str]) -> Answer:
        """A call of the token endpoint: a code is for one use."""
        return self._tokens.create("POST", self.at(server, path), form=form, read_seconds=10.0)

    def at(self, server: str, path: str) -> str:
        """The whole address. Raises Refused(CONTRACT) for a server that is not reached safely."""
        base = server.rstrip("/")
        if base.startswith("https://") or (base.startswith("http://") and host_and_port(base) in self._named):
            return f"{base}{path}"
        raise Refused(Reason.CONTRACT, _("The server's address must begin with https://."))

    def _looked_at(self, access: Access, refused: TokenExpired) -> Refused | Later:
        address = self.at(access.server, "/api/v1/accounts/verify_credentials")
        try:
            self._api.ask("GET", address, headers=bearer(access))
        except TokenExpired:
            return Refused(Reason.CONNECTION_LOST, refused.words)
        except Later as unknown:
            return unknown
        except Refused as also:
            return also
        return Refused(Reason.PERMISSION, refused.words)


def bearer(access: Access) -> dict[str, str]:
    return {"authorization": f"Bearer {access.token.access}"}


def named() -> tuple[str, ...]:
    """The servers that the settings name."""
    return tuple(filter(None, setting(Network.MASTODON, "servers").split(",")))
