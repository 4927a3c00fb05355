"""A network that rotates its refresh tokens and, as X does, ends the whole family when an old one comes again.

``Family`` is the far side, on a port of this machine, so that several processes can speak with it; ``FamilyClient``
is the thin client of it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlencode

from tests.networks.loopback import FarSide, Reply, Request, far_side

from undersigned.networks import oauth
from undersigned.networks.calling import Answer, Caller
from undersigned.networks.faults import NetworkFault, Reason, Refused
from undersigned.networks.names import Network
from undersigned.networks.protocol import (
    Access,
    Application,
    Can,
    Holder,
    Place,
    Profile,
    SignedIn,
    SigningIn,
    Token,
)

CANARY = "canary-7f3a"
"""Every secret of this network begins like this, so that it can be looked for wherever it must not be."""


@dataclass
class Family:
    """``grace`` lets an old refresh token work; ``drops`` answers of the token endpoint are lost after the deed;
    ``status`` is what that endpoint answers instead, and ``down`` says that nothing works."""

    seconds: int = 7200
    grace: bool = False
    drops: int = 0
    slow: float = 0.0
    status: int = 0
    generation: int = 1
    killed: bool = False
    down: bool = False
    replayed: int = 0
    revoked: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    places: list[dict[str, str]] = field(default_factory=lambda: [{"id": "4711", "handle": "harrowfalls"}])
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def access(self) -> str:
        return f"{CANARY}-access-{self.generation}"

    @property
    def refresh(self) -> str:
        return f"{CANARY}-refresh-{self.generation}"

    def token(self, expires_at: datetime | None = None) -> Token:
        """What a sign-in has given."""
        return Token(self.access, self.refresh, expires_at, None, ("read", "write"))

    def answer(self, request: Request) -> Reply:
        if self.down:
            return Reply(503)
        if request.path == "/token":
            return self._token(parse_qs(request.body.decode()))
        if request.path == "/revoke":
            self.revoked.append(parse_qs(request.body.decode())["token"][0])
            return Reply()
        if request.path != f"/me?access_token={self.access}" or self.killed:
            return Reply(401)
        return Reply(200, json.dumps({"id": "7", "name": "Keeper", "places": self.places}).encode())

    def _token(self, asked: dict[str, list[str]]) -> Reply:
        with self.lock:
            if self.status:
                return Reply(self.status)
            if "code" in asked:
                if asked["code"][0] in self.codes:
                    return Reply(400, b'{"error": "invalid_grant"}')
                self.codes.add(asked["code"][0])
            elif not self._rotated(asked["refresh_token"][0]):
                return Reply(400, b'{"error": "invalid_grant"}')
            body = {"access_token": self.access, "refresh_token": self.refresh, "expires_in": self.seconds}
        time.sleep(self.slow)
        if self.drops:
            self.drops -= 1
            return Reply(drop=True)
        return Reply(200, json.dumps(body).encode())

    def _rotated(self, given: str) -> bool:
        if given != self.refresh and not self.grace:
            self.replayed += 1
            self.killed = True
        if self.killed:
            return False
        self.generation += 1
        return True


@contextmanager
def family(**how: object) -> Iterator[tuple[Family, FarSide]]:
    """The far side of a network, for as long as the block lasts."""
    made = Family(**how)  # type: ignore[arg-type] # fields by name
    with far_side(made.answer) as far:
        yield made, far


def explain(answer: Answer) -> NetworkFault | None:
    if answer.status == 400:
        return Refused(Reason.CONNECTION_LOST, str(answer.object().get("error", "")))
    return None


class FamilyClient:
    """Speaks with a :class:`Family`; what a connection does not need is left out."""

    network = Network.X
    can = frozenset({Can.CONNECT, Can.REFRESH, Can.READ_PROFILE})
    keyed = False
    challenge = True
    scopes = ("read", "write")

    def __init__(self, base: str, *, single_use_refresh: bool = True) -> None:
        self.base, self.single_use_refresh = base, single_use_refresh
        self._caller = Caller((base,), explain)

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        return oauth.sign_in_address(f"{self.base}/allow", application, signing_in, self.scopes)

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        said = {"code": code, "code_verifier": signing_in.verifier, "redirect_uri": signing_in.redirect}
        token = self._token(application, said)
        me = self._ask(token)
        places = tuple(Place(one["id"], one["handle"], one.get("name", "")) for one in me["places"])
        return SignedIn(token, Holder(me["id"], me["name"]), places)

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        return self._token(application, {"refresh_token": token.refresh})

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        self._caller.ask("POST", f"{self.base}/revoke", form={"token": token.access})

    def profile(self, access: Access) -> Profile:
        return Profile(self._ask(access.token)["id"], "harrowfalls", "Harrow Falls")

    def _token(self, application: Application, said: dict[str, str]) -> Token:
        headers = {"authorization": oauth.basic(application)}
        answer = self._caller.create(
            "POST", f"{self.base}/token", headers=headers, form=said, read_seconds=10
        )
        return oauth.token_from(answer.object(), self.scopes)

    def _ask(self, token: Token) -> dict[str, object]:
        """In the address, as some networks have it: there it is most easily shown by mistake."""
        return self._caller.ask("GET", f"{self.base}/me", query={"access_token": token.access}).object()


def answer_of(address: str, **more: str) -> str:
    """The query with which the network sends a person back who allowed it."""
    state = parse_qs(address.partition("?")[2])["state"][0]
    return urlencode({"state": state, "code": f"{CANARY}-code", **more})
