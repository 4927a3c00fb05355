"""Reporting an account that could be taken for the city's, and deciding what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.acts.imitations import as_reported
from undersigned.accounts.forms.asking import spoken, words
from undersigned.accounts.forms.fields import AccountField, NetworkField
from undersigned.accounts.states import CaseState
from undersigned.networks.addresses import NotUnderstood
from undersigned.ui.forms import FilterForm, PlainForm

DECISIONS = {
    CaseState.HARMLESS: _("Harmless: a parody, a fan, a namesake. Nothing follows."),
    CaseState.OURS: _("The city’s own. It enters the register as found, and takes the whole way from there."),
    CaseState.REPORTED: _(
        "An imitation, and reported to the network. The public is told that it is not ours."
    ),
    CaseState.TAKEN_DOWN: _("An imitation that is gone."),
    CaseState.REFUSED: _("An imitation that the network leaves up. The public is told that it is not ours."),
}


class ReportForm(PlainForm):
    address = forms.CharField(
        label=_("Address or name of the account"),
        max_length=300,
        help_text=_("Paste what you have. A name alone needs the network below."),
    )
    network = NetworkField(required=False)
    display_name = forms.CharField(label=_("Name shown"), max_length=300, required=False)
    resembles = AccountField(
        label=_("Which of the city’s accounts does it resemble?"),
        required=False,
        help_text=_("Paste the address of ours, if it is one in particular."),
    )
    why = words(_("What makes it look like the city’s?"), rows=2, required=False)
    note = words(_("Anything else"), rows=2, required=False)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        if given.get("address"):
            try:
                given["address"] = as_reported(given["address"], given.get("network"))
            except NotUnderstood as unclear:
                self.add_error("address", ValidationError(str(unclear), code="unclear"))
        return given

    def wants(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "network"}


class DecideForm(PlainForm):
    decision = forms.TypedChoiceField(
        label=_("What is it?"), choices=DECISIONS.items(), coerce=CaseState, widget=forms.RadioSelect
    )
    note = words(_("How do you know?"))

    def wants(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CaseFilters(FilterForm):
    state = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("All")), *spoken(CaseState.choices)]
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        state = self.cleaned_data["state"]
        return rows.filter(state=state) if state else rows
