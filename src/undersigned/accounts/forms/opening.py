"""The set-up list, from approval to the day an account opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.forms.asking import ActForm, words
from undersigned.accounts.forms.fields import AccountField


class BeginSetupForm(ActForm):
    network_id = forms.CharField(
        label=_("The network’s own number of the account"),
        max_length=128,
        help_text=_("It stays the same when the name changes. The settings page of the network shows it."),
    )
    url = forms.CharField(label=_("Address of the account’s page"), max_length=500)

    def prepare(self) -> None:
        self.fields["url"].initial = self.account.url


class CloseLineForm(ActForm):
    """``on_books``: the city's own books answer for this line, so a word is welcome and not needed."""

    note = words(_("What did you look at, and what did you see?"))

    def __init__(self, *args: Any, on_books: bool, **kwargs: Any) -> None:
        self.on_books = on_books
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["note"].required = not self.on_books


class ReserveForm(ActForm):
    official = AccountField(label=_("The live account to which its profile leads"))
