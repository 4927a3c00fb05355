"""Stopping what is published, and letting it go on."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.forms.fields import LongSelect, UnitField
from undersigned.accounts.models import Account
from undersigned.accounts.queries.listing import visible_to
from undersigned.acts import Officer
from undersigned.publishing.forms.acting import sentences
from undersigned.ui.forms import PlainForm

CITY, UNIT, ACCOUNT = "city", "unit", "account"


def _accounts(officer: Officer) -> list[tuple[str, str]]:
    rows = visible_to(officer).order_by("network", "key")
    return [("", _("Choose an account")), *((one.pk, str(one)) for one in rows)]


class StopForm(PlainForm):
    scope = forms.ChoiceField(
        label=gettext_lazy("What is to stop?"),
        choices=[
            (CITY, gettext_lazy("Everything of the city")),
            (UNIT, gettext_lazy("One unit, and all below it")),
            (ACCOUNT, gettext_lazy("One account")),
        ],
        widget=forms.RadioSelect,
    )
    unit = UnitField(label=gettext_lazy("Which unit?"), required=False)
    account = forms.ChoiceField(label=gettext_lazy("Which account?"), required=False, widget=LongSelect)
    reason = sentences(gettext_lazy("Why? One sentence is enough."))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["account"]).choices = _accounts(officer)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, missing in ((UNIT, _("Choose the unit.")), (ACCOUNT, _("Choose the account."))):
            if said.get("scope") == name and not said.get(name):
                self.add_error(name, ValidationError(missing, code="missing"))
        return said

    def wants(self) -> dict[str, Any]:
        """The arguments of the act."""
        said = self.cleaned_data
        given: dict[str, Any] = {"reason": said["reason"]}
        if said["scope"] == UNIT:
            given["unit"] = said["unit"]
        if said["scope"] == ACCOUNT:
            given["account"] = Account.objects.select_related("unit").get(pk=said["account"])
        return given


class LiftForm(PlainForm):
    reason = sentences(gettext_lazy("What was found, and why may it go on?"))
    account = forms.ChoiceField(
        label=gettext_lazy("Let only one account go on"),
        help_text=gettext_lazy("Leave it empty to lift the whole stop."),
        required=False,
        widget=LongSelect,
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["account"]).choices = _accounts(officer)

    def wants(self) -> dict[str, Any]:
        given = {"reason": self.cleaned_data["reason"]}
        if one := self.cleaned_data["account"]:
            given["account"] = Account.objects.get(pk=one)
        return given
