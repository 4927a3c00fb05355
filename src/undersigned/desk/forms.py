"""The two answers to a request for a countersignature."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.ui.forms import PlainForm


class SignForm(PlainForm):
    """``digest`` is what the page showed: the act refuses when it is no longer that."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("A word with your name"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReturnForm(PlainForm):
    note = forms.CharField(
        label=_("Why you return it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who asked for it reads this."),
    )  # fmt: skip
