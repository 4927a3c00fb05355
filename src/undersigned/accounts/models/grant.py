"""What a person may do on an account, from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models.account import Account
from undersigned.accounts.permissions import Permission, Preset
from undersigned.acts.governed import Governed, GovernedQuerySet, ReferenceField
from undersigned.people.models import Appointment, Person


class GrantQuerySet(GovernedQuerySet["Grant"]):
    def current(self, on: date | None = None) -> GrantQuerySet:
        """Those that hold on this day. A grant ends with the appointment it rests on, with no act of its own."""
        day = on or timezone.localdate()
        return self.filter(
            Q(appointment__ends_on__isnull=True) | Q(appointment__ends_on__gte=day),
            ended_at__isnull=True,
            begins_on__lte=day,
            ends_on__gte=day,
            appointment__ended_at__isnull=True,
            appointment__begins_on__lte=day,
        )


class Grant(Governed):
    """Given by one person, countersigned by another, to a third, on one account; both days count."""

    kind = "grant"
    governed: ClassVar = {
        1: (
            "person", "appointment", "account", "preset", "permissions", "begins_on", "ends_on", "given_by",
            "countersigned_by", "given_at", "reason", "last_used_on", "ended_at", "ended_reason",
        )
    }  # fmt: skip

    id = ReferenceField("grant")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="grants")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    preset = models.CharField(_("as"), max_length=16, choices=Preset.choices)
    permissions = models.CharField(max_length=300)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants_given")
    countersigned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="grants_countersigned"
    )
    given_at = models.DateTimeField()
    reason = models.TextField(_("reason"))
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    objects = GrantQuerySet.as_manager()  # type: ignore[misc] # narrower than the base class's

    class Meta(Governed.Meta):
        indexes = [models.Index(fields=["person", "ends_on"], name="grant_by_person")]

    def __str__(self) -> str:
        return f"{self.get_preset_display()}, {self.account_id}"

    @property
    def permission_list(self) -> list[Permission]:
        return [Permission(one) for one in self.permissions.split(",")]
