"""What people and machines brought about the checks of an account, and what was excepted from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models.account import Account
from undersigned.acts.governed import Governed, ReferenceField
from undersigned.people.models import Person


class Evidence(Governed):
    """One look at one check. ``taken_at`` is when it was true, ``entered_at`` when it was brought.

    ``about`` lists references of persons the evidence speaks of; ``digest`` is the SHA-256 (hex) of what was brought.
    """

    kind = "evidence"
    governed: ClassVar = {
        1: (
            "account", "check_id", "evidence_class", "shown", "taken_at", "entered_at", "source", "by", "seconded_by",
            "about", "digest", "note",
        )
    }  # fmt: skip

    id = ReferenceField("evidence")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="evidence")
    check_id = models.CharField(max_length=3)
    evidence_class = models.CharField(max_length=1)
    shown = models.CharField(max_length=8)
    taken_at = models.DateTimeField(_("seen on"))
    entered_at = models.DateTimeField()
    source = models.CharField(_("where it was seen"), max_length=200, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_given"
    )
    seconded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_seconded"
    )
    about = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Governed.Meta):
        indexes = [models.Index(fields=["account", "check_id", "taken_at"], name="evidence_of_a_check")]

    def __str__(self) -> str:
        return f"{self.check_id} {self.shown}, {self.account_id}"


class PostureException(Governed):
    """A named person answers for a failed check until a moment. It silences a duty; it never raises the score."""

    kind = "exception"
    governed: ClassVar = {
        1: (
            "account", "check_id", "owner", "reason", "starts_at", "until", "renewals", "given_by", "countersigned_by",
            "ended_at", "ended_reason",
        )
    }  # fmt: skip

    id = ReferenceField("exception")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="exceptions")
    check_id = models.CharField(max_length=3)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exceptions_owned")
    reason = models.TextField(_("reason"))
    starts_at = models.DateTimeField()
    until = models.DateTimeField(_("until"))
    renewals = models.PositiveSmallIntegerField(default=0)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exceptions_given")
    countersigned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="exceptions_countersigned"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta(Governed.Meta):
        indexes = [models.Index(fields=["account", "check_id"], name="exception_of_a_check")]

    def __str__(self) -> str:
        return f"{self.check_id}, {self.account_id}"
