"""What an act on a post, a delivery or a case is asked with. Fields are named as the act names them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from undersigned.publishing import checks, rules
from undersigned.publishing.models import Post
from undersigned.publishing.states import Verdict
from undersigned.ui.forms import PlainForm


class StepForm(PlainForm):
    """``subject`` is what the act is done on; ``wants`` gives the act's arguments."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """What of the form depends on the subject."""

    def wants(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def sentences(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class ReasonForm(StepForm):
    reason = sentences(_("Why?"))


class MayReasonForm(StepForm):
    reason = sentences(_("Why?"), required=False)


class RemarkForm(StepForm):
    remark = sentences(_("What has to change?"))


class DigestForm(StepForm):
    """Carries the digest that was shown, so that nothing else is let go."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["digest"].initial = self.subject.digest


class SubmitForm(StepForm):
    """The warnings of all checks, each with a box; what blocks is refused by the act."""

    ticked = forms.MultipleChoiceField(
        label=_("I have read these warnings and let them stand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, author: Any, **kwargs: Any) -> None:
        self.author = author
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        post: Post = self.subject
        look = checks.inspection_of(post, rules.accounts_of(post), self.author)
        self.found = checks.findings(look)
        warnings = [
            (one.key, f"{one.account}: {one.words}" if one.account else one.words)
            for one in self.found
            if one.level == "warns"
        ]
        if warnings:
            self.fields["ticked"].choices = list(dict(warnings).items())  # type: ignore[attr-defined] # a choice field
        else:
            del self.fields["ticked"]


class ReviewForm(StepForm):
    verdict = forms.TypedChoiceField(
        label=_("Was it justified?"),
        choices=[(value, capfirst(label)) for value, label in Verdict.choices],
        coerce=Verdict,
        widget=forms.RadioSelect,
    )
    note = sentences(_("What did you find?"))


class LookForm(StepForm):
    """What somebody saw who looked at the network."""

    there = forms.TypedChoiceField(
        label=_("Is it there?"),
        choices=[("yes", _("Yes, it is there")), ("no", _("No, it is not there"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    url = forms.CharField(label=_("Its address, if it is there"), max_length=500, required=False)
    note = sentences(_("What did you see?"), required=False)
