"""What a person may do on an account, and ending it."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.forms.asking import ActForm, words
from undersigned.accounts.forms.fields import PersonField, suggest
from undersigned.accounts.permissions import HOLDS, Preset
from undersigned.accounts.queries.finding import people_near
from undersigned.ui.forms import DayField


def _presets() -> Iterator[tuple[str, str]]:
    """A preset is always shown as the list of permissions that it is."""
    for preset in Preset:
        lets = "; ".join(str(permission.label) for permission in HOLDS[preset])
        yield preset.value, f"{str(preset.label).capitalize()}: {lets}"


class GrantForm(ActForm):
    person = PersonField(label=_("Who"))
    preset = forms.TypedChoiceField(
        label=_("As what"), choices=_presets, coerce=Preset, widget=forms.RadioSelect
    )
    begins_on = DayField(label=_("First day"), required=False, help_text=_("Leave empty for today."))
    ends_on = DayField(
        label=_("Last day"), help_text=_("At most a year after the first; it can be given anew.")
    )
    reason = words(_("Why do they need it?"), rows=2)

    def prepare(self) -> None:
        suggest(self.fields["person"], people_near(self.account))


class EndForm(ActForm):
    """Why a grant or an exception ends."""

    reason = words(_("Why does it end?"), rows=2)
