"""Sign-in: by invitation only, with a second factor whose secrets are sealed at rest."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication  # the library has no public door to it
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import reverse

from undersigned.acts.actor import Officer
from undersigned.acts.directory import directory
from undersigned.people.models import User
from undersigned.vault import sealing

SECOND_FACTORS = "second-factors"


class InvitationOnly(DefaultAccountAdapter):
    """Nobody registers by themselves; who has no second factor is led to it first."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if not is_mfa_enabled(request.user):
            return reverse("people:second_factor")
        return str(super().get_login_redirect_url(request))


class SealedSecondFactors(DefaultMFAAdapter):
    """Keeps the seeds of authenticator apps and recovery codes encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, SECOND_FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, SECOND_FACTORS)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Undersigned"}


def actor_of(request: HttpRequest) -> Officer | None:
    """The officer who is signed in, and whether this session proved a second factor."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    found = directory().officer(user.person_id)
    if found is None:
        return Officer(user.person_id, user.person.name, user.person.person_class)
    return Officer(
        found.person, found.name, found.person_class, found.capacities, second_factor=proved(request, user)
    )


def sign_in(request: HttpRequest, user: User) -> None:
    """Begin a session for who has just chosen a password; they need not type it again to set up a second factor."""
    get_adapter(request).login(request, user)
    record_authentication(request, user, method="password", reauthenticated=True)


def remember_second_factor(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Note in the session that this authenticator was just shown."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)


def proved(request: HttpRequest, user: User) -> bool:
    """Did this session prove a second factor? A passkey alone counts: it is possession and a gesture or a secret."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
