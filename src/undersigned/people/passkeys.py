"""The forms by which a passkey is added and signs in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # the library gives no types
    """What is added signs in alone unless somebody says otherwise: else it would be a key for after the password."""

    name = forms.CharField(
        label=lazy("What you call it"), required=False, max_length=100, help_text=lazy("Such as: my phone.")
    )
    passwordless = forms.BooleanField(
        label=lazy("Sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=lazy(
            "It asks for your finger, your face or a PIN. Take the mark away only for an old security key that cannot."
        ),
    )


class PasskeySignIn(LoginWebAuthnForm):  # type: ignore[misc] # the library gives no types
    """Says what is wrong with a passkey that is known no more; the library would speak of a wrong code."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ValidationError as wrong:
            raise ValidationError(
                _(
                    "This passkey does not sign you in: it was removed here, or belongs to another place. Choose "
                    "another, or use your password and a code."
                ),
                code="unknown_passkey",
            ) from wrong
