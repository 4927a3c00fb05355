"""The filter row of the list of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.forms.asking import spoken
from undersigned.accounts.forms.fields import LongSelect
from undersigned.accounts.models import Account
from undersigned.accounts.queries.listing import SAVED, Filter, narrowed, units_with_accounts
from undersigned.accounts.states import AccountState
from undersigned.networks.names import on_offer
from undersigned.ui.forms import FilterForm


def _units() -> Iterator[tuple[str, str]]:
    yield "", _("All units")
    yield from units_with_accounts().values_list("pk", "name")


def _networks() -> Iterator[tuple[str, str]]:
    yield "", _("All networks")
    yield from ((network.value, network.label) for network in on_offer())


def _states() -> Iterator[tuple[str, object]]:
    yield "", _("All that is in use")
    yield from spoken(AccountState.choices)


class AccountFilters(FilterForm):
    text = forms.CharField(
        label=gettext_lazy("Name, unit or person"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    network = forms.ChoiceField(
        label=gettext_lazy("Network"), required=False, choices=_networks, widget=LongSelect
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, choices=_units, widget=LongSelect)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=_states, widget=LongSelect)
    saved = forms.ChoiceField(
        required=False, choices=[("", ""), *((one, one) for one in SAVED)], widget=forms.HiddenInput
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Account]:
        return narrowed(rows, Filter(**self.cleaned_data))
