"""The authorisation code dance (RFC 6749, RFC 7636), as far as it is the same on every network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from undersigned.networks.protocol.access import Application, SigningIn, Token

STATE_CHARACTERS = 48
VERIFIER_CHARACTERS = 64


def new_signing_in(redirect: str, *, challenge: bool, server: str = "") -> SigningIn:
    """One attempt to connect, with a state for one use and, where ``challenge``, a PKCE verifier."""
    from authlib.common.security import generate_token  # loaded where somebody signs in, and not before

    verifier = generate_token(VERIFIER_CHARACTERS) if challenge else ""
    return SigningIn(generate_token(STATE_CHARACTERS), redirect, verifier, server)


def sign_in_address(
    base: str, application: Application, signing_in: SigningIn, scopes: Sequence[str], **more: str
) -> str:
    """The address to which the person goes; with PKCE S256 where the attempt has a verifier."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    if signing_in.verifier:
        challenge = create_s256_code_challenge(signing_in.verifier)  # type: ignore[no-untyped-call] # its stubs
        more |= {"code_challenge": challenge, "code_challenge_method": "S256"}
    address: str = prepare_grant_uri(
        base,
        application.client_id,
        "code",
        redirect_uri=signing_in.redirect,
        scope=" ".join(scopes),
        state=signing_in.state,
        **more,
    )
    return address


def basic(application: Application) -> str:
    """HTTP Basic with both words form-encoded first (RFC 6749, section 2.3.1)."""
    pair = f"{quote(application.client_id, safe='')}:{quote(application.client_secret, safe='')}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def token_from(body: Mapping[str, Any], asked: Sequence[str], *, now: datetime | None = None) -> Token:
    """A token endpoint's answer (RFC 6749, section 5.1). Without ``scope`` it gave what was asked for.

    Raises KeyError where it holds no access token.
    """
    at = now or datetime.now(UTC)
    scope = body.get("scope")
    granted = scope.replace(",", " ").split() if isinstance(scope, str) and scope else asked
    return Token(
        access=str(body["access_token"]),
        refresh=str(body.get("refresh_token") or ""),
        expires_at=_in_seconds(at, body.get("expires_in")),
        refresh_until=_in_seconds(at, body.get("refresh_token_expires_in")),
        scopes=tuple(granted),
    )


def _in_seconds(at: datetime, seconds: object) -> datetime | None:
    return (
        at + timedelta(seconds=int(seconds)) if isinstance(seconds, int | float | str) and seconds else None
    )
