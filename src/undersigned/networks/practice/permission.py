"""Who may act on a wall: code, tokens, refresh and withdrawal, as a network keeps them (RFC 6749, RFC 7636)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from undersigned.networks.faults import Reason, Refused, TokenExpired
from undersigned.networks.practice.models import Permission, Wall
from undersigned.networks.protocol import Access, Application, SigningIn, Token

CODE_LASTS = timedelta(seconds=60)
ACCESS_LASTS = timedelta(hours=2)
SCOPES = ("read", "write", "moderate")


def allowed(wall: Wall, client_id: str, redirect: str, challenge: str) -> str:
    """A person said yes: the code that the application redeems."""
    code = secrets.token_urlsafe(32)
    Permission.objects.create(
        wall=wall,
        client_id=client_id,
        redirect=redirect,
        challenge=challenge,
        scopes=" ".join(SCOPES),
        code=_digest(code),
        code_until=timezone.now() + CODE_LASTS,
    )
    return code


def redeemed(application: Application, signing_in: SigningIn, code: str) -> tuple[Permission, Token]:
    """Tokens for a code, once. Raises Refused."""
    must_be_on()
    with transaction.atomic():
        found = Permission.objects.select_for_update(of=("self",)).select_related("wall")
        kept = found.filter(code=_digest(code), code_until__gt=timezone.now()).first()
        if kept is None or not _is_theirs(kept, application, signing_in):
            raise Refused(Reason.PERMISSION, "invalid_grant: the code is not taken")
        refresh = secrets.token_urlsafe(32)
        kept.code, kept.refresh = "", _digest(refresh)
        return kept, _fresh(kept, refresh)


def refreshed(application: Application, token: Token) -> Token:
    """A fresh access token. Raises Refused(CONNECTION_LOST) where the permission was withdrawn."""
    must_be_on()
    mine = Permission.objects.filter(client_id=application.client_id, withdrawn_at=None)
    kept = mine.filter(refresh=_digest(token.refresh)).first() if token.refresh else None
    if kept is None:
        raise Refused(Reason.CONNECTION_LOST, "invalid_grant: the permission was withdrawn")
    return _fresh(kept, token.refresh)


def withdrawn(token: Token) -> None:
    Permission.objects.filter(access=_digest(token.access)).update(withdrawn_at=timezone.now())


def wall_of(access: Access) -> Wall:
    """The wall that this access opens. Raises TokenExpired and Refused."""
    must_be_on()
    kept = Permission.objects.filter(access=_digest(access.token.access)).select_related("wall").first()
    if kept is None or kept.withdrawn_at or not kept.access_until or kept.access_until <= timezone.now():
        raise TokenExpired("401")
    if str(kept.wall_id) != access.account:
        raise Refused(Reason.PERMISSION, "the token is for another wall")
    return kept.wall


def must_be_on() -> None:
    """Raises Refused where the settings have no practice network (any more)."""
    if not settings.PRACTICE:
        raise Refused(Reason.NOT_ALLOWED_HERE, "there is no practice network here")


def _is_theirs(kept: Permission, application: Application, signing_in: SigningIn) -> bool:
    proof = create_s256_code_challenge(signing_in.verifier) if signing_in.verifier else ""  # type: ignore[no-untyped-call] # its stubs
    same = (kept.client_id, kept.redirect) == (application.client_id, signing_in.redirect)
    return same and hmac.compare_digest(kept.challenge, proof)


def _fresh(kept: Permission, refresh: str) -> Token:
    access = secrets.token_urlsafe(32)
    kept.access, kept.access_until = _digest(access), timezone.now() + ACCESS_LASTS
    kept.save(update_fields=["access", "access_until", "code", "refresh"])
    return Token(access, refresh, kept.access_until, scopes=tuple(kept.scopes.split()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
