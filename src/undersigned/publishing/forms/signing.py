"""What the page of a countersignature asks: nothing but one's name, or what has to change."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.ui.forms import PlainForm


class SignForm(PlainForm):
    """``digest`` is of the bytes that were shown."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("A note with your name"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
