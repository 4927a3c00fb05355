"""The emergency post: as few fields as can be."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Permission
from undersigned.acts import Officer
from undersigned.publishing import rules
from undersigned.publishing.content import Content, as_written
from undersigned.ui.forms import PlainForm


class EmergencyForm(PlainForm):
    """All accounts that were prepared for emergencies are chosen beforehand."""

    text = forms.CharField(
        label=_("What people have to know and do"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    reason = forms.CharField(label=_("What has happened, for the record"), max_length=300)
    accounts = forms.MultipleChoiceField(label=_("Where"), widget=forms.CheckboxSelectMultiple)
    link = forms.CharField(label=_("Link"), required=False, max_length=500)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    drill = forms.BooleanField(label=_("This is a drill"), required=False)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = rules.permitted_on(officer, Permission.POST_EMERGENCY)
        prepared = Account.objects.filter(pk__in=allowed).order_by("network", "key")
        self.prepared = list(prepared)
        chosen = cast(forms.MultipleChoiceField, self.fields["accounts"])
        chosen.choices = [(one.pk, str(one)) for one in self.prepared]
        chosen.initial = [one.pk for one in self.prepared]

    def wants(self) -> dict[str, Any]:
        said = self.cleaned_data
        content = Content(
            text=as_written(said["text"]),
            link=said["link"],
            language=said["language"],
            accounts=tuple(said["accounts"]),
        )
        return {"content": content, "reason": said["reason"], "drill": said["drill"]}
