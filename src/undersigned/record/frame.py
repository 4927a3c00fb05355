"""What every page's footer says of the record."""

from __future__ import annotations

from django.urls import reverse

from undersigned.record import heads
from undersigned.ui.frame import CheckpointNote


def latest_checkpoint() -> CheckpointNote | None:
    """The latest published checkpoint; None before the first."""
    latest = heads.latest_published()
    if latest is None:
        return None
    return CheckpointNote(bytes(latest.root).hex(), latest.signed_at, reverse("record:record"))
