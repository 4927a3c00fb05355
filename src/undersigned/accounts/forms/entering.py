"""Requesting an account, and what is said about a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from undersigned.accounts.forms.asking import ActForm, spoken, words
from undersigned.accounts.forms.fields import NetworkField, PersonField, UnitField
from undersigned.accounts.states import Kind, Origin
from undersigned.networks.addresses import NotUnderstood, understand
from undersigned.ui.forms import PlainForm

REVIEWS = (
    (365, gettext_lazy("every year")),
    (180, gettext_lazy("every half-year")),
    (90, gettext_lazy("every quarter")),
)

LANGUAGES = (("en", gettext_lazy("English")), ("fr", gettext_lazy("French")))

ORIGINS = (
    (Origin.NEW, gettext_lazy("A new account, to be opened")),
    (Origin.RESERVATION, gettext_lazy("A name to hold, so that nobody else takes it")),
    (Origin.FOUND, gettext_lazy("An account that somebody opened already")),
)


class RequestForm(PlainForm):
    """Everything that the head of communications needs to decide."""

    groups = (
        (
            gettext_lazy("Which account"),
            ("origin", "network", "handle", "display_name", "account_kind", "language"),
        ),
        (gettext_lazy("What for"), ("purpose", "audience", "scope")),
        (gettext_lazy("Who answers for it"), ("unit", "steward", "deputy", "staffing_hours", "review_days")),
        (gettext_lazy("If the unit has one there already"), ("second_account_because",)),
    )

    origin = forms.TypedChoiceField(
        label=gettext_lazy("What you ask for"),
        choices=ORIGINS,
        coerce=Origin,
        initial=Origin.NEW,
        widget=forms.RadioSelect,
    )
    network = NetworkField()
    handle = forms.CharField(
        label=gettext_lazy("Name on the network"),
        max_length=300,
        help_text=gettext_lazy("The handle you would like, or the address if the account exists."),
    )
    display_name = forms.CharField(label=gettext_lazy("Name shown"), max_length=300, required=False)
    account_kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"), choices=spoken(Kind.choices), coerce=Kind, initial=Kind.MUNICIPAL
    )
    language = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=LANGUAGES,
        initial=["en"],
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = words(gettext_lazy("What is it for?"))
    audience = words(gettext_lazy("Whom does it speak to?"), rows=2)
    scope = words(
        gettext_lazy("What is it not for?"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Topics that belong to another account."),
    )
    unit = UnitField(label=gettext_lazy("Owning unit"))
    steward = PersonField(label=gettext_lazy("Steward"))
    deputy = PersonField(
        label=gettext_lazy("Deputy"),
        help_text=gettext_lazy("Somebody else, so that the account is not lost with one person."),
    )
    staffing_hours = forms.CharField(
        label=gettext_lazy("When does somebody read what people write there?"),
        max_length=200,
        help_text=gettext_lazy("For example: weekdays, 9 to 5."),
    )
    review_days = forms.TypedChoiceField(
        label=gettext_lazy("How often is it reviewed?"), choices=spoken(REVIEWS), coerce=int, initial=365
    )
    second_account_because = words(gettext_lazy("Why is a second one needed?"), rows=2, required=False)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        if given.get("network") and given.get("handle"):
            try:
                given["address"] = understand(given["handle"], network=given["network"])
            except NotUnderstood as unclear:
                self.add_error("handle", ValidationError(str(unclear), code="unclear"))
        return given

    def clean_language(self) -> str:
        return ",".join(self.cleaned_data["language"])

    def wants(self) -> dict[str, Any]:
        """The arguments of the act: the address stands for network and handle."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("network", "handle")}


class NoteForm(ActForm):
    """A word with an approval, if there is one to say."""

    note = words(gettext_lazy("A word to whoever asked"), required=False)


class DeclineForm(ActForm):
    reason = words(
        gettext_lazy("Why not?"),
        help_text=gettext_lazy("Kept, and shown to whoever asked, so that they can do better."),
    )
