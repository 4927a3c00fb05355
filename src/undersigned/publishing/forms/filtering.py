"""The filter row of the list of posts."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.forms.fields import LongSelect
from undersigned.acts import Officer
from undersigned.publishing.models import Post, Target
from undersigned.publishing.queries.listing import accounts_with_posts
from undersigned.publishing.states import FINAL_POSTS, PostState
from undersigned.ui.forms import FilterForm

OPEN = "open"


def _states() -> list[tuple[str, object]]:
    named = [(value, capfirst(label)) for value, label in PostState.choices]
    return [("", _("All")), (OPEN, _("All that still needs somebody")), *named]


class PostFilters(FilterForm):
    """``account`` is a reference; whatever one may not see is not in the list anyway."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=_states, widget=LongSelect)
    account = forms.ChoiceField(label=gettext_lazy("Account"), required=False, widget=LongSelect)
    mine = forms.BooleanField(label=gettext_lazy("Written by me"), required=False)
    officer: ClassVar[Officer]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["account"]).choices = _accounts(self.officer)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Post]:
        wanted = self.cleaned_data
        if wanted["state"] == OPEN:
            rows = rows.exclude(state__in=FINAL_POSTS)
        elif wanted["state"]:
            rows = rows.filter(state=wanted["state"])
        if wanted["account"]:
            there = Target.objects.filter(account_id=wanted["account"], dropped=False)
            rows = rows.filter(pk__in=there.values("post_id"))
        return rows.filter(author_id=self.officer.person) if wanted["mine"] else rows


def filters_for(officer: Officer) -> type[PostFilters]:
    """The filter row as this person gets it: with the accounts that they may see."""
    return type("TheirFilters", (PostFilters,), {"officer": officer})


def _accounts(officer: Officer) -> list[tuple[str, str]]:
    return [("", _("All accounts")), *((one.pk, str(one)) for one in accounts_with_posts(officer))]
