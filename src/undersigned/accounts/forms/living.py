"""Stopping, waking, retiring and archiving an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.forms.asking import ActForm, spoken, words
from undersigned.accounts.models import Account
from undersigned.accounts.states import Farewell, HandleFate
from undersigned.ui.forms import ConfirmForm


class SuspendForm(ActForm):
    reason = words(_("What happened? One sentence is enough."), rows=2)


class ResumeForm(ActForm):
    outcome = words(_("What was found, and what was mended?"))


class ReawakenForm(ActForm):
    reason = words(_("What will the account be used for?"))


class ForGoodForm(ConfirmForm):
    """What cannot be undone: the account's name is typed, so that it is not the wrong one."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        handle = account.handle.lstrip("@")
        label = _("Type %(handle)s to show that you mean this account") % {"handle": handle}
        super().__init__(*args, expected=handle, label=label, **kwargs)
        self.order_fields([name for name in self.fields if name != "typed"])

    def wants(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "typed"}


class RetireForm(ForGoodForm):
    reason = words(_("Why is it closed?"))
    farewell = forms.TypedChoiceField(
        label=_("How did it take leave?"),
        choices=spoken(Farewell.choices),
        coerce=Farewell,
        widget=forms.RadioSelect,
    )
    followers_told = forms.BooleanField(
        label=_("Its profile tells followers where to go instead"), required=False
    )
    handle_fate = forms.TypedChoiceField(
        label=_("What becomes of its name?"),
        choices=spoken(HandleFate.choices),
        coerce=HandleFate,
        widget=forms.RadioSelect,
    )


class ArchiveForm(ForGoodForm):
    export_digest = forms.CharField(
        label=_("SHA-256 digest of the sealed export"),
        max_length=64,
        help_text=_(
            "64 digits from 0 to f. Whoever opens the export in years can tell by it that it is whole."
        ),
        widget=forms.TextInput(attrs={"class": "u-mono", "autocomplete": "off", "spellcheck": "false"}),
    )
    connection_revoked = forms.BooleanField(label=_("The connection is revoked"), required=False)
    secrets_destroyed = forms.BooleanField(label=_("Its passwords and codes are destroyed"), required=False)
    roles_empty = forms.BooleanField(label=_("Nobody holds a role on the network any more"), required=False)
