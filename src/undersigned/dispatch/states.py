"""The outcomes of work that leaves the building: different words, because they are different facts."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("confirmed by the far side")
    REFUSED = "refused", _("refused by the far side, finally")
    LATER = "later", _("to be tried again")
    UNCERTAIN = "uncertain", _("it may have happened; the far side is asked")
    FAILED = "failed", _("given up after the last attempt")


OPEN = frozenset({Outcome.WAITING, Outcome.LATER, Outcome.UNCERTAIN})
"""Outcomes after which a row is still worked on."""
SETTLED = frozenset({Outcome.DONE, Outcome.REFUSED, Outcome.FAILED})
