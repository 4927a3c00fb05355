"""Secrets as they are kept: sealed, and bound to the row they belong to."""

from __future__ import annotations

from django.db import models


class Secret(models.Model):
    """One secret of one row. ``holder`` is that row's reference, ``purpose`` what it is for.

    It is no governed table: a commitment to a secret would enter the record for ever, and no secret does, not even so.
    What is done with secrets is recorded by the acts of the rows that hold them.
    """

    holder = models.CharField(max_length=97)
    purpose = models.CharField(max_length=40)
    sealed = models.TextField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "purpose"], name="one_secret_a_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.holder}"
