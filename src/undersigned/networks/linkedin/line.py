"""The line to LinkedIn: one version and one protocol on every call, and names encoded to their last colon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from undersigned.networks.calling import Answer, Caller, host_and_port
from undersigned.networks.configuration import setting
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired
from undersigned.networks.linkedin.words import explained, explained_token
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access

Item = Mapping[str, Any]
PAGE = 100
"""The largest page of a list that the network gives."""

PROTOCOL = "2.0.0"
VENDOR = ".linkedin.com"
ORGANISATION = "urn:li:organization:"


@dataclass(frozen=True, slots=True)
class Addresses:
    """``version`` is a month (``202609``); the network takes each for a year at least, then answers 426."""

    api: str
    oauth: str
    version: str = "202609"


def configured() -> Addresses:
    return Addresses(*(setting(Network.LINKEDIN, name) for name in ("api", "oauth", "version")))


class Line:
    """What every part of the client calls through."""

    def __init__(self, addresses: Addresses) -> None:
        self.at = addresses
        self._api = Caller((addresses.api,), explained)
        self.tokens = Caller((addresses.oauth,), explained_token)

    def ask(self, access: Access, method: str, path: str, *, restli: str = "", **how: Any) -> Answer:
        """A call of the versioned API that may be repeated."""
        headers = self._headers(access, restli)
        try:
            return self._api.ask(method, f"{self.at.api}/rest/{path}", headers=headers, **how)
        except TokenExpired as expired:
            raise _ended(access, expired) from expired

    def create(self, access: Access, path: str, value: object) -> Answer:
        """A POST that must not be done twice."""
        headers = self._headers(access, "")
        try:
            return self._api.create("POST", f"{self.at.api}/rest/{path}", headers=headers, value=value)
        except TokenExpired as expired:
            raise _ended(access, expired) from expired

    def who(self, access: Access) -> Item:
        """Whose log-in it is: the one call outside the versioned API."""
        url = f"{self.at.api}/v2/userinfo"
        try:
            return self._api.ask("GET", url, headers=bearer(access)).object()
        except TokenExpired as expired:
            raise _ended(access, expired) from expired

    def uploaded(self, access: Access, url: str, octets: bytes, mime: str) -> None:
        """Bytes to the address that the network handed out. The token goes along, so the address must be the network's
        own. Raises Later where it is not."""
        if not self._own(url):
            raise Later("the address for the upload is not the network's")
        self._api.ask("PUT", url, headers={**bearer(access), "content-type": mime}, data=octets)

    def listed(self, access: Access, path: str, query: Mapping[str, str], restli: str = "") -> Iterator[Item]:
        """Every item of a list in its order, page by page. Each page begins with the last item of the one before, so
        that nothing is passed over unseen when items go meanwhile. Raises Later where the pages do not meet."""
        start, last = 0, ""
        while True:
            page = {**query, "start": str(start), "count": str(PAGE)}
            found, more = _page(self.ask(access, "GET", path, query=page, restli=restli))
            fresh = _behind(found, last)
            yield from fresh
            if not fresh or not (more or len(found) >= PAGE):
                return
            start, last = start + len(found) - 1, _key(found[-1])

    def _headers(self, access: Access, restli: str) -> dict[str, str]:
        own = {"linkedin-version": self.at.version, "x-restli-protocol-version": PROTOCOL}
        return {**bearer(access), **own, **({"x-restli-method": restli} if restli else {})}

    def _own(self, url: str) -> bool:
        parts = urlsplit(url)
        named = parts.scheme == "https" and str(parts.hostname).endswith(VENDOR)
        ours = urlsplit(self.at.api)
        return named or (parts.scheme == ours.scheme and host_and_port(url) == host_and_port(self.at.api))


def bearer(access: Access) -> dict[str, str]:
    return {"authorization": f"Bearer {access.token.access}"}


def encoded(urn: str) -> str:
    """A name as it stands in a path: colons, commas and brackets are encoded too."""
    return quote(urn, safe="")


def organisation(access: Access) -> str:
    return f"{ORGANISATION}{access.account.removeprefix(ORGANISATION)}"


def _ended(access: Access, expired: TokenExpired) -> TokenExpired | Refused:
    """Most applications are given no refresh token: then only signing in again is left."""
    return expired if access.token.refresh else Refused(Reason.CONNECTION_LOST, expired.words)


def _page(answer: Answer) -> tuple[list[Item], bool]:
    """The items, and whether the network names a page behind. Raises Later where the answer is no list."""
    body = answer.object()
    found = body.get("elements")
    if not isinstance(found, list):
        raise Later("the answer is not that of the contract")
    links = (body.get("paging") or {}).get("links") or []
    return found, any(one.get("rel") == "next" for one in links)


def _behind(found: list[Item], last: str) -> list[Item]:
    if not last:
        return found
    at = next((n for n, item in enumerate(found) if _key(item) == last), None)
    if at is None:
        raise Later("the list changed while it was read")
    return found[at + 1 :]


def _key(item: Item) -> str:
    """What tells one item of a list from another; rows of roles have no id."""
    named = item.get("id") or [
        item.get(n) for n in ("organization", "organizationTarget", "roleAssignee", "role")
    ]
    return str(named)
