"""Signed heads: which everybody sees, which the witnesses have seen, and what they say in full."""

from __future__ import annotations

from itertools import islice

from undersigned.record import trust
from undersigned.record.models import Checkpoint, Cosignature
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.vkey import VerifierKey

TIME_STAMP = "rfc3161"
"""The source under which a time-stamp reply is kept beside the cosignatures."""
MOST_TRIED = 300
"""Checkpoints looked at for one with the quorum: a day of them."""


def latest_published() -> Checkpoint | None:
    """The checkpoint that everybody sees; None before the first."""
    return Checkpoint.objects.filter(published_at__isnull=False).order_by("-size").first()


def source(key: VerifierKey) -> str:
    """Under which name a key's lines are kept: a name may get another key."""
    return f"{key.name}+{key.key_id.hex()}"


def note(checkpoint: Checkpoint) -> bytes:
    """The signed note with every cosignature that has arrived."""
    lines = Cosignature.objects.filter(size=checkpoint.size).order_by("source").values_list("source", "bytes")
    witnessed = b"".join(bytes(line) for name, line in lines if name != TIME_STAMP)
    return checkpoint.note.encode() + witnessed


def is_witnessed(checkpoint: Checkpoint) -> bool:
    """Does this checkpoint satisfy the policy? With the quorum ``none`` every one does."""
    ring, policy = trust.keys(), trust.policy()
    verified = SignedNote.parse(note(checkpoint)).verify(ring.keys)
    return policy.is_met({one.key.public for one in verified if one.time is not None})


def latest_witnessed(least: int = 1) -> Checkpoint | None:
    """The newest checkpoint of at least so many entries that satisfies the policy."""
    newest = Checkpoint.objects.filter(size__gte=least).order_by("-size")
    return next((one for one in islice(newest.iterator(), MOST_TRIED) if is_witnessed(one)), None)


def name_for_ever(checkpoint: Checkpoint) -> None:
    """Somebody outside names this size now; it stays published."""
    if not checkpoint.named:
        Checkpoint.objects.filter(size=checkpoint.size, named=False).update(named=True)
