"""The queue: one row for each piece of work that leaves the building."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from undersigned.dispatch.states import Outcome


class Dispatch(models.Model):
    """What is to be sent, when, and what is known of it.

    ``what`` names the handler, ``payload`` holds references and never personal data or secrets. ``lease_until`` is
    set while a worker has it; ``sent_at`` is set before the far side is called, so that a killed worker's row is
    known to be uncertain and is read back instead of being sent a second time.
    """

    id = models.BigAutoField(primary_key=True)
    what = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    idempotency_key = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=8)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    far_id = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["outcome", "due_at"], name="dispatch_due"),
            models.Index(fields=["what", "outcome"], name="dispatch_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.idempotency_key}: {self.outcome}"
