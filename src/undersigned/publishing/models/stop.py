"""Stop everything: one row that every send looks at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undersigned.acts.governed import Governed, ReferenceField
from undersigned.people.models import Person


class Stop(Governed):
    """``scope`` is empty for the whole city, else the reference of a unit (with all below it) or an account."""

    kind = "stop"
    governed: ClassVar = {
        1: ("scope", "reason", "stopped_by", "stopped_at", "lifted_at", "lift_reason", "except_for")
    }

    id = ReferenceField("stop")
    scope = models.CharField(max_length=97, blank=True)
    reason = models.TextField()
    stopped_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stops")
    stopped_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True, db_index=True)
    lift_reason = models.TextField(blank=True)
    except_for = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.scope or 'everything'} since {self.stopped_at}"
