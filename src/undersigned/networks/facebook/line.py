"""The line to Meta's Graph: one version, the application's proof on every call, and less reading near the limit.

The token goes into a header and never into an address. ``appsecret_proof`` (vendor's guide "Secure Graph API Calls") is
the HMAC-SHA256 of the token under the application's secret: a stolen token alone opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from undersigned.networks.calling import Answer, Caller
from undersigned.networks.configuration import setting
from undersigned.networks.facebook.usage import Pace
from undersigned.networks.facebook.words import explained, explained_token
from undersigned.networks.faults import Later
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access, Application

Item = Mapping[str, Any]
PAGE = 100
"""The largest page of a list that the Graph gives."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """``business`` is the number of the city's business portfolio, empty where the operator has entered none."""

    graph: str
    dialog: str
    version: str = "v26.0"
    business: str = ""


def configured() -> Addresses:
    return Addresses(*(setting(Network.FACEBOOK, n) for n in ("graph", "dialog", "version", "business")))


class Line:
    """What every part of the client calls through. It keeps its connections and how much of the limit is used."""

    def __init__(self, addresses: Addresses) -> None:
        self.at = addresses
        self._api = Caller((addresses.graph,), explained)
        self._tokens = Caller((addresses.graph,), explained_token)
        self._pace = Pace()

    def ask(self, access: Access, method: str, path: str, **how: Any) -> Answer:
        """A call that may be repeated."""
        answer = self._api.ask(method, self.url(path), **_proven(access, how))
        self._pace.noted(access.account, answer.headers)
        return answer

    def create(self, access: Access, path: str, form: Mapping[str, str]) -> Answer:
        """A POST that must not be done twice."""
        answer = self._api.create("POST", self.url(path), **_proven(access, {"form": form}))
        self._pace.noted(access.account, answer.headers)
        return answer

    def browse(self, access: Access, path: str, query: Mapping[str, str]) -> Answer:
        """A reading that can wait. Raises Later while little is left of what the Graph allows this account."""
        self._pace.check(access.account)
        return self.ask(access, "GET", path, query=query)

    def listed(
        self, access: Access, path: str, query: Mapping[str, str], *, patient: bool = True
    ) -> Iterator[Item]:
        """Every item of a list in its order, page by page. The answer's own link to the next page is not followed: it
        holds the token, and lacks the proof."""
        asked = {"limit": str(PAGE), **query}
        while True:
            answer = (
                self.browse(access, path, asked) if patient else self.ask(access, "GET", path, query=asked)
            )
            body = answer.object()
            yield from items(body)
            paging = body.get("paging") or {}
            after = (paging.get("cursors") or {}).get("after")
            if not paging.get("next") or not after:
                return
            asked["after"] = str(after)

    def redeemed(self, form: Mapping[str, str]) -> Answer:
        """The token endpoint; secrets stand in the body, which no server writes into its list of calls."""
        return self._tokens.create("POST", self.url("oauth/access_token"), form=form, read_seconds=10.0)

    def url(self, path: str) -> str:
        return f"{self.at.graph}/{self.at.version}/{path}"


def items(body: Mapping[str, Any]) -> list[Item]:
    """A list's items. Raises Later where the answer is none: nothing may be concluded from it."""
    data = body.get("data")
    if not isinstance(data, list):
        raise Later("the answer is not that of the contract")
    return data


def proof(token: str, application: Application) -> str:
    return hmac.new(application.client_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _proven(access: Access, how: Mapping[str, Any]) -> dict[str, Any]:
    token = access.token.access
    query = {**(how.get("query") or {}), "appsecret_proof": proof(token, access.application)}
    return {**how, "query": query, "headers": {"authorization": f"Bearer {token}"}}
