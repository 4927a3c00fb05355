"""Connecting where the network takes an app password, and ending a connection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.forms.asking import ActForm, words


class AppPasswordForm(ActForm):
    """The password is used for one call and kept nowhere; it is not shown again when the form comes back."""

    handle = forms.CharField(label=_("Handle"), max_length=253)
    password = forms.CharField(
        label=_("App password"),
        max_length=200,
        help_text=_(
            "One made for Undersigned alone, in the network’s settings. Never the account’s own password."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def prepare(self) -> None:
        self.fields["handle"].initial = self.account.handle

    def given(self) -> dict[str, Any]:
        return {name: str(self.cleaned_data[name]).strip() for name in ("handle", "password")}


class EndConnectionForm(ActForm):
    reason = words(_("Why does it end?"), rows=2)
