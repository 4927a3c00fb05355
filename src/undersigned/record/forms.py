"""The forms of the record's pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.acts.book import Act
from undersigned.acts.names import name_of_act
from undersigned.record.models import Touch
from undersigned.ui.forms import DayField, FilterForm, PlainForm


def _acts() -> list[tuple[str, str]]:
    return [("", str(_("any"))), *((act.value, name_of_act(act.value)) for act in Act)]


class SearchForm(FilterForm):
    """By act, by what it changed, by day."""

    about = forms.CharField(
        label=_("Id of an act, or reference of what it changed"), required=False, max_length=97, strip=True
    )
    act = forms.ChoiceField(label=_("Kind of act"), required=False, choices=_acts)
    day = DayField(label=_("Day"), required=False)

    def clean_about(self) -> str:
        about = str(self.cleaned_data["about"]).lower()
        if about and not re.fullmatch(r"[0-9a-f]{32}|[a-z][a-z0-9_]{0,63}:[0-9a-f]{16,32}", about):
            raise forms.ValidationError(
                _("An id has 32 letters and figures; a reference looks like account:0123456789abcdef.")
            )
        return about

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        about, act, day = (self.cleaned_data[name] for name in ("about", "act", "day"))
        if ":" in about:
            rows = rows.filter(act_id__in=Touch.objects.filter(reference=about).values("act_id"))
        elif about:
            rows = rows.filter(act_id=about)
        if act:
            rows = rows.filter(act=act)
        if day:
            midnight = timezone.make_aware(datetime.combine(day, time.min))
            until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
            rows = rows.filter(t__gte=_seconds(midnight), t__lt=_seconds(until))
        return rows


def _seconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp())


class RepudiateForm(PlainForm):
    note = forms.CharField(
        label=_("What you know about it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the clerk, the records officer and the auditor will read it."),
    )


class EraseForm(PlainForm):
    """Which values of one act go."""

    fields_to_erase = forms.MultipleChoiceField(
        label=_("Values to erase"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    law = forms.CharField(
        label=_("Law that asks for it"),
        max_length=256,
        help_text=_("A short key without spaces, such as foip.s40. It stays in the record for ever."),
    )

    def __init__(self, *args: Any, erasable: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, name.replace("_", " ")) for name in erasable]
        self.fields["fields_to_erase"].choices = choices  # type: ignore[attr-defined] # declared as a choice field
