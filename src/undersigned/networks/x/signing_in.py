"""Sign-in with X (vendor's documentation on OAuth 2.0 with PKCE): codes live 30 seconds, refresh tokens are for one
use, and using one again ends every token of its family."""

from __future__ import annotations

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Reason, Refused, Uncertain
from undersigned.networks.oauth import basic, sign_in_address, token_from
from undersigned.networks.protocol import (
    Access,
    Application,
    Holder,
    Place,
    SignedIn,
    SigningIn,
    Token,
)
from undersigned.networks.x.line import Line
from undersigned.networks.x.people import who

SCOPES = (
    "tweet.read",
    "tweet.write",
    "tweet.moderate.write",
    "users.read",
    "media.write",
    "offline.access",
)


def address(line: Line, application: Application, signing_in: SigningIn) -> str:
    return sign_in_address(line.at.authorize, application, signing_in, SCOPES)


def redeemed(line: Line, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
    """X names the account alone, never the person who allowed the application: the account is its own holder."""
    form = {"grant_type": "authorization_code", "code": code}
    form |= {"redirect_uri": signing_in.redirect, "code_verifier": signing_in.verifier}
    token = _token(_posted(line, application, form))
    me = who(line, Access("", token, application))
    return SignedIn(token, Holder(me.id, me.name), (Place(me.id, me.handle, me.name, me.url),))


def refreshed(line: Line, application: Application, token: Token) -> Token:
    """One use of the refresh token. A lost answer is Uncertain: sending it again would end the whole family."""
    if not token.refresh:
        raise Refused(Reason.CONNECTION_LOST, "no refresh token was given at sign-in")
    form = {"grant_type": "refresh_token", "refresh_token": token.refresh}
    return _token(_posted(line, application, form))


def revoked(line: Line, application: Application, token: Token) -> None:
    """End both tokens; one that X no longer knows is ended already."""
    for word in filter(None, (token.refresh, token.access)):
        try:
            _ended(line, application, word)
        except Refused as refused:
            if refused.reason is not Reason.CONNECTION_LOST:
                raise


def _ended(line: Line, application: Application, word: str) -> None:
    headers = {"authorization": basic(application)}
    line.tokens.ask("POST", f"{line.at.api}/2/oauth2/revoke", headers=headers, form={"token": word})


def _posted(line: Line, application: Application, form: dict[str, str]) -> Answer:
    headers = {"authorization": basic(application)}
    return line.tokens.create("POST", line.at.token, headers=headers, form=form, read_seconds=10.0)


def _token(answer: Answer) -> Token:
    body = answer.object()
    if not body.get("access_token"):
        raise Uncertain("the answer holds no token")
    return token_from(body, SCOPES)
