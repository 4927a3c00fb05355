"""What can be done by hand on a wall."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.practice.address import HANDLE, PAGES
from undersigned.networks.practice.failing import Failing
from undersigned.networks.practice.models import Wall
from undersigned.networks.practice.traps import MOST
from undersigned.ui.forms import PlainForm


class WallForm(PlainForm):
    """A new wall, as one opens an account on a network."""

    handle = forms.CharField(
        label=gettext_lazy("Handle"),
        max_length=30,
        help_text=gettext_lazy("2 to 30 letters, digits and underscores"),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)

    def clean_handle(self) -> str:
        handle = str(self.cleaned_data["handle"]).removeprefix("@").casefold()
        if not HANDLE.fullmatch(handle) or handle in PAGES:
            raise ValidationError(_("No wall can be called that. Use letters, digits and underscores."))
        if Wall.objects.filter(handle=handle).exists():
            raise ValidationError(_("There is a wall of this handle already. Choose another."))
        return handle


class TextForm(PlainForm):
    """What somebody writes on the wall itself."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3})
    )


class CommentForm(PlainForm):
    """A comment, as some follower."""

    author = forms.CharField(label=gettext_lazy("Follower"), max_length=40, initial="a_follower")
    text = forms.CharField(
        label=gettext_lazy("Comment"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class FailingForm(PlainForm):
    failing = forms.ChoiceField(
        label=gettext_lazy("What fails next"),
        choices=Failing.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Once, with the next post or answer that arrives through the system."),
    )


class AllowForm(PlainForm):
    """Which wall the application may act on."""

    wall = forms.ChoiceField(label=gettext_lazy("Wall"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.handle, f"{one.name} (@{one.handle})") for one in Wall.objects.order_by("handle")]
        cast(forms.ChoiceField, self.fields["wall"]).choices = choices
