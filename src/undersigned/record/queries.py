"""Reads of the record that are used in more than one place."""

from __future__ import annotations

import json

from django.db import connection

from undersigned.record import trust
from undersigned.record.models import Checkpoint, Cosignature, Entry, Intake
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.vkey import VerifierKey

TIME_STAMP = "rfc3161"
"""The source under which a time-stamp reply is kept beside the cosignatures."""


def size() -> int:
    """How many entries are sequenced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size FROM record_head WHERE id = 1")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def is_empty() -> bool:
    """Has nothing been entered, sequenced or waiting?"""
    return not (Entry.objects.exists() or Intake.objects.exists())


def origin() -> str | None:
    """The record's name as its entry 0 says it; None while it is not open."""
    first = Entry.objects.filter(seq=0, act="record.open").values_list("entry", flat=True).first()
    return str(json.loads(bytes(first))["fact"]["origin"]) if first is not None else None


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
