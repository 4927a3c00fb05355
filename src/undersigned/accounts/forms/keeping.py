"""Keeping an entry true, and handing the account to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.forms.asking import ActForm, spoken, words
from undersigned.accounts.forms.entering import LANGUAGES, REVIEWS
from undersigned.accounts.forms.fields import PersonField, UnitField, YesNoField, suggest
from undersigned.accounts.models import Account
from undersigned.accounts.queries.finding import people_near
from undersigned.accounts.states import ApprovalRule, Kind, PostSource
from undersigned.networks.addresses import NotUnderstood, understand
from undersigned.ui.forms import DayField

SHOWN = "undersigned.accounts.forms.keeping"
"""The salt under which a page's form seals what it showed."""


def _line(label: Any, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **kwargs)


class ChangeForm(ActForm):
    """What the register says of an account.

    ``was`` holds what the page showed: only what its reader changed of that is sent on, so that two people who correct
    different fields at one time do not undo each other.
    """

    groups = (
        (
            _("On the network"),
            (
                "handle", "display_name", "short_description", "short_description_fr", "long_description",
                "long_description_fr", "language", "followers", "opened_on",
            ),
        ),
        (
            _("What for"),
            ("account_kind", "purpose", "audience", "scope", "tags", "info_url", "details_url"),
        ),
        (
            _("How it is run"),
            (
                "contact_role", "contact_mailbox", "staffing_hours", "approval_rule", "review_days",
                "retention_class", "months_still",
            ),
        ),
    )  # fmt: skip

    was = forms.CharField(widget=forms.HiddenInput)
    handle = forms.CharField(
        label=_("Name on the network"),
        max_length=300,
        help_text=_("The account stays the same when its name changes."),
    )
    display_name = _line(_("Name shown"), 300)
    short_description = _line(_("Short description"), 500)
    short_description_fr = _line(_("Short description in French"), 500)
    long_description = words(_("Description"), required=False)
    long_description_fr = words(_("Description in French"), required=False)
    language = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    followers = forms.IntegerField(label=_("Followers"), required=False, min_value=0, max_value=2_000_000_000)
    opened_on = DayField(label=_("Opened on"), required=False)
    account_kind = forms.TypedChoiceField(label=_("Kind"), choices=spoken(Kind.choices), coerce=Kind)
    purpose = words(_("Purpose"), required=False)
    audience = words(_("Audience"), rows=2, required=False)
    scope = words(_("Scope"), rows=2, required=False)
    tags = _line(_("Tags"), 500, help_text=_("Words by which it is found, with commas between them."))
    info_url = forms.URLField(
        label=_("Address of the terms of engagement"), max_length=500, required=False, assume_scheme="https"
    )
    details_url = forms.URLField(
        label=_("Page of the city that links back"), max_length=500, required=False, assume_scheme="https"
    )
    contact_role = _line(_("Role to contact"), 200, help_text=_("A role, not a name: the public sees it."))
    contact_mailbox = forms.EmailField(label=_("Group mailbox"), required=False)
    staffing_hours = _line(_("Staffed hours"), 200)
    approval_rule = forms.ChoiceField(
        label=_("Rule for approving posts"), choices=spoken(ApprovalRule.choices), required=False
    )
    review_days = forms.TypedChoiceField(label=_("Reviewed"), choices=spoken(REVIEWS), coerce=int)
    retention_class = _line(_("Retention class"), 64)
    months_still = forms.MultipleChoiceField(
        label=_("Months in which it rests"),
        choices=[(str(number), name) for number, name in MONTHS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a festival or an outdoor pool: in these months nobody expects a post."),
    )

    def prepare(self) -> None:
        shown = _as_shown(self.account, [name for name in self.fields if name != "was"])
        self.initial = {**shown, "was": signing.dumps(shown, salt=SHOWN, compress=True)}

    def clean_was(self) -> str:
        """From here on, what the page showed is what the fields are held against."""
        sealed = str(self.cleaned_data["was"])
        try:
            self.initial = {**signing.loads(sealed, salt=SHOWN), "was": sealed}
        except signing.BadSignature as unreadable:
            raise ValidationError(
                _("What this page showed cannot be read. Open it again; nothing was changed."), code="was"
            ) from unreadable
        return sealed

    def clean_language(self) -> str:
        return ",".join(self.cleaned_data["language"])

    def clean_months_still(self) -> str:
        return ",".join(self.cleaned_data["months_still"])

    def clean_handle(self) -> Any:
        text = self.cleaned_data["handle"]
        if text == self.initial["handle"]:
            return None
        try:
            return understand(text, network=self.account.place)
        except NotUnderstood as unclear:
            raise ValidationError(str(unclear), code="unclear") from unclear

    def wants(self) -> dict[str, Any]:
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        address = changed.pop("handle", None)
        return changed | ({"address": address} if address else {})


def _as_shown(account: Account, names: Iterable[str]) -> dict[str, Any]:
    """The fields as the form draws them, in values that can be sealed."""
    plain = {name: getattr(account, name) for name in names}
    return plain | {
        "opened_on": account.opened_on.isoformat() if account.opened_on else None,
        "review_days": str(account.review_days),
        "language": account.language.split(","),
        "tags": ", ".join(account.tag_list),
        "months_still": [str(month) for month in sorted(account.still_months)],
    }


class AssignForm(ActForm):
    """Whoever is not named stays. The unit is asked for only where none is known."""

    unit = UnitField(label=_("Owning unit"), required=False)
    steward = PersonField(label=_("Steward"), required=False)
    deputy = PersonField(label=_("Deputy"), required=False)

    def prepare(self) -> None:
        if self.account.unit_id:
            del self.fields["unit"]
        near = people_near(self.account)
        for name in ("steward", "deputy"):
            self.fields[name].initial = getattr(self.account, name)
            suggest(self.fields[name], near)

    def wants(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data if self.cleaned_data[name]}

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.wants():
            raise ValidationError(
                _("Name somebody, or leave it as it stands. Nothing was changed."), code="nobody"
            )
        return given


class TransferForm(ActForm):
    unit = UnitField(label=_("Receiving unit"))
    steward = PersonField(label=_("Steward there"))
    deputy = PersonField(label=_("Deputy there"))
    reason = words(_("Why does it move?"))


class ReviewForm(ActForm):
    still_needed = YesNoField(label=_("Is the account still needed?"))
    fields_true = YesNoField(
        label=_("Is what the register says true?"), help_text=_("Yes confirms the entry in your name.")
    )
    people_right = YesNoField(label=_("Do the right people have access, and nobody else?"))
    posture_read = YesNoField(label=_("Did you look at the checks that fail?"))
    terms_linked = YesNoField(label=_("Does the profile link to the terms of engagement?"))
    note = words(_("What will be done about each no?"), required=False)


class SettleGoneForm(ActForm):
    note = words(_("How do you know that it is still there?"))


class SeePostForm(ActForm):
    last_post_on = DayField(
        label=_("Day of the newest post"), help_text=_("Whoever made it, and from wherever.")
    )

    def wants(self) -> dict[str, Any]:
        return {**self.cleaned_data, "source": PostSource.SAID}
