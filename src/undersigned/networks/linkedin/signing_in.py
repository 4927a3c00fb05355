"""Sign-in with LinkedIn (vendor's page "Authorization Code Flow (3-legged OAuth)").

PKCE is documented for native applications alone and is not sent. An access token lives 60 days; a refresh token, given
to approved partners only, ends 365 days after sign-in however often it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, Reason, Refused, Uncertain
from undersigned.networks.linkedin.line import ORGANISATION, Item, Line
from undersigned.networks.linkedin.people import page_of, url_of
from undersigned.networks.oauth import sign_in_address, token_from
from undersigned.networks.protocol import Access, Application, Holder, Place, SignedIn, SigningIn, Token

SCOPES = (
    "openid",
    "profile",
    "rw_organization_admin",
    "r_organization_social",
    "w_organization_social",
    "r_organization_social_feed",
    "w_organization_social_feed",
)
"""Always the same: asking one person for other scopes ends every token that this person gave before."""


def address(line: Line, application: Application, signing_in: SigningIn) -> str:
    unchallenged = replace(signing_in, verifier="")
    return sign_in_address(f"{line.at.oauth}/authorization", application, unchallenged, SCOPES)


def redeemed(line: Line, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": signing_in.redirect}
    url = f"{line.at.oauth}/accessToken"
    answer = line.tokens.create("POST", url, form={**form, **_secret(application)}, read_seconds=10.0)
    token = _until(_token(answer), None)
    access = Access("", token, application)
    me = line.who(access)
    if not me.get("sub"):
        raise Later("the answer names nobody")
    holder = Holder(f"urn:li:person:{me['sub']}", str(me.get("name", "")))
    return SignedIn(token, holder, tuple(_places(line, access)))


def refreshed(line: Line, application: Application, token: Token) -> Token:
    """The refresh token stays the same and may be used again; its end is that of the first, and never moves."""
    if not token.refresh:
        raise Refused(Reason.CONNECTION_LOST, "no refresh token was given at sign-in")
    form = {"grant_type": "refresh_token", "refresh_token": token.refresh, **_secret(application)}
    answer = line.tokens.ask("POST", f"{line.at.oauth}/accessToken", form=form, read_seconds=10.0)
    fresh = _token(answer)
    kept = replace(fresh, refresh=fresh.refresh or token.refresh, scopes=fresh.scopes or token.scopes)
    return _until(kept, token.refresh_until)


def revoked(line: Line, application: Application, token: Token) -> None:
    form = {"token": token.access, **_secret(application)}
    line.tokens.ask("POST", f"{line.at.oauth}/revoke", form=form)


def _places(line: Line, access: Access) -> Iterator[Place]:
    """Pages that the person administers, in the order of the network's list, each once."""
    query = {"q": "roleAssignee", "role": "ADMINISTRATOR", "state": "APPROVED"}
    rows = line.listed(access, "organizationAcls", query, "FINDER")
    for number in dict.fromkeys(_number(row) for row in rows):
        page = page_of(line, access, number)
        name = str(page.get("vanityName") or number)
        yield Place(number, name, str(page.get("localizedName", "")), url_of(name))


def _number(row: Item) -> str:
    """The network calls the page by one of two names in this list."""
    return str(row.get("organization") or row.get("organizationTarget") or "").removeprefix(ORGANISATION)


def _secret(application: Application) -> dict[str, str]:
    return {"client_id": application.client_id, "client_secret": application.client_secret}


def _token(answer: Answer) -> Token:
    body = answer.object()
    if not body.get("access_token"):
        raise Uncertain("the answer holds no token")
    return token_from(body, SCOPES)


def _until(token: Token, known: datetime | None) -> Token:
    """When only signing in again is left: the earliest of what was told; without refreshing, the token's end."""
    told = [moment for moment in (known, token.refresh_until) if moment]
    end = min(told) if told and token.refresh else token.expires_at
    return replace(token, refresh_until=end)
