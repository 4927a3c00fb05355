"""An account that could be taken for the city's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models.account import Account
from undersigned.accounts.states import CASE_CYCLE, CaseState
from undersigned.acts.governed import Governed, ReferenceField
from undersigned.networks.names import Network
from undersigned.people.models import Person


class LookalikeCase(Governed):
    """Reported by anyone, decided by a person: a match opens a case and never complains by itself.

    ``contact`` is how the person who reported it may be answered, if they want to be; ``reports`` counts how often
    it was reported while it was being decided.
    """

    kind = "lookalike"
    governed: ClassVar = {
        1: (
            "network", "handle", "key", "url", "display_name", "resembles", "why", "state", "reported_at",
            "reported_by", "contact", "note", "reports", "decided_at", "decided_by", "decision_note", "account",
        )
    }  # fmt: skip
    lifecycle = CASE_CYCLE

    id = ReferenceField("lookalike")
    network = models.CharField(_("network"), max_length=24)
    handle = models.CharField(_("handle"), max_length=300)
    key = models.CharField(max_length=300)
    url = models.CharField(_("address"), max_length=500, blank=True)
    display_name = models.CharField(_("name shown"), max_length=300, blank=True)
    resembles = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="lookalikes"
    )
    why = models.TextField(_("why it looks alike"), blank=True)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.OPEN)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="lookalikes_reported"
    )
    contact = models.EmailField(_("e-mail address"), blank=True)
    note = models.TextField(_("note"), blank=True)
    reports = models.PositiveIntegerField(default=1)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="lookalikes_decided"
    )
    decision_note = models.TextField(blank=True)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="found_as"
    )

    class Meta(Governed.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key"],
                condition=Q(state__in=[CaseState.OPEN, CaseState.REPORTED]),
                name="one_case_a_lookalike",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "key"], name="lookalike_by_key"),
            models.Index(fields=["state", "reported_at", "id"], name="lookalike_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.handle} ({self.place.label})"

    @property
    def place(self) -> Network:
        return Network(self.network)
