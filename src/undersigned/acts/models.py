"""Countersignatures: another person's assent to exact bytes, required before an act takes effect."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from undersigned.acts.book import Act
from undersigned.acts.governed import Governed, ReferenceField
from undersigned.acts.lifecycle import Transition, life_cycle


class CountersignatureState(models.TextChoices):
    ASKED = "asked", _("waiting for a countersignature")
    GIVEN = "given", _("countersigned")
    DECLINED = "declined", _("returned")
    VOID = "void", _("void")


class Countersignature(Governed):
    """A request that others put their names under one act, with the digest of what it would do.

    ``wants`` holds the act's arguments as canonical JSON; ``digest`` is the SHA-256 (hex) of act, subject, the
    subject's bound state and ``wants``. Once any of these differ, the request is void.
    """

    kind = "countersignature"
    governed: ClassVar = {
        1: (
            "act", "subject", "wants", "digest", "rule", "needed", "state",
            "asked_by", "asked_as", "asked_at", "settled_at",
        )
    }  # fmt: skip
    lifecycle = life_cycle(
        CountersignatureState.values,
        initial=CountersignatureState.ASKED,
        final=[CountersignatureState.GIVEN, CountersignatureState.DECLINED, CountersignatureState.VOID],
        transitions=[
            Transition(
                Act.COUNTERSIGNATURE_GIVE,
                (CountersignatureState.ASKED,),
                (CountersignatureState.ASKED, CountersignatureState.GIVEN),
            ),
            Transition(
                Act.COUNTERSIGNATURE_DECLINE,
                (CountersignatureState.ASKED,),
                (CountersignatureState.DECLINED,),
            ),
            Transition(
                Act.COUNTERSIGNATURE_VOID, (CountersignatureState.ASKED,), (CountersignatureState.VOID,)
            ),
        ],
    )

    id = ReferenceField("countersignature")
    act = models.CharField(max_length=64)
    subject = models.CharField(max_length=97, blank=True, db_index=True)
    wants = models.TextField()
    digest = models.CharField(max_length=64)
    rule = models.CharField(max_length=200)
    needed = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=16,
        choices=CountersignatureState.choices,
        default=CountersignatureState.ASKED,
        db_index=True,
    )
    asked_by = models.CharField(max_length=97, db_index=True)
    asked_as = models.CharField(max_length=97)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.act} ({self.state})"


class Signature(Governed):
    """One person's name under a countersignature."""

    kind = "signature"
    governed: ClassVar = {1: ("countersignature", "person", "capacity", "signed_at", "digest")}

    id = ReferenceField("signature")
    countersignature = models.ForeignKey(
        Countersignature, on_delete=models.PROTECT, related_name="signatures"
    )
    person = models.CharField(max_length=97, db_index=True)
    capacity = models.CharField(max_length=97)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta(Governed.Meta):
        constraints = [
            models.UniqueConstraint(fields=["countersignature", "person"], name="one_signature_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.countersignature_id} by {self.person}"
