"""Sessions by app password (lexicon ``com.atproto.server``): begun once, then only refreshed, since a server allows
few beginnings a day. An old refresh token still works for a while, so that a lost answer does no harm.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.bluesky.line import Line
from undersigned.networks.bluesky.resolving import home_of
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired
from undersigned.networks.protocol import Holder, Place, SignedIn, Token

WHOLE_ACCOUNT = "com.atproto.access"
"""The scope that the account's own password gives: it could change the password, and move the account away."""


def begun(line: Line, handle: str, password: str) -> SignedIn:
    home = home_of(line, handle)
    value = {"identifier": home.did, "password": password.strip()}
    body = line.open(home.server, "POST", "com.atproto.server.createSession", value=value).object()
    token = _token(body)
    if str(body.get("did")) != home.did:
        raise Refused(Reason.PERMISSION, _("The server opened another account than was asked for."))
    if WHOLE_ACCOUNT in token.scopes:
        ended(line, token, home.server)
        raise Refused(Reason.PERMISSION, _not_that_one())
    name = str(body.get("handle", ""))
    place = Place(home.did, name, name, f"https://bsky.app/profile/{home.did}")
    return SignedIn(token, Holder(home.did, name), (place,), home.server)


def _not_that_one() -> str:
    return _(
        "That is the password of the account itself, and it was not kept. Make an app password on Bluesky, under "
        "Settings, Privacy and security, and enter that."
    )


def refreshed(line: Line, token: Token, server: str) -> Token:
    """A fresh pair. Repeating it does no harm while the grace lasts, so a lost answer is Later."""
    if not token.refresh:
        raise Refused(Reason.CONNECTION_LOST, "no refresh token was given at sign-in")
    name = "com.atproto.server.refreshSession"
    try:
        body = line.session(server, "POST", name, token.refresh, read_seconds=10.0).object()
    except (TokenExpired, Refused) as refused:
        raise Refused(Reason.CONNECTION_LOST, refused.words) from refused
    return _token(body)


def ended(line: Line, token: Token, server: str) -> None:
    """End the session; one that the server no longer knows is ended already."""
    try:
        line.session(server, "POST", "com.atproto.server.deleteSession", token.refresh)
    except TokenExpired:
        return


def _token(body: Mapping[str, Any]) -> Token:
    access, refresh = str(body.get("accessJwt") or ""), str(body.get("refreshJwt") or "")
    if not access or not refresh:
        raise Later("the answer holds no session")
    claims, until = _claims(access), _moment(_claims(refresh))
    scope = claims.get("scope")
    return Token(access, refresh, _moment(claims), until, (scope,) if isinstance(scope, str) else ())


def _claims(token: str) -> dict[str, Any]:
    """What a token says of itself (RFC 7519), unverified: it only tells when to refresh. Empty for opaque ones."""
    try:
        middle = token.split(".")[1]
        found = json.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _moment(claims: Mapping[str, Any]) -> datetime | None:
    said = claims.get("exp")
    return datetime.fromtimestamp(said, UTC) if isinstance(said, int) else None
