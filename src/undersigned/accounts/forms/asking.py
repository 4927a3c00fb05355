"""What the forms that call an act have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from undersigned.accounts.models import Account
from undersigned.ui.forms import PlainForm


class ActForm(PlainForm):
    """What an act is asked with. ``wants`` gives the arguments; fields are named as the act names them."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.prepare()

    def prepare(self) -> None:
        """What of the form depends on the account."""

    def wants(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def spoken(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as they stand at the beginning of a line."""
    return [(value, capfirst(label)) for value, label in choices]


def words(label: Any, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A few sentences. Their length is what fits in the record's erasable half."""
    return forms.CharField(
        label=label, max_length=2_000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )
