"""Sign-in on one server: the application is registered there first (Mastodon documentation, "apps", "oauth").

A token lasts until it is withdrawn; there is nothing to refresh. There are no roles: whoever knows the one password
of an account may allow an application, and the server does not say who that was.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from undersigned.networks.faults import Later, Reason, Refused, Uncertain
from undersigned.networks.mastodon.line import Line
from undersigned.networks.oauth import sign_in_address, token_from
from undersigned.networks.protocol import (
    Access,
    Application,
    Holder,
    Place,
    SignedIn,
    SigningIn,
    Token,
)

NAME = "Undersigned"
"""Shown under every post, and what tells our own posts from those made by hand."""

SCOPES = ("read", "write:statuses", "write:media", "write:blocks", "write:mutes", "write:reports")


def registered(line: Line, server: str, redirect: str) -> Application:
    value = {"client_name": NAME, "redirect_uris": redirect, "scopes": " ".join(SCOPES)}
    body = line.open(server, "POST", "/api/v1/apps", value=value).object()
    if not body.get("client_id") or not body.get("client_secret"):
        raise Later("the answer holds no application")
    return Application(str(body["client_id"]), str(body["client_secret"]))


def address(line: Line, application: Application, signing_in: SigningIn) -> str:
    return sign_in_address(line.at(signing_in.server, "/oauth/authorize"), application, signing_in, SCOPES)


def redeemed(line: Line, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": signing_in.redirect}
    form |= {"client_id": application.client_id, "client_secret": application.client_secret}
    if signing_in.verifier:
        form["code_verifier"] = signing_in.verifier
    body = line.token(signing_in.server, "/oauth/token", form).object()
    if not body.get("access_token"):
        raise Uncertain("the answer holds no token")
    token = token_from(body, SCOPES)
    me = account(line, Access("", token, application, signing_in.server))
    place = Place(str(me["id"]), handle_of(me), str(me.get("display_name", "")), str(me.get("url", "")))
    return SignedIn(token, Holder(place.id, place.handle), (place,), signing_in.server)


def revoked(line: Line, application: Application, token: Token, server: str) -> None:
    """End the token; one that the server no longer knows is ended already."""
    form = {"client_id": application.client_id, "client_secret": application.client_secret}
    try:
        line.token(server, "/oauth/revoke", {**form, "token": token.access})
    except Refused as refused:
        if refused.reason is not Reason.CONNECTION_LOST:
            raise


def account(line: Line, access: Access) -> dict[str, Any]:
    """The account that the token belongs to."""
    body = line.ask(access, "GET", "/api/v1/accounts/verify_credentials").object()
    if not body.get("id"):
        raise Later("the answer names no account")
    return body


def handle_of(account: dict[str, Any]) -> str:
    """``name@server``. Its own server leaves its name off, and may be reached at another name than it bears."""
    acct = str(account.get("acct") or account.get("username", ""))
    host = urlsplit(str(account.get("url", ""))).hostname or ""
    return acct if "@" in acct or not host else f"{acct}@{host}"
