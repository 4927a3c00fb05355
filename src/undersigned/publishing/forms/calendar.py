"""What the calendar is asked: which days, of which account or unit."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.forms.fields import LongSelect
from undersigned.accounts.queries.listing import units_with_accounts
from undersigned.acts import Officer
from undersigned.publishing.queries.listing import accounts_with_posts
from undersigned.ui.forms import PlainForm

MONTH, WEEK, DAY = "month", "week", "day"


class CalendarForm(PlainForm):
    """Sent by GET. What cannot be read counts as not asked."""

    names_optional_fields = False

    view = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[(MONTH, gettext_lazy("Month")), (WEEK, gettext_lazy("Week")), (DAY, gettext_lazy("Day"))],
        required=False,
    )
    on = forms.DateField(
        label=gettext_lazy("Around"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    account = forms.ChoiceField(label=gettext_lazy("Account"), required=False, widget=LongSelect)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [(one.pk, str(one)) for one in accounts_with_posts(officer)]
        units = list(units_with_accounts().values_list("pk", "name"))
        cast(forms.ChoiceField, self.fields["account"]).choices = [("", _("All accounts")), *accounts]
        cast(forms.ChoiceField, self.fields["unit"]).choices = [("", _("All units")), *units]
