"""Evidence for a check, and exceptions from it."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.forms.asking import ActForm, words
from undersigned.accounts.forms.fields import PeopleField, PersonField, moment_of, suggest
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.exceptions import longest
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.queries.finding import people_near
from undersigned.ui.forms import DayField


class CheckForm(ActForm):
    """A form about one check of one account."""

    def __init__(self, *args: Any, check: CheckId, **kwargs: Any) -> None:
        self.check = BY_ID[check]
        super().__init__(*args, **kwargs)


class AttestForm(CheckForm):
    shown = forms.TypedChoiceField(
        label=_("What did you see?"), choices=(), coerce=Shown, widget=forms.RadioSelect
    )
    taken_at = DayField(label=_("When did you see it?"), initial=timezone.localdate)
    note = words(_("What did you look at, and what did you see?"))
    source = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        help_text=_("The settings page, the list, the envelope."),
    )
    about = PeopleField(
        label=_("Whom does it speak of?"),
        help_text=_(
            "One a line; leave it empty if it is about nobody in particular. It is not shown in public."
        ),
    )

    def prepare(self) -> None:
        self.fields["shown"].choices = (  # type: ignore[attr-defined] # a choice field
            (Shown.PASS, _("It is so: %(sentence)s") % {"sentence": self.check.passes_when}),
            (Shown.FAIL, _("It is not so")),
        )

    def wants(self) -> dict[str, Any]:
        return {**self.cleaned_data, "taken_at": moment_of(self.cleaned_data["taken_at"])}


class BringForm(AttestForm):
    """The document stays with whoever keeps the city's documents; its digest is kept here."""

    field_order = ("document", "source", "shown", "taken_at", "about", "note")

    document = forms.FileField(
        label=_("The document"),
        help_text=_(
            "An export, a picture, a letter. Its SHA-256 digest is kept, not the file: file it where the city "
            "keeps its documents."
        ),
    )
    source = forms.CharField(label=_("What is it?"), max_length=200)
    taken_at = DayField(
        label=_("Of which day is it?"), help_text=_("The date of the letter, not of its upload.")
    )
    note = words(_("Anything to say about it"), rows=2, required=False)

    def wants(self) -> dict[str, Any]:
        asked = super().wants()
        digest = digest_of(asked.pop("document"))
        return {**asked, "digest": digest}


def digest_of(file: File[bytes]) -> str:
    """SHA-256 in hex, read piece by piece."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()


class ExceptForm(CheckForm):
    owner = PersonField(label=_("Who answers for it?"))
    reason = words(_("Why can it not be mended now, and what is done instead?"))
    until = DayField(label=_("Until when?"))

    def prepare(self) -> None:
        suggest(self.fields["owner"], people_near(self.account))
        self.fields["until"].help_text = str(
            _("At most %(days)d days: after that it counts as the failure it is.")
        ) % {"days": longest(self.check.id).days}

    def wants(self) -> dict[str, Any]:
        return {**self.cleaned_data, "until": self._end_of(self.cleaned_data["until"])}

    def _end_of(self, day: dt.date) -> dt.datetime:
        """The end of that day; on the last day that is allowed, the last moment that is allowed."""
        now = timezone.now()
        ends = timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))
        last = now + longest(self.check.id)
        allowed = min(ends, last) if day == timezone.localdate(last) else ends
        return allowed.astimezone(dt.UTC).replace(microsecond=0)
