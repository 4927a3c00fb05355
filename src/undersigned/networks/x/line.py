"""The line to X: its configured addresses, two callers (the API and the token endpoint speak of errors differently)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from undersigned.networks.calling import Answer, Caller
from undersigned.networks.configuration import setting
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access
from undersigned.networks.x.words import explained, explained_token


@dataclass(frozen=True, slots=True)
class Addresses:
    """``fields`` is ``post`` or ``tweet``: since July 2026 X's specification says the one, its pages the other."""

    api: str
    authorize: str
    token: str
    fields: str = "post"


def configured() -> Addresses:
    api, authorize, token, fields = (setting(Network.X, n) for n in ("api", "authorize", "token", "fields"))
    return Addresses(api, authorize, token, fields)


class Line:
    """What every part of the client calls through."""

    def __init__(self, addresses: Addresses) -> None:
        self.at = addresses
        self._api = Caller((addresses.api,), explained)
        self.tokens = Caller((addresses.token, addresses.api), explained_token)

    def ask(self, access: Access, method: str, path: str, **how: Any) -> Answer:
        return self._api.ask(method, f"{self.at.api}{path}", headers=bearer(access.token.access), **how)

    def create(self, access: Access, method: str, path: str, **how: Any) -> Answer:
        return self._api.create(method, f"{self.at.api}{path}", headers=bearer(access.token.access), **how)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}
