"""What networks really show: readings, sightings with every later version, and the cases they open."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account
from undersigned.acts.governed import Governed, ReferenceField
from undersigned.people.models import Person
from undersigned.publishing.models.delivery import Delivery
from undersigned.publishing.states import CASE_CYCLE, CaseKind, CaseState, SightingOrigin


class Reading(models.Model):
    """How far an account's timeline has been read: the cursor of its reader, claimed by conditional UPDATE."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="reading")
    newest = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    blind_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} up to {self.newest or 'nothing yet'}"


class Sighting(models.Model):
    """One version of one post as it was seen. Evidence: it is added and never changed, but for what it matches.

    The record commits to each reading's sightings by their digests (``sighting.read``); a table of its own acts
    would make the record grow by what strangers do.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sightings")
    far_id = models.CharField(max_length=300)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    normal = models.CharField(max_length=64)
    media = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(_("posted"))
    url = models.CharField(max_length=500, blank=True)
    application = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    visible = models.BooleanField(default=True)
    raw = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=SightingOrigin.choices, default=SightingOrigin.READ)
    seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="sightings"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "far_id", "version"], name="one_sighting_a_version")
        ]
        indexes = [
            models.Index(fields=["account", "-made_at"], name="sighting_by_time"),
            models.Index(fields=["account", "normal"], name="sighting_by_text"),
        ]

    def __str__(self) -> str:
        return f"{self.far_id} on {self.account_id}"


class Case(Governed):
    """Something noticed on a network that a person has to settle."""

    kind = "case"
    governed: ClassVar = {
        1: (
            "account", "case_kind", "far_id", "delivery", "state", "opened_at", "due_on", "claimed_by", "settled_by",
            "settled_at", "reason", "words",
        )
    }  # fmt: skip
    lifecycle = CASE_CYCLE

    id = ReferenceField("case")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="cases")
    case_kind = models.CharField(max_length=12, choices=CaseKind.choices)
    far_id = models.CharField(max_length=300, blank=True)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    claimed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_claimed"
    )
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_settled"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    words = models.TextField(blank=True)

    class Meta(Governed.Meta):
        indexes = [models.Index(fields=["state", "account"], name="case_by_state")]

    def __str__(self) -> str:
        return f"{self.get_case_kind_display()}, {self.account_id}"
