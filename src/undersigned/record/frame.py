"""What the foot of every page shows of the record."""

from __future__ import annotations

from undersigned.record import queries
from undersigned.ui.frame import CheckpointNote


def latest_checkpoint() -> CheckpointNote | None:
    """The root and time of the checkpoint that everybody sees."""
    found = queries.latest_published()
    return CheckpointNote(digest=bytes(found.root).hex(), at=found.signed_at) if found else None
