"""Sign-in with Facebook (vendor's guides "Manually Build a Login Flow" and "Long-Lived Access Tokens").

The code gives a token of about an hour, that one a token of 60 days, and with it each page's own token, which has no
end: it dies when the person changes the password, loses the role on the page or removes the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from undersigned.networks.calling import Answer
from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.faults import Later, Uncertain
from undersigned.networks.oauth import sign_in_address, token_from
from undersigned.networks.protocol import Access, Application, Holder, Place, SignedIn, SigningIn, Token

SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_posts",
    "pages_manage_engagement",
    "pages_manage_metadata",
    "business_management",
)


def address(line: Line, application: Application, signing_in: SigningIn, scopes: tuple[str, ...]) -> str:
    base = f"{line.at.dialog}/{line.at.version}/dialog/oauth"
    return sign_in_address(base, application, signing_in, scopes)


def redeemed(line: Line, application: Application, redirect: str, code: str) -> tuple[Token, Holder]:
    """The person's own token of 60 days, with the scopes that were really given."""
    short = _token(line, application, {"redirect_uri": redirect, "code": code})
    exchange = {"grant_type": "fb_exchange_token", "fb_exchange_token": short.access}
    long = _token(line, application, exchange)
    access = Access("me", long, application)
    me = line.ask(access, "GET", "me", query={"fields": "id,name"}).object()
    if not me.get("id"):
        raise Later("the answer names nobody")
    granted = line.listed(access, "me/permissions", {}, patient=False)
    scopes = tuple(str(one["permission"]) for one in granted if one.get("status") == "granted")
    token = Token(long.access, expires_at=long.expires_at, refresh_until=long.expires_at, scopes=scopes)
    return token, Holder(str(me["id"]), str(me.get("name", "")))


def pages(
    line: Line, application: Application, token: Token, fields: str = "id,name,username,link"
) -> list[Item]:
    """The pages on which the person holds tasks, each with a token of its own."""
    query = {"fields": f"{fields},access_token,tasks"}
    return list(line.listed(Access("me", token, application), "me/accounts", query, patient=False))


def signed_in(line: Line, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
    token, holder = redeemed(line, application, signing_in.redirect, code)
    found = (_place(item, token) for item in pages(line, application, token))
    return SignedIn(token, holder, tuple(found))


def token_of_page(item: Item, scopes: tuple[str, ...]) -> Token | None:
    """Without an end of its own, from a token of 60 days; None where the person lacks the right to it."""
    said = item.get("access_token")
    return Token(str(said), scopes=scopes) if said else None


def debugged(line: Line, access: Access) -> Mapping[str, Any]:
    """What the network itself says of the token (``debug_token``), asked in the application's name."""
    application = access.application
    app_token = Token(f"{application.client_id}|{application.client_secret}")
    asking = Access(access.account, app_token, application)
    body = line.browse(asking, "debug_token", {"input_token": access.token.access}).object()
    data = body.get("data")
    if not isinstance(data, dict):
        raise Later("the answer says nothing of the token")
    return data


def _place(item: Item, token: Token) -> Place:
    name = str(item.get("username", ""))
    return Place(
        id=str(item["id"]),
        handle=name or str(item["id"]),
        name=str(item.get("name", "")),
        url=str(item.get("link", "")) or f"https://www.facebook.com/{name or item['id']}",
        token=token_of_page(item, token.scopes),
    )


def _token(line: Line, application: Application, form: Mapping[str, str]) -> Token:
    ours = {"client_id": application.client_id, "client_secret": application.client_secret}
    return _read(line.redeemed({**ours, **form}))


def _read(answer: Answer) -> Token:
    body = answer.object()
    if not body.get("access_token"):
        raise Uncertain("the answer holds no token")
    return token_from(body, SCOPES)
